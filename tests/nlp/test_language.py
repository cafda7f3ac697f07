"""Words and sentences of letters and law."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from nlp import language

GOLD = Path(__file__).parents[1] / "gold" / "segmentation"


def sentence_cases() -> list[str]:
    groups = YAML(typ="safe").load((GOLD / "sentences.yaml").read_text("utf-8"))
    return [case for group in groups.values() for case in group]


def word_cases() -> list[list[str]]:
    return YAML(typ="safe").load((GOLD / "words.yaml").read_text("utf-8"))


def marked(case: str) -> tuple[list[str], list[str]]:
    """The sentences that are expected and the ones that are found."""
    text = case.replace("¦", "")
    expected = [part.strip() for part in case.split("¦") if part.strip()]
    return expected, [text[start:end] for start, end in language.sentences(text)]


def token_case(case: list[str]) -> tuple[list[str], list[str]]:
    text, expected = case
    return [w.replace("_", " ") if len(w.strip("_")) else w for w in expected.split()], [
        word.text for word in language.words(text)
    ]


def test_there_are_at_least_three_hundred_cases():
    """Ord- og sætningsdelingen er prøvet på mindst 300 håndskrevne eksempler."""
    assert len(sentence_cases()) + len(word_cases()) >= 300


def test_segmentation_score():
    """Mindst 99 % af de håndskrevne eksempler deles rigtigt."""
    pairs = [marked(case) for case in sentence_cases()] + [token_case(case) for case in word_cases()]
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    assert len(wrong) <= 0.01 * len(pairs), wrong


TEXT = st.text(st.sampled_from("aBæ .,!?:»«\"'()[]-–§1234\n\t•…_/") | st.characters(), max_size=80)


@given(TEXT)
def test_every_mark_belongs_to_one_word(text):
    """Intet tegn går tabt, og intet tegn hører til to ord."""
    words = language.words(text)
    assert all(text[w.start : w.end] == w.text for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
    covered = set().union(*(range(w.start, w.end) for w in words))
    assert all(i in covered or c.isspace() for i, c in enumerate(text))


@given(TEXT)
def test_sentences_hold_every_word(text):
    """Hvert ord står i netop én sætning, og ingen sætning går over et linjeskift."""
    spans = language.sentences(text)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    for word in language.words(text):
        assert sum(a <= word.start and word.end <= b for a, b in spans) == 1
    assert not any(c in language.LINE_BREAKS for a, b in spans for c in text[a:b])


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t"])
def test_blank_text_has_no_sentences(text):
    """Et tomt felt har ingen sætninger."""
    assert language.words(text) == [] and language.sentences(text) == []
