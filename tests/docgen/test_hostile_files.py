"""Damaged, disguised and hostile files: refused with a Danish sentence, within bounded memory, never "no findings"."""

from __future__ import annotations

import io
import json
import os
import random
import struct
import subprocess
import sys
import tracemalloc
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest

from docgen.errors import FileError
from docgen.word import build
from docgen.word import package as gate
from docgen.word.build import docx, members, p, pack, part, run
from docgen.word.read import read

ROOT = Path(__file__).resolve().parents[2]
GOOD = docx(p("Vi giver dig fleksjob.") + p("Du kan klage."), {"header1.xml": part("hdr", p("Kommunen"))},
            section='<w:headerReference w:type="default" r:id="rIdheader1"/>')
ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {n} "{"&" + m + ";" * 1}{("&" + m + ";") * 9}">' for m, n in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"


def changed(name: str, content: bytes | None, **more: bytes) -> bytes:
    """The good file with one member replaced, or removed when `content` is None."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source:
        files = {n: source.read(n) for n in source.namelist()}
    if content is None:
        del files[name]
    else:
        files[name] = content
    return pack(files | more)


def replaced(name: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source:
        return changed(name, source.read(name).replace(old.encode(), new.encode()))


def document(body: str) -> bytes:
    return part("document", f"<w:body>{body}</w:body>").encode()


def nested(tag: str, depth: int) -> bytes:
    return document(f"<w:{tag}>" * depth + p("x") + f"</w:{tag}>" * depth)


def member(name: str, data: bytes, **info: int) -> bytes:
    """The good file with one more member, written with settings that no Word uses."""
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo(name)
        for key, value in info.items():
            setattr(entry, key, value)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a name that is there already
            archive.writestr(entry, data)
    return out.getvalue()


def patched(field: int, size: str, value: int) -> bytes:
    """The good file with a number in every entry of the zip's directory replaced: offset, struct code, value."""
    data = bytearray(GOOD)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into(size, data, place + field, value)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def bomb() -> bytes:
    """Small as packed, 400 MB as unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(p("x")).items():
            archive.writestr(name, content)
        with archive.open("word/media/x.png", "w", force_zip64=True) as stream:
            for _ in range(100):
                stream.write(b"\0" * 2**22)
    return out.getvalue()


def liar() -> bytes:
    """Says that the body is small; it is 80 MB."""
    huge = b"<w:document>" + b" " * (80 * 2**20)
    data = bytearray(changed("word/document.xml", huge))
    real = struct.pack("<I", len(huge))
    for offset in range(0, len(data) - 4):
        if data[offset:offset + 4] == real:
            data[offset:offset + 4] = struct.pack("<I", 500)
    return bytes(data)


def flipped(seed: int) -> bytes:
    """The body with some compressed bytes changed: the checksum no longer fits."""
    data = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source:
        info = source.getinfo("word/document.xml")
    start = info.header_offset + 30 + len(info.filename)
    chance = random.Random(seed)
    for _ in range(5):
        data[start + chance.randrange(info.compress_size)] ^= 1 + chance.randrange(255)
    return bytes(data)


RELS = "word/_rels/document.xml.rels"
LINK = '<Relationship Id="rIdheader1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>'
BODY = "word/document.xml"
utf16 = part("document", f"<w:body>{p('æøå')}</w:body>").replace("UTF-8", "UTF-16").encode("utf-16")

HOSTILE: dict[str, bytes] = {
    # not Word files at all
    "tom": b"", "en byte": b"P", "kun nuller": bytes(4096), "tilfældige byte": random.Random(7).randbytes(5000),
    "tekst": "Kære Bo".encode(), "pdf": b"%PDF-1.7\n%\xe2\xe3", "rtf": b"{\\rtf1\\ansi Hej}", "html": b"<!DOCTYPE html><html></html>",
    "xml": b"<?xml version='1.0'?><x/>", "png": b"\x89PNG\r\n\x1a\n" + bytes(50), "gammel .doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "adgangskode": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "almindelig zip": pack({"hej.txt": b"hej"}), "tom zip": pack({}),
    "odt": pack({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
    "regneark": replaced("[Content_Types].xml", "wordprocessingml.document.main", "spreadsheetml.sheet.main"),
    "skabelon": replaced("[Content_Types].xml", "document.main+xml", "template.main+xml"),
    "makroer": replaced("[Content_Types].xml", build.CONTENT + "document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
    # cut and broken zips
    **{f"afkortet {percent} %": GOOD[: len(GOOD) * percent // 100] for percent in (1, 10, 25, 50, 75, 90, 99)},
    "uden begyndelse": GOOD[200:], "uden fortegnelse": GOOD[: GOOD.find(b"PK\x01\x02")],
    **{f"ødelagt indhold {seed}": flipped(seed) for seed in range(6)},
    "forkert kontrolsum": patched(16, "<I", 1), "forkert pakket størrelse": patched(20, "<I", 3), "forkert størrelse": patched(24, "<I", 2**31),
    "størrelse 0": patched(24, "<I", 0), "forkert sted": patched(42, "<I", 77), "sted uden for filen": patched(42, "<I", 2**30),
    "ukendt pakning": patched(10, "<H", 99), "mærket som krypteret": patched(8, "<H", 1),
    "to gange samme navn": member("word/document.xml", b"<x/>"), "samme navn med store bogstaver": member("WORD/DOCUMENT.XML", b"<x/>"),
    # names that lead out of the folder
    **{f"navn {n!r}": member(n, b"x") for n in ("../../ond.txt", "/etc/passwd", "..\\ond.txt", "C:/ond.txt", "a" * 300, "a\nb")},
    # bombs
    "zip-bombe": bomb(), "løgn om størrelsen": liar(), "for mange dele": pack({f"x{n}": b"" for n in range(2100)} | members(p("x"))),
    # XML tricks
    "entiteter": changed(BODY, (ENTITIES + document(p("&i;")).decode().split("?>", 1)[1]).encode()),
    "ydre entitet": changed(BODY, b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + document(p("x")).split(b"?>", 1)[1]),
    "ydre dtd": changed(BODY, b'<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">' + document(p("x")).split(b"?>", 1)[1]),
    "entiteter i utf-16": changed(BODY, ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "b">]>'
                                        + document(p("&a;")).decode().split("?>", 1)[1]).encode("utf-16")),
    "entiteter i sidehovedet": changed("word/header1.xml", b"<!DOCTYPE w [<!ENTITY a 'b'>]><w/>"),
    "entiteter i typografierne": changed("word/styles.xml", b"<!DOCTYPE w [<!ENTITY a 'b'>]><w/>"),
    **{f"umulig dybde af {tag}": changed(BODY, nested(tag, 3000)) for tag in ("sdtContent", "tbl", "customXml")},
    "uafsluttet xml": changed(BODY, document(p("x"))[:-20]), "to rødder": changed(BODY, document(p("x")) + b"<x/>"),
    "forkert utf-8": changed(BODY, document(p("æ")).replace("æ".encode(), b"\xe6")),
    "latin-1": changed(BODY, document(p("æ")).decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")),
    "ukendt tegnsæt": changed(BODY, document(p("x")).replace(b"UTF-8", b"X-MIT-EGET")),
    "halv utf-16": changed(BODY, utf16[: len(utf16) // 2]), "nul-tegn": changed(BODY, document(p("x")).replace(b">x<", b">\0<")),
    "tom krop": changed(BODY, b""), "ingen body": changed(BODY, part("document", "").encode()), "forkert rod": changed(BODY, part("hdr", p("x")).encode()),
    # links that lead nowhere, or round
    "uden hoveddel": changed(BODY, None), "uden indholdstyper": changed("[Content_Types].xml", None), "uden _rels": changed("_rels/.rels", None),
    "uden sidehoved": changed("word/header1.xml", None), "uden links": changed(RELS, None),
    "sidehovedet er brevet selv": replaced(RELS, 'Target="header1.xml"', 'Target="document.xml"'),
    "link ud af filen": replaced(RELS, 'Target="header1.xml"', 'Target="..\\..\\x.xml"'),
    "link til internettet": replaced(RELS, LINK, LINK.replace('Target="header1.xml"', 'Target="http://127.0.0.1:9/h.xml" TargetMode="External"')),
    "link til sig selv": replaced("_rels/.rels", "word/document.xml", "_rels/.rels"),
    "fodnote der mangler": changed(BODY, document(p("x", '<w:r><w:footnoteReference w:id="9"/></w:r>'))),
    "ødelagte links": changed(RELS, b"<x"), "ødelagte indholdstyper": changed("[Content_Types].xml", b"<x"),
    "ødelagte typografier": changed("word/styles.xml", b"<x"),
    "fire millioner mærker": changed(BODY, document("<w:p/>" * 4_100_000)), "tre millioner tegn": changed(BODY, document(p("lang " * 700_000))),
    # nothing to read
    "kun mellemrum": docx(p("   ")), "kun skjult": docx(p(run("x", "<w:vanish/>"))), "kun billede": docx(p(build.picture())),
    "kun slettet": docx(p('<w:del w:id="1" w:author="x"><w:r><w:delText>x</w:delText></w:r></w:del>')),
    "kun sidehoved": docx(p(), {"header1.xml": part("hdr", p("Kommunen"))}, section='<w:headerReference w:type="default" r:id="rIdheader1"/>'),
}


def test_there_are_at_least_sixty():
    """Mindst 60 ødelagte eller fjendtlige filer er prøvet."""
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", list(HOSTILE))
def test_it_is_refused_with_a_sentence(name):
    """Filen bliver afvist med en sætning på dansk, og hukommelsen løber ikke løbsk."""
    data = HOSTILE[name]
    tracemalloc.start()
    try:
        with pytest.raises(FileError) as refusal:
            read(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    sentence = str(refusal.value)
    assert sentence.startswith("dokumentet: ") and sentence.endswith(".")
    assert "Error" not in sentence and "0x" not in sentence
    assert peak < 4 * gate.MAX_XML


@pytest.mark.parametrize("body", [
    p("før", '<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>', " efter"),
    p("før ", '<w:commentRangeEnd w:id="7"/>', "efter"), p("før ", '<w:bookmarkStart w:id="x"/>', "efter"),
    p("før ", '<w:r><w:sym w:font="" w:char="zzzz"/></w:r>', "efter"), p("før ", "<mc:AlternateContent/>", "efter"),
    p("før ", "<w:sdt/>", "efter"), p("før ", '<w:ukendt w:x="1"/>', "efter"), "<w:tbl/>" + p("før efter"), "<w:tbl><w:tr/></w:tbl>" + p("før efter"),
    "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>" + p("før efter"), p("før efter", style="FindesIkke"),
    p("før efter", properties='<w:outlineLvl w:val="hej"/>'), p("før ", run("efter", '<w:sz w:val="-4"/><w:color/>')),
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999999"/></w:tcPr>' + p("før efter") + "</w:tc></w:tr></w:tbl>",
    "<w:sdt><w:sdtContent>" * 20 + p("før efter") + "</w:sdtContent></w:sdt>" * 20,
])
def test_strange_but_readable_files_are_read(body):
    """Mærkelige filer, som Word kan åbne, bliver læst."""
    words = read(docx(body)).document.text
    assert "før" in words and "efter" in words


def test_styles_that_stand_on_each_other_do_not_go_round():
    """Typografier, der bygger på hinanden i ring, standser ikke læsningen."""
    ring = "".join(f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
                   for a, b in ("AB", "BC", "CA"))
    styles = f"<w:styles {build.SPACES}>{ring}</w:styles>"
    assert read(docx(p("x", style="A"), {"styles.xml": styles})).document.text == "x"


@pytest.mark.parametrize("name", ["mappe.docx", "roer.docx", "findes-ikke.docx", "lang.txt", "binaer.txt", "tom.md", "brev.pages"])
def test_what_is_no_letter_is_refused(tmp_path, name):
    """En mappe, et rør, en umådelig tekstfil eller en fremmed filtype bliver afvist og ikke læst i en uendelighed."""
    path = tmp_path / name
    if name == "mappe.docx":
        path.mkdir()
    elif name == "roer.docx":
        os.mkfifo(path) if hasattr(os, "mkfifo") else path.mkdir()
    elif name != "findes-ikke.docx":
        path.write_bytes({"lang.txt": b"lang " * 700_000, "binaer.txt": b"a\0b", "tom.md": b" \n"}.get(name, b"x"))
    with pytest.raises(FileError):
        read(path)


def test_a_bomb_costs_no_more_than_a_letter():
    """En zip-bombe bliver ikke pakket ud."""
    data = HOSTILE["zip-bombe"]
    assert len(data) < 2**20 and zlib.crc32(data)
    tracemalloc.start()
    with pytest.raises(FileError, match="zip-bombe"):
        read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_the_command_tells_each_of_them_and_ends_with_two(tmp_path):
    """En mappe fuld af ødelagte filer giver en række for hver, kode 2, og bruger højst 2 GB."""
    resource = pytest.importorskip("resource")
    for number, data in enumerate(HOSTILE.values()):
        (tmp_path / f"{number:03d}.docx").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "docgen", "lint", str(tmp_path), "--format", "json", "--processes", "1"], cwd=ROOT, capture_output=True,
        check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30)),
    )
    assert done.returncode == 2
    files = json.loads(done.stdout)["files"]
    assert len(files) == len(HOSTILE)
    assert all(file["error"]["code"] == "DG500" and file["coverage"] is None for file in files)
    assert b"Traceback" not in done.stderr
