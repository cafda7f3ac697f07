"""LibreOffice opens annotated files: every comment is there, on a text that is whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree

from docgen.word.annotate import Remark, annotate
from docgen.word.comments import NewComment
from docgen.word.package import Package
from docgen.word.read import read
from tests.docgen import word_files as word

OFFICE = shutil.which("soffice")
# LibreOffice 7.4 shows no text for a formula of our smallest kind and takes WordArt as a drawing.
NOT_SHOWN = ("formel", "wordart")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice er ikke installeret")
def test_libreoffice_shows_all_comments_and_all_text(tmp_path):
    """Brevet kan åbnes i LibreOffice med alle kommentarer og uden at miste et ord."""
    data = word.everywhere()
    text = read(data).document.text
    markers = word.READ + word.FURTHER
    remarks = []
    for number, marker in enumerate(markers):
        found = re.search(rf"\b{marker}\b", text)
        comment = NewComment(((True, f"om {marker}"),), "SUB101", f"{number:016x}")
        remarks.append(Remark(found.start(), found.end(), comment))
    source = tmp_path / "brev.docx"
    source.write_bytes(annotate(Package(data, "brev.docx"), remarks))
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profil", "--convert-to", "odt", "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=300,
    )
    with zipfile.ZipFile(tmp_path / "brev.odt") as odt:
        content = etree.fromstring(odt.read("content.xml"))
        everything = " ".join(odt.read(n).decode() for n in ("content.xml", "styles.xml"))
    annotations = ["".join(a.itertext()) for a in content.iter("{*}annotation")]
    told = "".join(annotations)
    assert [m for number, m in enumerate(markers) if f"SUB101 {number:016x}]" not in told] == []
    for annotation in list(content.iter("{*}annotation")):
        annotation.clear(keep_tail=True)
    shown = "".join(content.itertext()) + re.sub(r"<[^>]+>", " ", everything[everything.index("<office:master-styles"):])
    missing = [m for m in markers if m not in NOT_SHOWN and m not in shown and m != "lukketafsnit"]
    assert missing == []
