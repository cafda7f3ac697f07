"""Documents that are being looked at, and piles of them: in memory only, by random id, and forgotten after half an hour."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from docgen.reviewer import Review, Unread

MINUTES = 30
ON_DESK = 40  # papers, and as many piles, at a time
DESK_BYTES = 300 * 2**20


@dataclass
class Paper:
    """A document that is being looked at: pasted text or an uploaded file, and what is said of it."""

    label: str
    facts: dict[str, Any]
    text: str | None = None
    data: bytes | None = None
    touched: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        return len(self.data or b"") + len(self.text or "")


@dataclass
class Pile:
    """Many letters checked with the same facts: what was found in each, and not the letters themselves."""

    facts: dict[str, Any]
    rows: list[Review | Unread] = field(default_factory=list)
    touched: float = field(default_factory=time.monotonic)
    size: int = 0


Lying = TypeVar("Lying", Paper, Pile)


class Desk(Generic[Lying]):
    """Things by random id: the oldest go when it is full, and each after MINUTES untouched."""

    def __init__(self) -> None:
        self._lying: OrderedDict[str, Lying] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, one: Lying) -> str:
        number = secrets.token_hex(8)
        with self._lock:
            self._lying[number] = one
            self._clear()
        return number

    def get(self, number: str) -> Lying | None:
        with self._lock:
            self._clear()
            one = self._lying.get(number)
            if one is not None:
                one.touched = time.monotonic()
                self._lying.move_to_end(number)
            return one

    def drop(self, number: str) -> None:
        with self._lock:
            self._lying.pop(number, None)

    def _clear(self) -> None:
        old = time.monotonic() - MINUTES * 60
        for number in [n for n, one in self._lying.items() if one.touched < old]:
            del self._lying[number]
        while len(self._lying) > 1 and (len(self._lying) > ON_DESK or sum(one.size for one in self._lying.values()) > DESK_BYTES):
            self._lying.popitem(last=False)
