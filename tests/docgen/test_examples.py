"""The invented cases: every document of every example renders as meant and passes the project's own checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.casefile import read_case
from docgen.content import Content, examples
from docgen.demo import index
from docgen.draft import Drafting
from docgen.reviewer import Reviewer

CASES = [(example, kind) for example in index().cases for kind in example.kinds]
OF_A_DRAFT = {"kladdemaerke"}  # a draft says that it is one


@pytest.fixture(scope="module")
def drafting() -> Drafting:
    return Drafting(Content())


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    return Reviewer(Content())


@pytest.mark.parametrize(("example", "kind"), CASES, ids=[f"{Path(e.file).stem}-{k}" for e, k in CASES])
def test_an_example_passes_its_own_checks(example, kind, drafting: Drafting, reviewer: Reviewer) -> None:
    """Det, programmet skriver af en fuldt oplyst sag, får ingen fejl eller advarsler af programmet selv."""
    case = read_case(examples() / "cases" / example.file)
    draft = drafting.draft(case, kind.value)

    assert bool(draft.gaps) == example.gaps
    if example.gaps:
        return
    decision = case.decision
    age = case.citizen.age_on(decision.date) if decision and decision.date else None
    found = reviewer.review(draft.docx, citizen_age=age).findings
    assert [(f.name, f.text) for f in found if f.severity != "forslag" and f.name not in OF_A_DRAFT] == []


def test_the_examples_span_the_law() -> None:
    """Eksemplerne dækker alle ordninger, udfald og spor."""
    decisions = [read_case(examples() / "cases" / e.file).decision for e in index().cases]
    made = [d for d in decisions if d]

    assert len(index().cases) >= 14
    assert {d.scheme.value for d in made if d.scheme} == {"foertidspension", "fleksjob", "ressourceforloeb", "revalidering", "jobafklaringsforloeb"}
    assert {d.outcome.value for d in made if d.outcome} == {"bevilling", "delvis_bevilling", "afslag", "ophoer", "afslag_paa_behandling"}
    assert {d.track.value for d in made} == {"ordinaer", "aabenbart", "foreliggende_grundlag", "overgang"}
