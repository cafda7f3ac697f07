"""What is kept of texts that have been read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import nlp
from nlp import memory
from nlp.memory import Memory

LETTER = (
    "Vi har givet dig afslag på fleksjob.\nDin læge skriver i LÆ 265 af 3. marts 2026, at du kan sidde i en time.\n"
    "Borgeren virker doven, og hun fortæller, at hun sover dårligt og er træt."
)


@given(st.lists(st.integers(0, 20)), st.integers(1, 5))
def test_no_more_is_kept_than_the_latest(keys, most):
    """However many letters are read, only what the latest told is kept."""
    kept: Memory[int] = Memory(most)
    made = []
    for key in keys:
        assert kept.get(key, lambda key=key: made.append(key) or key * 2) == key * 2
    latest = list(dict.fromkeys(reversed(keys)))[:most]
    before = len(made)
    for key in latest:
        kept.get(key, lambda: made.append(-1))
    assert len(kept) == len(latest)
    assert made[before:] == []


def test_a_letter_read_twice_says_the_same():
    """A letter that shares its paragraphs with one read before gets the same findings as if it were the first."""
    linter = nlp.load()
    memory.forget()
    first = linter.lint(LETTER, kind="funktionsevnebeskrivelse")
    moved = linter.lint("Notat.\n" + LETTER, kind="funktionsevnebeskrivelse")
    assert linter.lint(LETTER, kind="funktionsevnebeskrivelse") == first
    memory.forget()
    assert linter.lint("Notat.\n" + LETTER, kind="funktionsevnebeskrivelse") == moved
    assert first != []


def test_nothing_of_a_text_is_held_after_forgetting():
    """After forget() no sentence of a citizen's letter is held."""
    nlp.load().lint(LETTER, kind="funktionsevnebeskrivelse")
    assert any(len(kept) for kept in memory._every)
    memory.forget()
    assert not any(len(kept) for kept in memory._every)
