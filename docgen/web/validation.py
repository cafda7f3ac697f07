"""Validation errors of a request in Danish; the texts of docgen.validate, without what only fits a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.validate import TEXTS
from docgen.web.fields import REFUSALS


def said(error: Mapping[str, Any]) -> str:
    """One sentence; never the value itself."""
    key = next((str(step) for step in reversed(error["loc"]) if isinstance(step, str)), "anmodningen")
    if error["type"] in REFUSALS:
        return f"»{key}« {REFUSALS[error['type']]}"
    what, _ = TEXTS.get(error["type"], ("Værdien i »{key}« kan ikke bruges her.", ""))
    return what.format(key=key)
