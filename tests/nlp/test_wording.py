"""Wording: what a good colleague would mark, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import nlp
from nlp.linter import Linter
from nlp.model import Document, Passage
from nlp.training.texts import strings

ROOT = Path(__file__).parents[2]


@cache
def linter() -> Linter:
    return nlp.load()


def wording(text: str, **facts) -> list[nlp.Finding]:
    return [finding for finding in linter().lint(text, **facts) if finding.category == "subjektivt_sprog"]


def texts() -> list[str]:
    from ruamel.yaml import YAML

    paths = sorted((ROOT / "templates" / "texts").glob("*.yaml"))
    return [text for path in paths for text in strings(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))]


def test_our_own_standard_texts_are_not_marked():
    """The standard texts that we ship hold nothing that our own linter calls a fault or a warning."""
    heavy = [
        (finding.rule, finding.text)
        for text in texts()
        for finding in wording(text, kind="afgoerelse")
        if finding.severity >= nlp.Severity.ADVARSEL and finding.severity != nlp.Severity.FORSLAG
    ]
    assert heavy == []


@pytest.mark.parametrize(
    ("faulty", "clean"),
    [
        ("Borgeren er doven.", "Borgeren oplyser, at han føler sig doven."),
        ("Hun hævder, at ryggen gør ondt.", "Hun oplyser, at ryggen gør ondt, NRS 6."),
        ("Borgeren går ofte i stå.", "Borgeren gik i stå 4 gange på 20 minutter."),
        ("Smerterne skyldes stress.", "Ifølge LÆ 265 af 11.09.2026 skyldes smerterne artrose."),
        ("Han trækker hele tiden sagen i langdrag.", "Han trak gardinet fra og satte sig."),
        ("Borgeren har depression.", "Er der udført test for depression?"),
    ],
)
def test_the_same_words_can_be_fault_and_fact(faulty, clean):
    """It depends on who says it, and what it builds on."""
    assert wording(faulty)
    assert not wording(clean)


def test_a_letter_is_marked_too():
    """What is said of the citizen in a letter to the citizen weighs as much as in a note."""
    assert [finding.text for finding in wording("Dine såkaldte smerter er indgået i vurderingen.", kind="afgoerelse")] == ["såkaldte"]


def test_words_in_no_list_are_only_suggested():
    """A sentence that only the model finds is a suggestion, and says that it may be wrong."""
    found = [finding for finding in wording("Det gik løs med tårer og beskyldninger.") if finding.rule == "SUB901"]
    assert [(finding.severity, finding.certainty) for finding in found] == [(nlp.Severity.FORSLAG, "tvivl")]


PAIRS = yaml.load((Path(__file__).parent / "minimal_pairs.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@pytest.mark.parametrize("slot", [None, "observed"])
@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_the_minimal_pairs_of_the_research(pair, slot):
    """All 72 pairs: the faulty one is marked, the clean one is not, whatever else they share."""
    assert wording(pair["flag"], kind="funktionsevnebeskrivelse", slot=slot)
    assert not wording(pair["ok"], kind="funktionsevnebeskrivelse", slot=slot)


@pytest.mark.parametrize("style", ["paragraph", "item", "cell"])
def test_a_fault_is_a_fault_wherever_it_stands(style):
    """The same sentence is marked in a paragraph, a list and a table."""
    document = Document.of_passages([Passage("Borgeren er doven og kommer sjældent op.", style=style)])
    assert "doven" in [finding.text for finding in linter().review(document)]


def test_the_parser_is_not_loaded_for_wording():
    """Wording is found without the language model, so a check starts at once."""
    import subprocess
    import sys

    code = "import sys, nlp; nlp.load().lint('Borgeren er doven.'); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    """No text stops the linter, and a finding's words are the text's own."""
    for finding in linter().lint(text):
        assert finding.text is None or text[finding.start : finding.end] == finding.text


def test_findings_do_not_depend_on_the_order_of_rules():
    """The same text gives the same findings, twice and with the rules turned round."""
    from nlp import registry
    from nlp.rulebook import Rulebook, read

    text = "Borgeren er doven og påstår at have ondt, fordi han er et pylrehoved. Hun er en grå mus."
    book = read()
    turned = Rulebook(book)
    turned.rules = tuple(reversed(turned.rules))
    assert Linter(turned, registry.kinds()).lint(text) == linter().lint(text) == linter().lint(text)
