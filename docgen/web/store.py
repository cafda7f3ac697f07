"""Case files in a folder. Every change is a whole new file at once; what stood before is kept beside it (`kept`), so that
it can be looked at and undone. Two tabs, two running pages or a page and an editor never overwrite each other: each change
is made to the file as it is in the moment of writing, or asked about.

What a person has typed but what is no value yet (half a date, a wrong CPR number) cannot stand in a case file. It is kept
beside the file too, and shown in its field with the reason, until it is right: nothing typed is lost.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from docgen import casefile, casetext, files
from docgen.errors import CaseError, DocgenError, FileError, Problem, at
from docgen.model import Case, document_references
from docgen.web import paths
from docgen.web.fields import Control, control, refusal
from docgen.web.kept import Kept, Pending, Step, version_of
from docgen.web.merge import Stale, blames, differing, entries, moved, shape, with_values

TRIES = 5  # to write a file that somebody else keeps changing

MISSING = Problem("Sagen findes ikke.", None, "Gå tilbage til listen over sager.")


@dataclass(frozen=True)
class Opened:
    """A case as it stands: `version` names exactly this content, `raw`."""

    id: str
    path: Path
    version: str
    case: Case
    pending: Mapping[str, Pending]
    raw: bytes

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


@dataclass
class CaseStore:
    folder: Path
    now: Callable[[], datetime.datetime] = datetime.datetime.now
    _threads: threading.RLock = field(default_factory=threading.RLock)
    _read: dict[str, Case] = field(default_factory=dict)  # by content: a file's time can lie

    def __post_init__(self) -> None:
        try:
            self.beside.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise FileError(Problem("Mappen til sager kan ikke laves.", at(self.folder), f"Systemet siger: {e.strerror}.")) from None
        with self._alone():
            salt = self.beside / "salt"
            if not salt.exists():
                files.write(salt, secrets.token_hex(16))
            self._salt = bytes.fromhex(salt.read_text("ascii").strip())
            self._sweep()

    def _sweep(self) -> None:
        """Half-written files of a programme that was killed: they hold what cases hold, and nobody else clears them."""
        old = time.time() - 600
        for stray in [*self.folder.glob(files.STRAY), *self.beside.rglob(files.STRAY)]:
            with suppress(OSError):
                if stray.stat().st_mtime < old:
                    stray.unlink()

    @property
    def beside(self) -> Path:
        return self.folder / files.BESIDE

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else changes cases of the folder: no other thread, and no other programme of ours."""
        with self._threads, files.alone(self.folder):
            yield

    # which cases there are

    def id_of(self, name: str) -> str:
        """A name for addresses that tells nothing: file names can hold names and CPR numbers."""
        return hashlib.blake2b(name.encode(), key=self._salt, digest_size=8).hexdigest()

    def listed(self) -> list[Listed]:
        """The cases, the newest first; one that cannot be read stands with its error."""
        found = []
        for path in self._files():
            try:
                stamp = datetime.datetime.fromtimestamp(path.stat().st_mtime)
                found.append(Listed(self.id_of(path.name), path.name, stamp, self._case(path.read_bytes(), path)))
            except FileNotFoundError:
                continue  # removed while we looked
            except OSError as e:
                unread = FileError(Problem("Filen kan ikke åbnes.", at(path), f"Systemet siger: {e.strerror}."))
                found.append(Listed(self.id_of(path.name), path.name, self.now(), None, unread))
            except DocgenError as e:
                found.append(Listed(self.id_of(path.name), path.name, stamp, None, e))
        return sorted(found, key=lambda one: one.changed, reverse=True)

    def _files(self) -> list[Path]:
        return [p for p in self.folder.iterdir() if p.suffix.lower() in casefile.SUFFIXES and not p.name.startswith(".") and p.is_file()]

    def _case(self, raw: bytes, path: Path) -> Case:
        key = version_of(raw) + path.suffix.lower()
        if key not in self._read:
            if len(self._read) > 5_000:
                self._read.clear()
            self._read[key] = casefile.parse_case(raw, path)
        return self._read[key]

    def path(self, case_id: str) -> Path:
        for path in self._files():
            if self.id_of(path.name) == case_id:
                return path
        raise FileError(MISSING)

    def kept(self, case_id: str) -> Kept:
        if not re.fullmatch(r"[0-9a-f]{16}", case_id):
            raise FileError(MISSING)
        return Kept(self.beside / case_id)

    def open(self, case_id: str) -> Opened:
        """Raises FileError for an unknown id, CaseError where the file cannot be used."""
        with self._alone():
            path = self.path(case_id)
            raw = _raw(path)
            case = self._case(raw, path)
            kept = self.kept(case_id)
            steps = kept.steps()
            if not steps or steps[-1].version != version_of(raw):
                kept.keep(raw, path.suffix, self.now(), "udefra")
            return Opened(case_id, path, version_of(raw), case, kept.pending(), raw)

    def create(self, case: Case, *, suffix: str = ".yaml", kind: str = "oprettet", text: str | None = None) -> str:
        """A new case file; returns its id. The file name tells nothing of the citizen."""
        with self._alone():
            name = f"sag-{self.now():%Y%m%d}-{secrets.token_hex(3)}{suffix}"
            raw = (text if text is not None else casefile.to_yaml(case)).encode()
            files.write(self.folder / name, raw)
            case_id = self.id_of(name)
            self.kept(case_id).keep(raw, suffix, self.now(), kind)
            return case_id

    def take_in(self, data: bytes, name: str) -> str:
        """A case file somebody has brought. CaseError with every problem if it cannot be used."""
        suffix = ".json" if name.lower().endswith(".json") else ".yaml"
        case = casefile.parse_case(data, Path(f"filen{suffix}"))
        return self.create(case, suffix=suffix, kind="importeret", text=data.decode("utf-8-sig"))

    # changing fields

    def change(self, case_id: str, version: str, typed: Mapping[str, list[str]]) -> Outcome:
        """Saves what has been typed in fields (path -> what the form sent) on the page that showed `version`.

        A field that is as it was on that page changes nothing. One that was also changed elsewhere is a conflict.
        """
        return self._again_if_changed(lambda: self._change(case_id, version, typed))

    def _change(self, case_id: str, version: str, typed: Mapping[str, list[str]]) -> Outcome:
        with self._alone():
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
            values = {paths.write(p): v for p, v in put.items()}
            self._write(opened, case, tuple(values), lambda source: casetext.with_changes(source, values))
        self.kept(opened.id).put_pending(pending)
        return tuple(paths.write(p) for p in put)

    def _write(self, opened: Opened, case: Case, what: tuple[str, ...], in_place: Callable[[str], str | None]) -> None:
        """The case file with the change. A person's own comments and order in it are kept where that can be done, and else
        the step says that they were not."""
        kind, suffix = "aendret", opened.path.suffix
        if suffix.lower() == ".json":
            text = casefile.to_json(case)
        else:
            source = opened.raw.decode("utf-8-sig").replace("\r\n", "\n")
            try:
                made = in_place(source)
                if made is not None and casefile.parse_case(made, opened.path) != case:
                    made = None
            except (DocgenError, AttributeError, KeyError, IndexError, TypeError):
                made = None  # written in a way that cannot be changed in place
            if made is None and re.search(r"(^|\s)#", source):
                kind = "omskrevet"
            text = made if made is not None else casefile.to_yaml(case)
        files.replace(opened.path, text, opened.raw)
        self.kept(opened.id).keep(text.encode(), suffix, self.now(), kind, what)

    def _again_if_changed(self, work: Callable[[], Outcome]) -> Outcome:
        """Does the work again, on the file as it now is, when an editor or another programme has changed it meanwhile."""
        for _ in range(TRIES - 1):
            try:
                return work()
            except files.ChangedMeanwhile:
                continue
        return work()

    # changing which records there are

    def add(self, case_id: str, version: str, list_path: str, item: dict[str, Any]) -> Outcome:
        return self._reshape(case_id, version, list_path, lambda items: [*items, item])

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
        return self._reshape(case_id, version, paths.write(path[:-1]), lambda items: [item for number, item in enumerate(items) if number != place])

    def move(self, case_id: str, version: str, item_path: str, by: int) -> Outcome:
        path = paths.parse(item_path)
        if path is None or not isinstance(path[-1], int):
            raise FileError(MISSING)
        place, other = path[-1], path[-1] + by

        def swapped(items: list[Any]) -> list[Any]:
            if 0 <= place < len(items) and 0 <= other < len(items):
                items[place], items[other] = items[other], items[place]
            return items

        return self._reshape(case_id, version, paths.write(path[:-1]), swapped)

    def replace(self, case_id: str, list_path: str, items: list[Any]) -> Opened:
        """Puts other records in the place of a list's, whoever has changed what meanwhile."""
        with self._alone():
            opened = self.open(case_id)
            return self._reshape(case_id, opened.version, list_path, lambda _: items).opened

    def _reshape(self, case_id: str, version: str, list_path: str, change: Callable[[list[Any]], list[Any]]) -> Outcome:
        return self._again_if_changed(lambda: self._reshape_once(case_id, version, list_path, change))

    def _reshape_once(self, case_id: str, version: str, list_path: str, change: Callable[[list[Any]], list[Any]]) -> Outcome:
        with self._alone():
            opened = self.open(case_id)
            path = paths.parse(list_path)
            if path is None:
                raise FileError(MISSING)
            base = self._data_of(case_id, version)
            data = opened.data
            if base is None or shape(base) != shape(data):
                raise Stale
            before = paths.get(data, path) or []
            after = change(list(before))
            order = entries(before, after)
            try:
                paths.put(data, path, after)
                case = Case.model_validate(data)
            except ValidationError as e:
                raise CaseError(Problem("Ændringen kan ikke gemmes.", None, str(e.errors()[0]["type"]))) from None
            except KeyError:
                raise Stale from None
            self._write(opened, case, (list_path,), lambda source: casetext.with_items(source, path, order))
            self.kept(case_id).put_pending(moved(opened.pending, list_path, order))
            return Outcome(self.open(case_id), (), (list_path,))

    # looking back

    def history(self, case_id: str) -> list[Step]:
        """The steps, the newest first."""
        return list(reversed(self.kept(case_id).steps()))

    def undo(self, case_id: str) -> Step | None:
        """Goes one step back; None where there is nothing to undo."""
        with self._alone():
            opened = self.open(case_id)
            kept = self.kept(case_id)
            between = kept.before()
            if between is None:
                return None
            here, back = between
            return self._back_to(opened, back, "fortrudt", here.what, (here.number, *kept.steps()[-1].undone))

    def redo(self, case_id: str) -> Step | None:
        with self._alone():
            opened = self.open(case_id)
            kept = self.kept(case_id)
            ahead = kept.ahead()
            return self._back_to(opened, ahead, "gendannet", ahead.what, kept.steps()[-1].undone[1:]) if ahead else None

    def _back_to(self, opened: Opened, step: Step, kind: str, what: tuple[str, ...], undone: tuple[int, ...]) -> Step:
        kept = self.kept(opened.id)
        raw = kept.raw(step.version)
        files.replace(opened.path, raw, opened.raw)
        kept.put_pending({})
        return kept.keep(raw, opened.path.suffix, self.now(), kind, what, state=step.number, undone=undone)

    def restore(self, case_id: str, number: int) -> Step | None:
        """Takes an earlier state back, as a new step."""
        with self._alone():
            opened = self.open(case_id)
            kept = self.kept(case_id)
            step = kept.step(number)
            if step is None:
                return None
            raw = kept.raw(step.version)
            files.replace(opened.path, raw, opened.raw)
            return kept.keep(raw, opened.path.suffix, self.now(), "gendannet", step.what)

    def can(self, case_id: str) -> tuple[bool, bool]:
        """(something can be undone, something can be done again)."""
        kept = self.kept(case_id)
        return kept.before() is not None, kept.ahead() is not None

    def as_it_was(self, case_id: str, number: int) -> dict[str, Any] | None:
        step = self.kept(case_id).step(number)
        return self._data_of(case_id, step.version) if step else None

    def _data_of(self, case_id: str, version: str) -> dict[str, Any] | None:
        """The data of a version that is still kept."""
        path = self.kept(case_id).file(version)
        if path is None:
            return None
        try:
            return casefile.to_data(self._case(path.read_bytes(), path))
        except DocgenError:
            return None


def _raw(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(MISSING) from None
    except OSError as e:
        raise FileError(Problem("Filen kan ikke åbnes.", at(path), f"Systemet siger: {e.strerror}.")) from None
