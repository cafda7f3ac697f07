"""A form filled in as a person does it in Word: text put into content controls; and saved by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
XML = "word/document.xml"


def edited(docx: bytes, change) -> bytes:
    """`docx` after `change(root)` of its main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == XML:
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(name, data)
    return out.getvalue()


def control(root, path: str):
    return next(tag.getparent().getparent() for tag in root.iter(f"{W}tag") if tag.get(f"{W}val") == path)


def run(text: str):
    made = etree.Element(f"{W}r")
    etree.SubElement(made, f"{W}t").text = text
    made[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def type_into(root, path: str, text: str) -> None:
    """Types into a control: lines become paragraphs where the control holds paragraphs, and the placeholder goes."""
    sdt = control(root, path)
    properties, content = sdt.find(f"{W}sdtPr"), sdt.find(f"{W}sdtContent")
    for flag in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(flag)
    in_paragraphs = content.find(f"{W}p") is not None
    for child in list(content):
        content.remove(child)
    for line in text.split("\n"):
        holder = etree.SubElement(content, f"{W}p") if in_paragraphs else content
        holder.append(run(line))
    for box in properties.iter(f"{W14}checked"):
        box.set(f"{W14}val", "1" if text == "☒" else "0")


def fill(docx: bytes, answers: dict[str, str]) -> bytes:
    def change(root) -> None:
        for path, text in answers.items():
            type_into(root, path, text)

    return edited(docx, change)


def libreoffice() -> str | None:
    return shutil.which("soffice")


def saved_by_libreoffice(docx: bytes, folder: Path) -> bytes:
    """The document opened and saved by LibreOffice."""
    source, out = folder / "formular.docx", folder / "gemt"
    source.write_bytes(docx)
    subprocess.run(
        [libreoffice(), "--headless", f"-env:UserInstallation=file://{folder}/profil", "--convert-to", "docx", "--outdir", str(out), str(source)],
        check=True, capture_output=True,
    )
    return (out / "formular.docx").read_bytes()
