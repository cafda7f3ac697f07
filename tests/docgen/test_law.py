"""The register of law: what applies, and how it is cited, on the day of the decision."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import lawload
from docgen.errors import ContentError, UsageError
from docgen.lawfile import State, Status
from docgen.model import ConfirmedReference, Outcome, Scheme

FOLDER = Path(__file__).parents[2] / "templates" / "law"
REGISTER = lawload.load(FOLDER)
day = datetime.date.fromisoformat
DAYS = st.dates(datetime.date(2013, 1, 1), datetime.date(2032, 1, 1))


# --- the data prove themselves -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted(REGISTER.provisions))
def test_every_provision_carries_an_example_of_its_own(key: str) -> None:
    """En bestemmelse viser selv, hvordan den henvises til på en dag, og hvor det er læst."""
    provision = REGISTER.provision(key)
    for example in provision.examples:
        cited = REGISTER.cite(key, on=example.on, granted=example.granted, case_started=example.case_started)
        assert cited.text == example.cite
    for period in provision.periods:
        assert [REGISTER.sources[s].url for s in period.source if REGISTER.sources[s].url], key
        assert period.status in (Status.VERIFICERET, Status.VERIFICERET_SEKUNDAER) or period.note, key


@given(st.sampled_from(sorted(REGISTER.provisions)), DAYS, st.none() | DAYS, st.none() | DAYS)
def test_no_section_is_printed_that_is_not_known_to_apply(key, on, granted, started) -> None:
    """En § bliver aldrig trykt, hvis den ikke gælder på dagen, eller hvis ingen har bekræftet nummeret."""
    cited = REGISTER.cite(key, on=on, granted=granted, case_started=started)
    force = REGISTER.force(key, on=on, granted=granted, case_started=started)
    assert cited.text
    if force.state is State.NOT_IN_FORCE:
        assert cited.status is Status.IKKE_GAELDENDE and not cited.numbered and cited.warning
    if "§" in cited.text or "kapitel" in cited.text:
        assert force.state is State.IN_FORCE
        assert cited.numbered and cited.period is not None and cited.period.covers(on) and cited.period.number_known
    if cited.status in (Status.AFLEDT, Status.UBEKRAEFTET, Status.IKKE_GAELDENDE):
        assert cited.warning


@given(st.sampled_from(sorted(REGISTER.provisions)), DAYS)
def test_at_most_one_period_covers_a_day(key, on) -> None:
    """På en dag gælder højst én udgave af en bestemmelse."""
    assert sum(p.covers(on) for p in REGISTER.provision(key).periods) <= 1


# --- the days that matter ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "pension", "fleksjob", "grundlag", "myndighed", "loud"),
    [
        ("2025-12-01", "pensionslovens § 16, stk. 2", "§ 116, stk. 1, i lov om en aktiv beskæftigelsesindsats",
         "rehabiliteringsplanens forberedende del", "jobcenteret", set()),
        ("2026-03-01", "pensionslovens § 16, stk. 2", "§ 116, stk. 1, i lov om en aktiv beskæftigelsesindsats",
         "rehabiliteringsplanens forberedende del", "kommunen", set()),
        ("2026-08-01", "pensionslovens § 16, stk. 2", "§ 116, stk. 1, i lov om en aktiv beskæftigelsesindsats",
         "den samlede beskrivelse", "kommunen", set()),
        ("2027-02-01", "pensionslovens § 16, stk. 2", "reglerne om, hvem der kan få fleksjob",
         "den samlede beskrivelse", "kommunen", {"ny-hovedlov-2027"}),
    ],
)
def test_the_same_decision_gets_the_law_of_its_own_day(on, pension, fleksjob, grundlag, myndighed, loud) -> None:
    """Den samme afgørelse får de henvisninger, ord og advarsler, der hører til dens dato."""
    on = day(on)
    assert REGISTER.cite("PL.16.2", on=on).text == pension
    assert REGISTER.cite("LAB.116.1", on=on).text == fleksjob
    assert REGISTER.terms(on) == {"grundlag": grundlag, "myndighed": myndighed}
    found = REGISTER.warnings(on=on, scheme=Scheme.FLEKSJOB, outcome=Outcome.AFSLAG)
    assert {w.id for w in found if w.level == "advarsel"} == loud


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("PL.16.2", "2018-05-31", "2018-06-01"),
        ("PL.18.1", "2018-05-31", "2018-06-01"),
        ("LAB.109", "2024-12-31", "2025-01-01"),
        ("LAB.kap19", "2026-01-31", "2026-02-01"),
        ("LAB.kap21", "2026-01-31", "2026-02-01"),
        ("LAS.kap6a", "2026-01-31", "2026-02-01"),
        ("LOB.9-12", "2026-06-30", "2026-07-01"),
        ("LAB.44-47", "2026-06-30", "2026-07-01"),
        ("LAB.118.1", "2026-06-30", "2026-07-01"),
        ("PL.19.1.1", "2026-06-30", "2026-07-01"),
        ("LAB.116.1", "2026-12-31", "2027-01-01"),
        ("LOB.sundhedskoordinator", "2026-12-31", "2027-01-01"),
        ("VEJ.9533-2018", "2025-12-31", "2026-01-01"),
    ],
)
def test_the_law_changes_on_its_day_and_not_a_day_off(key, before, after) -> None:
    """Skiftet falder på selve dagen: dagen før gælder det gamle, dagen efter det nye."""
    assert REGISTER.at(key, on=day(before)) != REGISTER.at(key, on=day(after))
    assert REGISTER.at(key, on=day(before)) == REGISTER.at(key, on=day(before) - datetime.timedelta(days=1))


def test_before_june_2018_the_word_relevante_was_not_in_the_law() -> None:
    """Før den 1. juni 2018 krævede loven ikke, at foranstaltningerne var »relevante«."""
    assert "relevante" in (REGISTER.at("PL.16.2", on=day("2018-05-31")).note or "")
    assert REGISTER.cite("PL.16.2", on=day("2018-06-01")).status is Status.VERIFICERET


def test_the_samlede_beskrivelse_has_no_section_until_a_lawyer_has_given_it() -> None:
    """Den samlede beskrivelse skrives uden §, indtil kommunens jurist har bekræftet nummeret."""
    on = day("2026-08-01")
    cited = REGISTER.cite("LAB.samlet_beskrivelse", on=on)
    assert (cited.text, cited.numbered) == ("reglerne om den samlede beskrivelse", False)
    assert "ikke bekræftet" in cited.warning

    own = ConfirmedReference(
        key="LAB.samlet_beskrivelse", cite="§ 00 i lov om en aktiv beskæftigelsesindsats", confirmed_by="N.N., jurist",
        confirmed_on=day("2026-08-01"),
    )
    cited = REGISTER.confirming([own]).cite("LAB.samlet_beskrivelse", on=on)
    assert cited.text == "§ 00 i lov om en aktiv beskæftigelsesindsats"
    assert cited.status is Status.BEKRAEFTET_AF_KOMMUNEN
    assert cited.confirmed_by == "N.N., jurist, 1. august 2026"
    assert cited.warning is None


def test_a_confirmed_reference_never_covers_what_is_not_in_force() -> None:
    """Kommunens egen henvisning kan ikke genoplive en afskaffet regel eller ændre en, registret kender."""
    own = [
        ConfirmedReference(key=key, cite="§ 00", confirmed_by="N.N.", confirmed_on=day("2026-08-01"))
        for key in ("LAB.kap19", "PL.18a")
    ]
    register = REGISTER.confirming(own)
    assert register.cite("LAB.kap19", on=day("2026-08-01")).text == "reglerne om ressourceforløb"
    assert register.cite("PL.18a", on=day("2026-08-01")).text == "pensionslovens § 18 a"


def test_a_confirmed_reference_to_an_unknown_key_is_refused_with_a_suggestion() -> None:
    """En nøgle, der er stavet forkert i kommune.yaml, bliver opdaget."""
    own = ConfirmedReference(key="LAB.samlet_beskrivels", cite="§ 1", confirmed_by="N.N.", confirmed_on=day("2026-08-01"))
    with pytest.raises(ContentError, match=r"Mente du »LAB\.samlet_beskrivelse«"):
        REGISTER.confirming([own])


def test_an_unknown_provision_is_refused_with_a_suggestion() -> None:
    """En henvisning, registret ikke kender, er en fejl, ikke en tom tekst."""
    with pytest.raises(UsageError, match="Mente du"):
        REGISTER.cite("PL.16.22", on=day("2026-08-01"))


def test_a_case_begun_before_the_team_fell_cannot_be_told() -> None:
    """Om en sag fra før 1. juli 2026 stadig følger de gamle regler om team, er ikke fundet: svaret er »det ved vi ikke«."""
    on = day("2026-08-01")
    for started, state in ((None, State.UNCONFIRMED), (day("2026-06-30"), State.UNCONFIRMED), (day("2026-07-01"), State.NOT_IN_FORCE)):
        assert REGISTER.force("LOB.9-12", on=on, case_started=started).state is state
    assert "Overgangsregler" in REGISTER.cite("LOB.9-12", on=on, case_started=day("2026-06-30")).warning


# --- schemes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", [Scheme.RESSOURCEFORLOEB, Scheme.REVALIDERING])
def test_an_abolished_scheme_is_refused_anew_and_served_when_it_runs(scheme) -> None:
    """Et nyt ressourceforløb eller en ny revalidering kan ikke bevilges; et forløb, der kører, kan føres til ende."""
    on = day("2026-08-01")
    new = REGISTER.available(scheme, Outcome.BEVILLING, on=on)
    assert not new.possible and "afskaffet for nye borgere fra den 1. februar 2026" in new.reason
    assert "decision.granted_on" in new.reason

    running = REGISTER.available(scheme, Outcome.OPHOER, on=on, granted=day("2026-01-31"))
    assert running.possible and running.running and running.needs == ()
    cited = [REGISTER.cite(key, on=on, granted=day("2026-01-31")).text for key in running.law]
    assert all(text.startswith("det tidligere gældende kapitel") for text in cited)
    assert any("lovbekendtgørelse nr. 280 af 1. marts 2024" in text for text in cited)
    assert any("lovbekendtgørelse nr. 1004 af 30. juni 2025" in text for text in cited)

    assert not REGISTER.available(scheme, Outcome.BEVILLING, on=on, granted=day("2026-02-01")).possible
    stop = REGISTER.available(scheme, Outcome.OPHOER, on=on)
    assert stop.possible and stop.needs == ("decision.granted_on",)
    refusal = REGISTER.available(scheme, Outcome.AFSLAG, on=on)
    assert refusal.possible and "afskaffet" in refusal.reason


def test_after_the_last_known_day_a_scheme_is_warned_about_and_not_refused() -> None:
    """Efter nytår 2027 siger registret, at det ikke ved det; det afviser ikke en afgørelse på et lovudkast."""
    answer = REGISTER.available(Scheme.JOBAFKLARINGSFORLOEB, Outcome.BEVILLING, on=day("2027-02-01"))
    assert answer.possible and answer.status is Status.UBEKRAEFTET and "Bekræft loven" in answer.reason


def test_a_course_that_runs_into_2027_is_warned_about_today() -> None:
    """Et jobafklaringsforløb, der løber ind i 2027, får en advarsel om den planlagte afskaffelse."""
    now = REGISTER.warnings(on=day("2026-11-22"), scheme="jobafklaringsforloeb", reaches=day("2028-11-21"))
    assert "jobafklaring-planlagt-afskaffet" in {w.id for w in now}


@given(st.sampled_from(list(Scheme)), st.sampled_from(list(Outcome)), DAYS, st.none() | DAYS)
def test_a_refusal_always_says_why(scheme, outcome, on, granted) -> None:
    """Siger registret nej til en afgørelse, siger det også hvorfor."""
    answer = REGISTER.available(scheme, outcome, on=on, granted=granted)
    assert answer.possible or answer.reason


# --- citations in a letter ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "on", "state"),
    [
        ("Afgørelsen følger af pensionslovens § 16, stk. 2.", "2026-08-01", State.IN_FORCE),
        ("Vi har brugt LAB § 116, stk. 1.", "2026-08-01", State.IN_FORCE),
        ("Vi har brugt LAB § 116.", "2027-02-01", State.UNCONFIRMED),
        ("Det følger af LAB § 112.", "2025-12-01", State.IN_FORCE),
        ("Det følger af LAB § 112.", "2026-03-01", State.NOT_IN_FORCE),
        ("Det følger af § 10 i LOB.", "2026-03-01", State.IN_FORCE),
        ("Det følger af § 10 i LOB.", "2026-08-01", State.UNCONFIRMED),
        ("Det følger af LAB § 200.", "2026-08-01", State.UNKNOWN),
        ("Det følger af § 16, stk. 2.", "2026-08-01", State.UNKNOWN),
        ("Det følger af serviceloven § 100.", "2026-08-01", State.UNKNOWN),
        ("Se principafgørelse 33-15.", "2026-08-01", State.NOT_IN_FORCE),
        ("Se bekendtgørelse nr. 47 af 13. januar 2026.", "2026-03-01", State.IN_FORCE),
        ("Se bekendtgørelse nr. 2408 af 13. december 2021.", "2026-03-01", State.NOT_IN_FORCE),
    ],
)
def test_a_citation_in_a_letter_is_judged_by_the_day(text, on, state) -> None:
    """En henvisning i et brev gælder, gælder ikke, er ubekræftet eller ukendt for registret på brevets dato."""
    (found,) = REGISTER.find(text, on=day(on))
    assert found.force.state is state
    assert state is State.IN_FORCE or found.force.reason


def test_a_former_chapter_is_fine_for_a_running_course_only() -> None:
    """»Det tidligere gældende kapitel 19« passer til et forløb fra før 1. februar 2026, ikke til et nyt."""
    text = "Forløbet fortsætter efter det tidligere gældende kapitel 19 i lov om en aktiv beskæftigelsesindsats."
    on = day("2026-08-01")
    state = {
        granted: REGISTER.find(text, on=on, granted=granted)[0].force.state
        for granted in (None, day("2026-01-31"), day("2026-02-01"))
    }
    assert list(state.values()) == [State.UNCONFIRMED, State.IN_FORCE, State.NOT_IN_FORCE]


def test_a_section_without_an_act_names_the_acts_it_could_be() -> None:
    """En § uden lov er tvetydig, og registret siger, hvilke love der har den."""
    (found,) = REGISTER.find("Se § 19.")
    assert (found.act, found.named) == (None, False)
    assert set(found.candidates) == {"PL", "FVL"}


# --- wrong files ----------------------------------------------------------------------------------------------------

GOOD = """\
act: {key: XL, name: en lov, names: [XL], cite: "{ref} i en lov"}
sources: {kilde: {title: En kilde}}
provisions:
  - key: XL.1
    title: Et
    demands: Noget.
    wording: reglen
    periods:
      - {from: 2020-01-01, until: 2020-12-31, status: verificeret, source: [kilde], checked: 2026-11-22}
      - {from: 2021-01-01, status: afledt, source: [kilde], checked: 2026-11-22, note: Udledt.}
    examples:
      - {on: 2021-01-01, cite: "§ 1 i en lov"}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (", note: Udledt.", "", 10, "kræver en note"),
        ("from: 2021-01-01", "from: 2020-12-31", 10, "overlapper"),
        ("until: 2020-12-31", "until: 2019-12-31", 9, "slutter, før den begynder"),
        ("from: 2020-01-01", "from: 2020-13-01", 9, "er ikke en dato"),
        ("status: afledt", "status: afledet", 10, "Mente du »afledt«"),
        ("status: afledt", "status: ikke_gaeldende", 10, "kan ikke stå i lovregistret"),
        ("demands: Noget.", "demand: Noget.", 6, "Mente du »demands«"),
        ("status: afledt, source: [kilde]", "status: afledt, source: [kild]", 10, "Mente du »kilde«"),
        ('cite: "§ 1 i en lov"}', 'cite: "§ 2 i en lov"}', 12, "Eksemplet holder ikke"),
        ("key: XL.1", "key: YL.1", 4, "Loven »YL«"),
        ("from: 2021-01-01,", "from: 2021-01-01, choose_by: bevilling,", 10, "granted_until"),
    ],
)
def test_a_wrong_law_file_says_where_and_how(tmp_path, old, new, line, says) -> None:
    """En fejl i en lovfil får linje, kolonne og et forslag, så en jurist kan rette den."""
    assert old in GOOD
    path = tmp_path / "xl.yaml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(ContentError) as error:
        lawload.load([path])
    problem = next(p for p in error.value.problems if says in str(p))
    assert (problem.place.path, problem.place.line) == ("xl.yaml", line)
    assert problem.place.column and problem.cure


def test_a_doubled_provision_is_an_error(tmp_path) -> None:
    """Den samme bestemmelse må kun stå ét sted."""
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "b.yaml").write_text("\n".join(GOOD.splitlines()[2:]), "utf-8")
    with pytest.raises(ContentError, match=r"b\.yaml:2:\d+: »XL\.1« står to gange"):
        lawload.load(tmp_path)


def test_describe_tells_all_that_is_known(tmp_path) -> None:
    """`docgen explain PL.16.2` viser perioder, kilder og hvor sikre de er."""
    told = REGISTER.describe("PL.16.2")
    assert told["act"] == "lov om social pension"
    assert [p["status"] for p in told["periods"]] == ["afledt", "verificeret", "afledt"]
    assert all(p["source"] for p in told["periods"])
    assert REGISTER.describe("LAB.116.1")["planned"].by == "en ny hovedlov"
