"""What a document's styles say of a paragraph or a run: heading level, list, hidden, colour, size.

Letters of one municipality share one styles.xml; it is parsed once per process and content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from docgen.word.names import q

NAMED_HEADING = re.compile(r"(?:heading|overskrift) ?([1-9])$")
TITLES = frozenset({"title", "titel"})
OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    id: str
    name: str = ""
    type: str = "paragraph"
    level: int = 0  # heading level, 0 when not a heading
    title: bool = False
    item: bool = False
    hidden: bool = False
    bold: bool = False
    color: str | None = None
    size: int | None = None  # half points
    shaded: bool = False
    language: str | None = None


PLAIN = Style("")


@dataclass(frozen=True)
class Styles:
    styles: dict[str, Style]
    default: Style
    language: str | None  # of docDefaults, as PDF readers take it

    def get(self, style_id: str | None) -> Style:
        return self.styles.get(style_id, PLAIN) if style_id else self.default


def on(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle such as w:b or w:vanish: True, False, or None when not mentioned."""
    element = properties.find(q(name)) if properties is not None else None
    if element is None:
        return None
    return element.get(q("w:val"), "1") not in OFF


def value(properties: etree._Element | None, name: str, attribute: str = "w:val") -> str | None:
    if properties is None:
        return None
    element = properties.find(q(name))
    return None if element is None else element.get(q(attribute))


def shaded(properties: etree._Element | None) -> bool:
    """A background of its own, on which white text can be read."""
    fill = value(properties, "w:shd", "w:fill")
    return (fill is not None and fill.lower() not in ("auto", "ffffff")) or value(properties, "w:highlight") is not None


def number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() and len(text) < 6 else None


@lru_cache(maxsize=16)
def read_styles(xml: bytes, parse) -> Styles:
    """Styles of a styles.xml; `parse` is `Package.parse` or its equal, unbound to any file."""
    root = parse(xml)
    raw = {e.get(q("w:styleId"), ""): e for e in root.iterchildren(q("w:style"))}
    made: dict[str, Style] = {}

    def make(style_id: str, above: frozenset[str]) -> Style:
        if style_id in made:
            return made[style_id]
        element = raw.get(style_id)
        if element is None or style_id in above:
            return PLAIN  # unknown, or based on itself in a circle: Word ignores it too
        base_id = value(element, "w:basedOn")
        base = make(base_id, above | {style_id}) if base_id else PLAIN
        paragraph, run = element.find(q("w:pPr")), element.find(q("w:rPr"))
        name = (value(element, "w:name") or style_id).strip().lower()
        named = NAMED_HEADING.match(name)
        outline = number(value(paragraph, "w:outlineLvl"))
        level = int(named[1]) if named else base.level
        if outline is not None and not named:
            level = outline + 1 if outline < 9 else 0
        numbered = paragraph.find(q("w:numPr")) if paragraph is not None else None
        hidden, bold = on(run, "w:vanish"), on(run, "w:b")
        made[style_id] = Style(
            style_id, name, element.get(q("w:type"), "paragraph"), level,
            name in TITLES,
            (value(numbered, "w:numId") != "0") if numbered is not None else base.item,
            base.hidden if hidden is None else hidden,
            base.bold if bold is None else bold,
            value(run, "w:color") or base.color,
            number(value(run, "w:sz")) or base.size,
            shaded(run) or shaded(paragraph) or shaded(element.find(q("w:tcPr"))) or base.shaded
            or any(shaded(part.find(q("w:tcPr"))) for part in element.iterchildren(q("w:tblStylePr"))),
            value(run, "w:lang") or base.language,
        )
        return made[style_id]

    default = PLAIN
    for style_id, element in raw.items():
        style = make(style_id, frozenset())
        if element.get(q("w:default"), "0") not in OFF and style.type == "paragraph":
            default = style
    defaults = root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}")
    return Styles(made, default, value(defaults, "w:lang"))
