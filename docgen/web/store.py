"""Case files in a folder. Every change is a whole new file at once; what stood before is kept beside it, so that it can
be looked at and undone; two tabs never overwrite each other.

What a person has typed but what is no value yet (half a date, a wrong CPR number) cannot stand in a case file. It is kept
beside the file too, and shown in its field with the reason, until it is right: nothing typed is lost.
"""

from __future__ import annotations

import copy
import datetime
import hashlib
import json
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from docgen import casefile, files
from docgen.errors import CaseError, DocgenError, FileError, Problem, at
from docgen.model import Case, document_references
from docgen.web import paths
from docgen.web.fields import Control, control, refusal

BESIDE = ".sagsklar"  # folder of kept versions, in the folder of cases
KEPT = 100  # steps that can be looked back on
TOGETHER = datetime.timedelta(minutes=2)  # typing in one field is one step

MISSING = Problem("Sagen findes ikke.", None, "Gå tilbage til listen over sager.")


@dataclass(frozen=True)
class Step:
    """One state of a case: what was changed to reach it, and which states are its past and its undone future."""

    number: int
    version: str
    time: str
    what: tuple[str, ...]
    kind: str = "aendret"  # aendret | oprettet | importeret | fortrudt | gendannet | udefra
    state: int = 0  # the number whose content this is; differs from `number` after an undo
    parent: int | None = None
    undone: tuple[int, ...] = ()


@dataclass(frozen=True)
class Pending:
    """Text in a field that is no value yet, and why."""

    text: str
    error: str


@dataclass(frozen=True)
class Opened:
    """A case as it stands: `version` names exactly this content."""

    id: str
    path: Path
    version: str
    case: Case
    pending: Mapping[str, Pending]

    @property
    def data(self) -> dict[str, Any]:
        return casefile.to_data(self.case)


@dataclass(frozen=True)
class Conflict:
    """A field that was changed here and elsewhere since the page was opened."""

    path: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Outcome:
    """What became of a change. With conflicts nothing is saved; `elsewhere` are fields that others changed meanwhile."""

    opened: Opened
    conflicts: tuple[Conflict, ...] = ()
    saved: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    reshaped: bool = False  # records were added, moved or removed elsewhere


@dataclass(frozen=True)
class Listed:
    id: str
    name: str
    changed: datetime.datetime
    case: Case | None
    error: DocgenError | None = None


class Stale(Exception):
    """Records were added, moved or removed elsewhere: the page must be opened again before they are here."""


@dataclass
class CaseStore:
    folder: Path
    now: Callable[[], datetime.datetime] = datetime.datetime.now
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _read: dict[Path, tuple[int, int, Case]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            self.beside.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise FileError(Problem("Mappen til sager kan ikke laves.", at(self.folder), f"Systemet siger: {e.strerror}.")) from None
        salt = self.beside / "salt"
        if not salt.exists():
            files.write(salt, secrets.token_hex(16))
        self._salt = bytes.fromhex(salt.read_text("ascii").strip())

    @property
    def beside(self) -> Path:
        return self.folder / BESIDE

    # which cases there are

    def id_of(self, name: str) -> str:
        """A name for addresses that tells nothing: file names can hold names and CPR numbers."""
        return hashlib.blake2b(name.encode(), key=self._salt, digest_size=8).hexdigest()

    def listed(self) -> list[Listed]:
        """The cases, the newest first; one that cannot be read stands with its error."""
        found = []
        for path in self._files():
            stamp = datetime.datetime.fromtimestamp(path.stat().st_mtime)
            try:
                found.append(Listed(self.id_of(path.name), path.name, stamp, self._case(path)))
            except DocgenError as e:
                found.append(Listed(self.id_of(path.name), path.name, stamp, None, e))
        return sorted(found, key=lambda one: one.changed, reverse=True)

    def _files(self) -> list[Path]:
        return [p for p in self.folder.iterdir() if p.suffix.lower() in casefile.SUFFIXES and not p.name.startswith(".") and p.is_file()]

    def _case(self, path: Path) -> Case:
        stat = path.stat()
        known = self._read.get(path)
        if known is None or known[:2] != (stat.st_mtime_ns, stat.st_size):
            known = self._read[path] = (stat.st_mtime_ns, stat.st_size, casefile.read_case(path))
        return known[2]

    def path(self, case_id: str) -> Path:
        for path in self._files():
            if self.id_of(path.name) == case_id:
                return path
        raise FileError(MISSING)

    def open(self, case_id: str) -> Opened:
        """Raises FileError for an unknown id, CaseError where the file cannot be used."""
        with self._lock:
            path = self.path(case_id)
            case = self._case(path)
            version = self._version(path)
            steps = self._steps(case_id)
            if not steps or steps[-1].version != version:
                self._keep(case_id, path, version, "udefra", ())
            return Opened(case_id, path, version, case, self._pending(case_id))

    def create(self, case: Case, *, suffix: str = ".yaml", kind: str = "oprettet", text: str | None = None) -> str:
        """A new case file; returns its id. The file name tells nothing of the citizen."""
        with self._lock:
            name = f"sag-{self.now():%Y%m%d}-{secrets.token_hex(3)}{suffix}"
            path = self.folder / name
            files.write(path, text if text is not None else casefile.to_yaml(case))
            case_id = self.id_of(name)
            self._keep(case_id, path, self._version(path), kind, ())
            return case_id

    def take_in(self, data: bytes, name: str) -> str:
        """A case file somebody has brought. CaseError with every problem if it cannot be used."""
        suffix = ".json" if name.lower().endswith(".json") else ".yaml"
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise CaseError(Problem("Filen er ikke gemt som UTF-8.", None, "Gem den igen med kodningen UTF-8.")) from None
        case = casefile.parse_case(text, Path(f"filen{suffix}"))
        return self.create(case, suffix=suffix, kind="importeret", text=text)

    # changing

    def change(self, case_id: str, version: str, typed: Mapping[str, list[str]]) -> Outcome:
        """Saves what has been typed in fields (path -> what the form sent) on the page that showed `version`.

        A field that is as it was on that page changes nothing. One that was also changed elsewhere is a conflict.
        """
        with self._lock:
            opened = self.open(case_id)
            base = self._data_of(case_id, version)
            now = opened.data
            reshaped = base is None or shape(base) != shape(now)
            changes: dict[paths.Path, tuple[Control, list[str]]] = {}
            conflicts: list[Conflict] = []
            pending = dict(opened.pending)
            for name, sent in typed.items():
                path = paths.parse(name)
                if path is None:
                    continue
                asked = control(path, opened.case)
                shown = asked.sent_of(paths.get(base, path)) if base is not None else None
                current = asked.sent_of(paths.get(now, path))
                mine = asked.cleaned(sent)
                if shown is not None and mine == shown:
                    if name in pending and not reshaped:
                        del pending[name]
                    continue
                if mine == current:
                    pending.pop(name, None)
                elif shown == current and not (reshaped and any(isinstance(s, int) for s in path)):
                    changes[path] = (asked, mine)
                else:
                    conflicts.append(Conflict(name, paths.label(path), asked.in_words(mine), asked.in_words(current)))
            if conflicts:
                return Outcome(opened, tuple(conflicts))
            elsewhere = () if base is None else tuple(differing(base, now))
            if not changes and pending == opened.pending:
                return Outcome(opened, (), (), elsewhere, reshaped)
            saved = self._apply(opened, changes, pending)
            return Outcome(self.open(case_id), (), saved, elsewhere, reshaped)

    def _apply(self, opened: Opened, changes: Mapping[paths.Path, tuple[Control, list[str]]], pending: dict[str, Pending]) -> tuple[str, ...]:
        put: dict[paths.Path, Any] = {}
        for path, (asked, sent) in changes.items():
            name = paths.write(path)
            try:
                put[path] = asked.value_of(sent)
            except ValueError as e:
                pending[name] = Pending("\n".join(sent), f"»{asked.title}« {e}")
                continue
            pending.pop(name, None)
        case = None
        while case is None:
            try:
                case = Case.model_validate(with_values(opened.data, put))
            except ValidationError as e:
                wrong = next((p for error in e.errors() for p in put if blames(error, p)), None)
                if wrong is None:
                    wrong = next(iter(put), None)
                if wrong is None:
                    raise CaseError(Problem("Ændringen kan ikke gemmes.", at(opened.path))) from None
                pending[paths.write(wrong)] = Pending("\n".join(changes[wrong][1]), refusal(changes[wrong][0], e))
                del put[wrong]
        if case != opened.case:
            self._write(opened, case, {paths.write(p): v for p, v in put.items()})
            self._keep(opened.id, opened.path, self._version(opened.path), "aendret", tuple(paths.write(p) for p in put))
        self._put_pending(opened.id, pending)
        return tuple(paths.write(p) for p in put)

    def _write(self, opened: Opened, case: Case, leaves: Mapping[str, Any] | None) -> None:
        """The whole file anew; a person's own comments in it are kept where only fields have changed."""
        if opened.path.suffix.lower() == ".json":
            files.write(opened.path, casefile.to_json(case), overwrite=True)
            return
        text = None
        if leaves and "#" in opened.path.read_text("utf-8-sig"):
            try:
                text = casefile.changed(opened.path, dict(leaves))
                if casefile.parse_case(text, opened.path) != case:
                    text = None
            except (DocgenError, AttributeError, KeyError, IndexError, TypeError):
                text = None  # written in a way that cannot be changed in place: written anew
        files.write(opened.path, text if text is not None else casefile.to_yaml(case), overwrite=True)

    # records

    def add(self, case_id: str, version: str, list_path: str, item: dict[str, Any]) -> Outcome:
        return self._reshape(case_id, version, list_path, lambda items: [*items, item], None)

    def remove(self, case_id: str, version: str, item_path: str) -> Outcome:
        path = paths.parse(item_path)
        if path is None or not isinstance(path[-1], int):
            raise FileError(MISSING)
        opened = self.open(case_id)
        if path[0] == "documents" and len(path) == 2:
            entry = paths.get(opened.data, path) or {}
            used = [p for p, name in document_references(opened.case) if name == entry.get("id")]
            if used:
                where = "; ".join(dict.fromkeys(paths.label(p) for p in used))
                raise CaseError(Problem("Dokumentet bruges andre steder i sagen og er ikke fjernet.", None, f"Fjern først henvisningen i: {where}."))
        place = path[-1]
        order = lambda n: [i for i in range(n) if i != place]  # noqa: E731
        return self._reshape(case_id, version, paths.write(path[:-1]), lambda items: [items[i] for i in order(len(items))], order)

    def move(self, case_id: str, version: str, item_path: str, by: int) -> Outcome:
        path = paths.parse(item_path)
        if path is None or not isinstance(path[-1], int):
            raise FileError(MISSING)
        place = path[-1]

        def order(count: int) -> list[int]:
            numbers = list(range(count))
            other = place + by
            if 0 <= place < count and 0 <= other < count:
                numbers[place], numbers[other] = numbers[other], numbers[place]
            return numbers

        return self._reshape(case_id, version, paths.write(path[:-1]), lambda items: [items[i] for i in order(len(items))], order)

    def replace(self, case_id: str, list_path: str, items: list[Any]) -> Opened:
        """Puts other records in the place of a list's, whoever has changed what meanwhile."""
        with self._lock:
            opened = self.open(case_id)
            return self._reshape(case_id, opened.version, list_path, lambda _: items, None).opened

    def _reshape(
        self, case_id: str, version: str, list_path: str, change: Callable[[list[Any]], list[Any]],
        order: Callable[[int], list[int]] | None,
    ) -> Outcome:
        with self._lock:
            opened = self.open(case_id)
            path = paths.parse(list_path)
            if path is None:
                raise FileError(MISSING)
            base = self._data_of(case_id, version)
            data = opened.data
            if base is None or shape(base) != shape(data):
                raise Stale
            before = paths.get(data, path) or []
            try:
                paths.put(data, path, change(list(before)))
                case = Case.model_validate(data)
            except ValidationError as e:
                raise CaseError(Problem("Ændringen kan ikke gemmes.", None, str(e.errors()[0]["type"]))) from None
            except KeyError:
                raise Stale from None
            self._write(opened, case, None)
            self._keep(case_id, opened.path, self._version(opened.path), "aendret", (list_path,))
            if order is not None:
                self._put_pending(case_id, moved(opened.pending, list_path, order(len(before))))
            return Outcome(self.open(case_id), (), (list_path,))

    # looking back

    def history(self, case_id: str) -> list[Step]:
        """The steps, the newest first."""
        return list(reversed(self._steps(case_id)))

    def undo(self, case_id: str) -> Step | None:
        """Goes one step back; None where there is nothing to undo."""
        with self._lock:
            self.open(case_id)
            steps = self._steps(case_id)
            last = steps[-1]
            past = {s.number: s for s in steps}
            here = past.get(last.state, last)
            before = past.get(here.parent) if here.parent is not None else None
            if before is None:
                return None
            return self._back_to(case_id, before, "fortrudt", here.what, (here.number, *last.undone))

    def redo(self, case_id: str) -> Step | None:
        with self._lock:
            self.open(case_id)
            steps = self._steps(case_id)
            last = steps[-1]
            ahead = next((s for s in steps if last.undone and s.number == last.undone[0]), None)
            if ahead is None:
                return None
            return self._back_to(case_id, ahead, "gendannet", ahead.what, last.undone[1:])

    def restore(self, case_id: str, number: int) -> Step | None:
        """Takes an earlier state back, as a new step."""
        with self._lock:
            self.open(case_id)
            step = next((s for s in self._steps(case_id) if s.number == number), None)
            if step is None:
                return None
            path = self.path(case_id)
            files.write(path, self._kept(case_id, step.version), overwrite=True)
            return self._keep(case_id, path, self._version(path), "gendannet", step.what)

    def can(self, case_id: str) -> tuple[bool, bool]:
        """(something can be undone, something can be done again)."""
        steps = self._steps(case_id)
        if not steps:
            return False, False
        past = {s.number: s for s in steps}
        here = past.get(steps[-1].state, steps[-1])
        return here.parent in past, bool(steps[-1].undone)

    def as_it_was(self, case_id: str, number: int) -> dict[str, Any] | None:
        step = next((s for s in self._steps(case_id) if s.number == number), None)
        return self._data_of(case_id, step.version) if step else None

    def _back_to(self, case_id: str, step: Step, kind: str, what: tuple[str, ...], undone: tuple[int, ...]) -> Step:
        path = self.path(case_id)
        files.write(path, self._kept(case_id, step.version), overwrite=True)
        self._put_pending(case_id, {})
        return self._keep(case_id, path, self._version(path), kind, what, state=step.number, undone=undone)

    # what lies beside

    def drawer(self, case_id: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{16}", case_id):
            raise FileError(MISSING)
        return self.beside / case_id

    def _version(self, path: Path) -> str:
        return hashlib.blake2b(path.read_bytes(), digest_size=10).hexdigest()

    def _steps(self, case_id: str) -> list[Step]:
        log = self.drawer(case_id) / "skridt.json"
        if not log.exists():
            return []
        try:
            rows = json.loads(log.read_text("utf-8"))
            return [Step(**{**row, "what": tuple(row["what"]), "undone": tuple(row["undone"])}) for row in rows]
        except (ValueError, TypeError, KeyError):
            return []  # a damaged log costs the look back, never the case

    def _keep(
        self, case_id: str, path: Path, version: str, kind: str, what: tuple[str, ...], *, state: int | None = None,
        undone: tuple[int, ...] = (),
    ) -> Step:
        drawer = self.drawer(case_id)
        kept = drawer / f"{version}{path.suffix}"
        if not kept.exists():
            files.write(kept, path.read_bytes())
        steps = self._steps(case_id)
        last = steps[-1] if steps else None
        now = self.now()
        number = (last.number if last else 0) + 1
        if state is not None:
            step = Step(number, version, f"{now:%Y-%m-%dT%H:%M:%S}", what, kind, state, None, undone)
        else:
            parent = last.state if last else None
            step = Step(number, version, f"{now:%Y-%m-%dT%H:%M:%S}", what, kind, number, parent)
            if (
                last and kind == last.kind == "aendret" and len(what) == 1 and what == last.what and last.state == last.number
                and now - datetime.datetime.fromisoformat(last.time) < TOGETHER
            ):
                steps.pop()
                step = Step(last.number, version, step.time, what, kind, last.number, last.parent)
        steps = [*steps, step][-KEPT:]
        files.write(drawer / "skridt.json", json.dumps([vars(s) for s in steps], ensure_ascii=False), overwrite=True)
        self._prune(drawer, {s.version for s in steps})
        return step

    def _prune(self, drawer: Path, wanted: set[str]) -> None:
        """Versions that no step names are kept a while, as open pages compare with them."""
        loose = [p for p in drawer.iterdir() if p.suffix in casefile.SUFFIXES and p.stem not in wanted and p.stem not in ("skridt", "ufaerdigt")]
        for path in sorted(loose, key=lambda p: p.stat().st_mtime)[:-KEPT]:
            path.unlink(missing_ok=True)

    def _kept(self, case_id: str, version: str) -> bytes:
        for suffix in casefile.SUFFIXES:
            path = self.drawer(case_id) / f"{version}{suffix}"
            if path.exists():
                return path.read_bytes()
        raise FileError(Problem("Den gamle udgave er ikke gemt længere."))

    def _data_of(self, case_id: str, version: str) -> dict[str, Any] | None:
        """The data of a version that is still kept."""
        if not re.fullmatch(r"[0-9a-f]{20}", version):
            return None
        for suffix in casefile.SUFFIXES:
            path = self.drawer(case_id) / f"{version}{suffix}"
            if path.exists():
                try:
                    return casefile.to_data(self._case(path))
                except DocgenError:
                    return None
        return None

    def _pending(self, case_id: str) -> dict[str, Pending]:
        path = self.drawer(case_id) / "ufaerdigt.json"
        if not path.exists():
            return {}
        try:
            return {name: Pending(**row) for name, row in json.loads(path.read_text("utf-8")).items()}
        except (ValueError, TypeError):
            return {}

    def _put_pending(self, case_id: str, pending: Mapping[str, Pending]) -> None:
        path = self.drawer(case_id) / "ufaerdigt.json"
        if pending or path.exists():
            rows = {name: {"text": p.text, "error": p.error} for name, p in pending.items()}
            files.write(path, json.dumps(rows, ensure_ascii=False), overwrite=True)

    # the last draft that was taken out, to compare the next with

    def last_draft(self, case_id: str, kind: str) -> str | None:
        path = files.inside(self.drawer(case_id), f"kladde-{files.safe_name(kind)}.txt")
        return path.read_text("utf-8") if path.exists() else None

    def keep_draft(self, case_id: str, kind: str, text: str) -> None:
        files.write(files.inside(self.drawer(case_id), f"kladde-{files.safe_name(kind)}.txt"), text, overwrite=True)


def shape(data: Any) -> Any:
    """The lists of records in plain data and what tells their items apart, without what stands in their fields."""
    if isinstance(data, dict):
        found = {key: shape(value) for key, value in data.items()}
        return {key: value for key, value in found.items() if value}
    if isinstance(data, list) and data and isinstance(data[0], dict):
        return [{"": item.get("key") or item.get("instrument"), **(shape(item) or {})} for item in data]
    return None


def differing(base: Any, now: Any, path: paths.Path = ()) -> list[str]:
    """The paths whose values differ."""
    if isinstance(base, dict) or isinstance(now, dict):
        base, now = base or {}, now or {}
        if isinstance(base, dict) and isinstance(now, dict):
            return [p for key in {**base, **now} for p in differing(base.get(key), now.get(key), (*path, key))]
    if isinstance(base, list) and isinstance(now, list) and any(isinstance(x, dict) for x in [*base, *now]):
        longest = max(len(base), len(now))
        filled = [[*x, *[None] * (longest - len(x))] for x in (base, now)]
        return [p for i in range(longest) for p in differing(filled[0][i], filled[1][i], (*path, i))]
    return [] if base == now else [paths.write(path)]


def moved(pending: Mapping[str, Pending], list_path: str, order: list[int]) -> dict[str, Pending]:
    """What is unfinished, after the items of a list have got a new order."""
    found = {}
    for name, what in pending.items():
        match = re.match(re.escape(list_path) + r"\[(\d+)\](.*)", name)
        if match is None:
            found[name] = what
        elif int(match[1]) in order:
            found[f"{list_path}[{order.index(int(match[1]))}]{match[2]}"] = what
    return found


def with_values(data: dict[str, Any], put: Mapping[paths.Path, Any]) -> dict[str, Any]:
    """A copy of plain data with values put in; a register entry's new id first, and everywhere. Stale if a record is gone."""
    made = copy.deepcopy(data)
    try:
        for path, value in sorted(put.items(), key=lambda change: not is_document_id(change[0])):
            if is_document_id(path):
                rename_document(made, paths.get(made, path), value)
            paths.put(made, path, value)
    except KeyError:
        raise Stale from None
    return made


def is_document_id(path: paths.Path) -> bool:
    return path[:1] == ("documents",) and path[-1] == "id"


def rename_document(data: Any, old: str | None, new: str | None) -> None:
    """A register entry's new id, wherever the case refers to it."""
    if old is None or new is None:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "document" and value == old:
                data[key] = new
            elif key == "documents" and isinstance(value, list) and all(isinstance(v, str) for v in value):
                data[key] = [new if v == old else v for v in value]
            else:
                rename_document(value, old, new)
    elif isinstance(data, list):
        for item in data:
            rename_document(item, old, new)


def blames(error: Mapping[str, Any], path: paths.Path) -> bool:
    """Whether a validation error is about the field at `path`."""
    if error["type"] == "doubled_document":
        return is_document_id(path)
    location = list((error.get("ctx") or {}).get("path", error["loc"]))
    return list(path) == location[: len(path)]
