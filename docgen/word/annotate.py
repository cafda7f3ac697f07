"""Findings as Word comments, each on exactly its words; the text itself is never changed.

Word allows comments in the body only. What is found in a header or footer is said at the top of the body, what is found
in a note or a text box at the place in the body where the note or the box hangs; the comment says so.
"""

from __future__ import annotations

import datetime
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from docgen.errors import FileError, Problem, at
from docgen.word.comments import AUTHOR, CommentWriter, NewComment, read_comments
from docgen.word.document import Piece, ReadDocument, T
from docgen.word.markup import P
from docgen.word.names import NAMESPACES, q
from docgen.word.package import Package
from docgen.word.read import RPR, SDT_CONTENT, R, read_package
from nlp.model import Passage

WHERE = {
    "header": "Står i sidehovedet", "footer": "Står i sidefoden", "footnote": "Står i fodnoten her",
    "endnote": "Står i slutnoten, der henvises til her", "textbox": "Står i tekstfeltet her",
}
SPACE = q("xml:space")


@dataclass(frozen=True, slots=True)
class Target:
    """Where Word can hold a comment: a span of body text, or the body run that leads to the words; and what to say of it."""

    span: tuple[int, int] | None
    host: etree._Element | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment to write on `start:end` of the text; start == end: about something absent, or the whole document."""

    start: int
    end: int
    comment: NewComment


def annotate(
    package: Package, remarks: list[Remark], *, author: str = AUTHOR, date: datetime.datetime | None = None
) -> bytes:
    """The document with `remarks` as comments in place of our earlier ones; people's comments and answers stay.

    The trees of `package` are changed: open it anew for anything else. FileError if the text would not stay the same.
    """
    if package.strict:
        raise package.refuse(
            "Filen er gemt som »Strict Open XML« og kan læses, men ikke kommenteres.", "Gem den som almindeligt .docx."
        )
    before = read_package(package)
    writer = CommentWriter(package, author, date)
    writer.remove({c.id for c in read_comments(package) if c.ours and not c.answers and not c.done})
    targets = [target(before, remark) for remark in remarks]
    split_at(before, {offset for goal in targets if goal.span for offset in goal.span})
    split = read_package(package)
    if split.document.text != before.document.text:
        raise package.refuse("Kommentarerne kunne ikke sættes ind, uden at teksten blev ændret. Intet er skrevet.")
    for remark, goal in zip(remarks, targets, strict=True):
        comment = remark.comment
        if goal.note:
            first, *rest = comment.paragraphs
            comment = NewComment((first, (False, goal.note), *rest), comment.rule, comment.fingerprint)
        anchor(split, goal, writer.add(comment))
    data = package.save(writer.changed())
    after = read_package(Package(data, package.label))
    if after.document.text != before.document.text:
        raise package.refuse("Kommentarerne kunne ikke sættes ind, uden at teksten blev ændret. Intet er skrevet.")
    return data


def remove(package: Package, *, answered: bool = False) -> tuple[bytes, int, int]:
    """The document without our comments: (bytes, removed, kept because somebody has answered them).

    With `answered`, threads with people's answers go too; their reasons are then only in a baseline, if one was saved.
    """
    comments = read_comments(package)
    ours = [c for c in comments if c.ours]
    going = {c.id for c in ours if answered or not (c.answers or c.done)}
    writer = CommentWriter(package)
    writer.remove(going | {c.id for c in comments if c.parent in going})
    return package.save(writer.changed() if going else {}), len(going), len(ours) - len(going)


def target(read: ReadDocument, remark: Remark) -> Target:
    document, start, end = read.document, remark.start, remark.end
    if start >= end:
        passage = document.passage_at(start) if start else None
        if passage is None or outside(read, passage) or passage.hidden:
            passage = top(read)
        return Target((passage.start, passage.end))
    pieces = read.pieces_of(start, end)
    passage = document.passage_at(pieces[0].start) if pieces else None
    if passage is None:
        return Target(nearest(read, start))
    end = min(end, last_end(read, passage, end))
    if not outside(read, passage):
        return Target((start, end))
    words = document.text[start:min(end, passage.end)].strip()
    note = f"{WHERE.get(passage.part, 'Står uden for brødteksten')}: »{shortened(words)}«"
    host = read.places[passage.index].host
    above = top(read)
    return Target(None if host is not None else (above.start, above.end), host, note)


def outside(read: ReadDocument, passage: Passage) -> bool:
    """Whether Word allows no comment on the passage itself."""
    return passage.part in WHERE or read.places[passage.index].part != read.package.main


def last_end(read: ReadDocument, first: Passage, end: int) -> int:
    """A span may go on into the next passages of the body, not into a note, a header or a text box."""
    last = first.end
    for passage in read.document.passages[first.index:]:
        if passage.start >= end or outside(read, passage):
            break
        last = passage.end
    return last


def top(read: ReadDocument) -> Passage:
    """Where a word about the whole document belongs: its title or first heading, else its first paragraph."""
    body = [p for p in read.document.passages if not outside(read, p) and not p.hidden]
    return next((p for p in body if p.style in ("title", "heading")), body[0])


def nearest(read: ReadDocument, offset: int) -> tuple[int, int]:
    """A span without a word of its own (between two paragraphs): the passage before it."""
    before = [p for p in read.document.passages if p.start <= offset and not outside(read, p) and not p.hidden]
    passage = before[-1] if before else top(read)
    return passage.start, passage.end


def shortened(words: str, limit: int = 160) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def split_at(read: ReadDocument, offsets: set[int]) -> None:
    """Cuts runs so that every offset in a body `w:t`, and between the pieces of a run, is an edge of a run."""
    for offset in sorted(offsets, reverse=True):
        for piece in read.pieces_of(offset, offset + 1):
            cut(piece, offset - piece.start)


def cut(piece: Piece, at_char: int) -> None:
    element = piece.element
    run = element.getparent()
    if run is None or run.tag != R or (at_char and element.tag != T):
        return
    if not at_char and not any(child.tag != RPR for child in element.itersiblings(preceding=True)):
        return
    right = etree.Element(R, run.attrib, nsmap=run.nsmap)
    properties = run.find(RPR)
    if properties is not None:
        right.append(deepcopy(properties))
    following = list(element.itersiblings())
    if at_char:
        text = etree.SubElement(right, T, element.attrib)
        whole = element.text or ""
        element.text, text.text = whole[:at_char], whole[at_char:]
        for half in (element, text):
            half.set(SPACE, "preserve")
    else:
        right.append(element)
    for sibling in following:
        right.append(sibling)
    right.tail, run.tail = run.tail, None
    run.addnext(right)


def anchor(read: ReadDocument, goal: Target, number: str) -> None:
    """Sets the marks of comment `number` around the words, and its reference behind them."""
    if goal.span is None:
        first = last = unit(goal.host)
    else:
        pieces = read.pieces_of(*goal.span)
        first, last = unit(pieces[0].element), unit(end_of(pieces[-1].element))
    start, end = etree.Element(q("w:commentRangeStart")), etree.Element(q("w:commentRangeEnd"))
    run = etree.Element(R)
    etree.SubElement(run, q("w:commentReference")).set(q("w:id"), number)
    start.set(q("w:id"), number)
    end.set(q("w:id"), number)
    first.addprevious(start)
    after(last, end)
    outer = last
    while outer.getparent() is not None and outer.getparent().tag != P:
        outer = outer.getparent()
    following = next_paragraph(outer.getparent()) if outer.getparent() is not None else None
    if outer.getparent() is None:
        after(end, run)
    elif following is not None:
        following.insert(1 if following.find(q("w:pPr")) is not None else 0, run)
    else:
        after(field_end(end if outer is last else outer), run)


def next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """The paragraph to hold the reference, where `paragraph` opens a block content control; else None.

    LibreOffice (7.4, measured) drops the text before a comment's reference in the first paragraph of such a control. The
    marks stay on the words; only the reference, which shows nothing itself, goes to the start of the next paragraph.
    """
    opens = any(
        above.tag == SDT_CONTENT and next(above.iter(P), None) is paragraph for above in paragraph.iterancestors(SDT_CONTENT)
    )
    if not opens:
        return None
    found = paragraph.xpath("following::w:p[not(ancestor::w:txbxContent)][1]", namespaces=NAMESPACES)
    return found[0] if found else None


def field_end(element: etree._Element) -> etree._Element:
    """`element`, or the run that ends the field it stands in: a reference inside a field is taken for the field's answer."""
    depth = 0
    for sibling in element.itersiblings():
        for char in sibling.iter(q("w:fldChar")):
            kind = char.get(q("w:fldCharType"))
            if kind == "end" and depth == 0:
                return sibling
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
    return element


def after(element: etree._Element, new: etree._Element) -> None:
    new.tail, element.tail = element.tail, None
    element.addnext(new)


def unit(element: etree._Element) -> etree._Element:
    """What marks can stand beside: the outermost run around `element` in its paragraph, or the child of the paragraph."""
    found = child = element
    run = element if element.tag == R else None
    while child.getparent() is not None and child.getparent().tag != P:
        child = child.getparent()
        if child.tag == R:
            run = child
    return run if run is not None else (child if child.getparent() is not None else found)


def end_of(element: etree._Element) -> etree._Element:
    """The end of an old-style form field stands behind its code, where nothing may be put in between."""
    if element.tag != q("w:fldChar") or element.get(q("w:fldCharType")) != "begin":
        return element
    depth = 0
    paragraph = next((a for a in element.iterancestors() if a.tag == P), None)
    passed = False
    for char in paragraph.iter(q("w:fldChar")) if paragraph is not None else ():
        passed = passed or char is element
        if passed:
            depth += {"begin": 1, "end": -1}.get(char.get(q("w:fldCharType"), ""), 0)
            if depth == 0:
                return char
    return element


def open_for_comments(data: bytes, label: str) -> Package:
    """A .docx to write comments in; FileError for a text file, which has no place for them."""
    if not data.startswith(b"PK"):
        raise FileError(Problem("Kun Word-filer (.docx) kan få kommentarer.", at(label), "Brug --format html til tekstfiler."))
    return Package(data, label)
