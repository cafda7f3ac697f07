"""A checklist as a Word sheet to take to a meeting: real headings, a header row that repeats, room for notes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetRow:
    text: str
    answer: str
    because: str


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    note: str
    groups: tuple[tuple[str, tuple[SheetRow, ...]], ...]
    totals: str


def sheet(data: Sheet) -> bytes:
    """The .docx. The last column is empty, for what the meeting agrees on."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    document = Document()
    properties = document.core_properties
    properties.title, properties.language, properties.author = data.title, "da-DK", ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "da-DK")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.5)
    document.add_heading(data.title, 1)
    document.add_paragraph(data.note)
    widths = (Cm(6.6), Cm(2.8), Cm(12), Cm(4.6))
    for name, rows in data.groups:
        document.add_heading(name, 2)
        table = document.add_table(rows=1, cols=4, style="Table Grid")
        table.autofit = False
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        _fill(table.rows[0].cells, ("Krav", "Svar", "Grund og dokument", "Aftalt på mødet"), bold=True)
        for row in rows:
            line = table.add_row()
            line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            _fill(line.cells, (row.text, row.answer, row.because, ""))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width  # LibreOffice goes by the grid, Word by the cells
        for line in table.rows:
            for cell, width in zip(line.cells, widths, strict=True):
                cell.width = width
    document.add_paragraph(data.totals)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(cells: Iterable, texts: tuple[str, ...], bold: bool = False) -> None:
    for cell, text in zip(cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold
