"""The operational checklist: what lies in the case, what is missing, and what would fetch it."""

from __future__ import annotations

import datetime
import json

import pytest
from click.testing import CliRunner

from docgen import jobs
from docgen.casefile import to_yaml
from docgen.checklist import PRINCIPLE, Answer, as_html, as_json, as_text, check
from docgen.cli import cli
from docgen.errors import UsageError
from docgen.model import Case
from docgen.word.read import read

DAY = "2026-11-20"


def run(*arguments):
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def case(**parts) -> Case:
    return Case.model_validate({"case_number": "26-1", **parts})


def item(found, key):
    return next(i for i in found.items if i.key == key)


def medical(date, **more):
    return {"id": "D1", "type": "lae_145", "date": date, **more}


@pytest.mark.parametrize(("document", "answer", "says"), [
    (medical("2026-09-01"), Answer.MET, "1. september 2026"),
    (medical("2026-03-01"), Answer.NOT_MET, "ældre end husets grænse på 6 måneder"),
    (medical(None, status="bestilt", requested_on="2026-11-02", due_on="2026-12-02"), Answer.CANNOT_TELL, "ikke kommet"),
    (medical(None, status="bestilt", requested_on="2026-10-02", due_on="2026-11-02"), Answer.CANNOT_TELL, "ryk for svar"),
    (medical(None, status="samtykke_ikke_givet"), Answer.NOT_MET, "ikke givet samtykke"),
    (medical(None), Answer.CANNOT_TELL, "ingen dato"),
])
def test_a_medical_document_counts_only_when_it_is_there_and_fresh(document, answer, says):
    """En attest, der er bestilt, er ikke en attest; en, der er for gammel, skal hentes igen."""
    found = item(check(case(documents=[document]), "fleksjob", on=datetime.date(2026, 11, 20)), "laegelig")
    assert (found.answer, says in found.because) == (answer, True)


def test_what_is_missing_is_told_with_the_letter_that_fetches_it():
    """Mangler en ergoterapeutisk vurdering, siger listen, at en attestanmodning henter den."""
    found = check(case(), "fleksjob", on=datetime.date(2026, 11, 20))
    assert item(found, "laegelig").fetch == "Attestanmodning: LÆ 145 (generel helbredsattest)."
    assert item(found, "ergoterapeutisk").fetch == "Attestanmodning: ergoterapeutisk vurdering."
    assert not found.complete


def test_a_reasoned_choice_without_an_occupational_therapist_is_accepted():
    """En begrundet beslutning om at undvære ergoterapeuten er nok; uden begrundelse er den ikke."""
    waived = check(case(functional={"ot_waived_reason": "Borgeren er tilbage i sit job."}), "fleksjob", on=datetime.date(2026, 11, 20))
    assert item(waived, "ergoterapeutisk").answer is Answer.MET


@pytest.mark.parametrize(("condition", "answer"), [
    ({"key": "varig", "answer": "ja", "reason": "Behandlingen er slut."}, Answer.MET),
    ({"key": "varig", "answer": "nej", "reason": "Behandlingen er lige begyndt."}, Answer.NOT_MET),
    ({"key": "varig", "answer": "ja"}, Answer.CANNOT_TELL),
    ({"key": "varig", "answer": "ikke_afklaret"}, Answer.CANNOT_TELL),
    (None, Answer.CANNOT_TELL),
])
def test_the_list_repeats_the_caseworkers_answer_and_never_gives_its_own(condition, answer):
    """Et ja uden begrundelse er ikke nok til at sige, at betingelsen er opfyldt."""
    decision = {"scheme": "fleksjob", "date": DAY, "conditions": [condition] if condition else []}
    assert item(check(case(decision=decision), "fleksjob"), "varig").answer is answer


def test_a_work_trial_that_is_only_begun_is_no_work_trial():
    """En tom linje om arbejdsprøvning opfylder ikke kravet; det gør først det, der står i den."""
    day = datetime.date(2026, 11, 20)
    begun, told = (check(case(work_trials=[trial]), "fleksjob", on=day) for trial in ({}, {"place": "Café Eksempel", "result": "4 timer om ugen"}))
    changed = {i.key for i in told.items if i.answer is Answer.MET} - {i.key for i in begun.items if i.answer is Answer.MET}
    assert changed == {"arbejdsproevning", "skaanehensyn"}


def test_an_obvious_case_needs_no_work_trial():
    """I en åbenbar sag kræves hverken arbejdsprøvning eller forløb blot for at dokumentere."""
    keys = {track: {i.key for i in check(case(), "foertidspension", track=track, on=datetime.date(2026, 11, 20)).items}
            for track in ("ordinaer", "aabenbart", "foreliggende_grundlag")}
    assert "arbejdsproevning" in keys["ordinaer"]
    assert "arbejdsproevning" not in keys["aabenbart"]
    assert {"adl", "prognose"} <= keys["aabenbart"]
    assert "laegelig" not in keys["foreliggende_grundlag"]
    assert "foreliggende_papirer" in keys["foreliggende_grundlag"]


def test_the_law_of_the_day_decides_what_is_asked():
    """Før 1. juli 2026 spørges der om LÆ 265, derefter om den samlede beskrivelse, som er ubekræftet."""
    before = check(case(), "fleksjob", on=datetime.date(2026, 3, 1))
    after = check(case(), "fleksjob", on=datetime.date(2026, 11, 20))
    assert "lae_265" in {i.key for i in before.items}
    assert "lae_265" not in {i.key for i in after.items}
    assert not item(after, "samlet_beskrivelse").confirmed


def test_a_running_course_is_checked_under_the_former_rules():
    """Et ressourceforløb fra 2024 følger overgangsreglerne: datoen for bevillingen skal stå i sagen."""
    decision = {"scheme": "ressourceforloeb", "outcome": "ophoer", "date": "2026-08-12", "granted_on": "2024-10-01"}
    found = check(case(decision=decision), "ressourceforloeb")
    assert found.track == "overgang"
    assert item(found, "bevillingsdato").answer is Answer.MET


@pytest.mark.parametrize(("role", "answer"), [("leder", Answer.MET), ("sagsbehandler", Answer.NOT_MET), (None, Answer.CANNOT_TELL)])
def test_who_may_sign_follows_the_municipalitys_rules(role, answer):
    """Et fleksjob afgøres af en leder."""
    found = check(case(signatory={"name": "N.N.", "role": role}), "fleksjob", on=datetime.date(2026, 11, 20))
    assert item(found, "kompetence").answer is answer


def test_an_unknown_scheme_is_told_with_the_nearest_name():
    """En slåfejl i ordningen giver et forslag, ikke en tom liste."""
    with pytest.raises(UsageError, match="fleksjob"):
        check(case(), "flexjob")


def test_every_form_of_the_list_says_the_same():
    """Tekst, HTML, JSON og arket til mødet har de samme krav, og alle siger, at listen intet afgør."""
    found = check(case(), "foertidspension", on=datetime.date(2026, 11, 20))
    sheet = read(jobs.checklist_sheet(found)).document.text
    for item_ in found.items:
        for form in (as_text(found), sheet):
            assert item_.text in form
    assert PRINCIPLE in as_text(found)
    assert PRINCIPLE in as_html(found)
    assert PRINCIPLE in sheet
    assert [i["answer"] for i in as_json(found)["items"]] == [i.answer.value for i in found.items]


def test_many_cases_become_counts_without_anything_personal(tmp_path):
    """En mappe med sager giver en tabel med antal; en sag, der ikke kan læses, står der som det."""
    for number in range(3):
        one = case(citizen={"name": "Karin Holm", "cpr": "610285-1234"}, documents=[medical("2026-09-01")] if number else [])
        (tmp_path / f"{number}.yaml").write_text(to_yaml(one), "utf-8")
    (tmp_path / "9.yaml").write_text("case_number: [", "utf-8")
    result = run("check", str(tmp_path), "--scheme", "fleksjob", "--date", DAY)
    assert result.return_value == 1
    assert "kunne ikke læses" in result.output
    assert "3 sager læst" in result.output
    assert "Karin" not in result.output
    assert "610285" not in result.output


def test_exit_codes_of_check(tmp_path):
    """0 når alt er opfyldt, 1 når et menneske skal se på det, 2 når der ikke kunne spørges."""
    path = tmp_path / "sag.yaml"
    path.write_text(to_yaml(case()), "utf-8")
    assert run("check", str(path), "--scheme", "fleksjob").return_value == 1
    assert isinstance(run("check", str(path), "--scheme", "flexjob").exception, UsageError)
    out = tmp_path / "ark.docx"
    assert run("check", str(path), "--scheme", "fleksjob", "--format", "docx", "-o", str(out)).return_value == 1
    assert out.stat().st_size > 5000
    shown = run("check", str(path), "--scheme", "fleksjob", "--format", "json")
    assert json.loads(shown.stdout)["version"] == 1
