"""The standard texts that carry law: complaint guidance, hearing, the rules of each scheme by date."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from docgen.content import Content
from docgen.contentcheck import check, placeholders
from docgen.contentmodel import Variant
from docgen.draft import Drafting
from docgen.model import Case, Outcome, Scheme

CONTENT = Content()
DRAFTING = Drafting(CONTENT)
TEXTS = ("klagevejledning", "regler", "regler_flere", "partshoering_vejledning", "aktindsigt", "samtykke", "orientering")
day = datetime.date.fromisoformat


def variant_of(text_id: str, case: Case, kind: str = "afgoerelse") -> Variant | None:
    decision = case.decision
    assert decision is not None and decision.date is not None
    facts = {
        "kind": kind, "scheme": decision.scheme, "outcome": decision.outcome, "track": decision.track,
        "channel": case.citizen.channel if case.citizen else None,
        "age": case.citizen.age_on(decision.date) if case.citizen else None, "several": bool(case.further_decisions),
    }
    return CONTENT.texts[text_id].variant(facts, decision.date)


def made(text_id: str, context: dict[str, Any], kind: str = "afgoerelse") -> str:
    """The text as the case's letter would have it, paragraph by paragraph."""
    case = Case.model_validate(context)
    variant = variant_of(text_id, case, kind)
    assert variant is not None, "no variant fits"
    return "\n".join(p.text for p in DRAFTING.paragraphs(case, kind, variant))


def letter(scheme: str, outcome: str, on: str, *, born: str = "1976-05-01", channel: str = "digital", **decision: Any) -> dict[str, Any]:
    return {
        "case_number": "26-0001",
        "citizen": {"birth_date": born, "channel": channel},
        "advice": {"conclusion": "Arbejdsevnen er varigt nedsat."},
        "decision": {"scheme": scheme, "outcome": outcome, "date": on, **decision},
    }


def test_the_texts_pass_the_check_of_content() -> None:
    """Hver tekst hviler på bestemmelser i registret, bruger felter, der findes, og giver det, dens eksempler viser."""
    found = [str(p) for c in check(CONTENT) if c.group in ("law", "schemes", "texts") for p in c.problems]
    assert found == []


@pytest.mark.parametrize("text_id", TEXTS)
def test_a_text_names_the_law_it_prints_and_the_fields_it_needs(text_id: str) -> None:
    """En tekst siger selv, hvilken lov den hviler på, og hvilke felter den bruger."""
    text = CONTENT.texts[text_id]
    for variant in text.variants:
        source = " ".join(f"{p.text} {p.condition or ''}" for p in variant.paragraphs)
        assert set(re.findall(r"lov\('([^']+)'\)", source)) <= {*text.law, *variant.law}
        assert placeholders(variant) == set(variant.needs or text.needs)


@pytest.mark.parametrize("text_id", TEXTS)
def test_letters_are_plain(text_id: str) -> None:
    """Breve er på jævnt dansk: korte sætninger, ingen paragraffer skrevet i hånden."""
    for variant in CONTENT.texts[text_id].variants:
        for paragraph in variant.paragraphs:
            assert "§" not in paragraph.text
            plain = re.sub(r"\{\{.*?\}\}", "X", re.sub(r"\{%.*?%\}", "", paragraph.text, flags=re.DOTALL), flags=re.DOTALL)
            for sentence in re.split(r"(?<=[.!?:])\s", plain):
                assert len(sentence.split()) <= 26, sentence


@pytest.mark.parametrize("on", ["2025-12-01", "2026-03-01", "2026-08-01", "2027-02-01"])
@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("born", ["1996-05-01", "1976-05-01"])
def test_every_decision_the_law_allows_has_its_rules(scheme, outcome, on, born) -> None:
    """Enhver afgørelse, loven tillader på dagen, har et afsnit om reglerne, og ingen henvisning i det er forældet."""
    abolished = on >= "2026-02-01" and scheme in (Scheme.RESSOURCEFORLOEB, Scheme.REVALIDERING)
    granted = {"granted_on": "2025-10-01", "track": "overgang"} if abolished and "afslag" not in outcome else {}
    context = letter(scheme, outcome, on, born=born, **granted)
    given = day("2025-10-01") if granted else None
    assert CONTENT.law.available(scheme, outcome, on=day(on), granted=given).possible
    text = made("regler", context)
    found = CONTENT.law.find(text, on=day(on), granted=given)
    assert found, text
    for citation in found:
        assert citation.force.state.value in ("in_force", "unconfirmed"), citation
        assert citation.act is not None, citation


@pytest.mark.parametrize(
    ("on", "has", "lacks"),
    [
        ("2025-12-01", ["§ 116, stk. 1, i lov om en aktiv beskæftigelsesindsats", "rehabiliteringsplanens forberedende del", "§ 118, stk. 1"], ["samlet beskrivelse"]),
        ("2026-03-01", ["§ 116, stk. 1, i lov om en aktiv beskæftigelsesindsats", "rehabiliteringsplanens forberedende del"], ["samlet beskrivelse", "jobcenter"]),
        ("2026-08-01", ["§ 116, stk. 1, i lov om en aktiv beskæftigelsesindsats", "Reglerne om den samlede beskrivelse:", "sundhedskoordinator"],
         ["forberedende del", "§ 118, stk. 1", "rehabiliteringsteam"]),
        ("2027-02-01", ["Reglerne om, hvem der kan få fleksjob:"], ["lov om en aktiv beskæftigelsesindsats", "forberedende del"]),
    ],
)
def test_the_same_refusal_of_fleksjob_follows_its_date(on, has, lacks) -> None:
    """Det samme afslag på fleksjob har de regler og ord, der gælder på dets dato."""
    text = made("regler", letter("fleksjob", "afslag", on))
    assert [h for h in has if h not in text] == []
    assert [x for x in lacks if x in text] == []


@pytest.mark.parametrize(("born", "has", "lacks"), [("1996-05-01", "§ 16, stk. 2", "§ 16, stk. 1:"), ("1976-05-01", "§ 16, stk. 1", "§ 16, stk. 2")])
def test_age_picks_the_rule_of_foertidspension(born, has, lacks) -> None:
    """Under 40 år bygger afgørelsen på stk. 2, fra 40 år på stk. 1."""
    text = made("regler", letter("foertidspension", "afslag", "2026-11-22", born=born))
    assert has in text and lacks not in text


def test_fifteen_hours_is_never_a_rule_of_foertidspension_or_fleksjob() -> None:
    """De 15 timer hører til seniorpension og står ikke i reglerne for førtidspension og fleksjob."""
    for scheme in ("foertidspension", "fleksjob"):
        assert "15" not in made("regler", letter(scheme, "afslag", "2026-11-22")).replace("15 a", "")


def test_a_digital_letter_prints_the_last_day_and_a_paper_letter_does_not() -> None:
    """Et digitalt brev siger den sidste dag; et brev på papir siger kun, hvor lang fristen er."""
    digital = made("klagevejledning", letter("fleksjob", "afslag", "2026-11-20"))
    paper = made("klagevejledning", letter("fleksjob", "afslag", "2026-11-20", channel="papir"))
    assert "senest den 18. december 2026" in digital
    assert not re.search(r"\d+\. (?:november|december|januar)", paper)
    for text in (digital, paper):
        assert "inden 4 uger fra den dag, du har modtaget afgørelsen" in text
    assert "Digital Post" in digital and "Digital Post" not in paper


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_letter_tells_where_how_and_what_happens_next(outcome) -> None:
    """Klagevejledningen siger hvor, hvordan, inden hvornår, hvad der så sker, og at man kan få hjælp."""
    text = made("klagevejledning", letter("fleksjob", outcome, "2026-11-20", ends_on="2027-01-31"))
    for wanted in (
        "klage til kommunen, ikke direkte til Ankestyrelsen", "klage mundtligt", "vurderer først sagen igen", "sender vi klagen",
        "senest 4 uger efter", "udsætter ikke afgørelsen", "særlig grund", "bisidder", "fuldmagt", "klage@", "Telefon:", "Brev:",
    ):
        assert wanted in text
    for abolished in ("nævn", "statsforvaltning", "jobcenter"):
        assert abolished not in text.lower()
    assert ("stopper den 31. januar 2027" in text) == (outcome == Outcome.OPHOER)


def test_two_decisions_in_one_letter_are_told_apart() -> None:
    """Står der to afgørelser i brevet, siger vejledningen, hvad der gælder for hver af dem."""
    context = letter("foertidspension", "afslag", "2026-11-20")
    context["further_decisions"] = [{"scheme": "fleksjob", "outcome": "bevilling"}]
    text = made("klagevejledning", context)
    assert "flere afgørelser: førtidspension (afslag) og fleksjob (bevilling)." in text
    assert "Er du uenig i afgørelsen" not in text
    assert "§ 116, stk. 1, i lov om en aktiv beskæftigelsesindsats" in made("regler_flere", context)


def test_a_refusal_to_treat_the_case_tells_of_the_right_to_a_decision() -> None:
    """Afviser kommunen at begynde en pensionssag, får borgeren at vide, at sagen kan afgøres på det foreliggende grundlag."""
    context = letter("foertidspension", "afslag_paa_behandling", "2026-11-22")
    assert "Pensionslovens § 17, stk. 2: Du har ret til at få sagen afgjort på det foreliggende grundlag" in made("regler", context)
    assert "Du kan klage over, at vi ikke begynder at behandle sagen nu." in made("klagevejledning", context)


@pytest.mark.parametrize(("scheme", "chapter"), [("ressourceforloeb", "LAB.kap19"), ("revalidering", "LAB.kap21")])
def test_a_running_course_is_decided_by_the_earlier_rules_even_if_the_case_forgets_to_say_so(scheme, chapter) -> None:
    """Et forløb fra før 1. februar 2026 følger de tidligere regler, også når sporet ikke er sat til overgang."""
    context = letter(scheme, "ophoer", "2026-11-22", granted_on="2025-10-01", ends_on="2027-01-31")
    draft = DRAFTING.draft(Case.model_validate(context), "afgoerelse")
    assert draft.manifest["law"][chapter]["cite"].startswith("det tidligere gældende kapitel")


def test_a_stop_without_the_day_of_the_grant_is_a_gap() -> None:
    """Stopper et gammelt forløb, og mangler bevillingsdatoen, er det en mangel i udkastet."""
    context = letter("revalidering", "ophoer", "2026-11-22", ends_on="2027-01-31")
    draft = DRAFTING.draft(Case.model_validate(context), "afgoerelse")
    assert "decision.granted_on" in {gap.path for gap in draft.gaps}


def test_the_loud_warning_of_2027_comes_first() -> None:
    """Et brev fra 2027 begynder sine advarsler med den nye hovedlov."""
    draft = DRAFTING.draft(Case.model_validate(letter("fleksjob", "afslag", "2027-02-01")), "afgoerelse")
    assert any(w.startswith("STOP: En ny hovedlov") for w in draft.warnings[:2])


def test_a_doubtful_last_day_is_told_to_the_caseworker() -> None:
    """Ender fristen juleaftensdag, får sagsbehandleren at vide, at dagen ikke er afklaret."""
    draft = DRAFTING.draft(Case.model_validate(letter("fleksjob", "afslag", "2026-11-26")), "afgoerelse")
    assert any("juleaftensdag" in w for w in draft.warnings)
