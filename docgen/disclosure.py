"""Disclosure control: counts of people told so that no one can be found in them.

A count of one to four is told as »under 5«. In a row whose sum is known too, the other numbers would give it away; there
they are told as »5 eller flere«, and a row about few cases is not told at all. That this is enough for rows of two or
three parts is tested by trying every other row that would be told the same way.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALL = 5
UNDER, OVER, HIDDEN = f"under {SMALL}", f"{SMALL} eller flere", "skjult"
WHY = (
    f"Tal fra 1 til {SMALL - 1} står som »{UNDER}«, for så små tal kan pege på enkelte personer. I de samme rækker står de andre tal "
    f"som »{OVER}« eller »{HIDDEN}«, så det lille ikke kan regnes ud."
)


def small(count: int) -> bool:
    return 0 < count < SMALL


def told(count: int) -> str:
    """One count that stands alone, or the sum of a row."""
    return UNDER if small(count) else str(count)


def told_row(parts: Sequence[int]) -> tuple[str, ...]:
    """Two or three parts of a sum that stands beside them."""
    if not any(small(count) for count in parts):
        return tuple(str(count) for count in parts)
    if sum(parts) < 3 * SMALL:
        return (HIDDEN,) * len(parts)
    return tuple(UNDER if small(count) else OVER if count else "0" for count in parts)
