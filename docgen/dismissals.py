"""Saying no to a finding, with a reason: by answering its comment in Word, or in a baseline file.

A dismissal is kept by rule and sentence, never by position: it survives edits elsewhere and ends when its sentence is
changed. What is stored of the sentence is a hash, so a baseline holds no case text. Something absent has no sentence; its
dismissal in a baseline therefore also names the file (by hash), lest one letter's exception silence all the others.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.errors import FileError, Problem, UsageError, at
from docgen.word.comments import REFERENCE, Comment

MIN_REASON = 2  # words; "ok" and "nej" say nothing to the next reader


@dataclass(frozen=True, slots=True)
class Dismissal:
    rule: str
    key: str  # of rule and sentence: sentence_key
    reason: str
    origin: str  # kommentar | baseline
    file: str | None = None  # hash of the file's name, where the dismissal is for one file
    comment: str | None = None  # id of the comment that was answered

    @property
    def reasoned(self) -> bool:
        return len(re.findall(r"\w+", self.reason)) >= MIN_REASON


def digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8"), digest_size=8).hexdigest()


def sentence_key(rule: str, sentence: str) -> str:
    """Sixteen hex digits of a rule and a sentence; capitals, blanks and marks at the ends do not count."""
    plain = " ".join(unicodedata.normalize("NFC", sentence).casefold().split())
    return digest(rule, plain.strip(" .,:;!?»«\"'–-"))


def file_key(path: str | Path) -> str:
    return digest("file", unicodedata.normalize("NFC", Path(path).name))


def key_of(fingerprint: str) -> str:
    """A fingerprint without the number that tells two findings in one sentence apart."""
    return fingerprint.partition("-")[0]


def from_comments(comments: Iterable[Comment]) -> list[Dismissal]:
    """What people have answered, or marked as resolved, among our comments."""
    found = []
    for comment in comments:
        if comment.ours and (comment.answers or comment.done):
            reason = " ".join(answer for answer in comment.answers if answer) or own_addition(comment)
            found.append(Dismissal(comment.rule or "", key_of(comment.fingerprint or ""), reason, "kommentar", None, comment.id))
    return found


def own_addition(comment: Comment) -> str:
    """A reason written into our own comment, after its last line or on a line that starts with "Begrundelse:"."""
    found = re.search(r"^Begrundelse:\s*(.+)$", REFERENCE.sub("", comment.text), re.MULTILINE)
    return found[1].strip() if found else ""


def read_baseline(path: Path) -> list[Dismissal]:
    """The dismissals of a baseline file. FileError with place when it cannot be used."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise FileError(Problem("Filen med afvisninger findes ikke.", at(path), "Lav den med --write-baseline.")) from None
    except (OSError, UnicodeDecodeError):
        raise FileError(Problem("Filen med afvisninger kan ikke læses som UTF-8.", at(path))) from None
    except json.JSONDecodeError as error:
        raise FileError(Problem("Filen med afvisninger er ikke gyldig JSON.", at(path, error.lineno, error.colno))) from None
    rows = data.get("dismissals") if isinstance(data, dict) and data.get("version") == 1 else None
    if not isinstance(rows, list):
        raise FileError(Problem("Filen er ikke en liste over afvisninger (version 1).", at(path), "Lav den med --write-baseline."))
    return [dismissal(row, number, path) for number, row in enumerate(rows, 1)]


def dismissal(row: Any, number: int, path: Path) -> Dismissal:
    fields = {"rule", "key", "sentence", "reason", "file"}
    if not isinstance(row, dict) or set(row) - fields or not isinstance(row.get("rule"), str) \
            or not all(isinstance(value, str) for value in row.values()) or not ("key" in row) ^ ("sentence" in row):
        raise FileError(Problem(
            f"Afvisning nr. {number} kan ikke bruges.", at(path), "Den skal have rule, reason og enten key eller sentence (evt. file)."
        ))
    key = row["key"] if "key" in row else sentence_key(row["rule"], row["sentence"])
    return Dismissal(row["rule"], key, row.get("reason", ""), "baseline", row.get("file"))


def baseline_text(dismissals: Iterable[Dismissal]) -> str:
    """The text of a baseline file, sorted, each dismissal once."""
    rows = sorted({(d.rule, d.key, d.file or "", d.reason) for d in dismissals})
    entries = [{"rule": rule, "key": key} | ({"file": file} if file else {}) | {"reason": reason} for rule, key, file, reason in rows]
    body = ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in entries)
    return '{"version": 1, "dismissals": [\n' + body + "\n]}\n"


def selectors(names: Iterable[str], rules: Iterable[Any]) -> set[str]:
    """Ids of the rules that `names` choose: an id, its beginning (SUB), a name or a category. UsageError if none fits."""
    import difflib

    rules = list(rules)
    chosen: set[str] = set()
    for name in names:
        wanted = name.strip()
        fits = {r.id for r in rules if r.id.startswith(wanted.upper()) or wanted.lower() in (r.name, r.category)} if wanted else set()
        if not fits:
            known = sorted({r.name for r in rules} | {r.category for r in rules} | {r.id for r in rules})
            near = difflib.get_close_matches(wanted, known, 1)
            cure = f"Mente du »{near[0]}«?" if near else "Se reglerne med »docgen content list«."
            raise UsageError(Problem(f"Ingen regel eller kategori hedder »{wanted}«.", None, cure))
        chosen |= fits
    return chosen
