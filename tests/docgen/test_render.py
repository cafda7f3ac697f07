"""Rendering: what stands in the case stands in the draft, what does not is a visible gap, and nothing runs."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.context import GapList, Missing, Record
from docgen.errors import ContentError, DocgenError, RenderError
from docgen.model import Case
from docgen.render import Image, Properties, Template
from docgen.word.read import read


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def compiled(*paragraphs: str, **kwargs: object) -> Template:
    return Template.compile(template(*paragraphs, **kwargs), Path("skabelon.docx"))


def text_of(document: bytes) -> str:
    return read(document).document.text


def case_values(case: Case) -> tuple[dict[str, object], GapList]:
    gaps = GapList()
    return {"case": Record(gaps, case, "", "sagen")}, gaps


DANGEROUS = [
    "{{ cycler.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ case.__class__ }}",
    "{{ case._item }}",
    "{{ case._gaps }}",
    "{{ '{0.__class__}'.format(case) }}",
    "{{ 'a'*90000000 }}",
    "{{ 2**99999999 }}",
    "{{ range(9999999) }}",
    "{{ lipsum() }}",
    "{{ self.__dict__ }}",
    "{{ text.__globals__ }}",
    "{{ case.citizen.name|attr('__class__') }}",
    "{{ case|map(attribute='__class__')|list }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% set x = 1 %}",
    "{% for a in case.documents %}{% for b in case.documents %}{% for c in case.documents %}x{% endfor %}{% endfor %}{% endfor %}",
    "{{ case.citizen.model_copy() }}",
    "{{ case.citizen.name.upper() }}",
    "{{ namespace(a=1) }}",
]


@pytest.mark.parametrize("tag", DANGEROUS)
def test_nothing_runs_from_a_template(tag: str) -> None:
    """En skabelon, nogen har sendt mig, kan ikke køre noget på min maskine."""
    values, gaps = case_values(Case(citizen={"name": "Prøve"}, documents=[{"id": "D1"}]))

    with pytest.raises((ContentError, RenderError)):
        compiled(tag).render({**values, "text": lambda i: ()}, gaps)


@pytest.mark.parametrize("data", ["{{ 7*7 }}", "{% if x %}", "{_{ 7*7 }_}", "{{ cycler.__init__.__globals__ }}", "</w:t></w:r></w:p>", "&amp;"])
def test_nothing_runs_from_data(data: str) -> None:
    """Det, der står i sagen, kommer ud præcis som skrevet."""
    values, gaps = case_values(Case(citizen={"name": data}))

    assert data in text_of(compiled("Navn: {{ case.citizen.name }}.").render(values, gaps))


def test_ampersand_and_brackets_come_out_as_written() -> None:
    """»A & B <c>« taber ikke et tegn."""
    values, gaps = case_values(Case(citizen={"name": "A & B <c> \"d\" 'e'"}))

    assert "Hos A & B <c> \"d\" 'e', tak" in text_of(compiled("Hos {{ case.citizen.name }}, tak").render(values, gaps))


def test_line_breaks_and_tabs_are_kept() -> None:
    """Et linjeskift i sagen er et linjeskift i brevet."""
    values, gaps = case_values(Case(citizen={"name": "første\nanden\ttredje"}))
    document = compiled("{{ case.citizen.name }}").render(values, gaps)

    paragraph = docx.Document(io.BytesIO(document)).paragraphs[0]

    assert paragraph.text == "første\nanden\ttredje"


def test_a_gap_is_seen_listed_and_can_be_filled() -> None:
    """Det, der mangler, står gult i kladden og på listen; aldrig et tomt sted."""
    values, gaps = case_values(Case(caseworker={"title": "socialrådgiver"}))
    document = compiled("Kære {{ case.citizen.name }}!", "Hilsen {{ case.caseworker.name }}").render(values, gaps)

    assert [(g.path, g.label) for g in gaps] == [("citizen.name", "Borgerens navn"), ("caseworker.name", "Sagsbehandler: navn")]
    assert "Kære [MANGLER: Borgerens navn]!" in text_of(document)
    xml = zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()
    assert 'w:val="mangler:citizen.name"' in xml
    assert 'w:highlight w:val="yellow"' in xml


def test_a_loop_over_nothing_can_say_so() -> None:
    """En tom liste kan vises som et hul."""
    values, gaps = case_values(Case())
    source = ("{%p for d in case.documents %}", "{{ d.id }}", "{%p else %}", "{{ mangler('documents') }}", "{%p endfor %}")
    values["mangler"] = lambda path: Missing(gaps, path, "Dokumenter i sagen")

    assert "[MANGLER: Dokumenter i sagen]" in text_of(compiled(*source).render(values, gaps))


def test_a_misspelt_field_is_an_error_not_a_blank() -> None:
    """En stavefejl i skabelonen opdages, før brevet sendes."""
    values, gaps = case_values(Case())

    with pytest.raises(RenderError, match="navne"):
        compiled("{{ case.citizen.navne }}").render(values, gaps)


def test_tags_survive_words_autocorrect() -> None:
    """Anførselstegn og hårde mellemrum, som Word retter ind, ødelægger ikke skabelonen."""
    values, gaps = case_values(Case(decision={"scheme": "fleksjob"}))

    document = compiled("{% if case.decision.scheme == „fleksjob“ %}ja{% else %}nej{% endif %}").render(values, gaps)

    assert text_of(document) == "ja"


def test_rows_repeat_in_tables() -> None:
    """Hvert dokument i sagen får sin egen række."""
    values, gaps = case_values(Case(documents=[{"id": "D1"}, {"id": "D2"}]))
    rows = (("{%tr for d in case.documents %}", ""), ("{{ d.id }}", "x"), ("{%tr endfor %}", ""))

    table = docx.Document(io.BytesIO(compiled("a", rows=rows).render(values, gaps))).tables[0]

    assert [r.cells[0].text for r in table.rows] == ["D1", "D2"]


def test_the_same_case_gives_the_same_bytes() -> None:
    """Kommunen kan gendanne et brev præcist."""
    values, gaps = case_values(Case(citizen={"name": "Prøve"}))
    one = compiled("{{ case.citizen.name }} {{ case.case_number }}")

    first = one.render(values, gaps)

    assert first == one.render(values, gaps)
    assert first == compiled("{{ case.citizen.name }} {{ case.case_number }}").render(*case_values(Case(citizen={"name": "Prøve"})))


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Co")), max_size=40))
def test_any_text_comes_out_as_written_or_is_refused(name: str) -> None:
    """Intet tegn forsvinder stiltiende."""
    values, gaps = case_values(Case(citizen={"name": name}))
    try:
        document = ANY.render(values, gaps)
    except DocgenError:
        return
    paragraph = docx.Document(io.BytesIO(document)).paragraphs[0].text

    lines = name.replace("\r\n", "\n").replace("\r", "\n")  # each is a line break to Word
    assert paragraph == (f"[{lines}]" if name.strip() else "[]")  # a gap stands in a content control of its own


ANY = compiled("[{{ case.citizen.name }}]")


def test_a_standard_text_carries_its_name_and_version() -> None:
    """Man kan se, hvilken udgave af klagevejledningen et brev har."""
    source = io.BytesIO(template("før"))
    with zipfile.ZipFile(source) as package:
        members = {n: package.read(n) for n in package.namelist()}
    xml = members["word/document.xml"].decode()
    body = (
        '<w:sdt><w:sdtPr><w:tag w:val="blok:klagevejledning"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>tekst</w:t></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )
    members["word/document.xml"] = xml.replace("<w:sectPr", body + "<w:sectPr", 1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    made = Template.compile(out.getvalue(), Path("x.docx"))

    document = made.render({"blok_version": lambda i: "3"}, GapList())

    assert made.blocks == ("klagevejledning",)
    assert 'w:val="blok:klagevejledning:3"' in zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()


def test_properties_hold_no_traces() -> None:
    """Brevets egenskaber rummer titel og sprog, ikke personer, skabelonnavne eller gamle datoer."""
    values, gaps = case_values(Case(citizen={"name": "Prøve"}))
    properties = Properties("Afgørelse", "Eksempel Kommune", "2026-11-22", {"blok:x": "abc"})
    document = docx.Document(io.BytesIO(compiled("x").render(values, gaps, properties)))

    core = document.core_properties

    assert (core.title, core.author, core.language, core.last_modified_by) == ("Afgørelse", "Eksempel Kommune", "da-DK", "")
    assert core.created.year == 2026


def test_an_image_is_handed_to_docxtpl(tmp_path: Path) -> None:
    """Kommunens logo kan sættes ind; resten af brevet er det samme."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    logo = tmp_path / "logo.png"
    pixels = zlib.compress(b"\0\0\0\0")
    logo.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
    values, gaps = case_values(Case(citizen={"name": "A & B"}))
    made = compiled("{{ logo }}", "Navn {{ case.citizen.name }} {{ case.case_number }}")

    document = made.render({**values, "logo": Image(logo)}, gaps)

    opened = docx.Document(io.BytesIO(document))
    assert len(opened.inline_shapes) == 1
    assert "Navn A & B [MANGLER: Sagsnummer]" in text_of(document)
    assert document == made.render({**values, "logo": Image(logo)}, gaps)
    assert "Navn A & B" in text_of(made.render({**values, "logo": "uden"}, gaps))


def test_uneven_blocks_are_told_not_written() -> None:
    """En skabelon med »for« og »endfor« på skæve steder giver en forklaring, ikke en ødelagt fil."""
    values, gaps = case_values(Case(documents=[{"id": "D1"}, {"id": "D2"}]))

    with pytest.raises((RenderError, ContentError)):
        compiled("a {% for d in case.documents %} b", "c {%p endfor %}").render(values, gaps)


def test_the_hash_of_a_template_is_its_files_hash() -> None:
    """Manifestet peger på præcis den skabelon, der blev brugt."""
    source = template("x")

    assert Template.compile(source, Path("x.docx")).sha256 == hashlib.sha256(source).hexdigest()
