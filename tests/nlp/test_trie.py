"""Word lists as one regular expression."""

import re

from hypothesis import given
from hypothesis import strategies as st

from nlp import trie

WORDS = st.lists(st.text("abæ.(* ", min_size=1, max_size=4), max_size=8)


@given(WORDS, st.text("abæ.(* ", max_size=12))
def test_trie_finds_what_a_plain_search_finds(words, text):
    """En ordliste finder de samme ord, uanset hvordan den er bygget."""
    longest = sorted(words, key=len, reverse=True)
    plain = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
    found = re.compile(trie.pattern(words))
    assert [m.span() for m in found.finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_no_words_match_nothing():
    """En tom ordliste finder ingenting."""
    assert not re.search(trie.pattern([]), "")
