"""Names of WordprocessingML and its neighbours, as lxml writes them. Source: ECMA-376 part 1, [MS-DOCX]."""

from __future__ import annotations

from functools import lru_cache

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "op": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
}

# What Word understands in mc:Choice/@Requires; anything else shows the mc:Fallback.
UNDERSTOOD = frozenset({
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingInk",
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.microsoft.com/office/word/2012/wordml",
    "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    "http://schemas.microsoft.com/office/word/2018/wordml",
    "http://schemas.microsoft.com/office/word/2018/wordml/cex",
    "http://schemas.microsoft.com/office/drawing/2014/chart",
    "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "http://schemas.microsoft.com/office/drawing/2016/ink",
    "http://schemas.microsoft.com/office/drawing/2017/model3d",
    "http://schemas.microsoft.com/office/drawing/2010/main",
})

# Symbol fonts: what a w:sym shows. Code points below F000 are the same with F000 added.
SYMBOLS = {
    "wingdings": {
        0xF06E: "■", 0xF06F: "☐", 0xF0A8: "☐", 0xF071: "❑", 0xF072: "❒", 0xF0FB: "✗", 0xF0FC: "✓", 0xF0FD: "☒",
        0xF0FE: "☑", 0xF06C: "●", 0xF0A1: "○", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0E0: "→", 0xF0DF: "←", 0xF04A: "☺",
        0xF04C: "☹", 0xF028: "☎", 0xF02A: "✉",
    },
    "wingdings 2": {0xF04F: "✗", 0xF050: "✓", 0xF051: "☒", 0xF052: "☑", 0xF053: "☒", 0xF054: "☒", 0xF0A3: "☐", 0xF099: "○"},
    "symbol": {0xF0B7: "•", 0xF0A3: "≤", 0xF0B3: "≥", 0xF0B1: "±", 0xF0B0: "°", 0xF0AE: "→", 0xF0D6: "√", 0xF0DE: "⇒"},
    "webdings": {0xF061: "✓", 0xF063: "☐", 0xF067: "■", 0xF072: "✗"},
}


@lru_cache(maxsize=512)
def q(name: str) -> str:
    """`w:p` -> `{http://…}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def symbol(font: str, code: str) -> str | None:
    """The character that a w:sym shows, or None where the font is unknown."""
    try:
        number = int(code, 16)
    except ValueError:
        return None
    table = SYMBOLS.get(font.strip().lower())
    if table is None:
        # An ordinary font: the code is a character, unless it lies in the private area.
        return chr(number) if 0x20 <= number < 0xD800 else None
    if number < 0xF000:
        number += 0xF000
    return table.get(number)
