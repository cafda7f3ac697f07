"""Findings as Word comments: on exactly their words, in a copy whose text is unchanged."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.errors import FileError
from docgen.word.annotate import Remark, annotate, remove
from docgen.word.comments import MARKS, NewComment, read_comments
from docgen.word.names import q
from docgen.word.package import Package
from docgen.word.read import read
from tests.docgen import word_files as word

p, run, docx = word.p, word.run, word.docx
DATE = datetime.datetime(2026, 11, 22)


def remark(start: int, end: int, number: int = 1) -> Remark:
    return Remark(start, end, NewComment(((True, "Advarsel"), (False, "Skriv det på en anden måde.")), "SUB101", f"{number:016x}"))


def comments_on(data: bytes, remarks: list[Remark], **more) -> bytes:
    return annotate(Package(data, "brev.docx"), remarks, date=DATE, **more)


def marked(data: bytes) -> dict[str, str]:
    """Comment id -> the words between its marks in the body, as they stand in the XML."""
    package = Package(data, "x")
    running: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for element in package.xml(package.main).iter(*MARKS, q("w:t"), q("m:t")):
        if element.tag == MARKS[0]:
            running[element.get(q("w:id"))] = []
        elif element.tag == MARKS[1]:
            words[element.get(q("w:id"))] = "".join(running.pop(element.get(q("w:id"))))
        elif element.tag not in MARKS:
            for parts in running.values():
                parts.append(element.text or "")
    return words


def place_of(marker: str, text: str) -> tuple[int, int]:
    found = re.search(rf"\b{marker}\b", text) or re.search(marker, text)
    return found.span()


@pytest.fixture(scope="module")
def everywhere():
    """Every place where Word keeps text, with a comment on each marked word."""
    data = word.everywhere()
    text = read(data).document.text
    markers = list(word.READ + word.FURTHER)
    remarks = [remark(*place_of(m, text), n) for n, m in enumerate(markers)]
    out = comments_on(data, remarks)
    ids = {c.fingerprint: c for c in read_comments(Package(out, "x")) if c.ours}
    return data, out, {m: ids[f"{n:016x}"] for n, m in enumerate(markers)}


IN_BODY = [m for m in word.READ + word.FURTHER
           if m not in ("sidehoved", "sidefod", "foerstesidehoved", "fodnote", "slutnote", "tekstfelt", "wordart", "lukketafsnit")]


@pytest.mark.parametrize("marker", IN_BODY)
def test_a_comment_stands_on_exactly_its_word(everywhere, marker):
    """Kommentaren sidder præcis på ordet, også i tabeller, felter, henvisninger og indholdskontroller."""
    _, out, comments = everywhere
    assert marked(out)[comments[marker].id] == marker


@pytest.mark.parametrize(("marker", "words"), [
    ("sidehoved", "Står i sidehovedet: »sidehoved«"), ("sidefod", "Står i sidefoden: »sidefod«"),
    ("fodnote", "Står i fodnoten her: »fodnote«"), ("slutnote", "Står i slutnoten, der henvises til her: »slutnote«"),
    ("tekstfelt", "Står i tekstfeltet her: »tekstfelt«"),
])
def test_where_word_allows_no_comment_it_stands_near_and_says_so(everywhere, marker, words):
    """I sidehoved, note og tekstfelt kan Word ikke have kommentarer; den sidder så tæt på som muligt og siger det."""
    _, out, comments = everywhere
    assert words in comments[marker].text
    assert comments[marker].id in marked(out)


def test_a_span_over_two_joined_paragraphs_is_marked_from_end_to_end(everywhere):
    """Et ord, der går over et slettet linjeskift, er markeret i hele sin længde."""
    _, out, comments = everywhere
    assert marked(out)[comments["lukketafsnit"].id] == "lukketafsnit"


def test_the_text_is_unchanged(everywhere):
    """Ikke et tegn i brevet er ændret af kommentarerne."""
    data, out, _ = everywhere
    before, after = read(data), read(out)
    assert after.document == before.document
    assert (after.changes, after.fields, after.coverage) == (before.changes, before.fields, before.coverage)


def test_peoples_comments_are_left_alone(everywhere):
    """Kollegers kommentarer bliver stående på deres plads, også når vores bliver udskiftet og fjernet."""
    data, out, _comments = everywhere
    again = comments_on(out, [remark(0, 3)])
    ours = [c for c in read_comments(Package(again, "x")) if c.ours]
    assert len(ours) == 1
    clean, gone, kept = remove(Package(again, "x"))
    assert (gone, kept) == (1, 0)
    left = read_comments(Package(clean, "x"))
    assert [(c.author, c.text) for c in left] == [("Kollega", "kommentartekst")]
    assert marked(clean) == {"0": "kommenteret"}
    assert read(clean).document == read(data).document


def test_formatting_is_kept_on_both_sides_of_a_cut():
    """Fed og kursiv bliver stående, når et ord midt i teksten får en kommentar."""
    data = docx(p(run("Borgeren virker doven i dag.", "<w:b/><w:i/>")))
    out = comments_on(data, [remark(16, 21)])
    runs = [r for r in Package(out, "x").xml("word/document.xml").iter(q("w:r")) if r.find(q("w:t")) is not None]
    assert [r.find(q("w:t")).text for r in runs] == ["Borgeren virker ", "doven", " i dag."]
    assert all([c.tag for c in r.find(q("w:rPr"))] == [q("w:b"), q("w:i")] for r in runs)


def test_a_document_without_comments_gets_its_first():
    """Et brev uden kommentarer får dem på den måde, Word selv gør det."""
    out = comments_on(docx(p("Borgeren virker doven.")), [remark(16, 21)])
    package = Package(out, "x")
    assert package.related(package.main, "comments") == "word/comments.xml"
    assert package.content_type("word/comments.xml").endswith("comments+xml")
    comment = read_comments(package)[0]
    assert (comment.author, comment.rule, comment.ours) == ("Sagsklar", "SUB101", True)
    assert read(out).comment_ranges == {"0": (16, 21)}


def test_the_same_findings_give_the_same_file():
    """Samme brev og samme fund giver samme fil, byte for byte."""
    data = docx(p("Borgeren virker doven."))
    assert comments_on(data, [remark(0, 8), remark(16, 21)]) == comments_on(data, [remark(0, 8), remark(16, 21)])


def test_what_is_absent_is_said_at_the_top():
    """Noget, der mangler i brevet, står ved brevets titel, eller ved dets første linje, når det ingen har."""
    out = comments_on(docx(p("Kære Bo") + p("Vi giver afslag.")), [remark(0, 0)])
    assert marked(out) == {"0": "Kære Bo"}
    out = comments_on(docx(p("Bo Prøve") + p("Du får ikke fleksjob", style="Overskrift1") + p("Kære Bo")), [remark(0, 0)])
    assert marked(out) == {"0": "Du får ikke fleksjob"}


def test_a_span_does_not_run_from_the_body_into_a_text_box():
    """En markering går ikke fra brødteksten ind i et tekstfelt."""
    data = docx(p("Før ", word.text_box(p("boks")), "efter"))
    text = read(data).document.text
    out = comments_on(data, [remark(0, len(text))])
    assert read(out).comment_ranges == {"0": (0, text.index("\n"))}


def test_strict_files_are_refused_not_mixed():
    """En »Strict Open XML«-fil bliver ikke til en blandet fil, Word ikke kan åbne."""
    files = word.members(p("Goddag"))
    files["word/document.xml"] = files["word/document.xml"].replace(
        word.W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    with pytest.raises(FileError, match="Strict"):
        comments_on(word.pack(files), [remark(0, 3)])


# --- What must always hold ---------------------------------------------------------------------------------------

LETTERS = st.text("abc æøå\u00a0\u0301😀ﬁ.", min_size=1, max_size=12)
PROPERTIES = st.sampled_from(["", "<w:b/>", '<w:color w:val="FF0000"/>'])
TRACKED = 'w:id="9" w:author="x" w:date="2026-01-01T00:00:00Z"'


@st.composite
def inlines(draw, depth=0):
    shape = draw(st.integers(0, 10 if depth < 2 else 3))
    if shape <= 3:
        text = draw(LETTERS)
        pieces = [f'<w:t xml:space="preserve">{text}</w:t>']
        if draw(st.booleans()):
            pieces.append(draw(st.sampled_from(["<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>", "<w:softHyphen/>"])))
            pieces.append(f'<w:t xml:space="preserve">{draw(LETTERS)}</w:t>')
        properties = draw(PROPERTIES)
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(pieces)}</w:r>"
    inner = "".join(draw(st.lists(inlines(depth + 1), min_size=1, max_size=3)))
    return {
        4: f"<w:hyperlink>{inner}</w:hyperlink>",
        5: f"<w:ins {TRACKED}>{inner}</w:ins>",
        6: f"<w:del {TRACKED}><w:r><w:delText>væk</w:delText></w:r></w:del>",
        7: word.sdt(inner, "felt"),
        8: f'<w:fldSimple w:instr=" X ">{inner}</w:fldSimple>',
        9: word.field(" MERGEFIELD navn ", draw(st.text("abcæ", min_size=1, max_size=6))),
        10: run(draw(LETTERS), "<w:vanish/>"),
    }[shape]


@st.composite
def blocks(draw, depth=0):
    shape = draw(st.integers(0, 6 if depth < 2 else 3))
    if shape <= 3:
        return p(*draw(st.lists(inlines(), min_size=0, max_size=4)))
    inner = "".join(draw(st.lists(blocks(depth + 1), min_size=1, max_size=2))) + p("x")
    if shape == 4:
        return word.sdt(inner, "felt")
    if shape == 5:
        return f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc>{p('y')}</w:tc></w:tr></w:tbl>"
    return p("a", word.text_box(p(*draw(st.lists(inlines(1), min_size=1, max_size=2)))), "b")


def expected_span(before, start: int, end: int) -> tuple[int, int] | None:
    """Where a comment on `start:end` must be read back, or None where Word allows none."""
    pieces = before.pieces_of(start, end)
    passage = before.document.passage_at(pieces[0].start) if pieces else None
    if passage is None or passage.part == "textbox" or passage.hidden:
        return None
    inside = [x for x in pieces if not (q_ := before.document.passage_at(x.start)).hidden and q_.part != "textbox"]
    if len(inside) != len(pieces):
        return None
    # an element that cannot be cut (a tab, a line break) is marked whole; they are one character long
    return max(start, pieces[0].start), min(end, pieces[-1].end)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_annotating_and_reading_again_gives_the_same_text_and_the_same_places(data):
    """Uanset hvordan brevet er bygget, er teksten den samme bagefter, og kommentarerne sidder på deres ord."""
    body = p("Først") + "".join(data.draw(st.lists(blocks(), min_size=1, max_size=5)))
    original = docx(body)
    before = read(original)
    length = len(before.document.text)
    spans = data.draw(st.lists(st.tuples(st.integers(0, length - 1), st.integers(1, 12)), min_size=1, max_size=8))
    spans = [(start, min(start + size, length)) for start, size in spans]
    out = comments_on(original, [remark(*span, n) for n, span in enumerate(spans)])
    after = read(out)
    assert after.document == before.document
    ids = {c.fingerprint: c.id for c in read_comments(after.package)}
    assert len(ids) == len(spans)
    for number, span in enumerate(spans):
        wanted = expected_span(before, *span)
        if wanted is not None:
            assert after.comment_ranges[ids[f"{number:016x}"]] == wanted
    clean, gone, _ = remove(Package(out, "x"))
    assert gone == len(spans)
    assert read(clean).document == before.document
    assert not marked(clean)
