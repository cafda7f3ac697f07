"""A form as a Word document with content controls, and the answers of a returned one.

Each answer stands in a table cell of its own, beside a label cell whose bookmark says which field it is and what it
held when the form was made. Word keeps a control's tag, but LibreOffice (7.4) drops it, moves line breaks out of plain
text controls and un-nests controls; it keeps cells, paragraphs and bookmarks. So the cell is the answer, whatever has
become of the control in it. Labels are locked in Word by a group control; LibreOffice ignores the lock, and what is
written outside the fields is reported.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_origin
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from lxml import etree
from pydantic import BaseModel

from docgen.content import Content
from docgen.context import checked
from docgen.errors import FileError, Problem, at
from docgen.forms import EMPTY, Block, Field, Form, build, confirmation
from docgen.model import SECTION_KEYS, Case, Section
from docgen.returned import Answer, FormAnswers
from docgen.validate import model_at
from docgen.word.names import q, symbol
from docgen.word.package import open_package, stamp

PLACEHOLDER = {"choice": "[vælg]", "confirm": "[vælg]", "date": "[dato]", "number": "[tal]"}
TEXT_PLACEHOLDER = "[skriv her]"
_NS = nsdecls("w") + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_CASE = "Sagsnummer: "
_WIDTHS = (2200, 2619, 2200, 2619)  # twips; A4 with margins of 20 mm
_TERMS = "{http://purl.org/dc/terms/}"
_FIXED = "1980-01-01T00:00:00Z"


# --- Making ------------------------------------------------------------------------------------------------------------


def make(form: Form) -> bytes:
    """The form as a .docx. The same form gives the same bytes. CaseError for text that Word cannot hold."""
    document = Document()
    _styles(document)
    body = document.element.body
    ids = itertools.count(1)
    title = document.add_paragraph(form.title, style="Title")
    fields = len(form.fields)
    _bookmark(title._p, (f"sk_form_{form.kind}", f"sk_felter_{fields}"), ids)
    if form.case_number:
        number = document.add_paragraph(f"{_CASE}{checked(form.case_number, 'case_number')}")
        _bookmark(number._p, ("sk_sag",), ids)
    for text in form.intro:
        document.add_paragraph(text)
    tables: list[Any] = []
    for blocks in _together(form.blocks):
        first = blocks[0]
        if len(blocks) == 1:
            document.add_paragraph(first.heading, style=f"Heading {first.depth}")
        if first.about:
            document.add_paragraph(first.about)
        for name, text in first.guide:
            paragraph = document.add_paragraph(style="Felthjaelp")
            paragraph.add_run(f"{name}. ").bold = True
            paragraph.add_run(text)
        if first.fields:
            table = parse_xml(_grid(blocks, ids) if len(blocks) > 1 else _rows(first, ids))
            body.insert(len(body) - 1, table)
            tables.append(table)
            document.add_paragraph(style="Luft")
    for table in tables:
        _lock(table, ids)
    core = document.core_properties
    core.title, core.author, core.comments, core.keywords = form.title, "sagsklar", "", ""
    return _fixed(document)


def _styles(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    for element in normal.element.rPr.findall(q("w:rFonts")):
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            element.set(q(f"w:{kind}"), "Arial")
    language = normal.element.rPr.makeelement(q("w:lang"), {q("w:val"): "da-DK"})
    normal.element.rPr.append(language)
    for name, size, before in (("Title", 18, 0), ("Heading 1", 14, 16), ("Heading 2", 12, 12)):
        style = styles[name]
        style.font.size, style.font.color.rgb, style.font.bold, style.font.name = Pt(size), RGBColor(0, 0, 0), True, "Arial"
        fonts = style.element.rPr.find(q("w:rFonts"))
        fonts.attrib.clear()
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(q(f"w:{kind}"), "Arial")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
        if style.element.pPr is not None:
            for border in style.element.pPr.findall(q("w:pBdr")):
                style.element.pPr.remove(border)
    for name, size, bold, color in (("Feltnavn", 9.5, True, 0), ("Felthjaelp", 8.5, False, 0x40), ("Luft", 4, False, 0)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor(color, color, color)
        style.paragraph_format.space_after = Pt(0 if name != "Felthjaelp" else 2)
    placeholder = styles.add_style("Pladsholder", WD_STYLE_TYPE.CHARACTER)
    placeholder.font.color.rgb = RGBColor(0x59, 0x59, 0x59)


def _together(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Small items of one list share a table; all else stands by itself."""
    for group, members in itertools.groupby(blocks, key=lambda b: b.item_of if b.item_of and len(b.fields) <= 3 else id(b)):
        found = tuple(members)
        if isinstance(group, str):
            yield found
        else:
            yield from ((block,) for block in found)


_SHORT_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def _rows(block: Block, ids: Iterator[int]) -> str:
    """A label and an answer in each row; two short fields share one."""
    rows = []
    waiting: Field | None = None
    for asked in (*block.fields, None):
        short = asked is not None and not asked.long
        if waiting is not None and short:
            rows.append(f"{_SHORT_ROW}{_label(waiting, 0, ids)}{_answer_cell(waiting, 1, ids)}{_label(asked, 2, ids)}{_answer_cell(asked, 3, ids)}</w:tr>")
            waiting = None
            continue
        if waiting is not None:
            rows.append(f"{_SHORT_ROW}{_label(waiting, 0, ids)}{_answer_cell(waiting, 1, ids, span=3)}</w:tr>")
            waiting = None
        if short:
            waiting = asked
        elif asked is not None:
            rows.append(f"<w:tr>{_label(asked, 0, ids)}{_answer_cell(asked, 1, ids, span=3)}</w:tr>")
    return _table(_WIDTHS, "".join(rows), block.heading)


def _grid(blocks: tuple[Block, ...], ids: Iterator[int]) -> str:
    """One row for each item of a list; the label cell, its number, holds the bookmarks of all cells in the row."""
    first = blocks[0]
    width = (sum(_WIDTHS) - 600) // len(first.fields)
    widths = (600, *(width for _ in first.fields))
    head = "".join(_cell(widths[i], _p("Feltnavn", t), shaded=True) for i, t in enumerate(("Nr.", *(f.title for f in first.fields))))
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for number, block in enumerate(blocks, 1):
        marks = "".join(_mark(f, ids, column) for column, f in enumerate(block.fields, 1))
        label = _cell(600, f'<w:p><w:pPr><w:pStyle w:val="Feltnavn"/></w:pPr>{marks}<w:r><w:t>{number}</w:t></w:r></w:p>', shaded=True)
        rows.append("<w:tr>" + label + "".join(_cell(widths[i + 1], _control(f, ids)) for i, f in enumerate(block.fields)) + "</w:tr>")
    return _table(widths, "".join(rows), first.heading.rstrip("0123456789 "))


def _table(widths: tuple[int, ...], rows: str, caption: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    edge = 'w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"'
    edges = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (
        f'<w:tbl {_NS}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(width: int, content: str, *, shaded: bool = False, span: int = 1) -> str:
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if shaded else ""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{fill}</w:tcPr>{content}</w:tc>'


def _label(asked: Field, column: int, ids: Iterator[int]) -> str:
    name = f'<w:p><w:pPr><w:pStyle w:val="Feltnavn"/></w:pPr>{_mark(asked, ids)}<w:r>{_text(asked.title)}</w:r></w:p>'
    return _cell(_WIDTHS[column], name + (_p("Felthjaelp", asked.help) if asked.help else ""), shaded=True)


def _answer_cell(asked: Field, column: int, ids: Iterator[int], span: int = 1) -> str:
    return _cell(sum(_WIDTHS[column : column + span]), _control(asked, ids), span=span)


def _p(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{_text(text)}</w:r></w:p>'


def _text(text: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t"))


def _control(asked: Field, ids: Iterator[int]) -> str:
    shown = checked(asked.shown, asked.path)
    empty = not shown
    content = shown or PLACEHOLDER.get(asked.kind, TEXT_PLACEHOLDER)
    head = (
        f"<w:alias w:val={quoteattr(asked.title[:64])}/><w:tag w:val={quoteattr(asked.path)}/>"
        f'<w:id w:val="{next(ids)}"/><w:lock w:val="sdtLocked"/>' + ("<w:showingPlcHdr/>" if empty else "")
    )
    style = '<w:rPr><w:rStyle w:val="Pladsholder"/></w:rPr>' if empty else ""
    if asked.kind in ("text", "lines"):
        lines = "".join(f"<w:p><w:r>{style}{_text(line)}</w:r></w:p>" for line in content.split("\n"))
        return f"<w:sdt><w:sdtPr>{head}</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"
    if asked.kind in ("choice", "confirm"):
        # The first item takes an answer back.
        items = "".join(f"<w:listItem w:displayText={quoteattr(name)} w:value={quoteattr(str(value) or name)}/>" for value, name in (("", PLACEHOLDER["choice"]), *asked.choices))
        kind = f"<w:dropDownList>{items}</w:dropDownList>"
    elif asked.kind == "date":
        full = f' w:fullDate="{asked.value}T00:00:00Z"' if asked.value else ""
        kind = f'<w:date{full}><w:dateFormat w:val="d. MMMM yyyy"/><w:lid w:val="da-DK"/><w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    elif asked.kind == "check":
        ticked = int(shown == "☒")
        kind = (
            f'<w14:checkbox><w14:checked w14:val="{ticked}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        style = '<w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr>'
    else:
        kind = ""
    return f"<w:p><w:sdt><w:sdtPr>{head}{kind}</w:sdtPr><w:sdtContent><w:r>{style}{_text(content)}</w:r></w:sdtContent></w:sdt></w:p>"


def _mark(asked: Field, ids: Iterator[int], column: int = 1) -> str:
    """`sk_<field>_<what it held>_<n>`: the answer is in the n-th cell to the right. LibreOffice keeps no order of marks."""
    number = next(ids)
    name = f"sk_{_digest(asked.path)}_{asked.base}_{column}"
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def _bookmark(paragraph: Any, names: tuple[str, ...], ids: Iterator[int]) -> None:
    for name in names:
        number = next(ids)
        for tag, more in (("bookmarkStart", f'w:name="{name}"'), ("bookmarkEnd", "")):
            paragraph.append(parse_xml(f'<w:{tag} {_NS} w:id="{number}" {more}/>'))


def _digest(path: str) -> str:
    return hashlib.blake2b(path.encode(), digest_size=6).hexdigest()


def _lock(table: Any, ids: Iterator[int]) -> None:
    """A group control around the table: in Word only the controls in it can be changed."""
    group = parse_xml(
        f'<w:sdt {_NS}><w:sdtPr><w:id w:val="{next(ids)}"/><w:lock w:val="contentLocked"/><w:group/></w:sdtPr><w:sdtContent/></w:sdt>'
    )
    table.addprevious(group)
    group[1].append(table)


def _fixed(document: Any) -> bytes:
    """The document's bytes without the time of day."""
    core = document.core_properties._element
    for stamped in core.iter(f"{_TERMS}created", f"{_TERMS}modified"):
        stamped.text = _FIXED
    saved = io.BytesIO()
    document.save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in made.namelist():
            target.writestr(stamp(name), made.read(name))
    return out.getvalue()


# --- Reading -----------------------------------------------------------------------------------------------------------


def read(source: str | Path | bytes, content: Content) -> FormAnswers:
    """The answers of a returned form, whether saved by Word or by LibreOffice.

    Raises FileError for a file that is no form of ours or cannot be opened safely.
    """
    package = open_package(source)
    root = package.xml(package.main)
    names = [b.get(q("w:name"), "") for b in root.iter(q("w:bookmarkStart"))]
    kind = next((n.removeprefix("sk_form_") for n in names if n.startswith("sk_form_")), None)
    if kind is None:
        raise FileError(
            Problem("Filen er ikke en formular fra dette program.", at(package.label), "Lav en med »docgen form«.")
        )
    asked = build(kind, Case(), content)
    answers: dict[str, Answer] = {}
    doubled: list[str] = []
    cells: set[Any] = set()
    for row in root.iter(q("w:tr")):
        for path, base, cell in _answers(row):
            cells.add(cell)
            answer = Answer(_answer(cell, asked.fields.get(path)), base)
            if path in answers:
                doubled.append(path)
                continue
            answers[path] = answer
    count = next((int(n.removeprefix("sk_felter_")) for n in names if re.fullmatch(r"sk_felter_\d+", n)), len(answers))
    return FormAnswers(
        kind, _case_number(root), answers, tuple(_outside(root, cells, asked)), tuple(doubled), max(0, count - len(answers))
    )


_FIELD_MARK = re.compile(r"sk_([0-9a-f]{12})_([0-9a-f]{8})_(\d)")


def _answers(row: Any) -> Iterator[tuple[str, str, Any]]:
    """(path, mark, cell) of every answer in a row."""
    cells = [cell for cell in row.iter(q("w:tc")) if next(cell.iterancestors(q("w:tr"))) is row]
    taken: set[Any] = set()
    for place, cell in enumerate(cells):
        marks = [m for b in cell.iter(q("w:bookmarkStart")) if (m := _FIELD_MARK.fullmatch(b.get(q("w:name"), "")))]
        for found in marks:
            path, answer = _paths().get(found[1]), place + int(found[3])
            if path and answer < len(cells):
                taken.add(cells[answer])
                yield path, found[2], cells[answer]
    for cell in cells:  # a label that has lost its mark: Word's tag still tells
        if cell not in taken and (path := _tag(cell)):
            yield path, EMPTY, cell


def _tag(cell: Any) -> str | None:
    known = set(_paths().values())
    tags = (tag.get(q("w:val"), "") for tag in cell.iter(q("w:tag")))
    return next((tag for tag in tags if tag in known), None)


@cache
def _paths() -> dict[str, str]:
    """digest -> path for every field that a form can ask for; lists up to forty items."""
    return {_digest(path): path for path in _every(Case, "")}


def _every(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, info in model.model_fields.items():
        inner = model_at(info.annotation, ())
        path = f"{prefix}{name}"
        if inner is None:
            yield path
        elif inner is Section:
            for key in SECTION_KEYS:
                yield from _every(Section, f"{path}[{key}].")
        elif get_origin(info.annotation) is list:
            if "[" not in prefix:
                for index in range(40):
                    yield from _every(inner, f"{path}[{index}].")
        elif inner is not Case:
            yield from _every(inner, f"{path}.")


def _answer(cell: Any, asked: Field | None) -> str:
    """The text of an answer cell; a placeholder is no answer, in whatever shape it came back."""
    waiting = [sdt for sdt in cell.iter(q("w:sdt")) if sdt.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}") is not None]
    text = "\n".join(_paragraph(p) for p in cell.iter(q("w:p")))
    for sdt in waiting:
        held = "\n".join(_paragraph(p) for p in sdt.iter(q("w:p"))) or _paragraph(sdt)
        known = asked is not None and any(held == name for _, name in asked.choices)
        if held and not known:  # LibreOffice can leave the mark of a placeholder on a chosen value
            text = text.replace(held, "", 1)
    placeholder = PLACEHOLDER.get(asked.kind, TEXT_PLACEHOLDER) if asked else TEXT_PLACEHOLDER
    text = text.strip().removeprefix(placeholder).removesuffix(placeholder)
    if asked is not None and asked.kind == "date" and text.strip():
        text = _dated(cell, asked, text)
    return text


def _dated(cell: Any, asked: Field, text: str) -> str:
    """The text, unless only the control's own date can be read (another language's month)."""
    try:
        asked.parse(text)
    except ValueError:
        full = next((d.get(q("w:fullDate")) for d in cell.iter(q("w:date")) if d.get(q("w:fullDate"))), None)
        return full[:10] if full else text
    return text


_SKIPPED = {q("w:del"), q("w:moveFrom"), q("w:instrText"), q("w:delText"), q("w:rPr"), q("w:pPr"), q("w:sdtPr")}
_SIGNS = {q("w:tab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "\u2011", q("w:softHyphen"): "\u00ad"}


def _paragraph(element: Any) -> str:
    """The text of a paragraph as a reader sees it: insertions in, deletions out."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        for child in node:
            if child.tag in _SKIPPED or child.tag == q("w:p"):
                continue
            if child.tag == q("w:t"):
                parts.append(child.text or "")
            elif child.tag in _SIGNS:
                parts.append(_SIGNS[child.tag])
            elif child.tag == q("w:sym"):
                parts.append(symbol(child.get(q("w:font"), ""), child.get(q("w:char"), "")) or "")
            elif child.tag is not etree.Comment:
                walk(child)

    walk(element)
    return "".join(parts)


def _case_number(root: Any) -> str | None:
    for mark in root.iter(q("w:bookmarkStart")):
        if mark.get(q("w:name")) == "sk_sag":
            text = _paragraph(next(mark.iterancestors(q("w:p"))))
            return text.partition(_CASE)[2].strip() or None
    return None


def _outside(root: Any, cells: set[Any], asked: Form) -> Iterator[str]:
    """Paragraphs that stand in no answer and are no text of the form's own."""
    own = {_likeness(text) for text in _own_texts(asked)}
    for paragraph in root.iter(q("w:p")):
        if any(ancestor in cells for ancestor in paragraph.iterancestors(q("w:tc"))):
            continue
        text = _paragraph(paragraph).strip()
        if text and not text.startswith(_CASE.strip()) and _likeness(text) not in own:
            yield text


def _own_texts(form: Form) -> Iterator[str]:
    carried = confirmation("", None)
    yield from (form.title, *form.intro, "Nr.", "0")
    yield from (carried.title, carried.help)
    for block in form.blocks:
        yield block.heading
        yield block.about
        yield from (f"{name}. {text}" for name, text in block.guide)
        for asked in block.fields:
            yield asked.title
            yield asked.help


def _likeness(text: str) -> str:
    """Numbers and months count for nothing: a form has as many items as its case."""
    from docgen.dates import MONTHS

    return re.sub(rf"\d+|\b(?:{'|'.join(MONTHS)})\b", "#", " ".join(text.split()))
