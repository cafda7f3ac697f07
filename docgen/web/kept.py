"""What is kept beside a case, in its own folder: the steps that led to it with a whole file for each, what is typed but no
value yet, and the text of the last draft that was taken out.

Only the case file is the case. What is here may be lost or damaged: that costs the look back, never the case.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen import casefile, files
from docgen.errors import FileError, Problem

STEPS = 100  # that can be looked back on
TOGETHER = datetime.timedelta(minutes=2)  # typing in one field is one step


@dataclass(frozen=True)
class Step:
    """One state of a case: what was changed to reach it, and which states are its past and its undone future."""

    number: int
    version: str
    time: str
    what: tuple[str, ...]
    kind: str = "aendret"  # aendret | oprettet | importeret | fortrudt | gendannet | udefra | omskrevet
    state: int = 0  # the number whose content this is; differs from `number` after an undo
    parent: int | None = None
    undone: tuple[int, ...] = ()


@dataclass(frozen=True)
class Pending:
    """Text in a field that is no value yet, and why."""

    text: str
    error: str


def version_of(raw: bytes) -> str:
    """The name of exactly this content."""
    return hashlib.blake2b(raw, digest_size=10).hexdigest()


class Kept:
    """The folder beside one case. Whoever writes holds the store's lock."""

    def __init__(self, folder: Path):
        self.folder = folder

    # steps and their files

    def steps(self) -> list[Step]:
        log = self.folder / "skridt.json"
        if not log.exists():
            return []
        try:
            rows = json.loads(log.read_text("utf-8"))
            return [Step(**{**row, "what": tuple(row["what"]), "undone": tuple(row["undone"])}) for row in rows]
        except (ValueError, TypeError, KeyError):
            return []

    def step(self, number: int) -> Step | None:
        return next((s for s in self.steps() if s.number == number), None)

    def keep(
        self, raw: bytes, suffix: str, now: datetime.datetime, kind: str, what: tuple[str, ...] = (), *, state: int | None = None,
        undone: tuple[int, ...] = (),
    ) -> Step:
        """A new step, with the whole file as it now is. Typing on in the same field goes on with the last one."""
        version = version_of(raw)
        path = self.folder / f"{version}{suffix}"
        if not path.exists():
            files.write(path, raw)
        steps = self.steps()
        last = steps[-1] if steps else None
        number = (last.number if last else 0) + 1
        time = f"{now:%Y-%m-%dT%H:%M:%S}"
        if state is not None:
            step = Step(number, version, time, what, kind, state, None, undone)
        else:
            step = Step(number, version, time, what, kind, number, last.state if last else None)
            if (
                last and kind == last.kind == "aendret" and len(what) == 1 and what == last.what and last.state == last.number
                and now - datetime.datetime.fromisoformat(last.time) < TOGETHER
            ):
                steps.pop()
                step = Step(last.number, version, time, what, kind, last.number, last.parent)
        steps = [*steps, step][-STEPS:]
        files.write(self.folder / "skridt.json", json.dumps([vars(s) for s in steps], ensure_ascii=False), overwrite=True)
        self._prune({s.version for s in steps})
        return step

    def _prune(self, wanted: set[str]) -> None:
        """Versions that no step names are kept a while, as open pages compare with them."""
        loose = [p for p in self.folder.iterdir() if p.suffix in casefile.SUFFIXES and p.stem not in wanted and p.stem not in ("skridt", "ufaerdigt")]
        for path in sorted(loose, key=lambda p: p.stat().st_mtime)[:-STEPS]:
            path.unlink(missing_ok=True)

    def file(self, version: str) -> Path | None:
        """The whole file of a version, where it is still kept."""
        if not re.fullmatch(r"[0-9a-f]{20}", version):
            return None
        return next((p for suffix in casefile.SUFFIXES if (p := self.folder / f"{version}{suffix}").exists()), None)

    def raw(self, version: str) -> bytes:
        path = self.file(version)
        if path is None:
            raise FileError(Problem("Den gamle udgave er ikke gemt længere."))
        return path.read_bytes()

    # back and forth

    def before(self) -> tuple[Step, Step] | None:
        """(the state that is left by an undo, the one it goes back to)."""
        steps = self.steps()
        if not steps:
            return None
        past = {s.number: s for s in steps}
        here = past.get(steps[-1].state, steps[-1])
        back = past.get(here.parent) if here.parent is not None else None
        return None if back is None else (here, back)

    def ahead(self) -> Step | None:
        """The state that was undone last."""
        steps = self.steps()
        return next((s for s in steps if steps[-1].undone and s.number == steps[-1].undone[0]), None)

    # what is typed but no value

    def pending(self) -> dict[str, Pending]:
        path = self.folder / "ufaerdigt.json"
        if not path.exists():
            return {}
        try:
            return {name: Pending(**row) for name, row in json.loads(path.read_text("utf-8")).items()}
        except (ValueError, TypeError):
            return {}

    def put_pending(self, pending: Mapping[str, Pending]) -> None:
        path = self.folder / "ufaerdigt.json"
        if pending or path.exists():
            rows = {name: {"text": p.text, "error": p.error} for name, p in pending.items()}
            files.write(path, json.dumps(rows, ensure_ascii=False), overwrite=True)

    # the last draft that was taken out, to compare the next with

    def last_draft(self, kind: str) -> str | None:
        path = files.inside(self.folder, f"kladde-{files.safe_name(kind)}.txt")
        return path.read_text("utf-8") if path.exists() else None

    def keep_draft(self, kind: str, text: str) -> None:
        files.write(files.inside(self.folder, f"kladde-{files.safe_name(kind)}.txt"), text, overwrite=True)
