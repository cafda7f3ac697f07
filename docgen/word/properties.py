"""A document's own properties: core, extended and custom, as one flat mapping of names to text."""

from __future__ import annotations

from lxml import etree

from docgen.word.package import Package


def properties(package: Package) -> dict[str, str]:
    """`title`, `creator`, `lastModifiedBy`, `Company`, `Template` … and custom properties by their own names."""
    found: dict[str, str] = {}
    for kind in ("core-properties", "extended-properties", "custom-properties"):
        part = package.related("", kind)
        if part is None:
            continue
        for element in package.xml(part):
            name = element.get("name") if kind == "custom-properties" else etree.QName(element).localname
            text = "".join(element.itertext()).strip()
            if name and text:
                found.setdefault(name, text)
    return found
