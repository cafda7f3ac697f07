"""From a .docx, .txt or .md to text with exact anchors, and what could not be read.

Everything the citizen will see is read: body, tables, content controls, text boxes (once), links, fields' results, symbols,
tracked insertions, notes, headers and footers. Tracked deletions, field codes and comments are not text; they are counted.
A paragraph, a cell and a heading are each a passage, so that each ends a sentence. Offsets count code points of
`document.text`; `pieces` maps them back to the XML elements, one by one, and nothing is normalised.

Order: body with text boxes and hidden text after the paragraph they stand in; footnotes, endnotes; headers; footers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from lxml import etree

from docgen.errors import FileError, Problem, at
from docgen.word import text as plain
from docgen.word.coverage import Coverage
from docgen.word.document import (
    Change,
    Control,
    Field,
    Heading,
    Image,
    Invisible,
    Piece,
    Place,
    ReadDocument,
    T,
    Table,
)
from docgen.word.markup import (
    ALTERNATE,
    BOX,
    DELETED,
    FIELD_CHAR,
    INSERTED,
    SDT,
    SDT_PR,
    SILENT,
    TBL,
    TC,
    P,
    cells_of,
    cells_with_controls,
    chosen,
    described_image,
    form_answer,
    is_standard_text,
    look_into,
    matched_fields,
    span,
)
from docgen.word.names import q, symbol
from docgen.word.package import MAX_TEXT, TOO_LONG, Package, open_package, read_file
from docgen.word.styles import Style, Styles, number, on, read_styles, shaded, value
from docgen.word.titles import known
from nlp.model import Document, Passage

TEXT_SUFFIXES = (".txt", ".md")
SUFFIXES = (".docx", *TEXT_SUFFIXES)

R, TR, PPR, RPR, SDT_CONTENT = (q(f"w:{n}") for n in ("r", "tr", "pPr", "rPr", "sdtContent"))
VAL, ID, TYPE = q("w:val"), q("w:id"), q("w:fldCharType")
FIELD_SIMPLE, INSTRUCTION = q("w:fldSimple"), q("w:instrText")
RANGE_START, RANGE_END = q("w:commentRangeStart"), q("w:commentRangeEnd")
MATH = (q("m:oMath"), q("m:oMathPara"))
FIXED = {q("w:tab"): "\t", q("w:ptab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "-"}
NOTES = {q("w:footnoteReference"): "footnote", q("w:endnoteReference"): "endnote"}
GRAPHICS = (q("w:drawing"), q("w:pict"), q("w:object"))


def read(source: str | Path | bytes, label: str | None = None) -> ReadDocument:
    """Reads a .docx, .txt or .md (bytes: a .docx). FileError, never an empty result, when it cannot be read."""
    if isinstance(source, bytes):
        return read_package(open_package(source, label))
    return read_bytes(read_file(Path(source)), label or Path(source).name)


def read_bytes(data: bytes, name: str) -> ReadDocument:
    """The same for a file's bytes; its name tells what kind of file it is."""
    suffix = Path(name).suffix.lower()
    if suffix in TEXT_SUFFIXES:
        document, coverage = plain.read_text(data, markdown=suffix == ".md", label=name)
        return ReadDocument(document, coverage, name)
    if suffix not in (".docx", ".doc", ".docm", ".dotx", ".dotm"):
        raise FileError(Problem(f"Filtypen {suffix or 'uden endelse'} kan ikke læses.", at(name), "Brug .docx, .txt eller .md."))
    return read_package(open_package(data, name))


def read_package(package: Package) -> ReadDocument:
    """Reads an opened .docx, as its trees are now."""
    return _Reader(package).read()


class _Line:
    """One paragraph on its way to become a passage."""

    __slots__ = ("bold", "boxes", "element", "hidden", "length", "pieces", "style", "texts", "words")

    def __init__(self, element: etree._Element, style: Style):
        self.element, self.style = element, style
        self.texts: list[str] = []
        self.pieces: list[tuple[int, int, etree._Element]] = []
        self.hidden: list[tuple[str, etree._Element]] = []
        self.boxes: list[tuple[etree._Element | str, etree._Element]] = []
        self.length = 0
        self.words = False  # something but blanks has been added
        self.bold = True  # as long as every word is

    def add(self, text: str, element: etree._Element) -> None:
        self.texts.append(text)
        self.pieces.append((self.length, len(text), element))
        self.length += len(text)


class _Reader:
    def __init__(self, package: Package):
        self.package = package
        self.styles = self._styles()
        self.offset = 0  # where the next passage starts
        self.passages: list[Passage] = []
        self.texts: list[str] = []
        self.pieces: list[Piece] = []
        self.places: list[Place] = []
        self.changes: list[Change] = []
        self.controls: list[Control] = []
        self.found_fields: list[Field] = []
        self.invisible: list[Invisible] = []
        self.images: list[Image] = []
        self.tables: list[Table] = []
        self.headings: list[Heading] = []
        self.ranges: dict[str, list[int]] = {}
        self.unread: list[str] = []
        self.counts: dict[str, int] = {}
        self.notes: dict[str, list[tuple[str, etree._Element, str | None, str | None]]] = {"footnote": [], "endnote": []}
        # where the walk is
        self.part, self.name = "body", package.main
        self.line: _Line | None = None  # paragraph under way, also while its mark is deleted and the next one joins it
        self.host: etree._Element | None = None
        self.in_table = self.in_control = 0
        self.ghost = False  # inside a cell that a merged cell above covers
        self.dark = False  # inside a cell with a background of its own
        self.label: str | None = None
        self.heading: str | None = None
        self.section: str | None = None
        self.section_level = 0
        self.slot: str | None = None
        self.stack: list[list] = []  # open fields: [instruction parts, past its separator, start]
        self.matched: set[etree._Element] = set()

    def _styles(self) -> Styles:
        part = self.package.related(self.package.main, "styles")
        if part is None:
            return Styles({}, Style(""), None)
        return _cached_styles(self.package, part)

    # -- stories

    def read(self) -> ReadDocument:
        package = self.package
        root = package.xml(package.main)
        body = root.find(q("w:body"))
        if root.tag != q("w:document") or body is None:
            raise package.refuse("Filen er beskadiget: selve dokumentet mangler.")
        self.story(body)
        main_passages = len([p for p in self.passages if not p.hidden])
        stories = [package.main]
        for kind, tag in (("footnote", "w:footnote"), ("endnote", "w:endnote")):
            stories += self.read_notes(kind, tag)
        for kind, tag in (("header", "w:hdr"), ("footer", "w:ftr")):
            stories += self.read_margins(root, kind, tag)
        if not main_passages:
            if self.counts.get("billede") or self.unread:
                raise package.refuse(
                    "Filen rummer kun billeder eller objekter, ingen tekst der kan læses.",
                    "Er den scannet? Skriv teksten ind, eller kør tekstgenkendelse.",
                )
            raise package.refuse("Dokumentet er tomt: der er ingen tekst at læse.")
        if self.offset > MAX_TEXT:
            raise package.refuse(TOO_LONG)
        deleted = sum(1 for change in self.changes if change.kind in ("del", "moveFrom"))
        visible = sum(1 for passage in self.passages if not passage.hidden)
        return ReadDocument(
            Document("\n".join(self.texts), tuple(self.passages)),
            Coverage(visible, visible + len(self.unread), tuple(self.unread), deleted),
            package.label, package, self.styles, tuple(self.pieces), tuple(self.places), tuple(self.changes),
            tuple(self.controls), tuple(self.found_fields), tuple(self.invisible), tuple(self.images),
            tuple(self.tables), tuple(self.headings), self.closed_ranges(), tuple(stories),
        )

    def closed_ranges(self) -> dict[str, tuple[int, int]]:
        limit = max(self.offset - 1, 0)
        return {key: (min(a, limit), min(max(a, b), limit)) for key, (a, b) in self.ranges.items() if b >= 0}

    def story(self, element: etree._Element) -> None:
        """All the block content of one part or note."""
        self.stack = []
        self.matched = matched_fields(element)
        self.blocks(element)
        self.finish()

    def read_notes(self, kind: str, tag: str) -> list[str]:
        wanted = self.notes[kind]
        part = self.package.related(self.package.main, kind + "s")
        if part is None:
            if wanted:
                raise self.package.refuse("Filen er beskadiget: noterne mangler.")
            return []
        by_id = {note.get(ID): note for note in self.package.xml(part).iterchildren(q(tag))}
        self.part, self.name = kind, part
        for note_id, run, heading, section in wanted:
            note = by_id.get(note_id)
            if note is None:
                raise self.package.refuse("Filen er beskadiget: en note mangler.")
            self.host, self.heading, self.section, self.slot = run, heading, section, None
            self.story(note)
        self.host = None
        return [part]

    def read_margins(self, root: etree._Element, kind: str, tag: str) -> list[str]:
        """Headers or footers that a section of the document uses; a part used twice is read once."""
        targets = {r.id: r for r in self.package.relations(self.package.main) if r.type == kind}
        names: list[str] = []
        self.heading = self.section = self.slot = None
        for reference in root.iter(q(f"w:{kind}Reference")):
            relation = targets.get(reference.get(q("r:id")))
            if relation is None or relation.external or relation.target not in self.package:
                raise self.package.refuse(
                    "Filen er beskadiget: et sidehoved eller en sidefod mangler.", "Gem den på ny i Word."
                )
            if relation.target in names:
                continue
            names.append(relation.target)
            margin = self.package.xml(relation.target)
            if margin.tag != q(tag):
                raise self.package.refuse("Filen er beskadiget: en del er ikke det, filen siger, den er.")
            self.part, self.name = kind, relation.target
            self.story(margin)
        return names

    # -- blocks

    def blocks(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == P:
                self.paragraph(child)
            elif tag == TBL:
                self.finish()
                self.table(child)
            elif tag == SDT:
                self.control(child, self.blocks, block=True)
            elif tag in DELETED:
                self.change(DELETED[tag], self.offset)
            elif tag == ALTERNATE:
                self.blocks(chosen(child))
            elif tag in (RANGE_START, RANGE_END):
                self.comment_mark(child)
            elif tag == q("w:altChunk"):
                self.count("indsat fil")
            elif tag in MATH:
                self.finish()
                self.paragraph(child)
            elif tag not in SILENT and isinstance(tag, str) and len(child):
                self.blocks(child)  # w:customXml, w:ins around blocks, and wrappers of later versions

    def paragraph(self, p: etree._Element) -> None:
        properties = p.find(PPR)
        if self.line is None:
            self.line = _Line(p, self.styles.get(value(properties, "w:pStyle")))
        self.inline(p)
        mark = properties.find(RPR) if properties is not None else None
        if mark is not None and (mark.find(q("w:del")) is not None or mark.find(q("w:moveFrom")) is not None):
            self.change("del", self.here)
            return  # the deleted mark lets the next paragraph go on in the same line
        self.finish()

    @property
    def here(self) -> int:
        return self.offset + (self.line.length if self.line is not None else 0)

    def finish(self) -> None:
        """Ends the paragraph under way: its passage, then its hidden text, then its text boxes."""
        line, self.line = self.line, None
        if line is None:
            return
        text = "".join(line.texts)
        if text.strip():
            self.passage(line, text)
        if line.hidden:
            self.hidden_passage(line)
        for box, run in line.boxes:
            self.box(box, run)

    def passage(self, line: _Line, text: str) -> None:
        style, level = self.kind_of(line, text)
        part = self.part
        if part == "body":
            part = "control" if self.in_control else "table" if self.in_table else "body"
        section, slot = self.section, self.slot
        if style == "heading":
            section, slot = self.enter(text, level)
        elif style in ("cell", "paragraph", "item"):
            slot = self.slot_of(text) or slot
        self.append(Passage(
            text, self.offset, len(self.passages), part, style, level, self.heading, section, slot,
            self.label if style == "cell" else None, self.ghost,
        ), line)
        for start, length, element in line.pieces:
            self.pieces.append(Piece(self.passages[-1].start + start, length, element))
        if style == "heading":
            self.heading = text.strip()

    def append(self, passage: Passage, line: _Line) -> None:
        self.passages.append(passage)
        self.texts.append(passage.text)
        self.places.append(Place(line.element, self.name, self.host))
        self.offset += len(passage.text) + 1
        if passage.hidden:
            self.invisible.append(Invisible("skjult", passage.start, passage.end))

    def hidden_passage(self, line: _Line) -> None:
        text = "".join(text for text, _ in line.hidden)
        if not text.strip():
            return
        place = self.offset
        part = self.part if self.part != "body" else "table" if self.in_table else "body"
        self.append(Passage(
            text, place, len(self.passages), part, heading=self.heading, section=self.section, slot=self.slot, hidden=True
        ), line)
        for piece, element in line.hidden:
            self.pieces.append(Piece(place, len(piece), element))
            place += len(piece)

    def kind_of(self, line: _Line, text: str) -> tuple[str, int]:
        """(style, level) of a paragraph: by its own outline level, its style, or a known title."""
        properties = line.element.find(PPR)
        outline = number(value(properties, "w:outlineLvl"))
        level = line.style.level if outline is None else outline + 1 if outline < 9 else 0
        if level and self.part not in ("header", "footer"):
            self.headings.append(Heading(len(self.passages), level, "style"))
            return "heading", level
        if line.style.title:
            return "title", 0
        if self.in_table:
            return "cell", 0
        if self.part == "body" and len(text) <= 80 and "\t" not in text.strip():
            section, slot = known(text)
            if section or (slot and self.section):
                by: Literal["title", "bold"] = "title"
            elif line.bold and line.words and text.strip()[-1] not in ".,;?!" and text.strip()[0].isupper():
                by = "bold"
            else:
                by = None
            if by:
                level = 2 if section or not slot else 3
                self.headings.append(Heading(len(self.passages), level, by))
                return "heading", level
        numbering = properties.find(q("w:numPr")) if properties is not None else None
        item = line.style.item if numbering is None else value(numbering, "w:numId") != "0"
        return ("item" if item else "paragraph"), 0

    def enter(self, text: str, level: int) -> tuple[str | None, str | None]:
        """A heading opens its section, or closes the one before it unless it stands below that."""
        section, slot = known(text)
        if slot and self.section and not section:
            self.slot = slot
        elif section:
            self.section, self.section_level, self.slot = section, level, slot
        elif level <= self.section_level or not self.section:
            self.section, self.slot = None, slot
        else:
            self.slot = None
        return self.section, self.slot

    def slot_of(self, text: str) -> str | None:
        """`Observeret udførelse: …` and a cell whose label is such a title tell the slot."""
        head, colon, _ = text.partition(":")
        if colon and len(head) < 60 and (slot := known(head)[1]):
            return slot
        return known(self.label)[1] if self.label and self.in_table else None

    def box(self, box: etree._Element | str, run: etree._Element) -> None:
        """A text box: its own paragraphs, read after the one it hangs on. A string is WordArt, a watermark."""
        saved = self.part, self.host, self.in_table, self.in_control, self.label, self.stack, self.matched
        saved_heading = self.heading, self.section, self.section_level, self.slot
        if self.part in ("body", "footnote", "endnote"):
            self.part, self.host = "textbox", self.host if self.host is not None else run
        self.in_table = self.in_control = 0
        self.label = None
        if isinstance(box, str):
            line = _Line(run, self.styles.default)
            line.add(box, run)
            self.passage(line, box)
        else:
            self.story(box)
        self.part, self.host, self.in_table, self.in_control, self.label, self.stack, self.matched = saved
        self.heading, self.section, self.section_level, self.slot = saved_heading

    # -- tables

    def table(self, table: etree._Element) -> None:
        start, label, dark = self.offset, self.label, self.dark
        properties = table.find(q("w:tblPr"))
        style_id = value(properties, "w:tblStyle")
        self.dark = self.dark or (style_id is not None and self.styles.get(style_id).shaded)
        rows = list(cells_of(table, TR))
        self.in_table += 1
        header: dict[int, str] = {}
        marked = False
        widest = 0
        grid = [sum(span(cell) for cell in cells_of(row, TC)) for row in rows]
        for index, row in enumerate(rows):
            row_properties = row.find(q("w:trPr"))
            if row_properties is not None and row_properties.find(q("w:del")) is not None:
                self.change("row", self.offset)
                self.changes.append(Change("del", self.offset, self.offset))
                continue
            if row_properties is not None and row_properties.find(q("w:ins")) is not None:
                self.change("row", self.offset)
            if index == 0:
                marked = on(row_properties, "w:tblHeader") is True
            column, first = 0, ""
            for control, cell in cells_with_controls(row):
                if column == 0 or grid[index] == 1:
                    self.label = None if index or grid[index] == 1 else label
                elif grid[index] == 2 or not header.get(column):
                    self.label = first or None
                else:
                    self.label = header[column]
                text = self.cell(cell, control)
                if column == 0:
                    first = text
                if index == 0 and grid[index] > 1:
                    header[column] = text
                column += span(cell)
            widest = max(widest, column)
        self.in_table -= 1
        self.label, self.dark = label, dark
        self.tables.append(Table(start, len(rows), widest, marked, self.in_table > 0))

    def cell(self, cell: etree._Element, controls: list[etree._Element]) -> str:
        """Reads a cell; gives its text, shortened, as a label for its neighbours."""
        properties = cell.find(q("w:tcPr"))
        before, ghost, dark = len(self.passages), self.ghost, self.dark
        merged = properties.find(q("w:vMerge")) if properties is not None else None
        self.ghost = ghost or (merged is not None and merged.get(VAL, "continue") == "continue")
        self.dark = dark or shaded(properties)
        started = self.offset
        self.in_control += sum(1 for control in controls if not is_standard_text(control))
        self.blocks(cell)
        self.finish()
        self.in_control -= sum(1 for control in controls if not is_standard_text(control))
        for control in controls:
            self.record_control(control, started, max(started, self.offset - 1), block=True)
        self.ghost, self.dark = ghost, dark
        text = " ".join(p.text.strip() for p in self.passages[before:] if not p.hidden)
        return text[:120].strip()

    # -- controls, changes, comments

    def control(self, sdt: etree._Element, walk, block: bool) -> None:
        content = sdt.find(SDT_CONTENT)
        if content is None:
            return
        counted = block and not is_standard_text(sdt)
        if block:
            self.finish()
        start = self.here
        self.in_control += counted
        walk(content)
        if block:
            self.finish()
        self.in_control -= counted
        self.record_control(sdt, start, max(start, self.here - 1) if block else self.here, block)

    def record_control(self, sdt: etree._Element, start: int, end: int, block: bool) -> None:
        properties = sdt.find(SDT_PR)
        self.controls.append(Control(
            value(properties, "w:tag") or "", value(properties, "w:alias") or "", start, end,
            on(properties, "w:showingPlcHdr") is True, block, sdt,
        ))

    def change(self, kind, start: int, end: int | None = None) -> None:
        self.changes.append(Change(kind, start, start if end is None else end))

    def comment_mark(self, element: etree._Element) -> None:
        key = element.get(ID, "")
        if element.tag == RANGE_START:
            self.ranges.setdefault(key, [self.here, -1])
        elif key in self.ranges:
            self.ranges[key][1] = self.here if self.line is not None else max(self.here - 1, 0)

    def count(self, what: str) -> None:
        """Notes something that cannot be read."""
        self.counts[what] = self.counts.get(what, 0) + 1
        where = {"header": " i sidehoved", "footer": " i sidefod", "textbox": " i tekstboks", "footnote": " i fodnote",
                 "endnote": " i slutnote"}.get(self.part, " i tabel" if self.in_table else "")
        self.unread.append(f"{what} {self.counts[what]}{where}")

    # -- inside a paragraph

    def inline(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == R:
                self.run(child)
            elif tag in SILENT or not isinstance(tag, str):
                continue
            elif tag in INSERTED:
                start = self.here
                self.inline(child)
                self.change(INSERTED[tag], start, self.here)
            elif tag in DELETED:
                self.change(DELETED[tag], self.here)
            elif tag == SDT:
                self.control(child, self.inline, block=False)
            elif tag == FIELD_SIMPLE:
                start = self.here
                self.inline(child)
                self.found_fields.append(Field(child.get(q("w:instr"), "").strip(), start, self.here))
            elif tag in (RANGE_START, RANGE_END):
                self.comment_mark(child)
            elif tag == ALTERNATE:
                self.inline(chosen(child))
            elif tag in MATH:
                text = "".join(t.text or "" for t in child.iter(q("m:t")))
                if text:
                    self.put(text, child, None)
            elif tag == q("w:subDoc"):
                self.count("indsat fil")
            elif tag == BOX:
                self.line.boxes.append((child, element))
            elif len(child):
                self.inline(child)  # hyperlink, smartTag, customXml, bdo, dir, and wrappers of later versions

    def run(self, run: etree._Element) -> None:
        properties = run.find(RPR)
        for child in run:
            tag = child.tag
            if tag == T:
                if child.text:
                    self.put(child.text, child, properties)
            elif tag in SILENT:
                continue
            elif tag in FIXED:
                self.put(FIXED[tag], child, properties)
            else:
                self.rarer(child, tag, run, properties)

    def rarer(self, child: etree._Element, tag, run: etree._Element, properties: etree._Element | None) -> None:
        if tag == FIELD_CHAR:
            self.field_char(child, properties)
        elif tag == INSTRUCTION:
            if self.stack:
                self.stack[-1][0].append(child.text or "")
        elif tag == q("w:sym"):
            char = symbol(child.get(q("w:font"), ""), child.get(q("w:char"), ""))
            if char is None:
                self.count("symbol")
                char = "\ufffd"
            self.put(char, child, properties)
        elif tag in NOTES:
            self.notes[NOTES[tag]].append((child.get(ID, ""), run, self.heading, self.section))
        elif tag in GRAPHICS:
            self.graphic(child, run)
        elif tag == ALTERNATE:
            for inner in chosen(child):
                if inner.tag == T:
                    self.put(inner.text or "", inner, properties)
                elif inner.tag in FIXED:
                    self.put(FIXED[inner.tag], inner, properties)
                elif inner.tag not in SILENT:
                    self.rarer(inner, inner.tag, run, properties)
        elif tag == q("w:ruby"):
            base = child.find(q("w:rubyBase"))
            if base is not None:
                self.inline(base)
        elif tag == q("w:contentPart"):
            self.count("håndskrift")

    def put(self, text: str, element: etree._Element, properties: etree._Element | None) -> None:
        """Adds visible text to the line, hidden text to its own passage, and nothing inside a field's code."""
        line = self.line
        if not text or (self.stack and any(not entry[1] for entry in self.stack)):
            return
        if properties is None and not line.style.hidden:
            bold = line.style.bold
        else:
            style_id = value(properties, "w:rStyle")
            style = self.styles.get(style_id) if style_id else None
            hidden = on(properties, "w:vanish")
            if hidden is None:
                hidden = bool(style and style.hidden) or line.style.hidden
            if hidden:
                line.hidden.append((text, element))
                return
            bold = on(properties, "w:b")
            if bold is None:
                bold = bool(style and style.bold) or line.style.bold
            self.look(text, properties, style)
        if bold is False and not text.isspace():
            line.bold = False
        line.words = line.words or not text.isspace()
        line.add(text, element)

    def look(self, text: str, properties: etree._Element | None, style: Style | None) -> None:
        """White or minute text: still read, but told."""
        line = self.line
        color = value(properties, "w:color") or (style.color if style else None) or line.style.color
        size = number(value(properties, "w:sz")) or (style.size if style else None) or line.style.size
        kind = None
        if color and color.upper() == "FFFFFF" and not self.dark and not shaded(properties) and self.part != "textbox" \
                and not shaded(line.element.find(PPR)) and not line.style.shaded and not (style and style.shaded):
            kind = "hvid"
        elif size is not None and size <= 6:
            kind = "lille"
        if kind and text.strip():
            self.invisible.append(Invisible(kind, self.here, self.here + len(text)))

    def field_char(self, element: etree._Element, properties: etree._Element | None) -> None:
        if element not in self.matched:
            return
        kind = element.get(TYPE)
        if kind == "begin":
            self.stack.append([[], False, self.here, element])
        elif kind == "separate" and self.stack:
            self.stack[-1][1] = True
        elif kind == "end" and self.stack:
            parts, _, start, begin = self.stack.pop()
            answer = form_answer(begin)
            if answer:
                self.put(answer, begin, properties)
            self.found_fields.append(Field("".join(parts).strip(), start, self.here))

    def graphic(self, element: etree._Element, run: etree._Element) -> None:
        """A drawing, VML picture or object: its text boxes are read, what is only a picture is counted."""
        boxes: list[etree._Element | str] = []
        what: list[str] = []
        look_into(element, boxes, what)
        for box in boxes:
            self.line.boxes.append((box, run))
        if element.tag == q("w:object"):
            what = ["indlejret objekt"]
        for kind in what:
            if kind == "billede":
                described, decorative = described_image(element)
                self.images.append(Image(self.here, self.part, described or decorative))
                if decorative:
                    continue
            self.count(kind)


def _cached_styles(package: Package, part: str) -> Styles:
    data = package.read(part)
    try:
        return read_styles(data, _SharedParse(package))
    except FileError as error:
        raise package.refuse(error.problems[0].what, error.problems[0].cure) from None


class _SharedParse:
    """`Package.parse` as a cache key that is equal for all packages: the outcome depends on the bytes alone."""

    def __init__(self, package: Package):
        self.parse = package.parse

    def __call__(self, data: bytes) -> etree._Element:
        return self.parse(data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SharedParse)

    def __hash__(self) -> int:
        return 0
