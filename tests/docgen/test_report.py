"""Reports: for people, for machines and for many letters at once."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from docgen import report as forms
from docgen.folder import Plan, documents
from docgen.jobs import lint
from docgen.report import Report
from docgen.word.sample import sample

SCHEMAS = Path(__file__).parent / "schemas"
SECRET = ("Ærøskøbing", "610285-1234", "Kære")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three letters, one of them dismissed in part, one that cannot be read, and files that are none of ours."""
    path = tmp_path_factory.mktemp("breve")
    (path / "a.docx").write_bytes(sample("# Hos Ærøskøbing\nKære [navn i Ærøskøbing] 610285-1234, den dd.mm.åååå.\n@egenskab title ="))
    (path / "b.docx").write_bytes(sample("Kære {{ navn }}\n@afvist DOK101 Navnet i Ærøskøbing skrives i hånden."))
    (path / "c.txt").write_text("Kære XX", "utf-8")
    (path / "d.docx").write_bytes(b"PK\x03\x04 nej")
    (path / "~$a.docx").write_bytes(b"laas")
    (path / "billede.png").write_bytes(b"")
    (path / "a.kommenteret.docx").write_bytes(b"")
    return path


@pytest.fixture(scope="module")
def many(folder) -> Report:
    return lint([folder], Plan(select=("DOK",)))


@pytest.fixture(scope="module")
def one(folder) -> Report:
    return lint([folder / "a.docx"], Plan(select=("DOK",)))


def test_a_folder_is_read_in_order_and_a_bad_file_is_a_row(many):
    """Én ødelagt fil stopper ikke resten; den står som en række."""
    assert [Path(row.path).name for row in many.rows] == ["a.docx", "b.docx", "c.txt", "d.docx"]
    assert [Path(row.path).name for row in many.unread] == ["d.docx"]


def test_files_of_other_kinds_are_counted(folder):
    """Filer, vi ikke læser, bliver talt og ikke glemt."""
    _, others = documents([folder])
    assert others == {".png": 1}


@pytest.mark.parametrize("form", list(forms.FORMATS))
def test_a_report_over_many_letters_quotes_nothing(many, form):
    """En rapport over mange breve indeholder ikke et ord fra brevene."""
    text = forms.FORMATS[form](many)
    assert not [word for word in SECRET if word in text]
    assert "DOK101" in text


def test_a_report_on_one_letter_shows_the_sentence_under_its_heading(one):
    """Rapporten om ét brev viser sætningen under dens overskrift."""
    text = forms.as_text(one)
    assert "  Hos Ærøskøbing\n    Fejl: »[navn i Ærøskøbing]« er en pladsholder" in text
    assert "»Kære [navn i Ærøskøbing] 610285-1234, den dd.mm.åååå.«" in text
    assert text.endswith("1 fil læst: 2 fejl, 0 advarsler, 1 forslag.\n")


@pytest.mark.parametrize("which", ["one", "many"])
def test_json_keeps_its_contract(which, request):
    """JSON-rapporten følger sit skema og kontraktens navne."""
    report = request.getfixturevalue(which)
    schema = json.loads(forms.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(forms.as_json(report))
    jsonschema.validate(data, schema)
    assert data["version"] == 1


def test_json_of_one_letter_tells_the_words_and_the_place(one):
    """Andre programmer kan finde ordene igen."""
    file, = json.loads(forms.as_json(one))["files"]
    assert set(file) >= {"path", "kind", "scheme", "outcome", "coverage", "findings"}
    finding = next(f for f in file["findings"] if f["excerpt"] == "dd.mm.åååå")
    assert finding["location"] == {"part": "body", "paragraph": 2, "heading": "Hos Ærøskøbing", "start": 42, "end": 52}
    assert (finding["name"], finding["severity"], finding["category"]) == ("pladsholder", "fejl", "dokument")
    absent = next(f for f in file["findings"] if f["name"] == "titel-mangler")
    assert (absent["excerpt"], absent["location"]["paragraph"]) == (None, None)


@pytest.mark.parametrize("which", ["one", "many"])
def test_sarif_is_valid(which, request):
    """SARIF-rapporten er gyldig efter OASIS' eget skema."""
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
    data = json.loads(forms.as_sarif(request.getfixturevalue(which)))
    jsonschema.Draft4Validator(schema).validate(data)


def test_sarif_marks_what_was_dismissed_and_what_was_not_read(many):
    """Afviste fund er mærket, ikke fjernet, og en ulæst fil er en fejl i kørslen."""
    run, = json.loads(forms.as_sarif(many))["runs"]
    suppressed = [r for r in run["results"] if r.get("suppressions")]
    assert [r["suppressions"][0]["kind"] for r in suppressed] == ["inSource"]
    assert all(re.fullmatch(r"[0-9a-f]{16}(-\d+)?", r["partialFingerprints"]["docgenRuleAndSentence/v1"]) for r in run["results"])
    assert run["invocations"][0]["executionSuccessful"] is False
    assert [n["descriptor"]["id"] for n in run["invocations"][0]["toolExecutionNotifications"]] == ["DG500"]


def test_sarif_tells_old_from_new_with_a_baseline(folder, tmp_path):
    """Med en fil med afvisninger kan man se, hvad der er nyt."""
    from docgen.dismissals import Dismissal, baseline_text, sentence_key

    file = tmp_path / "a.json"
    file.write_text(baseline_text([Dismissal("DOK101", sentence_key("DOK101", "Kære XX"), "Kendt og accepteret", "baseline")]))
    run, = json.loads(forms.as_sarif(lint([folder / "c.txt"], Plan(baseline=file))))["runs"]
    result = next(r for r in run["results"] if r["ruleId"] == "DOK101")
    assert (result["baselineState"], result["suppressions"][0]["kind"]) == ("unchanged", "external")
    assert result["locations"][0]["physicalLocation"]["region"]["charOffset"] == 5


def test_junit_counts_files_and_failures(many):
    """En byggeserver ser hver fil som en række prøver."""
    suites = ElementTree.fromstring(forms.as_junit(many).encode())
    counts = {Path(s.get("name")).name: (s.get("failures"), s.get("errors")) for s in suites}
    assert counts == {"a.docx": ("1", "0"), "b.docx": ("0", "0"), "c.txt": ("1", "0"), "d.docx": ("0", "1")}


def test_csv_opens_in_a_danish_spreadsheet_and_runs_no_formula(folder, tmp_path):
    """CSV-filen kan åbnes i et dansk regneark, og intet i den bliver til en formel."""
    path = tmp_path / "x.docx"
    path.write_bytes(sample("=1+1 [navn]"))
    text = forms.as_csv(lint([path], Plan()))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert text.startswith("\ufeffFil;Grad;Regel")
    assert any(cell == "'=1+1 [navn]" for row in rows for cell in row)


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_the_page_fetches_nothing_and_can_be_used_without_a_mouse(many):
    """HTML-siden henter intet udefra, har sprog, overskrift, navngivne felter og knapper til at sortere med."""
    text = forms.as_html(many)
    page = Page()
    page.feed(text)
    tags = page.tags
    assert not [a for _, attrs in tags for a in attrs if a in ("src", "srcset") or (a == "href" and not attrs[a].startswith("#"))]
    assert "url(" not in text and "@import" not in text and "default-src 'none'" in text
    assert dict(tags)["html"]["lang"] == "da"
    names = [t for t, _ in tags]
    assert names.count("caption") == 1 and names.count("h1") == 1 and names.count("button") == len(forms.COLUMNS) - 1  # no sentences
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in tags if tag == "th")
    assert names.count("tr") == 1 + len(list(forms.table_rows(many)))


def test_words_from_letters_cannot_become_html(tmp_path):
    """Et brev med tegn som < og & kan ikke lave om på rapporten."""
    path = tmp_path / "x.docx"
    path.write_bytes(sample("Kære [navn <script>alert(1)</script> & co]"))
    text = forms.as_html(lint([path], Plan()))
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_statistics_count_findings_letters_and_dismissals(many):
    """Statistikken tæller fund, breve og afvisninger for hver regel."""
    line = next(x for x in forms.statistics(many).splitlines() if "DOK101" in x)
    assert line.split() == ["3", "2", "1", "DOK101", "pladsholder"]


def test_results_do_not_depend_on_processes_or_order(folder, tmp_path):
    """Resultatet er det samme med én og flere processer."""
    letters = tmp_path / "breve"
    letters.mkdir()
    for number in range(26):
        (letters / f"{number:02d}.docx").write_bytes(sample(f"Kære [navn {number}]"))
    alone = forms.as_json(lint([letters], Plan(), quotes=True, processes=1))
    together = forms.as_json(lint([letters], Plan(), quotes=True, processes=2))
    assert alone == together
    assert len(json.loads(alone)["files"]) == 26
