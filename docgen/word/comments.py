"""Word comments: reading people's and our own, writing ours, removing ours.

Ours are known by their last line, `[docgen SUB101 0123456789abcdef]`: the rule and the finding's fingerprint. The line is
kept when somebody edits, moves or answers the comment, and says which finding an answer belongs to.
Answers and "resolved" stand in commentsExtended.xml, by the id of a comment's last paragraph ([MS-DOCX] 2.5.4).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from lxml import etree

from docgen.word.names import NAMESPACES, q
from docgen.word.package import Package

AUTHOR = "Sagsklar"
INITIALS = "SK"
REFERENCE = re.compile(r"\[docgen ([A-ZÆØÅ]{3}\d{3}[a-z]?) ([0-9a-f]{8,64}(?:-\d+)?)\]\s*$")
ID, PARA_ID, DONE, PARENT = q("w:id"), q("w14:paraId"), q("w15:done"), q("w15:paraIdParent")
EXTENDED_ID = q("w15:paraId")
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
MARKS = tuple(q(f"w:{n}") for n in ("commentRangeStart", "commentRangeEnd", "commentReference"))


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `rule` and `fingerprint` only of our own. `answers` are people's replies, in order."""

    id: str
    author: str
    text: str
    done: bool = False
    parent: str | None = None
    rule: str | None = None
    fingerprint: str | None = None
    answers: tuple[str, ...] = ()

    @property
    def ours(self) -> bool:
        return self.rule is not None and self.parent is None


@dataclass(frozen=True, slots=True)
class NewComment:
    """What to write: paragraphs of (bold, text), and the reference of the finding."""

    paragraphs: tuple[tuple[bool, str], ...]
    rule: str
    fingerprint: str


def part_of(package: Package, kind: str = "comments") -> str | None:
    return package.related(package.main, kind)


def text_of(comment: etree._Element) -> str:
    """A comment's text, a line for each paragraph; deleted text is left out."""
    lines = []
    for paragraph in comment.iter(q("w:p")):
        parts = []
        for element in paragraph.iter(q("w:t"), q("w:tab"), q("w:br")):
            parts.append(element.text or "" if element.tag == q("w:t") else " ")
        lines.append("".join(parts))
    return "\n".join(lines).strip()


def read_comments(package: Package) -> tuple[Comment, ...]:
    """All comments of a document, in file order."""
    part = part_of(package)
    if part is None:
        return ()
    elements = list(package.xml(part).iterchildren(q("w:comment")))
    extended_part = part_of(package, "commentsExtended")
    done: dict[str, bool] = {}
    parent_para: dict[str, str] = {}
    if extended_part is not None:
        for entry in package.xml(extended_part).iterchildren(q("w15:commentEx")):
            para = entry.get(EXTENDED_ID, "")
            done[para] = entry.get(DONE, "0") in ("1", "true")
            if entry.get(PARENT):
                parent_para[para] = entry.get(PARENT, "")
    id_of_para = {para: e.get(ID, "") for e in elements for para in paras_of(e)}
    raw = []
    for element in elements:
        last = last_para(element)
        text = text_of(element)
        reference = REFERENCE.search(text)
        parent = id_of_para.get(parent_para.get(last, ""))
        raw.append((element, text, reference, done.get(last, False), parent))
    answers: dict[str, list[str]] = {}
    for _, text, _, _, parent in raw:
        if parent is not None:
            answers.setdefault(parent, []).append(text)
    return tuple(
        Comment(
            element.get(ID, ""), element.get(q("w:author"), ""), text, is_done, parent,
            reference[1] if reference and parent is None else None,
            reference[2] if reference and parent is None else None,
            tuple(answers.get(element.get(ID, ""), ())),
        )
        for element, text, reference, is_done, parent in raw
    )


def paras_of(comment: etree._Element) -> list[str]:
    return [para for p in comment.iter(q("w:p")) if (para := p.get(PARA_ID))]


def last_para(comment: etree._Element) -> str:
    paras = paras_of(comment)
    return paras[-1] if paras else ""


class CommentWriter:
    """Adds and removes comments in a package's trees; `Package.save` with `changed()` writes them."""

    def __init__(self, package: Package, author: str = AUTHOR, date: datetime.datetime | None = None):
        self.package, self.author, self.date = package, author, date
        self.touched: set[str] = set()
        self.part = part_of(package)
        if self.part is not None:
            self.root = package.xml(self.part)
        else:
            spaces = {prefix: NAMESPACES[prefix] for prefix in ("w", "w14", "mc")}
            self.root = etree.Element(q("w:comments"), nsmap=spaces)
            self.root.set(q("mc:Ignorable"), "w14")
        numbers = [int(e.get(ID)) for e in self.root if (e.get(ID) or "").isdigit()]
        self.next = max(numbers, default=-1) + 1
        self.known_paras = {para for e in self.root for para in paras_of(e)}

    def add(self, comment: NewComment) -> str:
        """Writes the comment's text; gives its id for the marks in the body."""
        number, self.next = str(self.next), self.next + 1
        element = etree.SubElement(self.root, q("w:comment"))
        element.set(ID, number)
        element.set(q("w:author"), self.author)
        element.set(q("w:initials"), INITIALS)
        if self.date is not None:
            element.set(q("w:date"), self.date.strftime("%Y-%m-%dT%H:%M:%SZ"))
        paragraphs = [*comment.paragraphs, (False, f"[docgen {comment.rule} {comment.fingerprint}]")]
        for index, (bold, text) in enumerate(paragraphs):
            paragraph = etree.SubElement(element, q("w:p"))
            if index == 0:
                etree.SubElement(etree.SubElement(paragraph, q("w:r")), q("w:annotationRef"))
            run = etree.SubElement(paragraph, q("w:r"))
            properties = etree.SubElement(run, q("w:rPr"))
            if bold:
                etree.SubElement(properties, q("w:b"))
            if index == len(paragraphs) - 1:
                etree.SubElement(properties, q("w:color")).set(q("w:val"), "767676")
                etree.SubElement(properties, q("w:sz")).set(q("w:val"), "14")
                self.mark(paragraph, comment.fingerprint, number)
            content = etree.SubElement(run, q("w:t"))
            content.text = text
            content.set(q("xml:space"), "preserve")
        self.touched.add("comments")
        return number

    def mark(self, paragraph: etree._Element, fingerprint: str, number: str) -> None:
        """Gives the last paragraph its id, where the part knows such ids; Word makes one itself otherwise."""
        if NAMESPACES["w14"] not in self.root.nsmap.values():
            return
        seed = int(fingerprint.partition("-")[0][:7], 16) + int(number)
        para = f"{seed % 0x7FFFFFFE + 1:08X}"
        while para in self.known_paras:
            seed += 1
            para = f"{seed % 0x7FFFFFFE + 1:08X}"
        self.known_paras.add(para)
        paragraph.set(PARA_ID, para)

    def remove(self, ids: set[str]) -> None:
        """Takes comments and every trace of them out of the trees; the text stays."""
        if not ids:
            return
        gone: set[str] = set()
        for element in [e for e in self.root.iterchildren(q("w:comment")) if e.get(ID) in ids]:
            gone.update(paras_of(element))
            self.root.remove(element)
        self.touched.add("comments")
        for mark in [m for m in self.package.xml(self.package.main).iter(*MARKS) if m.get(ID) in ids]:
            parent = mark.getparent()
            remove_keeping_tail(mark)
            if parent.tag == q("w:r") and all(child.tag == q("w:rPr") for child in parent):
                remove_keeping_tail(parent)
        self.touched.add("main")
        durable: set[str] = set()
        for kind in ("commentsExtended", "commentsIds", "commentsExtensible"):
            name = part_of(self.package, kind)
            if name is None:
                continue
            for entry in list(self.package.xml(name)):
                attributes = {etree.QName(key).localname: text for key, text in entry.attrib.items()}
                if attributes.get("paraId") in gone or attributes.get("durableId") in durable:
                    durable.add(attributes.get("durableId", ""))
                    remove_keeping_tail(entry)
                    self.touched.add(name)

    def changed(self) -> dict[str, bytes]:
        """The parts to write: body, comments and, the first time, the links to them."""
        parts = {self.package.main: serialised(self.package.xml(self.package.main))}
        parts.update({name: serialised(self.package.xml(name)) for name in self.touched if name in self.package})
        if "comments" in self.touched:
            if self.part is None and len(self.root):
                self.part = self.link()
                parts.update(self.links)
            if self.part is not None:
                parts[self.part] = serialised(self.root)
        return parts

    def link(self) -> str:
        """A new comments part: its name, relationship and content type."""
        folder, _, name = self.package.main.rpartition("/")
        part = f"{folder}/comments.xml" if folder else "comments.xml"
        while part in self.package:
            part = part.replace(".xml", "1.xml")
        relations_name = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        if relations_name in self.package:
            relations = self.package.xml(relations_name)
        else:
            relations = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
        taken = {e.get("Id") for e in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdDocgen{n}" not in taken)
        link = etree.SubElement(relations, f"{{{space}}}Relationship")
        link.set("Id", f"rIdDocgen{number}")
        link.set("Type", RELATION)
        link.set("Target", part.rpartition("/")[2])
        types = self.package.xml("[Content_Types].xml")
        override = etree.SubElement(types, types.tag.replace("Types", "Override"))
        override.set("PartName", "/" + part)
        override.set("ContentType", CONTENT_TYPE)
        self.links = {relations_name: serialised(relations), "[Content_Types].xml": serialised(types)}
        return part


def remove_keeping_tail(element: etree._Element) -> None:
    parent, previous = element.getparent(), element.getprevious()
    if element.tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
