"""En formular, der kommer tilbage: intet går tabt, og intet bliver overskrevet, uden at nogen har set det."""

import datetime
import io
import string
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen import forms
from docgen import returned as returned_form
from docgen.casefile import parse_case, read_case, to_data
from docgen.casetext import with_changes
from docgen.content import Content
from docgen.errors import FileError, UsageError
from docgen.jobs import import_form, make_form
from docgen.model import Case
from docgen.word import form as word
from tests.docgen.filled import XML, W, edited, fill, libreoffice, run, saved_by_libreoffice

KIND = "funktionsevnebeskrivelse"
CONTENT = Content()
CASE = Case.model_validate({
    "case_number": "2026-1234", "documents": [{"id": "D1"}, {"id": "D2"}],
    "account": {"own_words": "Linje 1 æøå\n\n  Linje 3 »citat«\tTab & <b>", "remarks_on": "2026-10-20"},
    "functional": {
        "purpose": "Belyse funktionsevnen.", "date": "2026-10-12",
        "visits": [{"date": "2026-10-12", "how": "hjemmebesøg", "content": "Første linje\nAnden linje"}],
        "sections": [
            {"key": "mobilitet", "level": {"scale": "vum", "value": 0}, "source": "observation", "observed": "Går 290 m.", "documents": ["D1", "D2"]},
            {"key": "fritid", "level": {"value": "ikke_vurderet"}, "citizen_performance": "udfoerer_dele_af"},
        ],
        "tests": [{"instrument": "amps_motor", "score": -1.25, "side": "hoejre"}],
    },
})  # fmt: skip


def returned(docx: bytes, case: Case = CASE, **options) -> returned_form.Import:
    answers = word.read(docx, CONTENT)
    return returned_form.compare(forms.build(KIND, case, CONTENT), answers, case, **options)


def made(case: Case = CASE) -> bytes:
    return make_form(case, KIND, content=CONTENT)


def new_values(report: returned_form.Import) -> dict[str, object]:
    return {change.path: change.value for change in report.new}


# --- The form ---------------------------------------------------------------------------------------------------------


def test_the_same_case_gives_the_same_form():
    assert made() == made()


def test_every_label_is_the_models_own():
    """Feltnavne og hjælp er sagens egne titler og beskrivelser, ikke afskrifter."""
    asked = forms.build(KIND, CASE, CONTENT).fields
    assert asked["functional.sections[mobilitet].observed"].title == "Observeret udførelse"
    assert asked["functional.sections[mobilitet].observed"].help == "Kun det, der kan ses eller måles"
    assert asked["functional.author.certification"].title == "Udarbejdet af: certificering"
    assert [name for _, name in asked["functional.sections[mobilitet].level.value"].choices][-2:] == ["Ikke relevant", "Ikke vurderet"]


def test_health_and_surroundings_have_no_level():
    """Helbred og omgivelser har ikke et niveau på skalaerne."""
    asked = forms.build(KIND, CASE, CONTENT).fields
    assert "functional.sections[helbred].level.value" not in asked and "functional.sections[energi].level.value" in asked


def test_a_form_can_be_limited_to_some_areas():
    asked = forms.build(KIND, CASE, CONTENT, areas=("energi",)).fields
    assert {p.split("[")[1].split("]")[0] for p in asked if p.startswith("functional.sections")} == {"energi"}
    with pytest.raises(UsageError, match="Mente du »energi«"):
        forms.build(KIND, CASE, CONTENT, areas=("energy",))


def test_controls_are_locked_labelled_and_of_the_right_kind():
    """Hvert felt har navn og mærke, kan ikke slettes, og listevalg og datoer er lister og datoer."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made())).read(XML))
    asked = forms.build(KIND, CASE, CONTENT).fields
    controls = {c.find(f"{W}tag").get(f"{W}val"): c for c in root.iter(f"{W}sdtPr") if c.find(f"{W}tag") is not None}
    assert set(controls) == set(asked)
    kinds = {"choice": "dropDownList", "date": "date"}
    for path, properties in controls.items():
        assert properties.find(f"{W}lock").get(f"{W}val") == "sdtLocked"
        assert len(path) <= 64 and properties.find(f"{W}alias").get(f"{W}val")
        if asked[path].kind in kinds:
            assert properties.find(f"{W}{kinds[asked[path].kind]}") is not None
    groups = [c for c in root.iter(f"{W}sdtPr") if c.find(f"{W}group") is not None]
    assert len(groups) == len(list(root.iter(f"{W}tbl")))
    names = [b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names)) and max(map(len, names)) <= 40
    ids = [i.get(f"{W}val") for i in root.iter(f"{W}id")]
    assert len(ids) == len(set(ids))


# --- Back again -------------------------------------------------------------------------------------------------------


def test_an_untouched_form_brings_nothing_new():
    report = returned(made())
    assert (report.new, report.differing, report.cleared, report.unreadable, report.outside) == ((), (), (), (), ())
    assert report.settled(None)


def test_a_form_holds_everything_it_was_made_with():
    """En formular, der læses ind i en tom sag, giver den samme sag."""
    report = returned(made(), Case(documents=CASE.documents), fresh=True)
    text = with_changes("version: 1\ncase_number: 2026-1234\ndocuments:\n  - id: D1\n  - id: D2\n", report.changes(None))
    assert to_data(parse_case(text, CONTENT.base)) == to_data(CASE)


def texts():
    signs = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp", "Co"))
    return st.text(st.one_of(st.sampled_from("æøåÆØÅéü »«–\t\n&<>\"'[]"), signs), min_size=1, max_size=80).map(str.strip).filter(bool)


def answers(draw, asked: forms.Field):
    if asked.path.endswith(".documents"):
        return draw(st.lists(st.sampled_from(["D1", "D2"]), min_size=1, max_size=2, unique=True))
    if asked.kind == "choice":
        return draw(st.sampled_from([value for value, _ in asked.choices]))
    if asked.kind == "date":
        return draw(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
    if asked.kind == "number":
        return draw(st.decimals(-999, 999, places=2).map(float))
    return draw(texts().filter(lambda t: word.TEXT_PLACEHOLDER not in t))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_field_loses_anything_on_its_way(data):
    """Hvert felt kommer tilbage tegn for tegn, med æøå og linjeskift; tomme felter forbliver tomme."""
    empty = Case(documents=CASE.documents)
    asked = forms.build(KIND, empty, CONTENT, areas=("mobilitet",)).fields
    chosen = data.draw(st.sets(st.sampled_from(sorted(asked)), min_size=1, max_size=25))
    chosen = {path for path in chosen if not path.startswith(("functional.tests[1", "functional.tests[2", "functional.week[", "functional.visits["))}
    values = {path: answers(data.draw, asked[path]) for path in sorted(chosen)}
    values |= {"functional.tests[0].instrument": "who5"} if any(p.startswith("functional.tests") for p in values) else {}
    case = parse_case(with_changes("version: 1\ndocuments:\n  - id: D1\n  - id: D2\n", values), CONTENT.base)
    report = returned(made(case), empty, fresh=True)
    again = parse_case(with_changes("version: 1\ndocuments:\n  - id: D1\n  - id: D2\n", report.changes(None)), CONTENT.base)
    assert to_data(again) == to_data(case)


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice er ikke installeret")
def test_libreoffice_may_save_the_form(tmp_path):
    """LibreOffice smider mærker væk; svarene kommer tilbage alligevel, også efter to gange."""
    answers = {
        "functional.sections[energi].observed": "Sætter sig 3 gange.\nRejser sig selv.", "functional.sections[energi].level.value": "2 Moderate",
        "functional.sections[energi].date": "3. november 2026", "functional.week[0].when": "mandag æøå", "functional.tests[1].instrument": "WHO-5",
        "functional.tests[1].score": "36", "functional.visits[1].content": "Første\n\nTredje", "functional.visits[1].date": "4. november 2026",
    }  # fmt: skip
    docx = fill(made(), answers)
    expected = {
        "functional.sections[energi].observed": "Sætter sig 3 gange.\nRejser sig selv.", "functional.sections[energi].level.value": 2,
        "functional.sections[energi].date": datetime.date(2026, 11, 3), "functional.week[0].when": "mandag æøå", "functional.tests[1].instrument": "who5",
        "functional.tests[1].score": 36.0, "functional.visits[1].content": "Første\n\nTredje", "functional.visits[1].date": datetime.date(2026, 11, 4),
    }  # fmt: skip
    for _ in range(2):
        docx = saved_by_libreoffice(docx, tmp_path)
        report = returned(docx)
        assert new_values(report) == expected
        assert (report.differing, report.unreadable, report.outside, report.lost) == ((), (), (), 0)


@pytest.mark.parametrize("kind", [k.kind.value for k in CONTENT.kinds()])
def test_every_kind_has_a_form_that_brings_nothing_new_untouched(kind):
    """Også sagsbehandlerens formularer kommer uændrede tilbage, og kan blive til en ny sag."""
    case = read_case(CONTENT.kind_folder(kind) / "sample_case.yaml")
    docx = make_form(case, kind, content=CONTENT)
    asked = forms.build(kind, case, CONTENT)
    report = returned_form.compare(asked, word.read(docx, CONTENT), case)
    assert (report.new, report.differing, report.cleared, report.unreadable, report.outside, report.lost) == ((), (), (), (), (), 0)
    with_register = Case(documents=case.documents)
    fresh = returned_form.compare(forms.build(kind, with_register, CONTENT), word.read(docx, CONTENT), with_register, fresh=True)
    assert fresh.unreadable == () and {c.path: c.value for c in fresh.new if "documents[" not in c.path} == {
        path: f.parse(f.shown) for path, f in asked.fields.items()
        if "documents[" not in path and (f.ticked != f.default if f.kind == "check" else f.shown)
    }  # fmt: skip


def test_boxes_are_ticked_and_unticked(tmp_path):
    """Et afkrydsningsfelt, der er sat på forhånd, siger kun noget, når nogen ændrer det."""
    case = tmp_path / "sag.yaml"
    case.write_text("version: 1\ncitizen:\n  name: Borger A\n", "utf-8")
    form = make_form(case, "afgoerelse", content=CONTENT)
    assert import_form(form, case, content=CONTENT).report.new == ()
    docx = fill(form, {"citizen.protected_address": "☒", "citizen.representative.name": "Bo", "citizen.representative.receives_copy": "☐"})
    got = import_form(docx, case, content=CONTENT).case.citizen
    assert (got.protected_address, got.representative.name, got.representative.receives_copy) == (True, "Bo", False)


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice er ikke installeret")
def test_typing_in_libreoffice_beside_a_placeholder_that_stays(tmp_path):
    """I LibreOffice kan ledeteksten »[skriv her]« blive stående ved siden af svaret; den er ikke en del af det."""
    docx = saved_by_libreoffice(made(), tmp_path)

    def change(root):
        label = next(t for t in root.iter(f"{W}t") if t.text == "Borgerens ønsker")
        cell = next(label.iterancestors(f"{W}tc")).getnext()
        waiting = next(t for t in cell.iter(f"{W}t") if t.text == "[skriv her]")
        waiting.text = "[skriv her]At køre bus."

    report = returned(saved_by_libreoffice(edited(docx, change), tmp_path))
    assert new_values(report) == {"account.wishes": "At køre bus."}


# --- Into the case ----------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path):
    """A case file with comments, and a form made from it."""
    case = tmp_path / "sag.yaml"
    case.write_text(
        "version: 1\ncase_number: 2026-1234  # fra fagsystemet\n\n# Det, vi ved\nfunctional:\n  purpose: Belyse funktionsevnen.  # aftalt 1.10.\n"
        "  sections:\n    - key: mobilitet\n      observed: Går 290 m.\n", "utf-8",
    )
    return case, make_form(case, KIND, content=CONTENT)


def test_what_is_new_comes_in_and_comments_stay(files):
    """Det nye kommer ind i sagen, og kommentarerne i filen bliver stående."""
    case, form = files
    docx = fill(form, {
        "functional.sections[mobilitet].level.value": "2 Moderate", "functional.sections[energi].observed": "Hviler 15 minutter.\nSover ikke.",
        "functional.week[2].when": "onsdag", "account.wishes": "At arbejde med dyr.",
    })  # fmt: skip
    got = import_form(docx, case, content=CONTENT)
    assert got.text == (
        "version: 1\ncase_number: 2026-1234  # fra fagsystemet\n\n# Det, vi ved\nfunctional:\n  purpose: Belyse funktionsevnen.  # aftalt 1.10.\n"
        "  sections:\n    - key: mobilitet\n      observed: Går 290 m.\n      level:\n        value: 2\n    - key: energi\n      observed: |-\n"
        "        Hviler 15 minutter.\n        Sover ikke.\n  week:\n    - when: onsdag\naccount:\n  wishes: At arbejde med dyr.\n"
    )


def test_a_form_returned_twice_brings_nothing_the_second_time(files):
    case, form = files
    docx = fill(form, {"functional.week[1].when": "onsdag", "functional.visits[0].how": "telefon", "functional.summary": "Samlet."})
    case.write_text(import_form(docx, case, content=CONTENT).text, "utf-8")
    second = import_form(docx, case, content=CONTENT)
    assert second.text is None and second.report.settled(None) and second.report.new == ()


def test_nothing_is_overwritten_unseen(files):
    """Når formular og sag siger hver sit, står sagen, og forskellen bliver vist."""
    case, form = files
    docx = fill(form, {"functional.purpose": "Noget andet.", "functional.sections[mobilitet].observed": "Går 300 m."})
    case.write_text(case.read_text("utf-8").replace("Går 290 m.", "Går 310 m."), "utf-8")
    got = import_form(docx, case, content=CONTENT)
    assert got.text is None and not got.report.settled(None)
    assert [(d.path, d.in_case, d.in_form, d.edited) for d in got.report.differing] == [
        ("functional.purpose", "Belyse funktionsevnen.", "Noget andet.", "form"),
        ("functional.sections[mobilitet].observed", "Går 310 m.", "Går 300 m.", "begge"),
    ]
    assert import_form(docx, case, take="case", content=CONTENT).text is None
    taken = import_form(docx, case, take="form", content=CONTENT)
    assert forms.value_at(taken.case, "functional.sections[mobilitet].observed") == "Går 300 m."
    assert "# aftalt 1.10." in taken.text


def test_a_field_untouched_in_the_form_does_not_undo_later_work(files):
    """Er sagen rettet, siden formularen blev lavet, og feltet urørt i formularen, så står sagen."""
    case, form = files
    case.write_text(case.read_text("utf-8").replace("Går 290 m.", "Går 310 m."), "utf-8")
    got = import_form(form, case, take="form", content=CONTENT)
    assert got.text is None and got.report.stale == ("functional.sections[mobilitet].observed",)


def test_a_field_emptied_in_the_form_is_shown_and_kept(files):
    case, form = files
    docx = fill(form, {"functional.purpose": ""})
    got = import_form(docx, case, content=CONTENT)
    assert [c.path for c in got.report.cleared] == ["functional.purpose"] and got.text is None
    assert forms.value_at(import_form(docx, case, take="form", content=CONTENT).case, "functional.purpose") is None


def test_a_choice_can_be_taken_back(files):
    """Vælger man »[vælg]« igen, er feltet tomt."""
    case, form = files
    docx = fill(form, {"functional.sections[mobilitet].level.value": "[vælg]"})
    assert import_form(docx, case, content=CONTENT).text is None


@pytest.mark.parametrize(("path", "text", "why"), [
    ("functional.date", "i sidste uge", "hel dato"), ("functional.date", "31. februar 2026", "findes"),
    ("functional.tests[0].score", "halvtreds", "ikke et tal"), ("functional.sections[energi].source", "hørelse", "valgene"),
    ("functional.sections[energi].documents", "D9", "D9"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_and_the_rest_comes_in(files, path, text, why):
    """Et svar, der ikke kan læses, bliver nævnt med sin tekst; resten kommer ind."""
    case, form = files
    got = import_form(fill(form, {path: text, "functional.summary": "Samlet."}), case, content=CONTENT)
    assert [(u.path, u.text) for u in got.report.unreadable] == [(path, text)]
    assert why in got.report.unreadable[0].why
    assert got.case.functional.summary == "Samlet."


@pytest.mark.parametrize("written", ["12. oktober 2026", "12-10-2026", "12.10.2026", "2026-10-12", "den 12. oktober 2026", "12/10/2026"])
def test_dates_are_read_as_people_write_them(written):
    assert forms.read_date(written) == datetime.date(2026, 10, 12)


def test_writing_outside_the_fields_is_reported(files):
    """Det, der er skrevet mellem felterne, bliver vist, ikke tabt uden et ord."""
    case, form = files

    def change(root):
        paragraph = etree.Element(f"{W}p")
        paragraph.append(run("Ring til mig om dette."))
        root[0].insert(3, paragraph)
        label = next(t for t in root.iter(f"{W}t") if t.text == "Borgerens ønsker")
        label.text = "Borgerens drømme"

    got = import_form(edited(form, change), case, content=CONTENT)
    assert got.report.outside == ("Ring til mig om dette.", "Borgerens drømme")
    assert not got.report.settled(None)


def test_text_beside_a_control_in_its_cell_counts_as_the_answer(files):
    """Skriver man ved siden af feltet, men i dets rude, er det svaret."""
    case, form = files

    def change(root):
        cell = next(t for t in root.iter(f"{W}tag") if t.get(f"{W}val") == "account.wishes").iterancestors(f"{W}tc")
        paragraph = etree.SubElement(next(cell), f"{W}p")
        paragraph.append(run("At køre bus."))

    assert import_form(edited(form, change), case, content=CONTENT).case.account.wishes == "At køre bus."


def test_a_deleted_row_is_counted(files):
    case, form = files

    def change(root):
        row = next(next(t for t in root.iter(f"{W}tag") if t.get(f"{W}val") == "account.wishes").iterancestors(f"{W}tr"))
        row.getparent().remove(row)

    assert import_form(edited(form, change), case, content=CONTENT).report.lost == 1


def test_a_form_of_another_case_is_refused(files):
    case, form = files
    case.write_text("version: 1\ncase_number: 2026-9999\n", "utf-8")
    with pytest.raises(FileError, match="anden sag"):
        import_form(form, case, content=CONTENT)


def test_a_word_file_that_is_no_form_is_refused(files, tmp_path):
    from docx import Document

    Document().save(tmp_path / "brev.docx")
    with pytest.raises(FileError, match="ikke en formular"):
        import_form(tmp_path / "brev.docx", files[0], content=CONTENT)


def test_a_form_can_become_a_new_case(files, tmp_path):
    _, form = files
    got = import_form(form, tmp_path / "ny.yaml", content=CONTENT)
    assert got.text.startswith('version: 1\ncase_number: "2026-1234"\n')
    assert got.case.functional.sections[0].observed == "Går 290 m."
    as_json = import_form(form, tmp_path / "ny.json", content=CONTENT)
    assert as_json.case.case_number == "2026-1234" and as_json.text.startswith("{")


def test_carried_over_text_stays_marked_until_confirmed(tmp_path):
    """Genbrugt tekst er mærket, til nogen bekræfter den i formularen."""
    case = tmp_path / "sag.yaml"
    case.write_text("version: 1\nfunctional:\n  sections:\n    - key: energi\n      observed: Hviler.\n      carried_over_from: 2026-01-05\n", "utf-8")
    form = make_form(case, KIND, content=CONTENT)
    untouched = import_form(form, tmp_path / "ny.yaml", content=CONTENT)
    assert untouched.case.functional.sections[0].carried_over_from == datetime.date(2026, 1, 5)
    confirmed = import_form(fill(form, {"functional.sections[energi].carried_over_from": "Læst, rettet og bekræftet"}), case, content=CONTENT)
    assert confirmed.case.functional.sections[0].carried_over_from is None and confirmed.report.confirmed


def test_the_report_reads_as_sentences(files):
    """Rapporten siger, hvad der er nyt, hvad der er forskelligt, og hvad der er tomt."""
    case, form = files
    docx = fill(form, {"functional.purpose": "Noget andet.", "functional.summary": "Samlet.", "functional.date": "snart"})
    told = list(import_form(docx, case, content=CONTENT).report.told(None))
    assert told[0].startswith("Kan ikke læses: Dato (functional.date): »snart« er ikke en hel dato.")
    assert "Forskel, sagen står: Formål (functional.purpose), kun formularen er rettet\n    sagen:      Belyse funktionsevnen.\n    formularen: Noget andet." in told
    assert "Nyt: Ergoterapeutisk sammenfatning (functional.summary)" in told
    assert told[-1].endswith("felter er uden svar i både formular og sag.")


# --- The case file ----------------------------------------------------------------------------------------------------


@given(st.dictionaries(
    st.sampled_from(["account.wishes", "functional.summary", "functional.sections[energi].observed", "functional.week[0].when"]),
    st.text(string.printable + "æøå»«\n", max_size=40), max_size=4,
))  # fmt: skip
def test_a_text_written_into_a_case_file_is_read_back_unchanged(changes):
    case = parse_case(with_changes("version: 1  # fast\n", changes), CONTENT.base)
    assert {path: forms.value_at(case, path) for path in changes} == changes
