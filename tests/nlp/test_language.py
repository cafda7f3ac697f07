"""Words and sentences of letters and law."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from nlp import language, syntax
from nlp.context import Voices

GOLD = Path(__file__).parents[1] / "gold" / "segmentation"


def read(name: str):
    return YAML(typ="safe").load((GOLD / f"{name}.yaml").read_text("utf-8"))


def sentence_cases() -> list[str]:
    return [case for groups in (read("sentences"), read("second")["sentences"]) for group in groups.values() for case in group]


def word_cases() -> list[list[str]]:
    return read("words") + read("second")["words"]


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


TEXT = st.text(st.sampled_from("aBæ .,!?:»«\"'()[]-–§1234\n\t•…_/") | st.characters(codec="utf-8"), max_size=80)


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


# --- The pipeline ---------------------------------------------------------------------------------------------------


@pytest.fixture
def own_pipeline(tmp_path):
    """A folder with a Danish pipeline that a user might have: a parser that knows one label."""
    import spacy

    model = spacy.blank("da")
    model.add_pipe("parser").add_label("dep")
    model.initialize()
    model.to_disk(tmp_path / "da_eget")
    yield str(tmp_path / "da_eget")
    language._loaded.cache_clear()


def test_shipped_pipeline_reads_a_letter():
    """Den medfølgende sprogmodel kender ordklasser, grundformer og hvem der gør hvad."""
    doc = language.pipeline()("Borgeren oplyste den 3. marts 2026, at hendes smerter var værst om morgenen.")
    assert [token.text for token in doc][:5] == ["Borgeren", "oplyste", "den", "3.", "marts"]
    assert {token.text: token.pos_ for token in doc}["smerter"] == "NOUN"
    assert {token.text: token.lemma_ for token in doc}["smerter"] == "smerte"
    assert doc[0].dep_ == "nsubj" and doc[0].head.text == "oplyste"


def test_spacy_is_whole_after_a_lean_import():
    """At spare tid ved starten tager intet fra den, der selv bruger spaCy."""
    code = (
        "import sys; from nlp import language; language.pipeline(); import spacy; "
        "assert 'typer' not in sys.modules and 'spacy.cli' not in sys.modules; "
        "from spacy.cli.train import train; import spacy.cli; assert callable(spacy.cli.info) or spacy.cli.info; "
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stdout.split()[-1:] == ["True"], done.stderr


def test_pipeline_needs_no_network(monkeypatch):
    """Sprogmodellen indlæses uden internet."""
    import socket

    def refuse(*_, **__):
        raise AssertionError("network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    language._loaded.cache_clear()
    assert language.pipeline()("Hun hviler.")[1].pos_ == "VERB"


def test_the_users_own_pipeline_is_used_instead(own_pipeline):
    """Én indstilling bruger kommunens egen sprogmodel i stedet for den medfølgende."""
    assert language.pipeline(own_pipeline) is not language.pipeline()
    assert language.pipeline(own_pipeline).pipe_names == ["parser"]
    assert [t.text for t in language.pipeline(own_pipeline)("jf. § 16, stk. 2")] == [
        "jf.",
        "§",
        "16",
        ",",
        "stk.",
        "2",
    ]


def test_a_pipeline_can_be_chosen_for_good(own_pipeline):
    """Den valgte sprogmodel bruges, indtil der vælges en anden."""
    shipped = language.pipeline()
    language.use(own_pipeline)
    assert language.pipeline().pipe_names == ["parser"]
    language.use(None)
    assert language.pipeline() is shipped


def test_voices_ask_the_users_own_pipeline(own_pipeline, monkeypatch):
    """Hvem der siger noget, afgøres med den sprogmodel, indstillingen peger på."""
    asked = []
    parse = syntax.parsed
    monkeypatch.setattr(syntax, "parsed", lambda text, name=None: asked.append(name) or parse(text, name))
    text = "Borgeren oplyser, at hun sover dårligt og er træt."
    Voices(text, pipeline=own_pipeline).of(text.index("træt"), text.index("træt") + 4)
    assert asked == [own_pipeline]


def test_a_missing_pipeline_is_said_in_danish():
    """En sprogmodel, der ikke findes, giver en besked, man kan handle på."""
    with pytest.raises(language.PipelineMissing, match="kan ikke indlæses"):
        language.pipeline("da_core_news_findes_ikke")


def test_a_pipeline_for_another_language_is_refused(tmp_path):
    """En engelsk sprogmodel kan ikke bruges på danske breve."""
    import spacy

    spacy.blank("en").to_disk(tmp_path / "en")
    with pytest.raises(language.PipelineMissing, match="ikke en dansk model"):
        language.pipeline(str(tmp_path / "en"))


@given(TEXT)
def test_pipeline_has_the_same_words(text):
    """Sprogmodellen og reglerne deler teksten i de samme ord."""
    doc = language.Tokenizer(language.pipeline().vocab)(text)
    assert doc.text == text
    assert [t.text for t in doc if not t.is_space] == [w.text for w in language.words(text)]
