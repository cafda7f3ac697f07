"""A draft follows the law of its date, shows what is missing and invents nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from docgen.casefile import read_case, to_data
from docgen.content import Content
from docgen.contentcheck import text_view
from docgen.draft import Drafting, path_label
from docgen.errors import DocgenError, LawError
from docgen.model import Case, Draft, Kind

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def drafting() -> Drafting:
    return Drafting(Content())


def sample(kind: str) -> Case:
    return read_case(ROOT / f"templates/documents/{kind}/sample_case.yaml")


def dated(case: Case, day: str, **decision: object) -> Case:
    data = to_data(case)
    data["decision"] |= {"date": day, **decision}
    return Case.model_validate(data)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_sample_of_every_kind_has_no_gap(kind: Kind, drafting: Drafting) -> None:
    """Når alt er oplyst, er kladden uden huller og teksten den forventede."""
    draft = drafting.draft(sample(kind), kind)

    assert [g.path for g in draft.gaps] == []
    expected = (ROOT / f"templates/documents/{kind}/expected.txt").read_text("utf-8")
    assert text_view(draft.docx) == expected


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_case_gives_gaps_only(kind: Kind, drafting: Drafting) -> None:
    """Når intet er oplyst, viser kladden huller og ikke et eneste gæt."""
    draft = drafting.draft(Case(), kind)

    assert len(draft.gaps) >= 5
    assert "[MANGLER: " in text_view(draft.docx)
    assert "None" not in text_view(draft.docx)


def _leaves(data: object, path: tuple = ()) -> list[tuple]:
    if isinstance(data, dict):
        return [leaf for k, v in data.items() for leaf in _leaves(v, (*path, k))]
    if isinstance(data, list):
        return [leaf for i, v in enumerate(data) for leaf in _leaves(v, (*path, i))]
    return [path]


def _without(data: dict, path: tuple) -> dict:
    from copy import deepcopy

    data = deepcopy(data)
    target = data
    for step in path[:-1]:
        target = target[step]
    del target[path[-1]]
    return data


@pytest.mark.parametrize("kind", list(Kind))
def test_taking_any_required_field_away_gives_a_gap_or_an_error(kind: Kind, drafting: Drafting) -> None:
    """Sletter jeg et krævet felt, kan jeg se det; aldrig bare et tomt sted."""
    case = sample(kind)
    data = to_data(case)
    facts = {"kind": kind, "scheme": None, "outcome": None, "track": None, "channel": None, "age": None}
    if case.decision:
        facts |= {"scheme": case.decision.scheme, "outcome": case.decision.outcome, "track": case.decision.track}
    required = drafting.kind(kind).required_paths(facts)
    assert required
    for path in required:
        steps = tuple(path.split("."))
        if len(steps) == 1 or not isinstance(data.get(steps[0]), dict) or steps[1] not in data[steps[0]]:
            continue
        try:
            poorer = Case.model_validate(_without(data, steps))
            gaps = drafting.draft(poorer, kind).gaps
        except (DocgenError, ValueError):
            continue
        assert gaps, path


@pytest.mark.parametrize(
    ("day", "expects", "lacks", "warns"),
    [
        ("2025-12-01", "jobcenter", None, None),
        ("2026-03-01", "kommunen", "jobcenteret", "kommunen"),
        ("2026-08-01", "kommunen", "jobcenteret", "rehabiliteringsteam"),
        ("2027-02-01", "kommunen", "jobcenteret", "2027"),
    ],
)
def test_the_same_decision_follows_its_date(day: str, expects: str, lacks: str | None, warns: str | None, drafting: Drafting) -> None:
    """Samme afgørelse på fire datoer får hver sin lov, hver sine ord og hver sine advarsler."""
    draft = drafting.draft(dated(sample("afgoerelse"), day), "afgoerelse")

    text = text_view(draft.docx).lower()
    assert draft.manifest["decision_date"] == day
    if lacks:
        assert lacks not in text
    if warns:
        assert any(warns in w for w in draft.warnings), draft.warnings


@pytest.mark.parametrize("scheme", ["ressourceforloeb", "revalidering"])
def test_a_new_grant_of_an_abolished_scheme_is_refused(scheme: str, drafting: Drafting) -> None:
    """Fra den 1. februar 2026 kan der ikke bevilges nye ressourceforløb eller revalidering; programmet siger hvorfor."""
    case = dated(sample("afgoerelse"), "2026-03-01", scheme=scheme, outcome="bevilling", track="ordinaer")

    with pytest.raises(LawError, match="2026"):
        drafting.draft(case, "afgoerelse")


def test_a_running_course_is_served_under_the_earlier_rules(drafting: Drafting) -> None:
    """Et forløb, der er bevilget før, kan stoppes efter de tidligere regler."""
    case = dated(
        sample("afgoerelse"), "2026-08-01", scheme="ressourceforloeb", outcome="ophoer", track="overgang", granted_on="2025-05-01"
    )

    assert "tidligere gældende" in text_view(drafting.draft(case, "afgoerelse").docx)


def test_the_same_case_gives_the_same_bytes(drafting: Drafting) -> None:
    """Et brev kan gendannes præcist år senere."""
    first: Draft = drafting.draft(sample("afgoerelse"), "afgoerelse")

    assert first == Drafting(Content()).draft(sample("afgoerelse"), "afgoerelse")


def test_no_fixed_date_is_printed_for_paper(drafting: Drafting) -> None:
    """Et papirbrev får ingen fast klagedato, for ingen ved, hvilken dag det når frem."""
    data = to_data(sample("afgoerelse"))
    data["citizen"]["channel"] = "papir"
    paper = text_view(drafting.draft(Case.model_validate(data), "afgoerelse").docx)

    assert "4 uger" in paper
    complaint = paper[paper.rfind("4 uger") - 300 : paper.rfind("4 uger") + 400]
    assert str(datetime.date.fromisoformat(data["decision"]["date"]) + datetime.timedelta(weeks=4)) not in complaint


def test_a_path_has_the_name_that_people_use() -> None:
    """Huller hedder det, felterne hedder for mennesker."""
    assert path_label("citizen.name") == "Borgerens navn"
    assert path_label("signatory.role") == "Underskriver: rolle"
