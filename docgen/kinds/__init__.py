"""The kinds of rule that need Word, the law register or the case: one visible list, handed to nlp's linter.

One file = one kind: an object with `name`, a pydantic `Match` and `compile(rule)`; see nlp/registry.py.
"""

from __future__ import annotations

from typing import Any

KINDS: dict[str, Any] = {}
