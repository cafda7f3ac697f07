"""What a sentence makes of a source: present, requested, missing, refused, hearsay, outdated or only mentioned."""

from __future__ import annotations

import itertools
import re
from functools import cache

from nlp.evidence.clauses import FINITE, Clause
from nlp.evidence.cues import NEGATION, cues, verbs
from nlp.evidence.dating import ARRIVED, loose_dates, met_before
from nlp.evidence.participation import part_taken
from nlp.evidence.references import DOCUMENTS, Reference, governing, region_of
from nlp.evidence.retelling import retold
from nlp.model import Passage
from nlp.sources import read, whole_words

_AUXILIARY_NOT = re.compile(
    r"\b(?:har|er|havde|blev|var|bliver|kunne|kan|fik)\b[^;:]{0,40}\b(?:ikke|aldrig|hverken|endnu ikke)\b[^;:]{0,40}$", re.IGNORECASE
)
_TRIED = re.compile(r"\b(?:af|arbejds)?prøve(?:t|s|de)?\b(?: af\b)?|\bafprøv\w*", re.IGNORECASE)
# A trial told as plain work; not the job the citizen had before.
_WORKED = re.compile(r"\b(?:arbejde(?:de|t)|hjulpet|hjalp|pass(?:ede|et)|varetag(?:et|er)|varetog|mødte|mødt|været|var|gået|gik|prøvet|prøvede|klaret|klarede|sorter(?:et|ede)|pakke(?:t|de)|lavet|lavede|kørt|kørte|solgt|solgte|ryddet|ryddede|malet|malede|rengjort|siddet|stået|startede|deltaget|deltog)\b", re.IGNORECASE)
_USUAL_WORK = re.compile(r"\b(?:sygemeld\w*|opsagt|opsigelse\w*|fuldtid\w*|tidligere|fastansat|fyret|indtil|frem til|bostøtte\w*|hjemmehjælp\w*)\b", re.IGNORECASE)
_RELATED = re.compile(r"‹R›[^‹]*(?:‹D\d+›)?\W*$")
_NOT_DONE = re.compile(r"‹R›\W+(?:er|blev|var|bliver) (?:\w+ )?(?:ikke|aldrig) (?:\w+ )?$", re.IGNORECASE)
_EMPTY_VALUE = re.compile(r"\s*(?:[-–—.…_]*|\[[^\]]*\]|x{2,}|n/?a|se (?:bilag|ovenfor|nedenfor|journal|sagen).*|udfyldes.*|indsæt.*|skriv her.*)\s*\.?\s*$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[^\]]*(?:indsæt|skriv|udfyld|dato|navn|vælg|beskriv|[xX]{2,})[^\]]*\]|\{\{.*?\}\}|<[^>]*(?:indsæt|skriv)[^>]*>|\bXX+\b", re.IGNORECASE)
_LISTED = re.compile(r"^\W*(?:bilag(?:sliste|soversigt)?|vedlagt(?:e bilag)?|aktliste|akter|sagens akter|sagens bilag|dokumentliste|\d{1,2}[.)])\W", re.IGNORECASE)
_SOURCE_OPENING = re.compile(
    r"\b(?:ifølge|iflg\.|i følge|efter|på baggrund af|på grundlag af|ud fra|med afsæt i|jf\.|jævnfør|baseret på|støtter? (?:sig|os) (?:til|på)|lagt (?:\w+ )*vægt på|lægger (?:\w+ )*vægt på|lagt til grund|lægger|indgået|bygger (?:\w+ )*på|henviser til|henvist til|begrundet i|underbygget af|underbygges af|dokumenteret (?:ved|i|af)|dokumenteres (?:ved|i|af)|understøttes af|bekræftes (?:af|i)|af|i|ved) (?:(?:den|de|en|et|din|dine|borgerens|vores|kommunens|seneste|skriftlige|nye|ny|den seneste) )*‹R›",
    re.IGNORECASE,
)
_BARE_REFERENCE = re.compile(
    r"^\W*(?:som|jf\.?|jævnfør)\b(?: \w+){0,4} (?:(?:beskrevet|nævnt|anført|oplyst|vurderet|angivet) (?:af|i|hos|fra) )?‹R›(?: \w+){0,5}\W*$", re.IGNORECASE
)
# »Kilde: statusattest af 30. juni 2026« after what it tells, and »Vi bygger på: …« after a reason
_SOURCE_LINE = re.compile(r"\W*(?:kilder?|vi bygger på|bygger på)\s*:\s", re.IGNORECASE)
_WEAK = whole_words([r"anbefal(?:er|ede|et|es)", "støtter", "støttede", "peger på", "mener", "giver"])


def _asked(reference: Reference, parts: list[str]) -> str | None:
    """ "requested" where a clause says so and no "no" stands before it: "er ikke sat i gang" is no request."""
    for part in parts:
        for cue in cues()["requested"]:
            place = cue.place(reference, part)
            if place is not None and not re.search(r"(?<!endnu )\b(?:ikke|aldrig|hverken|ingen)\b", part[:place], re.IGNORECASE):
                return cue.status
    return None


_NAMED_AFTER = re.compile(r"\s*(?:\w+\s+){0,3}?(?:af|i|ved|fra|på|hos)\s+(?:(?:den|en|et|de|seneste|vores|din)\s+){0,2}‹R›", re.IGNORECASE)
_SUBJECT_AFTER = re.compile(r"\s*(?:(?:den|det|de|også|desuden)\s+){0,2}‹R›", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(r"‹[XBV]›|\b(?:vi|kommunen|sagen|akterne|der)\b", re.IGNORECASE)


@cache
def _beyond() -> re.Pattern[str]:
    return whole_words(read("remit.yaml")["ot"]["beyond"])


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(r"\W*(?:der|som|og) (?:har |også |da |så )?(?:(?:den |d\. |i )?‹D\d+› )?(?:\w+ )?" + verbs("content").pattern, re.IGNORECASE)


def _says(reference: Reference, clause: str, following: Clause | None) -> bool:
    """Whether the source itself says something in this clause."""
    roles_only_vague = reference.roles == {"vague"} and not reference.attached
    for match in verbs("content").finditer(clause):
        before, after = clause[: match.start()], clause[match.end() :]
        if re.search(r"\b(?:for at|at) (?:få )?$", before):
            continue  # "for at få oplyst prognosen": what is wanted, not what is told
        if _AUXILIARY_NOT.search(before) and match.group().lower() != "fundet" and (not reference.roles & set(DOCUMENTS) or _NOT_DONE.search(before)):
            continue
        nearest = re.findall(r"‹([RXBV])›", before)
        subject = bool(nearest) and (nearest[-1] == "R" or ("R" in nearest and nearest[-1] in "BV" and "›" in before))
        inverted = _NAMED_AFTER.match(after) or (_SUBJECT_AFTER.match(after) and not _OTHER_SUBJECT.search(before))
        if inverted and not subject and roles_only_vague and re.search(r"\b(?:vi|jeg|kommunen|teamet)\W*$", before, re.IGNORECASE):
            continue  # "vi vurderer ud fra de lægelige oplysninger"
        if not subject and (not inverted or match.group().lower().startswith("har ")):
            continue
        spelled_out = following is not None and following.opening in ("at", "colon")
        if _WEAK.fullmatch(match.group()) and "actor" in reference.roles and not reference.roles & set(DOCUMENTS):
            return spelled_out or "‹D" in clause or bool(reference.attached)
        return True
    return False


_NOT_YET = re.compile(r"\bfor at (?:få )?$|\b(?:forventes|ventes|ønskes|bedes|skal|vil|bør|må|skulle|burde|anmodet|bedt)\b(?: \w+){0,3} $", re.IGNORECASE)


def _occurs(clause: str) -> tuple[bool, bool]:
    """(it came about, it did not) by a verb of existence in the clause."""
    positive = negative = False
    for match in verbs("existence").finditer(clause):
        if _NOT_YET.search(clause[: match.start()]):
            continue
        negated = bool(NEGATION.search(clause[: match.start()])) or bool(
            re.match(r"\s*(?:\w+\s+|‹\w+›\s*){0,3}?(?:ikke|ingen|intet)\b", clause[match.end() :], re.IGNORECASE)
        )
        negative, positive = negative or negated, positive or not negated
    return positive, negative


def _structural(reference: Reference, passage: Passage) -> bool:
    """Headings, empty labels, placeholders and lists of attachments name a source and say nothing of it."""
    text = reference.sentence.text.strip()
    if passage.style in ("heading", "title"):
        return True
    if _PLACEHOLDER.search(text) and len(_PLACEHOLDER.sub("", text).split()) <= 8:
        return True
    if _LISTED.match(text) and not FINITE.search(reference.sentence.marked):
        return True
    label, colon, value = text.partition(":")
    if colon and re.match(r"\s*(?:ingen|intet|ikke|mangler|nej)\b", value, re.IGNORECASE):
        return False
    return bool(colon and len(label.split()) <= 6 and _EMPTY_VALUE.match(value))


def _rests_on(reference: Reference, passage: Passage) -> bool:
    """A dated document named as the source of what stands before it."""
    text = reference.sentence.text.strip()
    if not _SOURCE_LINE.match(text) or "‹D" not in reference.sentence.marked:
        return False
    return not text.lower().startswith("kilde") or not passage.text.strip().startswith(text)


def status_of(reference: Reference, passage: Passage) -> str:
    """What the sentence makes of the source; "" where it only names the citizen."""
    clauses = reference.sentence.clauses
    region = region_of(reference)
    view = " ".join(region)
    clause = clauses[reference.clause]
    following = clauses[reference.clause + 1] if reference.clause + 1 < len(clauses) else None
    roles = reference.roles
    voice = roles == {"voice"}

    governed = governing(reference) + view

    def cued(stage: str) -> str | None:
        seen = governed if stage in ("refused", "requested") else view
        return next((cue.status for cue in cues()[stage] if cue.speaks_of(reference, seen)), None)

    if {m.source.id for m in reference.mentions} == {"arbejdstimer"}:
        told_plainly = clause.opening not in ("at", "if") and "‹D" in view + clauses[0].text and _WORKED.search(view)
        return "present" if told_plainly and not _USUAL_WORK.search(view) and not NEGATION.search(view.split("‹R›")[0]) else ""
    if voice:
        at_the_meeting = clause.opening == "relative" and re.match(r"\W*hvor(?:under|ved)?\b", clause.text, re.IGNORECASE)
        if clause.opening in ("at", "if", "relative") and reference.clause > 0 and not at_the_meeting:
            return ""
        return part_taken(reference, view, cued)
    if re.match(r"\W*‹R›\s*:\s*(?:ingen|intet|mangler|nej)\b", view, re.IGNORECASE):
        return "missing"
    if _structural(reference, passage):
        return "mentioned_only"
    if _rests_on(reference, passage):
        return "present"
    if clause.opening == "if" or cued("conditional") or (reference.clause == 1 and _IF_SO.match(clauses[0].text) and _THEN.match(clause.text)):
        return "mentioned_only"
    if status := cued("refused") if reference.input != "partshoering" else None:
        return status
    if reference.clause > 0 and clause.opening in ("and", "but", "cause", "when") and (status := _stayed_away(reference)):
        return status
    if reference.input == "partshoering" and _NO_HEARING.search(view):
        return "refused"
    if retold(reference):
        return "hearsay"
    if clause.opening == "at" and re.search(r"\b(?:uden|glemt|undladt|glemte|forsømt|nåede ikke|nået ikke|ikke nået)\W*$", clauses[reference.clause - 1].text, re.IGNORECASE):
        return "missing"
    if status := cued("special"):
        return status
    dated = bool(reference.attached) or "‹D" in view
    if _NOT_SEEN.search(governing(reference)) and not reference.attached:
        return "missing"
    said = any(_says(reference, part, following if place == len(region) - 1 else None) for place, part in enumerate(region))
    said = said or any(_RELATED.search(before) and _goes_on().match(part) for before, part in itertools.pairwise(region))
    came, came_not = False, False
    for part in region:
        positive, negative = _occurs(part)
        came, came_not = came or positive, came_not or negative
    requested, missing = _asked(reference, [governing(reference), *region]), cued("impossible") or cued("missing")
    if "request" in roles:
        return "missing" if came_not and re.search(r"\bikke (?:\w+ )?(?:sendt|afsendt|bestilt)", view) else "requested"
    if reference.members and (roles & {"wrong"} or any(unit.wrong for unit in reference.members)):
        return requested or missing or "mentioned_only"
    if roles == {"topic"}:
        if missing or came_not:
            return "missing"
        before = reference.view(clauses[reference.clause - 1].text) if clause.opening == "relative" else ""
        if NEGATION.search(before) and "‹X›" not in before:
            return "missing"
        if reference.input != "arbejdsproevning" or not _TRIED.search(view):
            return ""
        return requested or ("present" if dated else "mentioned_only")
    if _BARE_REFERENCE.search(view) and not dated:
        return "mentioned_only"
    if roles & {"document", "method"} and any(found.age for found in loose_dates(reference, content_too=True)):
        return "present"
    if reference.input == "ot" and not dated and _beyond().search(reference.sentence.text):
        return "mentioned_only"
    if reference.concrete and any(how in ("af", "fra", "dateret", "(") for how, _ in reference.attached) and not came_not:
        missing = cued("impossible")  # a dated document is there, whatever else the sentence denies
    if reference.input == "borger_inddraget" and "vague" in roles:
        said = False
    if said and not (missing and not roles & set(DOCUMENTS)):
        return "outdated" if cued("outdated") else "present"
    if cued("outdated") and not requested:
        return "outdated"
    if _FRONTED.search(region[0]) and (reference.concrete or dated) and "vague" not in roles and not requested:
        return "present"
    if reference.attached and reference.concrete and _LABELLED.match(view) and not _ABOUT_ITSELF.search(view):
        return "present"
    if missing and cued("impossible"):
        return missing
    if reference.input == "partshoering" and any(how in ("af", "fra") for how, _ in reference.attached) and not came_not:
        return "present"
    if requested and not (came and not came_not and arrived(view)):
        return requested if clauses[0].opening != "if" else "mentioned_only"
    if missing or came_not:
        return "missing"
    if _stands(reference, view, came, following):
        return "present"
    if _denied(region[0], roles):
        return "present" if reference.concrete and reference.attached and not came_not else "missing"
    return "requested" if _intended(region[0], roles) else "mentioned_only"


def _stayed_away(reference: Reference) -> str:
    """ "Døren blev ikke åbnet, da ergoterapeuten kom": an act told just before, in a clause that names no other source."""
    sentence = reference.sentence
    before, here = (reference.view(sentence.clauses[place].text) for place in (reference.clause - 1, reference.clause))
    if re.search(r"‹[RX]›", before) or verbs("content").search(here):
        return ""
    offered = re.search(r"\b(?:tilbød|tilbudt|foreslog|ville|ringede|kom|spurgte|skrev)\b", here)
    acts = (cue for cue in cues()["refused"] if cue.id == "blev-vaek" or (offered and cue.id == "afvisning"))
    return next((cue.status for cue in acts if cue.speaks_of(reference, before)), "")


def _intended(clause: str, roles: set[str]) -> bool:
    """Whether the clause says that the source shall be asked: "borgeren skal til lægen på torsdag"."""
    return "vague" not in roles and bool(re.search(r"\b(?:skal|vil|bør)\b.*‹R›", clause, re.IGNORECASE))


def _denied(clause: str, roles: set[str]) -> bool:
    """Whether a "no" stands in the clause that is not a no in what someone says: "er ikke søgt rådgivning hos …"."""
    negation = NEGATION.search(clause)
    if not negation or "voice" in roles:
        return False
    return not any(verb.end() <= negation.start() for group in ("content", "vague") for verb in verbs(group).finditer(clause))


_NOT_SEEN = re.compile(r"\b(?:fremgår|fremgik|ses|se|konstatere\w*|finde|dokumentere\w*|bekræfte\w*|oplyst|vise|viser)\b[^‹]{0,30}\b(?:ikke|ingen|intet)\b|\b(?:ikke|ingen|intet)\b[^‹]{0,40}\b(?:se|ses|konstatere\w*|finde|dokumentation|dokumenteret|oplysning\w*|holdepunkt\w*|viser|tegn|spor)\b", re.IGNORECASE)
_IF_SO = re.compile(r"\W*(?:hvis|såfremt|medmindre)\b", re.IGNORECASE)
_THEN = re.compile(r"\W*(?:så )?(?:kan|vil|skal|må|bliver|indhenter|bestiller|tager|træffer)\b", re.IGNORECASE)
# "Statusattest af 14. maj 2026: Der afventes operation" tells what the document says, not that it is awaited
_LABELLED = re.compile(r"\W*‹R›\s*:")
_ABOUT_ITSELF = re.compile(r"\b(?:rekvirer|bestil|anmod|sendt|sendes|rykk|svar|modtag|indhent|planlagt|mangler|foreligger|afventer\W*$|afventes\W*$)", re.IGNORECASE)
_FRONTED = re.compile(
    r"^\W*(?:(?:og|men) )?(?:jf\.?|jævnfør|ifølge|iflg\.|i følge|af|i|på baggrund af|på grundlag af|ud fra|ved)\s+(?:(?:den|det|de|en|et|din|dine|seneste|nye|nyeste|skriftlige) )*‹R›\W+(?:er|var|kan|kunne|har|havde|skal|må|vil|\w+(?:ede|te|er))\b(?!\s+(?:rekvireret|bestilt|anmodet|afventet))",
    re.IGNORECASE,
)
_NO_HEARING = re.compile(r"\b(?:frabed\w+|frabad|takke\w* nej til|ønske\w* ikke (?:at blive |en )?)(?: \w+)? ?‹R›|\bikke (?:at )?ønske\w* (?:at blive |en |at få )?‹R›|\bikke (?:vil|ville) (?:have |høres|partshøres)", re.IGNORECASE)


def arrived(view: str) -> bool:
    return bool(ARRIVED.search(view))


def _stands(reference: Reference, view: str, came: bool, following: Clause | None) -> bool:
    """Whether the source is there: a dated document, a document with what it says, or a dated act of the right person."""
    roles = reference.roles
    dated = bool(reference.attached) or bool(re.search(r"‹D\d+›", view))
    words_left = len(re.findall(r"\w{2,}", re.sub(r"‹\w+›", "", view)))
    concrete = reference.concrete
    if reference.input == "partshoering":
        return came or dated or met_before(reference) is not None
    if reference.input == "borger_inddraget":
        return ("method" in roles and (dated or came)) or ("vague" in roles and (dated or words_left >= 6))
    if following is not None and following.opening == "colon" and len(following.text.split()) >= 4 and (concrete or dated):
        return True
    if re.match(r"\W*‹R›\s*:", view) and words_left >= (1 if dated and concrete else 3):
        return True
    if _SOURCE_OPENING.search(view) and words_left >= 4 and (concrete or dated):
        return True
    if re.search(r"\b(?:ifølge|iflg\.|i følge) ‹R›", view, re.IGNORECASE) and words_left >= 3 and (dated or roles != {"vague"}):
        return True
    if reference.input == "arbejdsproevning":
        measured = re.search(r"\b(?:\d+|to|tre|fire|fem|seks|otte|ti|tolv)(?:,\d+)? (?:timer|uger|dage|måneder)\b|\b(?:timer|opgaver|fravær|progression|skånehensyn)\b", view) or any(m.source.id == "arbejdstimer" for m in reference.mentions)
        return (came and (dated or bool(measured))) or (bool(measured) and bool(FINITE.search(view))) or (dated and bool(FINITE.search(view)))
    if dated and concrete and FINITE.search(view):
        return not re.search(r"\b(?:vedlagt|vedlægges|vedlagte|se bilag|bilag)\b", view, re.IGNORECASE)
    if concrete and following is not None and following.opening == "at" and re.search(r"\b(?:er|var)\W*$", view):
        return True
    if "actor" in roles and dated and _ACTED.search(view) and not verbs("vague").search(view):
        return True
    return dated and came and any(mention.role != "vague" for mention in reference.mentions)


_ACTED = re.compile(r"‹R›[^‹;]{0,20}\b(?:\w{2,}(?:ede|te|gte)|så|gik|var|fik|lod|bad|skrev|sad|traf|gav|kom|tog|holdt)\b", re.IGNORECASE)
