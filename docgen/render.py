"""A Word template with docxtpl's tags, compiled once, and rendered many times: the same values give the same bytes.

docxtpl parses and compiles its template anew for every document, which is half of its time. Here each part is patched by
docxtpl's own `patch_xml` and compiled once; the members of the package that never change stay deflated; a document costs
the executing of the compiled parts and the deflating of what they make. What needs a live package (images, sub-documents,
`{%tc %}`, merged cells) is handed back to docxtpl without the caller noticing.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree
from markupsafe import Markup, escape

from docgen import sandbox
from docgen.context import END, START, GapList, Missing
from docgen.errors import ContentError, Problem, RenderError, at

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RENDERED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_DOCXTPL_ONLY = re.compile(r"\{[%{]tc |\{%\s*(colspan|cellbg|vm|hm)\b|\{\{[pr] ")
# Word's autocorrect in Danish makes these of what the author typed inside a tag.
_AUTOCORRECT = str.maketrans(
    {"„": '"', "»": '"', "«": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "\u00a0": " ", "\u00ad": None, "\u200b": None, "\u2060": None}
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
BLOCK = "blok:"
GAP = "mangler:"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture from a file of the municipality's content; only docxtpl can place it."""

    path: Path
    height_mm: float = 18


def _finalize(value: Any) -> Any:
    """What `{{ }}` prints: a gap's mark, and a line break or tab as Word's own."""
    if value.__class__ is str:
        if "\n" in value or "\t" in value or "\r" in value:
            text = str(escape(value)).replace("\r\n", "\n").replace("\r", "\n").replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
            return Markup(text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">'))
        return value
    if isinstance(value, Missing):
        return Markup(value.mark())
    if value is None or isinstance(value, bool):
        raise TypeError("no text")  # a yes/no or an unknown is not something to print
    return value


ENVIRONMENT = sandbox.environment(_finalize, autoescape=True)


@dataclass(frozen=True)
class _Member:
    """A member of the package as it is written: local header with data, and its central directory record."""

    name: str
    data: bytes
    header: bytes
    central: bytes


def _member(name: str, content: bytes) -> _Member:
    raw = name.encode("utf-8")
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    data = packer.compress(content) + packer.flush()
    # 1 January 1980 and no other attributes: the same content gives the same bytes
    fixed = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 33, zlib.crc32(content), len(data), len(content), len(raw), 0)
    return _Member(name, data, b"PK\x03\x04" + fixed + raw, b"PK\x01\x02\x14\x03" + fixed + b"\0" * 10)


def _archive(members: list[_Member]) -> bytes:
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for m in members:
        out += (m.header, m.data)
        directory.append(m.central + struct.pack("<I", offset) + m.name.encode("utf-8"))
        offset += len(m.header) + len(m.data)
    end = b"".join(directory)
    count = len(members)
    return b"".join((*out, end, struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(end), offset, 0)))


@dataclass
class Template:
    """A compiled template. Immutable in use; `render` may be called from several threads.

    `rendered`: the parts that hold tags; `static`: the rest, already deflated; `blocks`: ids of the standard texts that
    stand in content controls named `blok:<id>`.
    """

    path: Path
    sha256: str
    rendered: dict[str, sandbox.Tags | None]  # None: only docxtpl can render the part
    static: list[_Member]
    order: list[str]
    blocks: tuple[str, ...]
    docxtpl_only: bool
    source: bytes = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> Template:
        """Reads and compiles a .docx template. ContentError with place and tag for what is wrong in it."""
        try:
            source = path.read_bytes()
        except OSError as e:
            raise ContentError(Problem("Word-skabelonen kan ikke læses.", at(path), e.strerror or "")) from None
        return cls.compile(source, path)

    @classmethod
    def compile(cls, source: bytes, path: Path) -> Template:
        from docgen.word.package import Package

        package = Package(source, path.name)
        parts, static, blocks, docxtpl_only = {}, [], [], False
        for name in package.names:
            content = package.read(name)
            if not _RENDERED.match(name):
                if name not in ("docProps/core.xml", "docProps/custom.xml"):
                    static.append(_member(name, _with_properties(name, content)))
                continue
            xml = _patched(content, path)
            docxtpl_only = docxtpl_only or bool(_DOCXTPL_ONLY.search(xml))
            blocks += re.findall(rf'w:val="{BLOCK}([a-z0-9_]+)"', xml)
            xml = re.sub(rf'(w:val="{BLOCK}([a-z0-9_]+))"', r"\1:{{ blok_version('\2') }}" + '"', xml)
            parts[name] = sandbox.compiled(ENVIRONMENT, xml, at(path)) if not _DOCXTPL_ONLY.search(xml) else None
        return cls(
            path, hashlib.sha256(source).hexdigest(), parts, static, list(package.names), tuple(dict.fromkeys(blocks)),
            docxtpl_only, source,
        )

    def render(self, values: dict[str, Any], gaps: GapList | None = None, properties: Properties | None = None) -> bytes:
        """The document. `values` are what the tags see; `gaps` collects what was missing.

        Raises RenderError for an unknown name, a forbidden operation or broken XML.
        """
        if self.docxtpl_only or any(isinstance(v, Image) for v in values.values()):
            made = self._by_docxtpl(values)
            parts = {n: _versioned(c.decode("utf-8"), values) for n, c in made.items() if _RENDERED.match(n)}
            members = {n: _member(n, _with_properties(n, content)) for n, content in made.items() if n not in parts}
        else:
            parts = {name: tags.run(values) for name, tags in self.rendered.items()}
            members = {m.name: m for m in self.static}
        counter = [0]
        for name, xml in parts.items():
            if START in xml:
                xml = _show_gaps(xml, gaps or GapList(), counter)
            elif _unsound(xml):
                raise RenderError(Problem("Skabelonen giver et Word-dokument med fejl i.", at(self.path), _UNSOUND_CURE))
            members[name] = _member(name, xml.encode("utf-8"))
        for name, content in (properties or Properties()).files().items():
            members[name] = _member(name, content)
        first = [n for n in self.order if n in members]
        return _archive([members[n] for n in (*first, *(n for n in members if n not in first))])

    def _by_docxtpl(self, values: dict[str, Any]) -> dict[str, bytes]:
        """Every member of the document as docxtpl writes it, but for the properties, which are ours."""
        from docx.shared import Mm
        from docxtpl import DocxTemplate, InlineImage

        tpl = DocxTemplate(io.BytesIO(self.source))
        tpl.init_docx()
        placed = {
            k: InlineImage(tpl, str(v.path), height=Mm(v.height_mm)) if isinstance(v, Image) else v for k, v in values.items()
        }
        saved = io.BytesIO()
        with sandbox.guarded(at(self.path)):
            tpl.render(placed, ENVIRONMENT, autoescape=True)
            tpl.save(saved)
        with zipfile.ZipFile(saved) as made:
            return {n: made.read(n) for n in made.namelist() if n not in _TYPES}

    @cached_property
    def tags(self) -> set[str]:
        """The dotted names that the tags use, e.g. `case.citizen.name`."""
        from jinja2 import nodes

        found: set[str] = set()
        for part in self.rendered:
            with zipfile.ZipFile(io.BytesIO(self.source)) as package:
                tree = ENVIRONMENT.parse(_patched(package.read(part), self.path))
            for node in tree.find_all((nodes.Getattr, nodes.Name)):
                found.add(_dotted(node))
        return found


def _versioned(xml: str, values: dict[str, Any]) -> str:
    """Standard texts' tags with their version, where docxtpl made the part and left them as they were."""
    return re.sub(rf'(w:val="{BLOCK})([a-z0-9_]+)"', lambda m: f'{m[1]}{m[2]}:{values["blok_version"](m[2])}"', xml)


_UNSOUND_CURE = "Tjek, at »for« og »endfor«, »if« og »endif« står i hver sit afsnit eller hver sin tabelrække."


def _unsound(xml: str) -> bool:
    """Whether the XML would be refused, or silently cut, by a reader."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError:
        return True
    return False


def _dotted(node: Any) -> str:
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "?"


def _patched(content: bytes, path: Path) -> str:
    """The part's XML with its tags in one piece and free of Word's autocorrect."""
    from docxtpl import DocxTemplate

    try:
        xml = etree.tostring(etree.fromstring(content, _PARSER), encoding="unicode")
    except etree.XMLSyntaxError:
        raise ContentError(Problem("Word-skabelonen er beskadiget.", at(path), "Åbn og gem den i Word.")) from None
    xml = DocxTemplate.patch_xml(None, xml)  # type: ignore[arg-type]  # uses no state of its instance
    return re.sub(r"\{[{%].*?[}%]\}", lambda m: m[0].translate(_AUTOCORRECT), xml)


# --- Gaps ------------------------------------------------------------------------------------------------------------

_MARK = re.compile(f"{START}([^{END}]*){END}")
_AFTER_HIGHLIGHT = {
    f"{{{W}}}{n}"
    for n in ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath")
}


def _show_gaps(xml: str, gaps: GapList, counter: list[int]) -> str:
    """Each mark becomes a highlighted content control named `mangler:<path>`, within the words around it."""
    from docgen import ui

    try:
        root = etree.fromstring(xml.encode("utf-8"), _PARSER)
    except etree.XMLSyntaxError:
        raise RenderError(Problem("Skabelonen giver et Word-dokument med fejl i.", None, _UNSOUND_CURE)) from None
    for run in list(root.iter(f"{{{W}}}r")):
        texts = [t for t in run.findall(f"{{{W}}}t") if t.text and START in t.text]
        if not texts:
            continue
        pieces: list[etree._Element] = []
        current = _like(run)
        for child in run:
            if child.tag == f"{{{W}}}rPr":
                continue
            if child not in texts:
                current.append(_copy(child))
                continue
            for i, piece in enumerate(_MARK.split(child.text)):
                if i % 2:
                    if len(current) > (current.find(f"{{{W}}}rPr") is not None):
                        pieces.append(current)
                    counter[0] += 1
                    pieces.append(_control(run, piece, gaps.label(piece), ui.text("mangler", label=gaps.label(piece)), counter[0]))
                    current = _like(run)
                elif piece:
                    text = etree.SubElement(current, f"{{{W}}}t")
                    text.text = piece
                    text.set(XML_SPACE, "preserve")
        if len(current) > (current.find(f"{{{W}}}rPr") is not None):
            pieces.append(current)
        parent = run.getparent()
        place = parent.index(run)
        parent.remove(run)
        for piece in reversed(pieces):
            parent.insert(place, piece)
    for element in root.iter():  # a mark in an attribute, e.g. of a title
        for key, value in element.attrib.items():
            if START in value:
                element.set(key, _MARK.sub(lambda m: ui.text("mangler", label=gaps.label(m[1])), value))
    return etree.tostring(root, encoding="unicode")


def _copy(element: etree._Element) -> etree._Element:
    from copy import deepcopy

    return deepcopy(element)


def _like(run: etree._Element) -> etree._Element:
    new = etree.Element(f"{{{W}}}r", nsmap=run.nsmap)
    properties = run.find(f"{{{W}}}rPr")
    if properties is not None:
        new.append(_copy(properties))
    return new


def _control(run: etree._Element, path: str, label: str, shown: str, number: int) -> etree._Element:
    def sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{W}}}{name}", {f"{{{W}}}{k}": v for k, v in attributes.items()})

    sdt = etree.Element(f"{{{W}}}sdt", nsmap=run.nsmap)
    properties = sub(sdt, "sdtPr")
    sub(properties, "alias", val=f"Mangler: {label}"[:64])
    sub(properties, "tag", val=f"{GAP}{path}"[:64])
    sub(properties, "id", val=str(710_000 + number))
    sub(properties, "showingPlcHdr")  # no `text`: LibreOffice drops the highlight in a plain-text control
    inner = _like(run)
    sub(sdt, "sdtContent").append(inner)
    style = inner.find(f"{{{W}}}rPr")
    if style is None:
        style = sub(inner, "rPr")
    highlight = etree.Element(f"{{{W}}}highlight", {f"{{{W}}}val": "yellow"})
    after = next((i for i, e in enumerate(style) if e.tag in _AFTER_HIGHLIGHT), len(style))
    style.insert(after, highlight)
    text = sub(inner, "t")
    text.text = shown
    text.set(XML_SPACE, "preserve")
    return sdt


# --- Properties ------------------------------------------------------------------------------------------------------

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>'
    '<dc:language>da-DK</dc:language>{dated}</cp:coreProperties>'
)
_DATED = '<dcterms:created xsi:type="dcterms:W3CDTF">{0}T12:00:00Z</dcterms:created>'
_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{0}</Properties>'
)
_PROPERTY = '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{0}" name="{1}"><vt:lpwstr>{2}</vt:lpwstr></property>'


@dataclass(frozen=True)
class Properties:
    """The document's own properties: no names of persons, no template path, the date of the case."""

    title: str = "Dokument"
    creator: str = ""
    dated: str | None = None  # ISO date
    custom: dict[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        core = _CORE.format(
            title=escape(self.title), creator=escape(self.creator), dated=_DATED.format(self.dated) if self.dated else ""
        )
        custom = "".join(_PROPERTY.format(i, escape(k), escape(v)) for i, (k, v) in enumerate(self.custom.items(), 2))
        return {"docProps/core.xml": core.encode(), "docProps/custom.xml": _CUSTOM.format(custom).encode()}


_RELATIONS = {
    "docProps/core.xml": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "docProps/custom.xml": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
}
_TYPES = {
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


def _with_properties(name: str, content: bytes) -> bytes:
    """The package's lists with our two property parts in them."""
    if name not in ("[Content_Types].xml", "_rels/.rels"):
        return content
    root = etree.fromstring(content, _PARSER)
    ns = root.nsmap[None]
    for number, part in enumerate(_TYPES):
        if name == "_rels/.rels":
            if not any(r.get("Type") == _RELATIONS[part] for r in root):
                etree.SubElement(root, f"{{{ns}}}Relationship", Id=f"rIdEgenskab{number}", Type=_RELATIONS[part], Target=part)
        elif not any(r.get("PartName") == f"/{part}" for r in root):
            etree.SubElement(root, f"{{{ns}}}Override", PartName=f"/{part}", ContentType=_TYPES[part])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def text_hash(text: str) -> str:
    """The stamp of a standard text in a draft: the first 16 hex digits of the SHA-256 of its plain text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
