"""Rule files: each proves itself, and a mistake in one is told with its place."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from nlp import lexicons, registry, screen
from nlp.analysis import Analysis
from nlp.errors import RulebookError
from nlp.linter import Linter, facts_of
from nlp.model import Document, Finding, Passage
from nlp.rulebook import COMPILED, RULES, Example, Rule, Rulebook, compile_folder, needs_text, read, read_file

FOLDERS = sorted(folder for folder in RULES.iterdir() if folder.is_dir() and any(folder.glob("*.yaml")))


@cache
def whole() -> Rulebook:
    """All rules read from their YAML files, with their examples."""
    kinds, problems = registry.kinds(), []
    rules = [read_file(path, kinds, problems) for folder in FOLDERS for path in sorted(folder.glob("*.yaml"))]
    assert problems == []
    return Rulebook([rule for rule in rules if rule is not None])


@cache
def linter() -> Linter:
    return Linter(whole(), registry.kinds())


def findings(of: Linter, example: Example) -> list[Finding]:
    if example.style:
        document = Document.of_passages([Passage(example.text, style=example.style)])
    else:
        document = Document.of_text(example.text)
    return of.review(document, facts_of(**example.facts()))


def marked(found: list[Finding], rule: Rule) -> list[str | None]:
    return [finding.text for finding in found if finding.rule == rule.id]


def expected(example: Example) -> list[str | None]:
    return [None] if example.absent else list(example.hits)


def alone(rule: Rule) -> Linter:
    """The rule on its own guards: the model that knows plain facts was trained on these very examples."""
    return Linter(Rulebook([rule]), registry.kinds())


RULE_IDS = [rule.id for rule in whole()]


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_rule_alone_marks_its_faults_and_nothing_else(rule_id):
    """A rule marks exactly the words that its own examples of faults name, and is silent on its examples of good text."""
    rule = whole().get(rule_id)
    if rule.status == "deprecated":
        return
    only = alone(rule)
    for example in rule.flag:
        found = findings(only, example)
        assert expected(example) == marked(found, rule), example.text
        if example.severity:
            assert {example.severity} == {finding.severity for finding in found}, example.text
    for example in rule.ok:
        assert marked(findings(only, example), rule) == [], example.text


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_good_text_of_one_rule_is_good_text_for_its_whole_category(rule_id):
    """What one rule shows as good text is not marked by another rule of the same category, and its faults are still found."""
    rule = whole().get(rule_id)
    if rule.status == "deprecated":
        return
    for example in rule.ok:
        found = [(finding.rule, finding.text) for finding in findings(linter(), example) if finding.category == rule.category and finding.text]
        assert found == [], example.text
    for example in rule.flag:
        found = [finding for finding in findings(linter(), example) if finding.category == rule.category]
        assert set(expected(example)) <= {finding.text for finding in found}, example.text


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_every_guard_is_needed(rule_id):
    """Each guard of a rule, and its list of exceptions, is needed by at least one of its examples of good text."""
    rule = whole().get(rule_id)
    match = rule.match
    removable = [("guards", guard) for guard in getattr(match, "guards", [])]
    removable += [("unless", None)] if getattr(match, "unless", []) else []
    for field, guard in removable:
        left = [g for g in match.guards if g != guard] if guard else []
        weaker = rule.model_copy(update={"match": match.model_copy(update={field: left})})
        weak = alone(weaker)
        assert any(marked(findings(weak, example), rule) for example in rule.ok), f"{field} {guard}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_compiled_rules_are_fresh(folder):
    """The compiled rules are those of the YAML files: run `python -m nlp.rulebook` after a change."""
    assert compile_folder(folder, registry.kinds()) == (folder / COMPILED).read_text(encoding="utf-8")


def test_compiled_word_lists_are_fresh():
    """The word lists in their fast form are those of the YAML files: run `python -m nlp.rulebook` after a change."""
    assert lexicons.COMPILED.read_text(encoding="utf-8") == lexicons.compiled_text()


def test_what_expressions_need_is_worked_out():
    """What a text must hold for each expression is worked out beforehand: run `python -m nlp.rulebook` after a change."""
    assert screen.WORKED_OUT.read_text(encoding="utf-8") == needs_text()


def test_a_changed_word_list_is_read_at_once(tmp_path, monkeypatch):
    """A change in a word list takes effect at once, also where a compiled file holds the old one."""
    path = tmp_path / "lexicon" / "ord.yaml"
    path.parent.mkdir()
    path.write_text("ord: [stol]", encoding="utf-8")
    monkeypatch.setattr(lexicons, "HERE", tmp_path)
    old = {"lexicon/ord.yaml": {"digest": lexicons.digest(path), "data": {"ord": ["fra den hurtige fil"]}}}
    monkeypatch.setattr(lexicons, "_compiled", lambda: old)
    assert lexicons.read(path) == {"ord": ["fra den hurtige fil"]}
    path.write_text("ord: [bord]", encoding="utf-8")
    assert lexicons.read(path) == {"ord": ["bord"]}


def test_compiled_rules_find_the_same():
    """Rules from the compiled file and rules from the YAML files find the same."""
    compiled = Linter(read(), registry.kinds())
    for rule in whole():
        for example in (*rule.flag, *rule.ok):
            assert findings(compiled, example) == findings(linter(), example)


GOOD = """id: TST001
name: proeve
category: proeve
severity: forslag
message: "»{match}«"
why: En regel til afprøvning.
advice: Hvad skete der?
source: [ingen]
match: {kind: words, forms: [doven]}
flag:
  - {text: Han er doven., hits: [doven]}
ok:
  - {text: Han er rask.}
"""


def write(folder: Path, text: str, name: str = "TST001.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        (("severity: forslag", "severity: forslg"), "TST001.yaml:4:1", "Mente du »forslag«?"),
        (("advice:", "advise:"), "TST001.yaml:7:1", "Mente du »advice«?"),
        (("forms:", "formss:"), "TST001.yaml:9:22", "Mente du »forms«?"),
        (("kind: words", "kind: wordz"), "TST001.yaml:9:9", "Mente du »words«?"),
        (("ok:\n  - {text: Han er rask.}\n", ""), "TST001.yaml:1:1", "feltet »ok« mangler"),
        (("hits: [doven]", "hits: [dum]"), "TST001.yaml:1:1", "»dum« står ikke i teksten"),
        (("forms: [doven]", "phrases: ['@ukendt doven']"), "TST001.yaml:9:1", "ukendt ordgruppe"),
        (("id: TST001", "id: [TST001"), "TST001.yaml:2:5", "ikke gyldig YAML"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, change, place, says):
    """Whoever writes a rule with a mistake is told the file, the line, the column and a likely cure."""
    write(tmp_path, GOOD.replace(*change))
    with pytest.raises(RulebookError) as error:
        read([tmp_path], shipped=False)
    assert place in str(error.value)
    assert says in str(error.value)


def test_an_id_cannot_stand_twice(tmp_path):
    """Two rules in one folder cannot have the same id or the same name."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, GOOD)
    with pytest.raises(RulebookError, match="TST001"):
        read([tmp_path], shipped=False)


def test_overlay_replaces_the_whole_rule(tmp_path):
    """A municipality's rule with the same id stands instead of ours, whole."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    write(ours, GOOD)
    write(theirs, GOOD.replace("doven", "sløv"))
    linter = Linter(read([ours, theirs], shipped=False), registry.kinds())
    assert [finding.text for finding in linter.lint("Han er doven og sløv.")] == ["sløv"]


def test_a_stale_compiled_file_is_not_used(tmp_path):
    """A change in a rule file takes effect at once, also where a compiled file lies beside it."""
    write(tmp_path, GOOD)
    (tmp_path / COMPILED).write_text(compile_folder(tmp_path, registry.kinds()), encoding="utf-8")
    assert json.loads((tmp_path / COMPILED).read_text(encoding="utf-8"))["rules"][0]["id"] == "TST001"
    write(tmp_path, GOOD.replace("doven", "sløv"))
    linter = Linter(read([tmp_path], shipped=False), registry.kinds())
    assert [finding.text for finding in linter.lint("Han er doven og sløv.")] == ["sløv"]


def test_offsets_count_characters_of_the_text_given():
    """A finding's place is counted in the text as it was given, with headings and blank lines."""
    text = "# Samvær\n\n  Borgeren er doven.\n"
    for finding in linter().lint(text):
        assert text[finding.start : finding.end] == finding.text
    assert Analysis(Document.of_text(text)).text == text
