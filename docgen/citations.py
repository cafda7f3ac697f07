"""Recognises legal citations in running Danish: »pensionslovens § 16, stk. 2«, »§§ 116 og 118 i lov om …«, »BEK nr. 47«.

Knows the grammar of citations, not the law: which acts there are, and by what names, is handed in. A citation without
an act is found all the same and carries `act=None`: which act is meant cannot be told from it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Written:
    """A citation as it stands in a text: `text[start:end]`, offsets in code points.

    `sections` are register keys without the act: `16`, `16.2`, `19.1.5`, `kap19`. A range holds its first and last
    and the whole numbers between.
    """

    start: int
    end: int
    act: str | None
    sections: tuple[str, ...]
    inferred: bool = False  # the act stands earlier in the text (»lovens § 17«)
    former: bool = False  # »det tidligere gældende kapitel 19«


# A section's letter stands alone: »§ 18 a«. An »i« before a word is a preposition (»§ 16 i lov om …«).
_LETTER = r"(?:\s?(?:(?!i\b)[a-zæøå])(?![\wæøå])|\si(?=\s*(?:,|\.|;|$|stk)))?"
_NUMBER = rf"\d{{1,3}}{_LETTER}"
# A number before one of these is not a section: »§ 16 og 3 uger«, »§ 16, 2. pkt.«
_NO_UNIT = r"(?!\d|\s*(?:uger?|dage?|timer?|år|måned(?:er)?|kr|pct|%|\.\s*[a-zæøå]))"
_LIST = r"(?:\s*(?:,\s*(?:og|eller|samt)?|og|eller|samt|-|–|til)\s*{0}){{0,40}}"
_PART = r"\d{1,2}"
_STK = rf"(?:,?\s*stk\.?\s*(?P<stk>{_PART}{_LIST.format(_PART + _NO_UNIT)}))?"
_NR = r"(?:,?\s*(?:nr\.?|litra)\s*(?P<nr>\d{1,2}|[a-z])(?:\s*(?:og|eller|-|–|,)\s*(?:\d{1,2}|[a-z])\b)*)?"
_PKT = r"(?:,?\s*\d\.\s*pkt\.?)?"
_SIGN = r"(?:§{1,2}|\bparagraf(?:ferne|fer)?\b)\s*"
_SECTION = re.compile(
    rf"{_SIGN}(?P<numbers>{_NUMBER}{_LIST.format(_NUMBER + _NO_UNIT)})(?P<rest>{_STK}{_NR}{_PKT})(?:\s*(?:ff|f)\.)?", re.IGNORECASE
)
_CHAPTER = re.compile(rf"\b(?:kapitel|kap\.)\s*(?P<numbers>{_NUMBER}{_LIST.format(_NUMBER + _NO_UNIT)})", re.IGNORECASE)
# What may stand between two sections that share the act that follows them.
_LINK = re.compile(
    r"\s*(?:,\s*)?(?:jf\.|jf|og|eller|samt|sammenholdt med|i(?:\s+det)?(?:\s+tidligere\s+gældende)?|,|;)\s*(?:jf\.\s*)?$",
    re.IGNORECASE,
)
_FORMER = re.compile(r"tidligere(?:\s+gældende)?(?:\s+regler\s+i)?[^.]{0,40}$", re.IGNORECASE)
_FORMER_AFTER = re.compile(r"^[^.;]{0,60}\btidligere\s+gældende", re.IGNORECASE)
_OWN_ANYWHERE = re.compile(r"\b(?:lovens|samme\s+lovs?|denne\s+lovs?)\s*", re.IGNORECASE)
_OWN = re.compile(_OWN_ANYWHERE.pattern + "$", re.IGNORECASE)
_LAW_WORD = re.compile(r"\b(?:[\wæøå]*lov(?:en)?s?|[\wæøå]*bekendtgørelsens?|[A-ZÆØÅ]{2,5}L?s?)\s*,?\s*$")
_FOREIGN_AFTER = re.compile(r"^,?\s+i\s+(?:den\s+)?(?:[\wæøå]*lov(?:en)?\b|[\wæøå]*bekendtgørelse|lovbekendtgørelse)", re.IGNORECASE)

UNKNOWN = "?"  # the act of a citation that names an act which is not in the register


def find(text: str, acts: Mapping[str, Iterable[str]], whole: Mapping[str, str] | None = None) -> list[Written]:
    """Every citation in `text`, in order.

    `acts`: act key -> its names (»pensionsloven«, »lov om social pension«, »PL«). `whole`: register key -> pattern of
    an instrument cited by number alone (»BEK nr. 47 af 13. januar 2026«); it is found with that key as its `act`.
    """
    before, after, anywhere = _patterns(tuple((key, tuple(names)) for key, names in acts.items()))
    spans = sorted([*_SECTION.finditer(text), *_CHAPTER.finditer(text)], key=lambda m: m.start())
    ahead = [before.search(text, max(0, m.start() - 200), m.start()) for m in spans]
    behind = [after.match(text, m.end()) for m in spans]
    ends = [b.end() if b else m.end() for m, b in zip(spans, behind, strict=True)]
    linked = [i > 0 and bool(_LINK.match(text[ends[i - 1] : spans[i].start()])) for i in range(len(spans))] + [False]

    after_chain: list[str | None] = [None] * (len(spans) + 1)  # »§ 116, jf. § 118, i lov om …«: the act stands after the last
    for i in reversed(range(len(spans))):
        if behind[i]:
            after_chain[i] = _key(behind[i])
        elif linked[i + 1] and not ahead[i + 1]:
            after_chain[i] = after_chain[i + 1]

    named = [(m.start(), _key(m)) for m in anywhere.finditer(text)] if _OWN_ANYWHERE.search(text) else []
    found: list[Written] = []
    for i, match in enumerate(spans):
        start, act = match.start(), after_chain[i]
        if not behind[i] and ahead[i]:
            act, start = _key(ahead[i]), ahead[i].start()
        elif act is None and linked[i]:  # »pensionslovens § 16, stk. 3, og § 19«
            act = found[-1].act
        found.append(_written(text, start, ends[i], act, _sections(match), named))
    for key, pattern in (whole or {}).items():
        found.extend(
            Written(m.start(), m.end(), key, (), False, bool(_FORMER.search(text[: m.start()][-60:])))
            for m in re.finditer(pattern, text, re.IGNORECASE)
        )
    return sorted(found, key=lambda w: (w.start, w.end))


def _written(
    text: str, start: int, end: int, act: str | None, sections: tuple[str, ...], named: list[tuple[int, str]]
) -> Written:
    """`named`: where acts are named in the text, for »lovens § 17«."""
    inferred = False
    if act is None:
        head = text[max(0, start - 60) : start]
        if own := _OWN.search(head):
            before = bisect_left(named, (start,))
            if before:
                act, inferred, start = named[before - 1][1], True, start - len(head) + own.start()
        elif _LAW_WORD.search(head) or _FOREIGN_AFTER.match(text[end : end + 60]):
            act = UNKNOWN
    former = bool(_FORMER.search(text[max(0, start - 70) : start]) or _FORMER.search(text[start:end]))
    former = former or bool(_FORMER_AFTER.match(text[end : end + 90]))
    return Written(start, end, act, sections, inferred, former)


def _sections(match: re.Match) -> tuple[str, ...]:
    prefix = "kap" if match.re is _CHAPTER else ""
    numbers = _expanded(match["numbers"])
    keys = [prefix + n for n in numbers]
    if match.re is _CHAPTER or not match["stk"]:
        number = match.groupdict().get("nr")
        return tuple(f"{k}.1.{number}" if number and match.re is _SECTION else k for k in keys)
    parts = _expanded(match["stk"])
    keys = [*keys[:-1], *(f"{keys[-1]}.{part}" for part in parts)]
    if match["nr"]:
        keys[-1] += f".{match['nr'].lower()}"
    return tuple(keys)


def _expanded(numbers: str) -> list[str]:
    """»9-12« -> 9, 10, 11, 12; »116 og 118 a« -> 116, 118a."""
    tokens = re.findall(rf"{_NUMBER}|-|–|\btil\b", numbers, re.IGNORECASE)
    out: list[str] = []
    through = False
    for token in tokens:
        if token in "-–" or token.lower() == "til":
            through = True
            continue
        value = re.sub(r"\s", "", token).lower()
        if through and out:
            first, last = (int(re.match(r"\d+", v)[0]) for v in (out[-1], value))
            out.extend(str(n) for n in range(first + 1, min(last, first + 60)))
        through = False
        out.append(value)
    return out


def _key(match: re.Match) -> str:
    return next(name for name, value in match.groupdict().items() if value is not None)


@lru_cache(maxsize=8)
def _patterns(acts: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[re.Pattern, re.Pattern, re.Pattern]:
    """Acts that end right before a section, that follow »… i«, and anywhere."""

    def alternatives(genitive: bool) -> str:
        groups = []
        for key, names in acts:
            forms = []
            for name in sorted(names, key=len, reverse=True):
                form = r"\s+".join(re.escape(word) for word in name.split())
                # an abbreviation is written in capitals; a full name may start a sentence
                forms.append(form if name.isupper() else f"(?i:{form})")
            groups.append(f"(?P<{key}>{'|'.join(forms)})")
        return rf"\b(?:{'|'.join(groups)}){'s?' if genitive else ''}(?![\wæøå])"

    tail = r"(?:\s*\([^)]{1,60}\))?(?:,?\s*jf\.)?\s*,?\s*$"
    lead = r"(?:,?\s*(?:i|efter)\s+(?:den\s+)?(?:(?:det|de|den)\s+tidligere(?:\s+gældende)?\s+)?(?:bekendtgørelse\s+af\s+)?|\s+|\s*\()"
    return (
        re.compile(alternatives(True) + tail, re.DOTALL),
        re.compile(lead + alternatives(False)),
        re.compile(alternatives(True)),
    )
