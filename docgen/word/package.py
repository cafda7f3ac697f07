"""The gate: a Word file is opened here or not at all, and what cannot be trusted is refused with a Danish sentence.

A .docx is a zip of XML parts. Before anything is parsed: kind of file, names, number and sizes of members, compression
ratio, encryption. Before a part is used: size as unpacked (not as declared), no DOCTYPE or entities, UTF-8 or UTF-16 only.
No entity, DTD or network address is ever followed. Sources: ECMA-376 part 2 (packages), research "word-generation" E.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from docgen.errors import FileError, Problem, at

MAX_FILE = 100 * 2**20
MAX_MEMBERS = 2_000
MAX_TOTAL = 400 * 2**20
MAX_XML = 32 * 2**20
MAX_TAGS = 4_000_000  # start and end tags of one part; a report of 500 pages has a quarter of it
MAX_TEXT = 3_000_000  # characters of one document, about 1,000 pages
MAX_RATIO = 200  # for members above RATIO_FROM; Word's own XML stays below 60
RATIO_FROM = 2**20

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = ("application/vnd.ms-word.document.macroEnabled.main+xml",)
TEMPLATE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# "Strict Open XML" says the same with other namespaces; read as the usual ones.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)

OTHER_FORMATS = (
    (b"%PDF", "Filen er en PDF."),
    (b"{\\rtf", "Filen er i RTF-format."),
    (b"<html", "Filen er en hjemmeside (HTML)."),
    (b"<!doctype html", "Filen er en hjemmeside (HTML)."),
    (b"<?xml", "Filen er en enkelt XML-fil."),
    (b"\x89PNG", "Filen er et billede."),
    (b"\xff\xd8\xff", "Filen er et billede."),
)
ENTITIES = "Filen rummer en DOCTYPE eller entiteter, som Word aldrig skriver, og læses ikke af sikkerhedsgrunde."
TOO_LONG = "Dokumentet er længere, end et brev kan være (flere end 1.000 sider), og læses ikke."
SAVE_AS_DOCX = "Åbn den i Word, og gem den som Word-dokument (.docx)."


def parser() -> etree.XMLParser:
    """A parser that follows nothing and stops at absurd depth (256) or size."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=False,
    )


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from a part: `target` is a part's name, or an address when `external`."""

    id: str
    type: str  # last word of the relationship type: header, image, attachedTemplate, ...
    target: str
    external: bool = False


class Package:
    """The parts of one .docx. `label` is the file's name without its folder, for messages."""

    def __init__(self, data: bytes, label: str = "dokumentet"):
        self.label = label
        self.data = data
        self._zip = self._open(data)
        self._infos = {info.filename: info for info in self._members()}
        self._trees: dict[str, etree._Element] = {}
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self._types = self._content_types()
        self.main = self._main_part()

    # -- opening

    def refuse(self, what: str, cure: str = "") -> FileError:
        return FileError(Problem(what, at(self.label), cure))

    def _open(self, data: bytes) -> zipfile.ZipFile:
        if not data:
            raise self.refuse("Filen er tom (0 byte).")
        if len(data) > MAX_FILE:
            raise self.refuse(f"Filen fylder mere end {MAX_FILE // 2**20} MB.")
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise self.refuse("Filen er beskyttet med adgangskode.", "Fjern adgangskoden i Word, og prøv igen.")
            raise self.refuse("Filen er i det gamle Word-format (.doc).", SAVE_AS_DOCX)
        if not data.startswith(b"PK"):
            head = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
            for magic, what in OTHER_FORMATS:
                if head.startswith(magic.lower()):
                    raise self.refuse(f"{what[:-1]}, ikke et Word-dokument.", SAVE_AS_DOCX)
            raise self.refuse("Filen er ikke et Word-dokument (.docx).", SAVE_AS_DOCX)
        try:
            return zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, struct.error):
            raise self.refuse(
                "Filen er beskadiget og kan ikke pakkes ud.", "Hent den igen, eller gem den på ny i Word."
            ) from None

    def _members(self) -> list[zipfile.ZipInfo]:
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(infos) > MAX_MEMBERS:
            raise self.refuse(f"Filen har mere end {MAX_MEMBERS} dele og læses ikke af sikkerhedsgrunde.")
        total, seen = 0, set()
        for info in infos:
            name = info.filename
            if info.flag_bits & 0x1:
                raise self.refuse("Filen er beskyttet med adgangskode.", "Fjern adgangskoden, og prøv igen.")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.refuse("Filen er pakket på en måde, Word ikke bruger.", SAVE_AS_DOCX)
            if unsafe_name(name) or unsafe_name(getattr(info, "orig_filename", name)):
                raise self.refuse("Filen rummer en del med et farligt navn og læses ikke af sikkerhedsgrunde.")
            if name.lower() in seen:
                raise self.refuse("Filen rummer den samme del to gange og er beskadiget eller ændret af andre end Word.")
            seen.add(name.lower())
            total += info.file_size
            if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
                raise self.refuse("Filen er pakket unaturligt tæt (en mulig zip-bombe) og læses ikke.")
        if total > MAX_TOTAL:
            raise self.refuse(f"Filen fylder mere end {MAX_TOTAL // 2**20} MB, når den pakkes ud, og læses ikke.")
        return infos

    def _content_types(self) -> dict[str, str]:
        if "[Content_Types].xml" not in self._infos:
            if "mimetype" in self._infos and b"opendocument" in self.read("mimetype"):
                raise self.refuse("Filen er et OpenDocument (.odt).", SAVE_AS_DOCX)
            raise self.refuse("Filen er en zip-fil, men ikke et Word-dokument (.docx).", SAVE_AS_DOCX)
        types: dict[str, str] = {}
        for element in self.xml("[Content_Types].xml"):
            if element.tag == CONTENT_TYPES + "Override":
                types[element.get("PartName", "").lstrip("/").lower()] = element.get("ContentType", "")
            elif element.tag == CONTENT_TYPES + "Default":
                types["*." + element.get("Extension", "").lower()] = element.get("ContentType", "")
        return types

    def _main_part(self) -> str:
        targets = [r.target for r in self.relations("") if r.type == "officeDocument" and not r.external]
        if not targets:
            raise self.refuse("Filen mangler selve dokumentet og er ikke et Word-dokument.", SAVE_AS_DOCX)
        main = targets[0]
        kind = self.content_type(main)
        if kind in TEMPLATE:
            raise self.refuse("Filen er en Word-skabelon (.dotx/.dotm), ikke et dokument.", SAVE_AS_DOCX)
        if kind in MACRO or self.label.lower().endswith(".docm"):
            raise self.refuse("Filen er et Word-dokument med makroer (.docm).", "Gem den som .docx uden makroer.")
        if kind != WORD:
            raise self.refuse("Filen er ikke et Word-dokument (måske et regneark eller en præsentation).", SAVE_AS_DOCX)
        if main not in self._infos:
            raise self.refuse("Filen er beskadiget: selve dokumentet mangler.")
        return main

    # -- parts

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def content_type(self, name: str) -> str:
        lower = name.lower()
        return self._types.get(lower) or self._types.get("*." + lower.rpartition(".")[2], "")

    def read(self, name: str, limit: int = MAX_XML) -> bytes:
        """The bytes of a part, at most `limit` as unpacked, whatever the zip's directory claims."""
        info = self._infos.get(name)
        if info is None:
            raise self.refuse("Filen er beskadiget: en del, dokumentet henviser til, mangler.")
        if info.file_size > limit:
            raise self.refuse(f"En del af filen fylder mere end {limit // 2**20} MB og læses ikke.")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
                struct.error):
            raise self.refuse("Filen er beskadiget: en del kan ikke pakkes ud.", "Gem den på ny i Word.") from None
        if len(data) > limit:
            raise self.refuse("En del af filen er større, end filen selv oplyser, og læses ikke.")
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part, parsed once; the tree is shared, so changing it changes what is saved."""
        if name not in self._trees:
            self._trees[name] = self.parse(self.read(name))
        return self._trees[name]

    def parse(self, data: bytes) -> etree._Element:
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self.refuse(ENTITIES)
        if data.count(b"<") > MAX_TAGS:
            raise self.refuse(TOO_LONG)
        if b"purl.oclc.org/ooxml" in data:
            for strict, usual in STRICT:
                data = data.replace(strict, usual)
        try:
            root = etree.fromstring(data, parser())
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise self.refuse(
                "Filen er beskadiget: indholdet er ikke gyldig XML.", "Åbn den i Word, og gem den igen."
            ) from None
        info = root.getroottree().docinfo
        if info.internalDTD is not None or info.doctype:
            raise self.refuse(ENTITIES)
        if (info.encoding or "UTF-8").upper() not in ("UTF-8", "UTF-16", "US-ASCII", "ASCII", "UTF-16LE", "UTF-16BE"):
            raise self.refuse("Filen er kodet med et tegnsæt, som Word ikke bruger.", SAVE_AS_DOCX)
        return root

    @property
    def strict(self) -> bool:
        """Saved as "Strict Open XML": can be read, but not written back."""
        return b"purl.oclc.org/ooxml" in self.read(self.main)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The links of a part; of the package itself when `part` is empty. Links out of the package are refused."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> tuple[Relation, ...]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", name + ".rels")
        if path not in self._infos:
            return ()
        found = []
        for element in self.xml(path):
            if element.tag != RELATIONSHIPS + "Relationship":
                continue
            kind = element.get("Type", "").rpartition("/")[2]
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = unquote(target.partition("#")[0])
                target = posixpath.normpath(posixpath.join("/" + folder, target)) if target else ""
                if ".." in target.split("/") or "\\" in target:
                    raise self.refuse("Filen henviser til noget uden for sig selv og læses ikke af sikkerhedsgrunde.")
                target = target.lstrip("/")
            found.append(Relation(element.get("Id", ""), kind, target, external))
        return tuple(found)

    def related(self, part: str, kind: str) -> str | None:
        """Name of the first part that `part` links to by `kind`, when it exists."""
        return next((r.target for r in self.relations(part)
                     if r.type == kind and not r.external and r.target in self._infos), None)

    def save(self, replaced: dict[str, bytes]) -> bytes:
        """The package with some parts replaced or added; order and dates are kept, so equal input gives equal bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name, info in self._infos.items():
                target.writestr(stamp(name, info.date_time), replaced.get(name) if name in replaced else self.read(name, MAX_TOTAL))
            for name in replaced:
                if name not in self._infos:
                    target.writestr(stamp(name), replaced[name])
        return out.getvalue()


def stamp(name: str, date: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def unsafe_name(name: str) -> bool:
    """Names that could leave the folder they are unpacked in, or that no Word writes."""
    return (
        not name or len(name) > 260 or name.startswith("/") or "\\" in name or ":" in name
        or ".." in name.split("/") or any(ord(c) < 32 for c in name)
    )


def open_package(source: str | Path | bytes, label: str | None = None) -> Package:
    """Opens a path or the bytes of a .docx. FileError with a Danish sentence when it cannot or must not be read."""
    if isinstance(source, bytes):
        return Package(source, label or "dokumentet")
    return Package(read_file(Path(source)), label or Path(source).name)


def read_file(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of a file, or FileError: missing, a folder, no access, too large."""
    try:
        if path.is_dir():
            raise FileError(Problem("Det er en mappe, ikke en fil.", at(path)))
        if path.exists() and not path.is_file():
            raise FileError(Problem("Det er ikke en almindelig fil.", at(path)))
        if path.stat().st_size > limit:
            raise FileError(Problem(f"Filen fylder mere end {limit // 2**20} MB.", at(path)))
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(Problem("Filen findes ikke.", at(path), "Tjek navnet og mappen.")) from None
    except PermissionError:
        raise FileError(Problem("Filen kan ikke åbnes.", at(path), "Luk den i Word, eller bed om adgang.")) from None
    except (OSError, ValueError):
        raise FileError(Problem("Filen kan ikke læses.", at(path))) from None


