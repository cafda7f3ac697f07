"""Many words as one regular expression shaped as a tree: thousands of alternatives cost hardly more than one."""

from __future__ import annotations

import re
from collections.abc import Iterable


def pattern(words: Iterable[str]) -> str:
    """A regular expression that matches any of `words` (literal text), the longest first; no groups, no anchors.

    An empty collection gives a pattern that matches nothing.
    """
    tree: dict[str, dict] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _alternatives(tree) if tree else r"(?!)"


def _alternatives(tree: dict[str, dict]) -> str:
    ends = "" in tree
    branches = [re.escape(letter) + _alternatives(rest) for letter, rest in sorted(tree.items()) if letter]
    if len(branches) == 1 and not ends:
        return branches[0]
    return "(?:" + "|".join(branches) + ")" + "?" * ends if branches else ""
