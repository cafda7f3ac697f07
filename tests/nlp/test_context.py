"""Whose words they are, and how they are meant."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

import nlp
from nlp import language, scope, syntax
from nlp.context import Context, Voices
from nlp.model import Document, Passage, Severity

GOLD = Path(__file__).parents[1] / "gold" / "context"
FIELDS = {"carried": "speaker", "voice": "speaker", "heading": "speaker"}


def examples():
    for marks in scope.kinds_of_marks():
        for cue in scope.cues(marks):
            for text, expected in cue.examples:
                yield pytest.param(marks, text, expected, id=f"{marks}: {text}")


@pytest.mark.parametrize("marks, text, expected", list(examples()))
def test_examples_of_the_cues(marks, text, expected):
    """Hver vending, som programmet kender, beviser sig selv med eksempler."""
    start, end = text.index("["), text.index("]") - 1
    context = Voices(text.replace("[", "").replace("]", ""), parser=False).of(start, end)
    assert getattr(context, FIELDS.get(marks, marks)) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Borgeren siger: »Jeg er [doven].«", Context("citizen", quoted="speech")),
        ("»Jeg er [doven],« siger hun.", Context("citizen", quoted="speech")),
        ("Hun ligger og »[hviler] sig« hele dagen.", Context("authority", quoted="scare")),
        ("»Hun er efter min mening meget [doven].«", Context("unknown", quoted="unattributed")),
        (
            "Datteren skriver: »Mor er træt. Hun er ikke [doven].«",
            Context("relative", quoted="speech", negated=True),
        ),
        ("Borgeren oplyser følgende:\n- hun er [doven]\n- hun er træt", Context("citizen")),
        ("Borgeren oplyser følgende:\n- hun er træt\n- hun er [doven]", Context("citizen")),
        ("Vi har lagt vægt på:\n- at du er [doven]", Context("authority")),
        ("Hun er [doven].", Context()),
    ],
)
def test_quotations_and_lists(text, expected):
    """Et citat og en liste efter et kolon hører til den, der er nævnt."""
    start, end = text.index("["), text.index("]") - 1
    found = Voices(text.replace("[", "").replace("]", ""), parser=False).of(start, end)
    assert dataclasses.replace(found, cue=None) == expected


def test_heading_of_the_citizens_own_words():
    """Det, der står i feltet med borgerens eget syn, er borgerens ord."""
    document = Document.of_passages([Passage("Hun er doven.", slot="citizen_view"), Passage("Hun er doven.")])
    voices = Voices(document)
    assert voices.of(7, 12).speaker == "citizen"
    assert voices.of(21, 26).speaker == "authority"


def test_a_measure_counts_for_its_whole_cell():
    """Et tal i en celle hører til hele cellen."""
    document = Document.of_passages([Passage("Går ofte tur. 3 gange om ugen.", style="cell")])
    assert Voices(document).of(4, 8).measured
    assert not Voices("Går ofte tur. 3 gange om ugen.").of(4, 8).measured


@given(
    st.text("Borgeren oplyser, at hun ikke er »doven«.\n:-", max_size=60),
    st.integers(0, 60),
    st.integers(0, 10),
)
def test_every_place_has_an_answer(text, start, length):
    """Der er altid et svar, også midt i et ord eller uden for teksten."""
    voices = Voices(text, parser=False)
    assert voices.of(start, start + length) == voices.of(start, start + length)


@pytest.mark.parametrize("marks", scope.kinds_of_marks())
def test_every_cue_stands_in_one_of_its_own_examples(marks):
    """Ingen vending er død: hver findes i et af sine egne eksempler."""
    for cue in scope.cues(marks):
        texts = [text.replace("[", "").replace("]", "") for text, _ in cue.examples]
        places = [text[start:end].lower() for text in texts for start, end in language.sentences(text)]
        assert any(cue.regex.search(place if cue.raw else scope.Sentence(place).spelled) for place in places), cue


def test_a_misspelt_cue_is_refused():
    """En vending med et ukendt felt bliver afvist, når den læses."""
    with pytest.raises(ValueError, match="retning"):
        scope._cue("voice", {"pattern": "ifølge {source}", "retning": "both", "reach": "both"})


@pytest.mark.parametrize("name", ["tuned", "tuned_second", "third", "fourth", "fifth"])
def test_gold_sentences(name):
    """Mindst 97 % af de sætninger, vendingerne er rettet til efter, får det rigtige svar."""
    right = total = 0
    for asked, cases in YAML(typ="safe").load((GOLD / f"{name}.yaml").read_text("utf-8")).items():
        for marked, expected in cases:
            start, end = marked.index("["), marked.index("]") - 1
            context = Voices(marked.replace("[", "").replace("]", "")).of(start, end)
            got = f"{context.quoted} {context.speaker}" if asked == "quoted" else getattr(context, asked)
            right, total = right + (got == expected), total + 1
    assert right >= 0.97 * total


def test_window_and_parser_that_differ_say_so():
    """Er vendinger og sprogmodel uenige om, hvem der taler, siger svaret det."""
    text = "Kvinden, som fortæller, at hun sover dårligt, mens vi taler, og hun virker, mener lægen, ikke doven."
    found = {Voices(text).of(start, start + 3).agreement for start in range(0, len(text) - 3)}
    assert "differ" in found and found <= {"window", "agree", "differ"}
    certain = Context("citizen", agreement="agree")
    assert certain.certain and not dataclasses.replace(certain, agreement="differ").certain


def test_without_a_pipeline_the_window_decides(monkeypatch):
    """Mangler sprogmodellen, svarer vendingerne alene."""

    def missing(*_):
        raise language.PipelineMissing("væk")

    monkeypatch.setattr(syntax, "voice", missing)
    text = "Borgeren oplyser, at hun sover dårligt og er træt."
    assert Voices(text).of(text.index("træt"), text.index("træt") + 4) == Voices(text, parser=False).of(
        text.index("træt"), text.index("træt") + 4
    )


def test_doubt_on_who_says_it_makes_a_finding_lighter():
    """Kan det være borgerens ord, der løber videre, vejer fundet mindre og siger, at det er i tvivl."""
    linter = nlp.load()

    def found(text):
        return {(f.severity, f.certainty) for f in linter.lint(text, kind="funktionsevnebeskrivelse") if f.text == "doven"}

    assert found("Om aftenen er hun doven.") == {(Severity.ADVARSEL, "sikker")}
    assert found("Borgeren fortæller, at hun sover dårligt. Om aftenen er hun doven.") == {(Severity.FORSLAG, "tvivl")}
    assert found("Borgeren fortæller, at hun er doven om aftenen.") == set()
