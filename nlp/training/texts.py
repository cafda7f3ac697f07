"""The strings of our own YAML files (standard texts, sample cases), as a reader would meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any


def strings(node: Any, leave: tuple[str, ...] = ()) -> Iterator[str]:
    """Every string in `node`, but under the keys `leave`; what a template fills in is "N.N."."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in leave:
                yield from strings(value, leave)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value, leave)
    elif isinstance(node, str):
        yield re.sub(r"\{[{%].*?[%}]\}", "N.N.", node)
