"""En ny vurdering begynder fra den sidste: intet bliver til nutid, før nogen har læst det."""

import datetime

import pytest

from docgen import reuse, sections
from docgen.content import Content
from docgen.errors import CaseError
from docgen.model import Case

CONTENT = Content()
OLD = Case.model_validate({
    "case_number": "2026-1234", "citizen": {"name": "Borger A"}, "documents": [{"id": "D1"}], "account": {"own_words": "Jeg sover dårligt."},
    "functional": {
        "purpose": "Belyse funktionsevnen.", "date": "2026-01-20", "author": {"name": "N.N."}, "summary": "Samlet.",
        "sections": [
            {"key": "energi", "date": "2026-01-12", "time": "kl. 10", "observer": {"name": "N.N."}, "observed": "Hviler 15 minutter efter bad.",
             "level": {"value": 2}, "citizen_remark": "Enig.", "documents": ["D1"]},
            {"key": "fritid", "observed": "Spiller bridge.", "carried_over_from": "2025-05-01"},
        ],
        "tests": [{"instrument": "amps_motor", "score": 1.2, "date": "2026-01-12"}],
    },
})  # fmt: skip


def test_text_is_carried_over_and_marked_with_the_day_it_was_written():
    """Hvert genbrugt afsnit er mærket; det, der aldrig blev bekræftet, beholder sin gamle dato."""
    new = reuse.carry_over(OLD)
    assert [(s.key, s.observed, s.carried_over_from) for s in new.functional.sections] == [
        ("energi", "Hviler 15 minutter efter bad.", datetime.date(2026, 1, 12)), ("fritid", "Spiller bridge.", datetime.date(2025, 5, 1)),
    ]


def test_what_belongs_to_a_day_or_a_person_is_not_carried_over():
    """Datoer, observatør, testresultater, borgerens ord og bemærkninger hører til den gamle vurdering."""
    new = reuse.carry_over(OLD)
    assert all(getattr(s, name) is None for s in new.functional.sections for name in ("date", "time", "observer", "citizen_remark"))
    assert (new.functional.tests, new.functional.author, new.functional.date, new.functional.summary, new.account) == ([], None, None, None, None)
    assert new.citizen == OLD.citizen and new.documents == OLD.documents


def test_the_mark_is_asked_about_until_it_is_gone():
    """Genbrugt tekst giver en advarsel, til den er bekræftet."""
    new = reuse.carry_over(OLD)
    codes = [r.code for r in sections.check(new, CONTENT.sections, today=datetime.date(2026, 11, 22))]
    assert codes.count("afsnit-ikke-bekraeftet") == 2


def test_the_change_from_one_assessment_to_the_next_is_shown():
    """Forskellen vises felt for felt, med niveauer og testresultater i ord."""
    new = Case.model_validate({"documents": [{"id": "D1"}], "functional": {
        "sections": [{"key": "energi", "date": "2026-11-12", "observed": "Hviler 5 minutter efter bad.", "level": {"value": 1}, "documents": ["D1"]},
                     {"key": "samspil", "observed": "Svarer på 5 af 6 spørgsmål."}],
        "tests": [{"instrument": "amps_motor", "score": 1.6, "date": "2026-11-12"}, {"instrument": "who5", "score": 36}],
    }})  # fmt: skip
    found = [(d.where, d.what, d.marked) for d in reuse.differences(OLD, new, CONTENT.sections, CONTENT.scales)]
    assert found[:5] == [
        ("Energi, udholdenhed og restitution: fagligt niveau", "ændret", "FSIII: [-2 Moderate-] {+1 Lette+} begrænsninger"),
        ("Energi, udholdenhed og restitution: observeret udførelse", "ændret", "Hviler [-15-] {+5+} minutter efter bad."),
        ("Samspil og relationer: observeret udførelse", "nyt", "{+Svarer på 5 af 6 spørgsmål.+}"),
        ("Fritid og netværk", "udgået", ""),
        ("AMPS, motoriske ADL-færdigheder", "ændret", "{+AMPS, motoriske ADL-færdigheder: 1,2 → 1,6 logits. Mindst 0,3: en forskel, der kan ses i hverdagen (samme tester og software).+}"),
    ]
    assert found[5][:2] == ("WHO-5", "nyt")


def test_carried_over_text_is_named_as_unconfirmed():
    found = reuse.differences(OLD, reuse.carry_over(OLD), CONTENT.sections, CONTENT.scales)
    assert [(d.what, d.after) for d in found] == [("uændret, ikke bekræftet", "fra 12. januar 2026"), ("uændret, ikke bekræftet", "fra 1. maj 2025")]


def test_the_same_assessment_has_no_differences():
    assert reuse.differences(OLD, OLD, CONTENT.sections, CONTENT.scales) == [reuse.Difference("Fritid og netværk", "uændret, ikke bekræftet", after="fra 1. maj 2025")]


@pytest.mark.parametrize("old", [{}, {"functional": {"sections": []}}, {"functional": {"sections": [{"key": "energi"}]}}])
def test_there_must_be_something_dated_to_start_from(old):
    with pytest.raises(CaseError):
        reuse.carry_over(Case.model_validate(old))
