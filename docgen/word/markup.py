"""Small questions to a piece of WordprocessingML, each answered the way Word answers it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.word.names import UNDERSTOOD, q
from docgen.word.styles import number, on, value

P, TBL, TC, SDT, SDT_PR = (q(f"w:{n}") for n in ("p", "tbl", "tc", "sdt", "sdtPr"))
ALTERNATE, CHOICE, FALLBACK = q("mc:AlternateContent"), q("mc:Choice"), q("mc:Fallback")
INSERTED = {q("w:ins"): "ins", q("w:moveTo"): "moveTo"}
DELETED = {q("w:del"): "del", q("w:moveFrom"): "moveFrom"}
BOX = q("w:txbxContent")
FIELD_CHAR = q("w:fldChar")
# Elements without text of their own, or whose text is not shown.
SILENT = frozenset(q(f"w:{n}") for n in (
    "pPr", "rPr", "bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "softHyphen", "permStart", "permEnd",
    "delText", "delInstrText", "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "sectPr",
    "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "sdtPr", "sdtEndPr", "rt", "customXmlPr", "smartTagPr",
))


def chosen(alternate: etree._Element) -> etree._Element:
    """The branch that Word shows: the first Choice it understands, else the Fallback; an empty branch when neither."""
    for choice in alternate.iterchildren(CHOICE):
        prefixes = choice.get("Requires", "").split()
        if all(choice.nsmap.get(prefix) in UNDERSTOOD for prefix in prefixes):
            return choice
    fallback = alternate.find(FALLBACK)
    return fallback if fallback is not None else etree.Element("empty")


def matched_fields(story: etree._Element) -> set[etree._Element]:
    """Field characters that have both begin and end; a lone one must not silence the rest of the document."""
    stack: list[list[etree._Element]] = []
    matched: set[etree._Element] = set()
    for element in story.iter(FIELD_CHAR):
        if any(above.tag in DELETED for above in element.iterancestors()):
            continue
        kind = element.get(q("w:fldCharType"))
        if kind == "begin":
            stack.append([element])
        elif kind == "separate" and stack:
            stack[-1].append(element)
        elif kind == "end" and stack:
            matched.update((*stack.pop(), element))
    return matched


def form_answer(begin: etree._Element) -> str:
    """What an old-style form field shows without any text: a ticked box, or the entry chosen in a list."""
    data = begin.find(q("w:ffData"))
    if data is None:
        return ""
    box, menu = data.find(q("w:checkBox")), data.find(q("w:ddList"))
    if box is not None:
        ticked = on(box, "w:checked")
        return "☒" if (on(box, "w:default") if ticked is None else ticked) else "☐"
    if menu is not None:
        entries = [entry.get(q("w:val"), "") for entry in menu.iterchildren(q("w:listEntry"))]
        index = number(value(menu, "w:result") or value(menu, "w:default")) or 0
        return entries[index] if index < len(entries) else ""
    return ""


def cells_of(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls and other wrappers, not into nested tables."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag == ALTERNATE:
            yield from cells_of(chosen(child), wanted)
        elif child.tag not in SILENT and child.tag not in (TC, P, TBL, *DELETED) and isinstance(child.tag, str):
            yield from cells_of(child, wanted)


def cells_with_controls(row: etree._Element) -> Iterator[tuple[list[etree._Element], etree._Element]]:
    """(content controls around it, cell) for each cell; the row's own controls go with its first cell."""
    above = []
    for element in row.iterancestors():
        if element.tag == TBL:
            break
        if element.tag == SDT:
            above.append(element)
    for cell in cells_of(row, TC):
        controls = []
        for element in cell.iterancestors():
            if element is row:
                break
            if element.tag == SDT:
                controls.append(element)
        yield above + controls, cell
        above = []


def span(cell: etree._Element) -> int:
    return max(number(value(cell.find(q("w:tcPr")), "w:gridSpan")) or 1, 1)


def is_standard_text(sdt: etree._Element) -> bool:
    """A named standard text of ours is body text to its reader, not a field to fill in."""
    return (value(sdt.find(SDT_PR), "w:tag") or "").startswith("blok:")


def look_into(element: etree._Element, boxes: list[etree._Element | str], what: list[str]) -> None:
    """Collects a graphic's text boxes, WordArt texts and unreadable contents, each once."""
    for child in element:
        tag = child.tag
        if tag == BOX:
            boxes.append(child)
        elif tag == ALTERNATE:
            look_into(chosen(child), boxes, what)
        elif tag == q("v:textpath"):
            if (child.get("string") or "").strip():
                boxes.append(child.get("string"))
        elif tag in (q("a:blip"), q("v:imagedata")):
            what.append("billede")
        elif tag == q("a:graphicData"):
            uri = child.get("uri", "")
            if uri.endswith(("/chart", "/chartex")):
                what.append("diagram")
            elif uri.endswith("/diagram"):
                what.append("SmartArt-figur")
            look_into(child, boxes, what)
        elif isinstance(tag, str):
            look_into(child, boxes, what)


def described_image(element: etree._Element) -> tuple[bool, bool]:
    """(has an alternative text, is marked as decoration)."""
    for properties in element.iter(q("wp:docPr")):
        decorative = any(d.get("val") in ("1", "true") for d in properties.iter(q("adec:decorative")))
        return bool((properties.get("descr") or "").strip()), decorative
    return any((shape.get("alt") or "").strip() for shape in element.iter(q("v:shape"), q("v:rect"))), False
