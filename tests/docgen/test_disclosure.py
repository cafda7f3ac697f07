"""Counts that tell of no one."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest

from docgen.disclosure import HIDDEN, OVER, SMALL, UNDER, told, told_row


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1, UNDER), (4, UNDER), (5, "5"), (117, "117")])
def test_a_count_of_few_people_is_not_told(count, words) -> None:
    """Et tal fra 1 til 4 står som »under 5«; nul og fem kan siges."""
    assert told(count) == words


@pytest.mark.parametrize(("parts", "words"), [
    ((10, 10, 0), ("10", "10", "0")),
    ((1, 19, 30), (UNDER, OVER, OVER)),  # 50 cases: with 19 and 30 told, the one could be worked out
    ((2, 0, 48), (UNDER, "0", OVER)),
    ((1, 5, 0), (HIDDEN,) * 3),
])
def test_a_small_number_is_not_given_away_by_the_others(parts, words) -> None:
    """Er summen kendt, siges de andre tal i rækken kun groft, så det lille ikke kan regnes ud."""
    assert told_row(parts) == words


@pytest.mark.parametrize("length", [2, 3])
def test_every_small_number_could_be_another(length) -> None:
    """Den, der kender summen og reglen, kan aldrig regne et lille tal ud: mindst én anden række ville være sagt på samme måde."""
    for whole in range(SMALL, 31):
        alike = defaultdict(list)
        for parts in itertools.product(range(whole + 1), repeat=length):
            if sum(parts) == whole:
                alike[told_row(parts)].append(parts)
        for rows in alike.values():
            for place in range(length):
                values = {row[place] for row in rows}
                assert len(values) > 1 or not 0 < values.pop() < SMALL
