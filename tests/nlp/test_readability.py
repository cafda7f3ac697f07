"""How a letter reads: a profile of the text, never a grade of a person."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.model import Document
from nlp.readability import profile


def of(text: str):
    return profile(Analysis(Document.of_text(text)))


SHORT = "Vi har talt med dig den 3. maj. " * 20


def test_a_short_text_has_no_lix():
    """Under a hundred words a lixtal says nothing."""
    assert of("Du får fleksjob.").lix is None


def test_dates_and_abbreviations_end_no_sentence():
    """»3. maj« and »bl.a.« do not make a text look easier than it is."""
    assert of(SHORT).sentences == 20
    assert of("Vi har bl.a. talt med dig ca. kl. 10 den 3. maj. " * 12).sentences == 12


def test_quoted_law_is_left_out():
    """A sentence of statute does not count against the writer."""
    law = "Efter § 16 tilkendes førtidspension personer med varigt nedsat arbejdsevne. "
    assert of(SHORT + law * 5) == of(SHORT)


def test_passive_sentences_are_counted():
    """»Sagen bliver behandlet« is passive, »vi behandler sagen« is not."""
    assert of("Sagen nummer fire bliver behandlet i næste uge. " * 15).passive_share == 1.0
    assert of("Vi behandler sagen nummer fire i næste uge. " * 15).passive_share == 0.0


def test_lix_is_words_a_sentence_and_share_of_long_words():
    """Eight words a sentence, none of them long: lix 8."""
    assert of(SHORT).lix == 8.0
    assert of(SHORT).level == "meget let"
