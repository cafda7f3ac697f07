"""Many files: found in a fixed order, reviewed in parallel processes that give back findings, never documents."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.content import Content
from docgen.dismissals import read_baseline
from docgen.errors import DocgenError, FileError, Problem, UsageError, at
from docgen.reviewer import Review, Reviewer, Unread

if TYPE_CHECKING:
    from concurrent.futures import Future

READ = (".docx", ".txt", ".md")
# Documents that are told as unread, not passed over: somebody may believe that they were checked.
TOLD = (".doc", ".docm", ".dotx", ".dotm", ".rtf", ".odt")
ANNOTATED = ".kommenteret.docx"
IN_PARALLEL_FROM = 24  # below this, starting processes costs more than it saves


@dataclass(frozen=True)
class Plan:
    """What to review by; small enough to send to every process."""

    overlay: Path | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None

    def reviewer(self) -> Reviewer:
        baseline = read_baseline(self.baseline) if self.baseline else ()
        return Reviewer(Content.find(self.overlay), select=self.select, ignore=self.ignore, baseline=baseline)


def documents(paths: Iterable[Path]) -> tuple[list[Path], Counter[str]]:
    """(files to review, number of others by ending). Files named are always taken; folders are searched, sorted by name.

    Word's lock files and hidden files are passed over, and our own annotated copies beside their originals.
    """
    found: dict[Path, None] = {}
    others: Counter[str] = Counter()
    for path in paths:
        if not path.is_dir():
            found.setdefault(path)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(names):
                if name.startswith((".", "~$")):
                    continue
                suffix = Path(name).suffix.lower()
                original = name[: -len(ANNOTATED)] + ".docx" if name.lower().endswith(ANNOTATED) else None
                if suffix not in READ + TOLD:
                    others[suffix or "uden endelse"] += 1
                elif original not in names:
                    found.setdefault(Path(folder) / name)
    if not found:
        raise UsageError(Problem("Der er ingen dokumenter at læse.", None, "Angiv en .docx-, .txt- eller .md-fil eller en mappe med dem."))
    return list(found), others


def review_one(reviewer: Reviewer, path: Path, facts: Mapping[str, Any]) -> Review | Unread:
    """One row; a file that cannot be read is a row too."""
    try:
        return reviewer.review(path, **facts)
    except UsageError:
        raise
    except DocgenError as error:
        return Unread(str(path), error.code, " ".join(f"{p.what} {p.cure}".strip() for p in error.problems))
    except MemoryError:
        return Unread(str(path), FileError.code, "Filen er for stor til at blive læst på denne maskine.")
    except RecursionError:
        return Unread(str(path), FileError.code, "Filen er bygget i så mange lag, at den ikke læses.")


def review_all(
    paths: list[Path], plan: Plan, reviewer: Reviewer, processes: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Review | Unread]:
    """A row for each path, in the order given, whichever process was first. Memory does not grow with their number.

    `reviewer` is the plan's, for when there is no need of further processes.
    """
    processes = processes or os.cpu_count() or 1
    if processes == 1 or len(paths) < IN_PARALLEL_FROM:
        for done, path in enumerate(paths, 1):
            yield review_one(reviewer, path, plan.facts)
            progress(done, len(paths))
        return
    done = 0
    waiting = deque(paths)
    while waiting:
        for row in _pooled(waiting, plan, processes):
            done += 1
            yield row
            progress(done, len(paths))
        if waiting:  # a process died, most likely for want of memory: the file it had is told, the rest goes on
            path = waiting.popleft()
            done += 1
            yield _alone(path, plan)
            progress(done, len(paths))


def _pooled(waiting: deque[Path], plan: Plan, processes: int) -> Iterator[Review | Unread]:
    """Takes paths off `waiting` as their rows are given; stops early where a process dies."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(processes, initializer=_start, initargs=(plan,)) as pool:
        ahead: deque[Future[Review | Unread]] = deque()
        coming = iter(list(waiting))
        try:
            while True:
                while len(ahead) < 4 * processes and (path := next(coming, None)) is not None:
                    ahead.append(pool.submit(_work, path))
                if not ahead:
                    return
                row = ahead.popleft().result()
                waiting.popleft()
                yield row
        except BrokenProcessPool:
            return
        finally:
            for future in ahead:
                future.cancel()


def _alone(path: Path, plan: Plan) -> Review | Unread:
    """The next file in a process of its own, so that it can only take itself down."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    try:
        with ProcessPoolExecutor(1, initializer=_start, initargs=(plan,)) as pool:
            return pool.submit(_work, path).result()
    except BrokenProcessPool:
        return Unread(str(path), FileError.code, f"{at(path)}: kontrollen gik i stå på filen. Den er ikke læst.")


_reviewer: Reviewer | None = None
_facts: Mapping[str, Any] = {}


def _start(plan: Plan) -> None:
    global _reviewer, _facts
    _reviewer, _facts = plan.reviewer(), plan.facts


def _work(path: Path) -> Review | Unread:
    assert _reviewer is not None
    return review_one(_reviewer, path, _facts)
