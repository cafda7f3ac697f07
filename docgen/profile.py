"""The profile figure: the level of each functional area as a horizontal bar, for a table of shaded cells.

A table survives Word, LibreOffice, printing in black and white and a screen reader alike: the figure and the table with
the same content are one. Level 0 fills one cell, so that it can be told from an area that nobody has assessed.
A template prints it with `profil` (rows) and `profil_alt` (the figure in one sentence): see tools/word_parts.py.
"""

from __future__ import annotations

from typing import Any

from docgen.dates import in_words as dated
from docgen.model import FunctionalDescription
from docgen.scales import Scale
from docgen.scales import in_words as level_in_words
from docgen.sections import Sections

FILLED, OPEN = "404040", "FFFFFF"


def rows(functional: FunctionalDescription | None, sections: Sections, scales: dict[str, Scale]) -> tuple[dict[str, Any], ...]:
    """One row an area that can have a level: `omraade`, `ord` (level in words), `hvornaar`, and for the levels 0-4 `fyld`
    (colours of the cells) and `tegn` (what stands in them, for readers that drop the shading)."""
    described = {section.key: section for section in reversed(functional.sections)} if functional else {}
    made = []
    for area in sections.areas.values():
        if not area.graded:
            continue
        section = described.get(area.key)
        level = section.level if section else None
        value = level.value if level else None
        words = level_in_words(level, scales) if level and value is not None else "Ikke beskrevet"
        if section and section.expected_level and section.expected_level.value is not None:
            words += f" (forventet: {scales[section.expected_level.scale].named(section.expected_level.value)})"
        filled = [isinstance(value, int) and step <= value for step in range(5)]
        made.append(
            {
                "omraade": area.heading,
                "ord": words,
                "hvornaar": dated(section.date) if section and section.date and value is not None else "",
                "fyld": tuple(FILLED if full else OPEN for full in filled),
                "tegn": tuple("■" if full else "" for full in filled),
            }
        )
    return tuple(made)


def in_words(profile: tuple[dict[str, Any], ...]) -> str:
    """The figure in one sentence, for those who have it read aloud."""
    return "Niveau for hvert område, fra 0 (ingen begrænsning) til 4 (total begrænsning). " + "; ".join(
        f"{row['omraade']}: {row['ord']}" for row in profile
    ) + "."
