"""A passage read sentence by sentence: what a later sentence says of the same document replaces what an earlier one said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp import dates, language
from nlp.dates import DateMention
from nlp.evidence.cues import cues
from nlp.evidence.dating import date_of
from nlp.evidence.references import CONSENT, DOCUMENTS, Reference, references
from nlp.evidence.status import status_of
from nlp.evidence.telling import told
from nlp.evidence.units import Sentence, whole_sentences
from nlp.model import Evidence, Facts, Passage
from nlp.screen import folded
from nlp.sources import Source, possible


def in_passage(
    passage: Passage, facts: Facts, among: tuple[Source, ...],
    found_dates: list[DateMention], sentences: list[tuple[int, int]],
) -> list[Evidence]:
    """Evidence in one passage, of sources `among`; its dates and sentences count characters of `passage.text`."""
    kept: list[Reference] = []
    read_sentences = [Sentence(passage.text[start:end], start, found_dates, among) for start, end in whole_sentences(passage.text, sentences)]
    for place, sentence in enumerate(read_sentences):
        around = _around(read_sentences, place)
        here = references(sentence)
        if not any(r.roles != {"voice"} for r in here):
            if kept and (turn := _turned(sentence, kept[-1])):
                kept[-1].status, kept[-1].date = turn
                continue
            named = [r for r in kept if r.roles != {"voice"}]
            here += _continued(sentence, named[-1]) if named else []
        for reference in here:
            reference.status = status_of(reference, passage, around, facts.decision_date)
        here = [reference for reference in here if reference.status]
        for reference in here:
            reference.date = date_of(reference, reference.status, around, facts.decision_date)
        kept += _pruned(here)
    for place, reference in enumerate(kept):
        withheld = any(CONSENT in {m.source.id for m in earlier.mentions} and earlier.status == "refused" for earlier in kept[:place])
        if withheld and reference.status == "missing" and reference.input == "medical":
            reference.status = "refused"  # "Du har trukket dit samtykke tilbage, og derfor kan vi ikke …"
    named = {reference.input for reference in kept if CONSENT not in {m.source.id for m in reference.mentions}}
    if named & {"medical", "ot", "sundhedskoordinator", "arbejdsproevning"}:
        kept = [r for r in kept if {m.source.id for m in r.mentions} != {CONSENT}]  # the consent is to what is named
    return [evidence for reference in _settled(kept) for evidence in told(reference, passage, facts)]


Around = tuple[Sentence | None, Sentence | None]


def _around(sentences: list[Sentence], place: int) -> Around:
    """The sentences before and after; None where there is none."""
    return sentences[place - 1] if place else None, sentences[place + 1] if place + 1 < len(sentences) else None


def read(passage: Passage, facts: Facts) -> Iterator[tuple[Reference, Around]]:
    """Each source of a passage with the sentences before and after it: what a decision is learnt from."""
    found = dates.find(passage.text, facts.decision_date)
    sentences = [
        Sentence(passage.text[start:end], start, found, possible(passage.text))
        for start, end in whole_sentences(passage.text, language.sentences(passage.text))
    ]
    for place, sentence in enumerate(sentences):
        for reference in references(sentence):
            yield reference, _around(sentences, place)


def _continued(sentence: Sentence, earlier: Reference) -> list[Reference]:
    """ "Rapporten er dateret …": a sentence that goes on about the document just named."""
    match = re.match(r"\W*(?:(?:Den|Det|Denne|I|Af|Selve) )?‹U(\d+)›", sentence.marked)
    if match and sentence.units[int(match[1])].role == "note" and earlier.input in ("medical", "ot", "sundhedskoordinator", "arbejdsproevning", "partshoering"):
        return [Reference(earlier.input, [int(match[1])], 0, sentence)]
    return []


_THAT = re.compile(r"\b(?:det|dette|den|denne|undersøgelsen|besøget|testen|forløbet|udredningen|tilbuddet)\b(?!\s+(?:fremgår|er|oplyses|vurderes|bemærkes|følger))", re.IGNORECASE)
_JUST_NO = re.compile(r"^\W*(?:\w+ )?‹B›[^;]*\b(?:takke\w* nej|sagt nej|siger nej|sagde nej|afslog|afslået|afviste|afvist|ønske\w* (?:det|dette) ikke|ikke (?:givet )?samtykke\w*|samtykkede ikke|udeblev|mødte ikke)\b", re.IGNORECASE)


def _turned(sentence: Sentence, earlier: Reference) -> tuple[str, DateMention | None] | None:
    """What a following sentence that names no source makes of the last one: "Borgeren ønsker det ikke." """
    if earlier.status not in ("requested", "mentioned_only", "missing") or earlier.input in ("partshoering", "borger_inddraget"):
        return None
    view = re.sub(r"‹U\d+›", "‹B›", sentence.marked)
    just_no = _JUST_NO.search(view)
    if not just_no and not _THAT.search(view):
        return None
    view = _THAT.sub("‹R›", view, count=1)
    for stage in ("refused", "impossible"):
        for cue in cues()[stage]:
            if any(pattern.search(view, folded(view)) for pattern in cue.patterns):
                return cue.status, next(iter(sentence.dates), None) if cue.status == "refused" else None
    if just_no and re.search(r"udeblev|mødte ikke", view):
        return "missing", None
    return None


def _pruned(references: list[Reference]) -> list[Reference]:
    """Drops a bare mention where the sentence says more of the same input."""
    kept = []
    for reference in references:
        rivals = [other for other in references if other.input == reference.input and other is not reference]
        if reference.status == "present" and not reference.attached and "actor" in reference.roles:
            told = (r for r in rivals if r.clause > reference.clause and r.sentence.clauses[r.clause].opening == "at")
            if any(r.status in ("missing", "requested", "refused") for r in told):
                continue
        if reference.status == "mentioned_only" and (not reference.attached or reference.roles <= {"vague"}) and any(r.status != "mentioned_only" or _weight(r) > _weight(reference) for r in rivals):
            for rival in rivals:
                rival.date = rival.date or reference.date
            continue
        if reference.roles == {"voice"} and any(other in kept for other in rivals):
            continue
        kept.append(reference)
    return kept


def _weight(reference: Reference) -> int:
    return 3 if reference.roles & set(DOCUMENTS) else 2 if "actor" in reference.roles else 1


def _settled(references: list[Reference]) -> list[Reference]:
    """What a later sentence says of the same document replaces what an earlier one said: asked for, then come."""
    kept: list[Reference] = []
    for reference in references:
        earlier = next((r for r in reversed(kept) if r.input == reference.input), None)
        if earlier and earlier.sentence is not reference.sentence:
            if reference.roles == {"note"} and earlier.status in ("present", "mentioned_only") and reference.status in ("present", "mentioned_only"):
                earlier.date = reference.date or earlier.date
                earlier.status = "present" if "present" in (earlier.status, reference.status) else earlier.status
                continue
            vague = _weight(reference) < 3 or not reference.roles & {"document", "method"}
            if earlier.status == "requested" and reference.status == "missing" and vague:
                continue
            if earlier.status == "requested" and reference.status in ("present", "outdated") and (vague or "request" in earlier.roles):
                kept.remove(earlier)
            elif reference.status == "mentioned_only" and vague and earlier.status != "mentioned_only":
                continue
        kept.append(reference)
    return kept
