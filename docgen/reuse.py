"""A new functional assessment that starts from the last one, and what has changed between the two.

Text that is carried over is marked, section by section, with the day it was written, until somebody confirms it. What
belongs to a day or a person (dates, observers, results, the citizen's remarks) is never carried over.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from docgen import instruments
from docgen.dates import in_words as dated
from docgen.errors import CaseError, Problem
from docgen.model import Case, FunctionalDescription, Level, Section
from docgen.scales import Scale
from docgen.scales import in_words as level_in_words
from docgen.sections import Sections

# Belongs to the old assessment's day or people.
NOT_CARRIED = ("date", "time", "observer", "citizen_remark", "carried_over_from")
TEXTS = tuple(name for name, info in Section.model_fields.items() if info.annotation == str | None and name != "time")


def carry_over(old: Case) -> Case:
    """A new case for the same citizen, with the old sections carried over and marked.

    Raises CaseError where the old case has no section, or no date to mark them with.
    """
    before = old.functional
    if before is None or not before.sections:
        raise CaseError(Problem("Den gamle sag har ingen funktionsafsnit at begynde fra."))
    sections = []
    for section in before.sections:
        # A section that was itself never confirmed keeps the day it was written.
        written = section.carried_over_from or section.date or before.date
        if written is None:
            raise CaseError(Problem("Et afsnit i den gamle sag har ingen dato.", None, "Skriv afsnittets dato eller vurderingens dato i den gamle sag."))
        sections.append(section.model_copy(update={**dict.fromkeys(NOT_CARRIED), "carried_over_from": written}))
    return Case(
        case_number=old.case_number, citizen=old.citizen, caseworker=old.caseworker, signatory=old.signatory, documents=old.documents,
        functional=FunctionalDescription(purpose=before.purpose, ordered_by=before.ordered_by, sections=sections),
    )


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two assessments. `before` and `after` are texts to read, None where there is none."""

    where: str
    what: Literal["nyt", "ændret", "udgået", "uændret, ikke bekræftet"]
    before: str | None = None
    after: str | None = None

    @property
    def marked(self) -> str:
        """The change in one text: »[-gammelt-]« and »{+nyt+}«, word by word."""
        if not self.before or not self.after:
            return f"[-{self.before}-]" if self.before else f"{{+{self.after}+}}" if self.after else ""
        old, new = re.findall(r"\S+\s*", self.before), re.findall(r"\S+\s*", self.after)
        made = []
        for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            gone, come = "".join(old[a:b]).rstrip(), "".join(new[c:d]).rstrip()
            made.append(gone if tag == "equal" else " ".join(filter(None, (gone and f"[-{gone}-]", come and f"{{+{come}+}}"))))
        return " ".join(made)


def differences(old: Case, new: Case, sections: Sections, scales: dict[str, Scale]) -> list[Difference]:
    """What has changed from one assessment to the next, in the order of the areas; then the test results."""
    before, after = old.functional or FunctionalDescription(), new.functional or FunctionalDescription()
    was = {section.key: section for section in reversed(before.sections)}
    now = {section.key: section for section in reversed(after.sections)}
    found: list[Difference] = []
    for key, area in sections.areas.items():
        if key in was or key in now:
            found += _section(area.heading, was.get(key), now.get(key), scales)
    found += _tests(before, after)
    return found


def _section(heading: str, was: Section | None, now: Section | None, scales: dict[str, Scale]) -> Iterator[Difference]:
    if now is None:
        yield Difference(heading, "udgået")
        return
    if now.carried_over_from:
        yield Difference(heading, "uændret, ikke bekræftet", after=f"fra {dated(now.carried_over_from)}")
    for name in ("level", "expected_level"):
        one, other = (_level(getattr(section, name) if section else None, scales) for section in (was, now))
        yield from _pair(f"{heading}: {(Section.model_fields[name].title or name).lower()}", one, other)
    for name in TEXTS:
        one, other = ((getattr(section, name) or "").strip() or None if section else None for section in (was, now))
        if name == "citizen_remark" and other is None:
            continue  # asked for anew each time
        yield from _pair(f"{heading}: {(Section.model_fields[name].title or name).lower()}", one, other)


def _level(level: Level | None, scales: dict[str, Scale]) -> str | None:
    return level_in_words(level, scales) if level and level.value is not None else None


def _pair(where: str, before: str | None, after: str | None) -> Iterator[Difference]:
    if before != after:
        yield Difference(where, "nyt" if before is None else "udgået" if after is None else "ændret", before, after)


def _tests(before: FunctionalDescription, after: FunctionalDescription) -> Iterator[Difference]:
    """Each new result beside the last one of the same instrument and hand."""
    for result in after.tests:
        if result in before.tests:
            continue
        earlier = [t for t in before.tests if (t.instrument, t.side) == (result.instrument, result.side)]
        known = instruments.find(result.instrument)
        name = known.name if known else result.instrument
        words = instruments.change_in_words(earlier[-1], result) if earlier else None
        if words:
            yield Difference(name, "ændret", after=words)
        else:
            yield Difference(name, "nyt", after=instruments.in_words(result) or None)
