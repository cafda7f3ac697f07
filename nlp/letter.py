"""The parts of a decision letter, and what a letter plainly says of itself: its scheme, outcome and date.

A part is told by the heading above it, or by the words of the paragraph where a letter has no headings. Where a letter
does not say a thing plainly, the answer is None: a rule that needs it is then silent.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from nlp import dates
from nlp.model import Document, Facts, Passage

PARTS = ("hoved", "oplysninger", "begrundelse", "synspunkter", "regler", "klage", "praktisk")

_HEADINGS = tuple(
    (part, re.compile(pattern, re.IGNORECASE))
    for part, pattern in (
        ("klage", r"\bklag|\buenig|ikke er enig|ankestyrelsen"),
        ("begrundelse", r"begrundelse|\bderfor\b|hvorfor|(?<!lov)(?<!rets)grundlag(?:et)?\b|vurdering|lagt vægt|nået frem|bygger|bemærkninger (?:til sagen|i sagen)|kommunens bemærkninger"),
        ("regler", r"\bregler|lovgrundlag|retsgrundlag|\bloven\b|lovgivning|hjemmel|paragraf|\bjura"),
        (
            "synspunkter",
            r"synspunkt|mening|bemærkning|dine ord|\bønsker|partshør|\bdu (?:har |selv )*(?:sagt|fortalt|skrevet|lagt|ment)|har du (?:selv )?(?:sagt|fortalt)"
            r"|talt om|samtale|bidrag|inddrag|høring|din side",
        ),
        (
            "oplysninger",
            r"oplysning|\boplyst|baggrund|sagsfremstilling|\bfakt(?:a|um)\b|hvad (?:sagen|vi ved|der er sket|vi har fået)|sagens (?:forløb|gang)|\bforløbet\b|papirer|dokument"
            r"|\bviser\b|\bved vi\b|er der sket",
        ),
        ("praktisk", r"hvad (?:sker|så|nu)|næste skridt|praktisk|fremover|det videre|vi ses|det skal ske|kontakt|bagefter|tilbyder"),
    )
)
_COMPLAINT = re.compile(r"\bklag(?:e|er|en|es|evejledning\w*|efrist\w*)\b|\bpåklage", re.IGNORECASE)
_COMPLAINT_MORE = re.compile(
    r"ankestyrelse|\b(?:4|fire|3|tre|\d+)\s+(?:uger|dage)|frist|(?:send|skriv|ring)|opsættende|gælder|kommunen", re.IGNORECASE
)
_WEIGHS = re.compile(r"\b(?:lagt|lægger) (?:\w+ ){0,3}?vægt\b|\b(?:tillagt|tillægger) (?:\w+ ){0,3}?(?:vægt|betydning)\b|\bhovedhensyn", re.IGNORECASE)
_GREETING = re.compile(r"^(?:med |de bedste |venlig|kærlig|varm|hjertelig|god |mange |bedste )\w*.{0,20}(?:hilsen|hilsner)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """`parts[i]` is the part of passage i; `hoved` is what stands before the first heading: address, date, title, result."""

    document: Document
    parts: tuple[str, ...]

    def at(self, offset: int) -> str:
        passage = self.document.passage_at(offset)
        return self.parts[passage.index] if passage is not None else "hoved"

    def passages(self, *parts: str) -> list[Passage]:
        """Running text of those parts, headings left out."""
        return [p for p in self.document.passages if self.parts[p.index] in parts and p.style not in ("heading", "title")]

    def has(self, part: str) -> bool:
        return part in self.parts


def read(document: Document) -> Letter:
    parts: list[str] = []
    current, headed = "hoved", False
    for passage, following in zip_longest(document.passages, document.passages[1:]):
        named = _heading(passage, following)
        if named:
            current, headed = named, True
        elif passage.style in ("heading", "title") and headed and passage.level != 1:
            current = "begrundelse"
        here = "begrundelse" if current in ("hoved", "oplysninger") and _WEIGHS.search(passage.text) else current
        if not named and current != "klage" and _COMPLAINT.search(passage.text) and _COMPLAINT_MORE.search(passage.text):
            # a letter without headings, or one with the guidance under another heading
            here = "klage" if _is_guidance(passage.text) else current
        parts.append(here)
    return Letter(document, tuple(parts))


def _is_guidance(text: str) -> bool:
    """Whether a paragraph tells how to complain: not one that merely tells of a complaint made."""
    return bool(
        re.search(
            r"\b(?:kan|skal|vil|har (?:du )?ret til at|ret til at|muligt at|mulighed for at) (?:du |gerne |altid |også )*(?:på)?klage\b|klagen (?:skal|sendes|kan)|klagevejledning"
            r"|klagefrist|frist\w* (?:for at|til at) klage|hvis du (?:vil )?klage|vil du klage|\bklag(?:en?)? til\b|send\w* (?:din |en )?klagen?\b|til at klage\b",
            text,
            re.IGNORECASE,
        )
    )


_RUN_IN = re.compile(r"(?:\*\*|__)(?P<bold>[^*_\n]{3,50}?)[.:]?(?:\*\*|__)|(?P<plain>[A-ZÆØÅ]\w+(?: \w+){0,2}):")
_NO_HEADING = re.compile(r"(?:kære|hej|til|med|venlig|vedr\w*|cpr)\b", re.IGNORECASE)


def _heading(passage: Passage, following: Passage | None) -> str | None:
    """The part that a heading, a heading in the paragraph's first words, or a short line above a longer one names."""
    text = passage.text.lstrip("# ").strip()
    if passage.style not in ("heading", "title"):
        if run_in := _RUN_IN.match(text):
            return _named(run_in["bold"] or run_in["plain"])
        bare = text.strip("*_ ")
        if len(bare) > 60 or bare.endswith((".", ",", ";")) or len(bare.split()) > 8 or passage.style != "paragraph":
            return None
        heads = following is not None and len(following.text) > 80
        if not heads or not re.match(r"(?:\d+\.? ?)?[A-ZÆØÅ]", bare) or _NO_HEADING.match(bare) or dates.find(bare):
            return None
    return _named(text)


def _named(text: str) -> str | None:
    return next((part for part, pattern in _HEADINGS if pattern.search(text)), None)


# --- What a letter says of itself -----------------------------------------------------------------------------------

_SCHEMES = (
    ("foertidspension", r"førtidspension"),
    ("fleksjob", r"fleksjob"),
    ("ressourceforloeb", r"ressourceforløb"),
    ("jobafklaringsforloeb", r"jobafklaring"),
    ("revalidering", r"(?:for)?revalidering"),
)
_DECIDED = re.compile(
    r"\bhar (?:\w+ ){0,3}?(?:besluttet|afgjort|truffet|bevilget|tilkendt|givet)|\b(?:bevilger|tilkender|afslår|giver dig|får|bevilget|afslag|stopper|slutter|ophører|kan ikke få|nej\b|ja til)",
    re.IGNORECASE,
)
_OUTCOMES = (
    (
        "afslag_paa_behandling",
        r"(?:starter|begynder|påbegynder|rejser|opretter|behandler|tager) (?:vi )?ikke\b.{0,40}\bsag|ikke (?:at )?(?:\w+ )?(?:begynde|begynder|starte|starter|påbegynde|påbegynder|rejse|rejser|indlede|tage)"
        r"\b.{0,40}\bsag|afslag på (?:at (?:begynde|starte|påbegynde|behandle|rejse))",
    ),
    ("delvis_bevilling", r"delvis|en del af det, du|\bmen (?:ikke|fra en senere|kun|fra et senere)\b"),
    (
        "afslag",
        r"\bafslag\b|\bafslår\b|\b(?:du )?får (?:du )?ikke\b|\bkan (?:du )?ikke (?:få|bevilges|tilkendes|imødekomme)|\bikke (?:kan|har ret til at|skal) få\b|ikke (?:at )?(?:bevilge|bevilger|tilkende|tilkender|imødekomme|give dig)"
        r"|ikke (?:er )?(?:berettiget|ret til)|\bsige nej\b|\bikke får\b",
    ),
    ("ophoer", r"\b(?:stopper|ophører|ophør|slutter|bortfalder|frakend\w*|fratage\w*|standser|afslutte\w*)\b"),
    ("bevilling", r"\b(?:bevilger|bevilget|bevilling|tilkender|tilkendt|imødekommer|ja til)\b|\bdu får\b|\bret til\b"),
)


def completed(document: Document, facts: Facts) -> tuple[Facts, dict[str, str]]:
    """Facts with what a decision letter plainly says of itself where the caller says nothing, and what was so read: name -> words.

    A text of which nobody said what it is counts as a letter only where that is plain; other kinds are left as they are.
    """
    told: dict[str, str] = {}
    found: dict[str, object] = {}
    if facts.kind is None and looks_like_letter(document):
        found["kind"], told["kind"] = "afgoerelse", "har besluttet"
    elif facts.kind != "afgoerelse":
        return facts, {}
    lines = list(_result_lines(document))
    if facts.scheme is None and (scheme := _scheme(lines)):
        found["scheme"], told["scheme"] = scheme
    if facts.outcome is None and (outcome := _outcome(lines)):
        found["outcome"], told["outcome"] = outcome
    if facts.decision_date is None and (day := letter_date(document)):
        found["decision_date"], told["decision_date"] = day
    if facts.citizen_age is None and (age := _age(document.text)):
        found["citizen_age"], told["citizen_age"] = age
    if facts.track is None and found.get("scheme", facts.scheme) == "foertidspension":
        found["track"] = _track(document, str(found.get("outcome", facts.outcome)))
    return (replace(facts, **found), told) if found else (facts, told)  # type: ignore[arg-type]


def _track(document: Document, outcome: str) -> str:
    """The pension track a letter follows; the ordinary one unless it says another."""
    text = document.text
    if re.search(r"(?:afslag|afgør\w*|afgjort|besluttet|vurderet|behandlet)[^.]{0,80}på det foreliggende grundlag", text, re.IGNORECASE) and outcome in ("afslag", "bevilling"):
        return "foreliggende_grundlag"
    if outcome == "bevilling" and re.search(r"§ 18, stk\.? 2|\båbenbare? (?:sag|at|vilkår)|\bhelt åbenbart", text, re.IGNORECASE) and "§ 16, stk. 2" not in text:
        return "aabenbart"
    return "ordinaer"


def looks_like_letter(document: Document) -> bool:
    """Whether a document is plainly a decision: it addresses the citizen, says what was decided, and has a letter's length."""
    text = document.text
    return (
        len(document.passages) >= 6
        and len(re.findall(r"\b(?:du|dig|din|dit|dine)\b", text, re.IGNORECASE)) >= 5
        and bool(re.search(r"\bhar (?:\w+ ){0,3}?(?:besluttet|afgjort|truffet)\b|\b(?:bevilger|giver) dig\b|\bafslag på\b", text, re.IGNORECASE))
        and any(re.search(pattern, text, re.IGNORECASE) for _, pattern in _SCHEMES)
        and not re.search(r"overveje|påtænk|\bforventer at (?:give|træffe)|før vi (?:træffer|afgør)|udkast til afgørelse", text, re.IGNORECASE)
    )


def _result_lines(document: Document) -> Iterable[str]:
    """Headings at the top and the first paragraphs that decide something."""
    taken = 0
    for passage in document.passages[:25]:
        if _GREETING.match(passage.text):
            continue
        top = passage.style == "title" or (passage.style == "heading" and passage.level <= 1)
        if top or _DECIDED.search(passage.text):
            yield passage.text
            taken += 1
        if taken >= 3:
            return


def _scheme(lines: list[str]) -> tuple[str, str] | None:
    for line in lines:
        named = [(m.start(), scheme, m.group()) for scheme, pattern in _SCHEMES if (m := re.search(pattern, line, re.IGNORECASE))]
        if named:
            _, scheme, words = min(named)
            return scheme, words
    return None


def _outcome(lines: list[str]) -> tuple[str, str] | None:
    for line in lines:
        for outcome, pattern in _OUTCOMES:
            if match := re.search(pattern, line, re.IGNORECASE):
                return outcome, match.group()
    return None


def letter_date(document: Document) -> tuple[datetime.date, str] | None:
    """The letter's own date: a short line of its head that holds one whole date."""
    for passage in document.passages[:20]:
        if passage.style in ("heading", "title"):
            continue
        for line in passage.text.split("\n"):
            if len(line) > 70 or re.search(r"født|ansøg|klage|senest|frist|cpr", line, re.IGNORECASE):
                continue
            found = [d for d in dates.find(line) if d.exact and d.first and not d.yearless]
            if len(found) == 1:
                rest = line.replace(found[0].text, "")
                if len(re.findall(r"[^\W\d_]{3,}", rest)) <= 4:
                    return found[0].first, found[0].text  # type: ignore[return-value]
    return None


def _age(text: str) -> tuple[int, str] | None:
    ages = {m[1]: m.group() for m in re.finditer(r"\b[Dd]u er (?:nu )?(\d\d) år\b(?! (?:siden|gammel))", text)}
    if len(ages) == 1:
        (age, words), = ages.items()
        return int(age), words
    return None
