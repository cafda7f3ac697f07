"""Reading Word files: everything the citizen will see, once, with exact anchors."""

from __future__ import annotations

import re

import pytest

from docgen.errors import FileError
from docgen.word.read import read
from tests.docgen import word_files as word

p, run, table, sdt, docx = word.p, word.run, word.table, word.sdt, word.docx


def texts(body: str, **more) -> list[str]:
    return [passage.text for passage in read(docx(body, **more)).document.passages]


@pytest.fixture(scope="module")
def everywhere():
    return read(word.everywhere())


@pytest.mark.parametrize("marker", word.READ + word.FURTHER)
def test_each_place_where_word_keeps_text_is_read_once(everywhere, marker):
    """Et ord i sidehoved, tabel, tekstfelt, note, felt eller indholdskontrol bliver læst, og kun én gang."""
    if marker == "lukketafsnit":
        assert everywhere.document.text.count(marker) == 1
    else:
        assert len(re.findall(rf"\b{marker}\b", everywhere.document.text)) == 1


@pytest.mark.parametrize("marker", word.NOT_READ)
def test_what_the_citizen_never_sees_is_not_text(everywhere, marker):
    """Slettet tekst, feltkoder og kommentarer er ikke en del af brevet."""
    assert marker not in everywhere.document.text


def test_deletions_are_told(everywhere):
    """Sletninger, der stadig ligger i filen, bliver nævnt."""
    assert everywhere.coverage.deleted == 3
    assert "slettet med sporede ændringer" in everywhere.coverage.sentence()


def test_every_character_maps_back_to_its_element(everywhere):
    """Hvert tegn i teksten kan findes igen i Word-filen."""
    for piece in everywhere.pieces:
        if piece.splits:
            assert piece.element.text == everywhere.document.text[piece.start:piece.end]
    covered = {i for piece in everywhere.pieces for i in range(piece.start, piece.end)}
    between = set(range(len(everywhere.document.text))) - covered
    assert {everywhere.document.text[i] for i in between} == {"\n"}
    for passage in everywhere.document.passages:
        assert everywhere.document.text[passage.start:passage.end] == passage.text


def test_parts_are_named_as_in_the_contract(everywhere):
    """Hvert fund kan sige, om det står i brødtekst, tabel, sidehoved, tekstfelt eller note."""
    part = {passage.text.strip(): passage.part for passage in everywhere.document.passages}
    assert [part[text] for text in ("celle", "sidehoved", "sidefod", "tekstfelt", "fodnote", "slutnote", "kontrolblok")] == [
        "table", "header", "footer", "textbox", "footnote", "endnote", "control"]


def test_hidden_text_is_kept_apart(everywhere):
    """Skjult tekst tæller ikke som skrevet i brevet, men går ikke tabt."""
    assert [x.text for x in everywhere.document.passages if x.hidden] == ["skjult"]
    assert everywhere.document.passages[0].text == "Her er krop og  resten."


def test_text_hidden_by_its_style_is_hidden():
    """Tekst kan også være skjult af sin typografi."""
    body = p("Synlig ", run("gemt", '<w:rStyle w:val="Usynlig"/>'), run(" frem", '<w:rStyle w:val="Usynlig"/><w:vanish w:val="0"/>'))
    assert [(x.text, x.hidden) for x in read(docx(body)).document.passages] == [("Synlig  frem", False), ("gemt", True)]


@pytest.mark.parametrize(("body", "level"), [
    (p("Begrundelse", style="Overskrift1"), 1),
    (p("Noget helt andet", style="MinOverskrift"), 2),
    (p("Noget helt andet", properties='<w:outlineLvl w:val="2"/>'), 3),
    (p("2. Begrundelse:"), 2),
    (p(run("Det har vi set på", "<w:b/>")), 2),
])
def test_headings_are_known_by_style_outline_title_or_bold(body, level):
    """En overskrift er en overskrift, også når den kun er skrevet med fed."""
    first, second = read(docx(body + p("Vi har vurderet sagen."))).document.passages
    assert (first.style, first.level) == ("heading", level)
    assert second.heading == first.text


@pytest.mark.parametrize("body", [p("Begrundelsen er kort."), p(run("Navn.", "<w:b/>")), p(run("Vigtigt", "<w:b/>"), " at vide"),
                                  p("Indhold", style="Overskrift1", properties='<w:outlineLvl w:val="9"/>')])
def test_ordinary_paragraphs_are_not_headings(body):
    """En almindelig sætning bliver ikke til en overskrift."""
    assert read(docx(body)).document.passages[0].style == "paragraph"


def test_sections_and_slots_follow_headings():
    """Det observerede, borgerens egen oplevelse og vurderingen holdes adskilt under hvert område."""
    body = (p("Egenomsorg", style="Overskrift2") + p("Observeret udførelse", style="Overskrift3") + p("Rejser sig selv.")
            + p("Borgerens egen oplevelse: Det går godt.")
            + table(("Ergoterapeutisk vurdering", "Let begrænset."))
            + p("Noget ukendt", style="Overskrift2") + p("Fri tekst."))
    slots = {x.text: (x.section, x.slot) for x in read(docx(body)).document.passages}
    assert slots["Rejser sig selv."] == ("egenomsorg", "observed")
    assert slots["Borgerens egen oplevelse: Det går godt."] == ("egenomsorg", "citizen_view")
    assert slots["Let begrænset."] == ("egenomsorg", "assessment")
    assert slots["Fri tekst."] == (None, None)


def test_cells_know_their_labels():
    """En celle kender teksten til venstre for sig, eller overskriften over sig."""
    two = read(docx(table(("Navn", "Bo")))).document.passages
    assert [x.label for x in two] == [None, "Navn"]
    wide = read(docx(table(("Redskab", "Dato", "Score"), ("AMPS", "1. maj", "1,2"), header=True))).document.passages
    assert [x.label for x in wide[3:]] == [None, "Dato", "Score"]


def test_a_ticked_box_is_an_answer():
    """Et kryds i et skema bliver læst, også når det er et symbol eller et gammelt formularfelt."""
    ticked = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    empty = '<w:r><w:sym w:font="Wingdings" w:char="00A8"/></w:r>'
    old = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
           '</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    menu = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="let"/>'
            '<w:listEntry w:val="svær"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert texts(p(ticked, " ja ", empty, " nej ", old, " gammel ", menu)) == ["☑ ja ☐ nej ☒ gammel svær"]


def test_an_unknown_symbol_is_told():
    """Et tegn, vi ikke kender, bliver til et spørgsmål om dækning, ikke til tavshed."""
    result = read(docx(p("a", '<w:r><w:sym w:font="Ukendt Pi" w:char="F041"/></w:r>')))
    assert (result.document.text, result.coverage.unread) == ("a\ufffd", ("symbol 1",))


def test_a_field_without_an_end_silences_nothing():
    """Et ødelagt felt må ikke få resten af brevet til at forsvinde."""
    assert texts(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "Resten af brevet")) == ["Resten af brevet"]


def test_a_field_inside_a_fields_code_is_not_text():
    """Beregninger inde i en feltkode er ikke en del af brevet."""
    inner = word.field(" PAGE ", "2")
    outer = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>' + inner
             + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("svar") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert texts(p("x ", outer)) == ["x svar"]


def test_deleted_rows_are_not_read():
    """En slettet række i en tabel er ikke en del af brevet."""
    row = '<w:tr><w:trPr><w:del w:id="1" w:author="x"/></w:trPr><w:tc>' + p("væk") + "</w:tc></w:tr>"
    result = read(docx("<w:tbl>" + row + "<w:tr><w:tc>" + p("her") + "</w:tc></w:tr></w:tbl>"))
    assert (result.document.text, result.coverage.deleted) == ("her", 1)


def test_the_branch_that_word_shows_is_read():
    """Når filen har flere udgaver af det samme, læses den, Word viser."""
    body = ('<w:p><mc:AlternateContent><mc:Choice xmlns:zz="urn:fremtid" Requires="zz">' + run("fremtid")
            + "</mc:Choice><mc:Fallback>" + run("nutid") + "</mc:Fallback></mc:AlternateContent></w:p>")
    assert texts(body) == ["nutid"]


def test_strict_open_xml_is_read():
    """Filer gemt som »Strict Open XML« kan læses."""
    files = word.members(p("Goddag"))
    files["word/document.xml"] = files["word/document.xml"].replace(
        word.W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read(word.pack(files)).document.text == "Goddag"


def test_pictures_are_counted_as_unread():
    """Et billede kan ikke læses, og det står der."""
    result = read(docx(p("Se her", word.picture()) + table((p("x", word.picture("et kort")),))))
    assert result.coverage.unread == ("billede 1", "billede 2 i tabel")
    assert (result.coverage.read, result.coverage.total) == (2, 4)
    assert [image.described for image in result.images] == [False, True]


@pytest.mark.parametrize("body", ["", p(), p("  "), p(run("kun skjult", "<w:vanish/>"))])
def test_an_empty_letter_is_an_error_not_a_clean_result(body):
    """Et tomt dokument giver aldrig »ingen fund«."""
    with pytest.raises(FileError, match="tomt"):
        read(docx(body))


def test_a_scanned_letter_is_an_error_not_a_clean_result():
    """Et indscannet brev giver aldrig »ingen fund«."""
    with pytest.raises(FileError, match="kun billeder"):
        read(docx(p(word.picture()), {"header1.xml": word.part("hdr", p("Kommunen"))},
                  section='<w:headerReference w:type="default" r:id="rIdheader1"/>'))


def test_white_and_minute_text_is_seen():
    """Hvid eller mikroskopisk tekst bliver læst og nævnt; hvid tekst på mørk baggrund er almindelig."""
    white = '<w:color w:val="FFFFFF"/>'
    body = p(run("hvid", white), run(" på mørkt", white + '<w:shd w:val="clear" w:fill="003366"/>'), run(" bitte", '<w:sz w:val="2"/>'))
    result = read(docx(body))
    assert [(x.kind, result.document.text[x.start:x.end]) for x in result.invisible] == [("hvid", "hvid"), ("lille", " bitte")]


@pytest.mark.parametrize(("name", "data", "passages"), [
    ("a.txt", "Første afsnit\nfortsat.\n\nAndet.".encode(), [("Første afsnit\nfortsat.", "paragraph"), ("Andet.", "paragraph")]),
    ("a.txt", "Begrundelse:\r\nVi så.\r\n- et\r\n- to".encode("utf-16"),
     [("Begrundelse:", "heading"), ("Vi så.", "paragraph"), ("- et", "item"), ("- to", "item")]),
    ("a.txt", "Ærø åben".encode("cp1252"), [("Ærø åben", "paragraph")]),
    ("a.md", "# Afgørelse\n\nVi **giver** dig\nfleksjob.\n\n* en\n* to\n\n> citat\n\n| a | b |\n|---|---|\n| c | d |\n".encode(),
     [("Afgørelse", "heading"), ("Vi **giver** dig\nfleksjob.", "paragraph"), ("en", "item"), ("to", "item"),
      ("citat", "paragraph"), ("a", "cell"), ("b", "cell"), ("c", "cell"), ("d", "cell")]),
])
def test_text_files_are_read_with_their_own_offsets(tmp_path, name, data, passages):
    """Tekstfiler læses som de er; pladser tæller tegn i filens egen tekst."""
    path = tmp_path / name
    path.write_bytes(data)
    document = read(path).document
    assert [(x.text, x.style) for x in document.passages] == passages
    assert all(document.text[x.start:x.end] == x.text for x in document.passages)
