"""Writing to the disk: names that stay in their folder, files that are whole or not there, nothing overwritten unasked."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.errors import FileError, Problem, at

MAX_NAME = 80
BESIDE = ".sagsklar"  # what the page keeps beside the cases of a folder
STRAY = ".sagsklar-*.tmp"  # a file while it is being written
WAIT = 20.0  # seconds for another programme of ours to be done
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def safe_name(text: str) -> str:
    """`text` as part of a file name on any system: letters, digits, - and _; never empty, never a device name."""
    kept = re.sub(r"[^A-Za-z0-9ÆØÅæøå_-]+", "-", text).strip("-_")[:MAX_NAME].strip("-_") or "uden-navn"
    return f"{kept}-fil" if kept.lower() in _DEVICES else kept


def inside(folder: Path, name: str) -> Path:
    """The path of `name` in `folder`; FileError if it would lie elsewhere."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FileError(Problem("Filnavnet fører ud af mappen.", at(path)))
    return path


def write(path: Path, content: bytes | str, overwrite: bool = False) -> None:
    """Writes the whole file or nothing. FileError if it exists and `overwrite` is not given."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_dir():
        raise FileError(Problem("Det er en mappe, ikke et filnavn.", at(path), "Skriv også filens navn."))
    if path.exists() and not overwrite:
        raise FileError(Problem("Filen findes i forvejen og er ikke ændret.", at(path), "Brug --overwrite for at erstatte den."))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".sagsklar-", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(temporary, 0o644 & ~_umask())
            if overwrite:
                os.replace(temporary, path)
            else:
                try:
                    os.link(temporary, path)  # fails if somebody made the file meanwhile
                except FileExistsError:
                    raise FileError(Problem("Filen findes i forvejen og er ikke ændret.", at(path))) from None
                except OSError:  # a file system without hard links
                    os.replace(temporary, path)
                    return
                os.unlink(temporary)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as e:
        raise FileError(Problem("Filen kan ikke skrives.", at(path), f"Systemet siger: {e.strerror}.")) from None


class ChangedMeanwhile(FileError):
    """The file is no longer as it was read: nothing is written."""


def replace(path: Path, content: bytes | str, was: bytes | None) -> None:
    """Writes the whole file in the place of one whose content is `was` (None: there is no file). ChangedMeanwhile, and
    nothing written, if it has become another since it was read."""
    with alone(path.parent):
        try:
            now = path.read_bytes()
        except FileNotFoundError:
            now = None
        if now != was:
            raise ChangedMeanwhile(Problem("Filen er ændret af en anden imens og er ikke overskrevet.", at(path), "Prøv igen."))
        write(path, content, overwrite=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other programme of ours changes cases in the folder meanwhile, where a page has been running on it.

    On a drive that knows no locks only the comparison in `replace` is left.
    """
    beside = folder / BESIDE
    if not beside.is_dir():
        yield
        return
    from filelock import FileLock, Timeout

    lock = FileLock(beside / "laas", timeout=WAIT, is_singleton=True)
    try:
        lock.acquire()
    except Timeout:
        raise FileError(Problem("Sagerne er i brug af et andet program, der ikke er blevet færdigt.", at(folder), "Vent lidt, og prøv igen.")) from None
    except (NotImplementedError, OSError):
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
