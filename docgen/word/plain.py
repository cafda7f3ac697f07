"""A text without a layout as a Word document: real headings and lists, in Danish, so that it can carry comments."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from nlp.model import Passage

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def word_file(passages: Iterable[Passage], title: str) -> bytes:
    """The .docx. The words are those of the passages, in their order; signs that Word cannot hold are left out."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    properties = document.core_properties
    properties.title, properties.language, properties.author = title, "da-DK", ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "da-DK")
    for passage in passages:
        text = _UNWRITABLE.sub("", passage.text)
        if passage.style in ("heading", "title"):
            document.add_heading(text, min(max(passage.level, 1), 6))
        else:
            document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
