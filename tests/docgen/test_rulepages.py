"""The page of rules is made from the rules themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.content import Content
from docgen.explain import explain
from docgen.rulepages import markdown

ROOT = Path(__file__).resolve().parents[2]
RULES = list(Content.find().rulebook())


def test_the_page_shows_every_rule_with_reason_source_and_examples():
    """Hver regel står på siden med grund, kilde og eksempler på, hvad den markerer og ikke markerer."""
    page = markdown(RULES)
    for rule in RULES:
        section = page.split(f"### {rule.id} ", 1)[1].split("\n### ", 1)[0]
        assert all(source in section for source in rule.source)
        assert section.count("\n- ") >= 2


def test_the_page_in_docs_is_the_rules_as_they_are():
    """Siden i docs er den, reglerne giver nu. Er den ikke: python -m docgen explain --all > docs/regler.md"""
    assert (ROOT / "docs" / "regler.md").read_text("utf-8") == markdown(RULES)


@pytest.mark.parametrize("name", ["DOK101", "pladsholder", "tredjepart-cpr"])
def test_explaining_a_rule_shows_its_examples(name):
    """»docgen explain« viser også, hvad reglen markerer og ikke markerer."""
    told = explain(name, Content.find())
    before, after = told.split("Bliver ikke markeret")
    assert before.split("Bliver markeret")[1].count("  - ") >= 1
    assert after.count("  - ") >= 1
