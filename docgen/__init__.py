"""Drafts of Danish municipal assessments and decision letters, and the review of them. This is the public door."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "Case": "docgen.model",
    "Draft": "docgen.model",
    "DocgenError": "docgen.errors",
    "Gap": "docgen.model",
    "annotate": "docgen.jobs",
    "generate": "docgen.jobs",
    "read_case": "docgen.casefile",
    "Review": "docgen.reviewer",
    "review": "docgen.jobs",
}

__all__ = ["Case", "DocgenError", "Draft", "Gap", "Review", "annotate", "generate", "read_case", "review"]


def __getattr__(name: str) -> Any:
    """Names of the door are loaded when first used, so that no command pays for what it does not need."""
    if name not in _HOME:
        raise AttributeError(f"module 'docgen' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
