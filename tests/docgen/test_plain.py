"""A text without a layout as a Word document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docgen.word.plain import word_file
from docgen.word.read import read
from docgen.word.text import read_text


@given(st.lists(st.text("abcæøå .,§123\x00\x0b", min_size=1, max_size=30).map(lambda t: f"x{t.strip()}"), min_size=1, max_size=6))
def test_the_words_are_those_of_the_text(lines) -> None:
    """Ordene i Word-filen er tekstens egne, linje for linje; kun tegn, Word ikke kan rumme, er væk."""
    clean = [line.replace("\x00", "").replace("\x0b", "") for line in lines]
    passages = read_text("\n\n".join(clean).encode(), False, "tekst")[0].passages
    made = read(word_file(passages, "Tekst")).document
    assert [p.text.strip() for p in made.passages] == [p.text.strip() for p in passages]


def test_headings_are_headings() -> None:
    """En overskrift i teksten er en overskrift i Word."""
    passages = read_text(b"Begrundelse\n\nVi har lagt v\xc3\xa6gt p\xc3\xa5 journalen.", False, "tekst")[0].passages
    made = read(word_file(passages, "Tekst")).document.passages
    assert [(p.text, p.style) for p in made] == [("Begrundelse", "heading"), ("Vi har lagt vægt på journalen.", "paragraph")]
