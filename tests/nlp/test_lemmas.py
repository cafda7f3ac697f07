"""Base forms of words."""

import pytest

from nlp.lemmas import Lemmas

LEARNT = [
    ("bilen", "NOUN", "bil"), ("bilerne", "NOUN", "bil"), ("biler", "NOUN", "bil"), ("stolen", "NOUN", "stol"),
    ("stolene", "NOUN", "stol"), ("stole", "NOUN", "stol"), ("stolen", "NOUN", "stol"), ("børn", "NOUN", "barn"),
    ("går", "VERB", "gå"), ("gik", "VERB", "gå"), ("står", "VERB", "stå"), ("Anna", "PROPN", "Anna"),
]  # fmt: skip


@pytest.mark.parametrize(
    "form, upos, lemma",
    [*LEARNT, ("Bilen", "NOUN", "bil"), ("kørestolen", "NOUN", "kørestol"), ("forstår", "VERB", "forstå"), ("og", "CCONJ", "og")],
)
def test_lemma(form, upos, lemma):
    """Grundformen findes også for ord, der ikke er set før."""
    assert Lemmas.learn(LEARNT).of(form, upos) == lemma


def test_table_survives_its_file(tmp_path):
    """Tabellen er den samme, når den er gemt og læst igen."""
    table = Lemmas.learn(LEARNT)
    table.to_file(tmp_path / "lemmas.json")
    assert Lemmas.from_file(tmp_path / "lemmas.json") == table


def test_the_tree_settles_what_helps_another_verb():
    """»Har« er hjælpeverbum i »har hvilet« og hovedverbum i »har smerter«."""
    from nlp import language

    helping, main = language.pipeline()("Hun har hvilet sig."), language.pipeline()("Hun har smerter.")
    assert (helping[1].pos_, main[1].pos_) == ("AUX", "VERB")
