"""What a text must hold for a regular expression to match it, read from the expression itself.

Most expressions of a rulebook fit no place of most sentences. Looking for the few strings one of which every match must
contain costs a hundredth of running the expression, and cannot miss: only what is certain is asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from itertools import product
from pathlib import Path
from re import _constants as op
from re import _parser
from typing import Any

# _parser is the standard library's own reading of an expression, under this name since Python 3.11
_DIGIT = "\0#"  # stands at the end of a folded text that holds a digit
_HAS_DIGIT = re.compile(r"\d")
_ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_MOST = 120  # strings spelled out for one place
_LONGEST = 7
_FEW = 24  # strings that are sooner looked up one by one in a text than the expression is tried on its sentences


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """The text as `Screened.may_match` wants it."""
    low = text.lower()
    if "ſ" in low or "ı" in low:  # these match s and i where case is ignored
        low = low.replace("ſ", "s").replace("ı", "i")
    return low + _DIGIT if _HAS_DIGIT.search(low) else low


Needs = Sequence[Sequence[str]]
WORKED_OUT = Path(__file__).parent / "lexicon" / "needs.json"


def needs_of(expression: str, flags: int) -> Needs:
    found = sorted(set(_needs(_parser.parse(expression, flags))), key=_cost)
    return [sorted(need, key=lambda string: (len(string), string)) for need in found[:3]]


def _key(expression: str, flags: int) -> str:
    return blake2b(f"{flags} {expression}".encode(), digest_size=9).hexdigest()


@cache
def _worked_out() -> dict[str, Needs]:
    """What needs.json holds, if this very module made it: key of an expression -> its needs."""
    try:
        data = json.loads(WORKED_OUT.read_bytes())
    except (OSError, ValueError):
        return {}
    return data["needs"] if data["made_by"] == _this_module() else {}


def _this_module() -> str:
    return blake2b(Path(__file__).read_bytes().replace(b"\r\n", b"\n"), digest_size=9).hexdigest()


def worked_out_text(expressions: Iterable[Screened]) -> str:
    """What needs.json must hold for these expressions: to read the needs of all of them takes longer than to check a letter."""
    needs = sorted({_key(e.expression, e.flags): needs_of(e.expression, e.flags) for e in expressions}.items())
    lines = ",\n".join(f'"{key}":{json.dumps(need, ensure_ascii=False, separators=(",", ":"))}' for key, need in needs)
    return f'{{"made_by":"{_this_module()}","needs":{{\n{lines}\n}}}}\n'


class Screened:
    """An expression and what a text must hold of it: of each of `needs`, at least one string. Compiled when first let through."""

    def __init__(self, expression: str, flags: int = re.IGNORECASE):
        self.expression, self.flags = expression, int(flags)

    @cached_property
    def needs(self) -> Needs:
        known = _worked_out().get(_key(self.expression, self.flags))
        return needs_of(self.expression, self.flags) if known is None else known

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression, self.flags)

    def may_match(self, folded_text: str) -> bool:
        for need in self.needs:
            for string in need:
                if string in folded_text:
                    break
            else:
                return False
        return True

    def places(self, folded_text: str) -> Iterator[int] | None:
        """Where in a folded text the strings stand one of which every match holds; None where no such place is known.

        A place is of use only if the folded text is as long as the text itself: see `aligned`.
        """
        literal = next((need for need in self.needs if _DIGIT not in need and len(need) <= _FEW), None)
        return None if literal is None else _everywhere(literal, folded_text)

    def finditer(self, text: str, folded_text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_match(folded_text) else iter(())

    def search(self, text: str, folded_text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(folded_text) else None


def aligned(text: str, folded_text: str) -> bool:
    """Whether a place in the folded text is the same place in the text: a few letters are longer in lower case."""
    return len(folded_text.removesuffix(_DIGIT)) == len(text)


def _everywhere(strings: tuple[str, ...], text: str) -> Iterator[int]:
    for string in strings:
        place = text.find(string)
        while place >= 0:
            yield place
            place = text.find(string, place + 1)


def _cost(need: frozenset[str]) -> tuple[float, list[str]]:
    return len(need) / min(map(len, need)), sorted(need)


def _needs(sequence: Any) -> list[frozenset[str]]:
    """Groups of lower-case strings; what `sequence` matches holds one of each."""
    found: list[frozenset[str]] = []
    run = {""}

    def ended() -> None:
        if all(len(string) > 1 for string in run):
            found.append(_shortest(run))

    for kind, value in sequence:
        spelled = _spelled(kind, value)
        if spelled is not None and len(run) * len(spelled) <= _MOST:
            run = {before + after for before, after in product(run, spelled)}
            continue
        ended()
        run = spelled if spelled is not None else {""}
        if spelled is None:
            found += _needs_of(kind, value)
    ended()
    return found


def _needs_of(kind: Any, value: Any) -> list[frozenset[str]]:
    if kind is op.IN:
        return [frozenset([_DIGIT])] if all(_is_digits(*item) for item in value) else []
    if kind is op.SUBPATTERN:
        return _needs(value[-1])
    if kind is op.ATOMIC_GROUP:
        return _needs(value)
    if kind in _REPEATS:
        return _needs(value[2]) if value[0] else []
    if kind is op.BRANCH:
        each = [min(_needs(choice), key=_cost, default=None) for choice in value[1]]
        return [] if None in each else [_shortest(frozenset().union(*each))]
    return []


def _is_digits(kind: Any, value: Any) -> bool:
    if kind is op.RANGE:
        return ord("0") <= value[0] and value[1] <= ord("9")
    if kind is op.LITERAL:
        return ord("0") <= value <= ord("9")
    return kind is op.CATEGORY and value is op.CATEGORY_DIGIT


def _spelled(kind: Any, value: Any) -> set[str] | None:
    """Every string that an element matches, in lower case; None where they are too many to spell out."""
    if kind is op.LITERAL:
        return {chr(value).lower()}
    if kind in _ZERO_WIDTH:
        return {""}
    if kind is op.IN:
        plain = all(each is op.LITERAL for each, _ in value) and len(value) <= 4
        return {chr(character).lower() for _, character in value} if plain else None
    if kind is op.SUBPATTERN:
        return _spelled_out(value[-1])
    if kind is op.ATOMIC_GROUP:
        return _spelled_out(value)
    if kind in _REPEATS and value[1] == 1:
        once = _spelled_out(value[2])
        return once if value[0] or once is None else once | {""}
    if kind is op.BRANCH:
        choices = [_spelled_out(choice) for choice in value[1]]
        if None in choices:
            return None
        together = set().union(*choices)
        return together if len(together) <= _MOST else None
    return None


def _spelled_out(sequence: Any) -> set[str] | None:
    strings = {""}
    for kind, value in sequence:
        each = _spelled(kind, value)
        if each is None or len(strings) * len(each) > _MOST:
            return None
        strings = {before + after for before, after in product(strings, each)}
    return strings


def _shortest(strings: set[str] | frozenset[str]) -> frozenset[str]:
    """The same strings cut short, without those that hold another of them: asks for less, and is quicker asked."""
    strings = {string[:_LONGEST] for string in strings}
    if _DIGIT in strings:
        strings = {string for string in strings if string == _DIGIT or not _HAS_DIGIT.search(string)}
    return frozenset(one for one in strings if not any(other != one and other in one for other in strings))
