"""A profile of how a letter reads: never a grade of whoever wrote it.

LIX after Björnsson (1968): words a sentence + share of words of more than six letters. Headings, list labels, tables, quoted
law (sentences with § or in quotation marks) and sections on rules and complaint are left out; abbreviations count as words
and their stops end no sentence; numbers and dates count as short words. Limits are the project's own proposals
(research on plain language, D.2), not law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.analysis import Analysis

# Verbs in -s that are no passives.
DEPONENT = frozenset(
    ["synes", "syntes", "findes", "fandtes", "lykkes", "lykkedes", "mødes", "mødtes", "følges", "trives", "trivedes", "mindes", "skændes", "længes", "behøves", "ældes", "omgås", "slås", "fås", "enes", "rygtes", "kendes", "vedkommende", "skyldes", "høres", "ses", "fornyes", "afholdes", "udløses", "færdes", "dages", "grænses", "blues", "kives", "gives"]
)
SUBORDINATE = frozenset(["at", "som", "der", "fordi", "hvis", "når", "da", "selvom", "medmindre", "hvorvidt", "om", "mens", "siden", "idet", "hvilket"])
LAW_HEADINGS = ("klage", "regler", "lov", "sådan klager", "retsgrundlag")


@dataclass(frozen=True, slots=True)
class Profile:
    """Measures of one text. Shares are 0-1; lengths are words; None where the text is too short to tell (under 100 words)."""

    words: int
    sentences: int
    lix: float | None
    mean_sentence: float | None
    longest_sentence: int
    passive_share: float | None  # of sentences
    longest_paragraph: int

    @property
    def level(self) -> str | None:
        """In words, after the common Danish scale."""
        if self.lix is None:
            return None
        for limit, level in ((25, "meget let"), (35, "let"), (45, "middel"), (55, "svær")):
            if self.lix < limit:
                return level
        return "meget svær"


def counted(analysis: Analysis) -> list[tuple[int, list[str]]]:
    """(number, words) of each sentence that is the writer's own running text."""
    if "readability.counted" not in analysis.notes:
        analysis.notes["readability.counted"] = list(_counted(analysis))
    return analysis.notes["readability.counted"]


def _counted(analysis: Analysis) -> Iterator[tuple[int, list[str]]]:
    for number, (first, last) in enumerate(analysis.spans):
        passage = analysis.passage_at(analysis.starts[first])
        if passage is None or passage.style not in ("paragraph", "item") or passage.part not in ("body", "control", "textbox"):
            continue
        if (passage.heading or "").lower().startswith(LAW_HEADINGS):
            continue
        words = analysis.lower[first:last]
        if "§" in words or "§§" in words or "»" in words:
            continue
        real = [word for word in words if word[0].isalnum()]
        if len(real) > 2:
            yield number, real


def passive(words: list[str]) -> bool:
    """Whether a sentence has an s-passive or "blive" with a participle."""
    for place, word in enumerate(words):
        if word.endswith("es") and len(word) > 5 and word not in DEPONENT and not word.endswith(("nes", "elses", "ernes", "omhedes")):
            before = words[place - 1] if place else ""
            if before in MODAL or word.endswith(("eres", "ttes", "ndes", "ldes", "ges", "tes", "res", "des", "kes")):
                return True
        if word in ("bliver", "blev", "blive", "blevet") and any(w.endswith(("et", "t")) and len(w) > 4 for w in words[place + 1 : place + 4]):
            return True
    return False


MODAL = frozenset(["kan", "skal", "må", "vil", "bør", "kunne", "skulle", "måtte", "ville", "burde"])


def depth(words: list[str]) -> int:
    """How many subordinate clauses a sentence opens."""
    return sum(word in SUBORDINATE for word in words[1:])


def profile(analysis: Analysis) -> Profile:
    if "readability.profile" not in analysis.notes:
        analysis.notes["readability.profile"] = _profile(analysis)
    return analysis.notes["readability.profile"]


def _profile(analysis: Analysis) -> Profile:
    sentences = [words for _, words in counted(analysis)]
    total = sum(map(len, sentences))
    paragraphs: dict[int, int] = {}
    for number, words in counted(analysis):
        passage = analysis.passage_at(analysis.starts[analysis.spans[number][0]])
        assert passage is not None
        paragraphs[passage.index] = paragraphs.get(passage.index, 0) + len(words)
    long = sum(len(word) > 6 and word[0].isalpha() for words in sentences for word in words)
    enough = total >= 100
    return Profile(
        words=total,
        sentences=len(sentences),
        lix=round(total / len(sentences) + 100 * long / total, 1) if enough else None,
        mean_sentence=round(total / len(sentences), 1) if enough else None,
        longest_sentence=max(map(len, sentences), default=0),
        passive_share=round(sum(map(passive, sentences)) / len(sentences), 2) if enough else None,
        longest_paragraph=max(paragraphs.values(), default=0),
    )
