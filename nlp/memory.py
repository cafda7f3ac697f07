"""What the latest texts told, kept while it may be needed again: letters share their standard paragraphs.

Only what follows from a stretch of text alone (and from facts that stand in the key) is kept, and never more than so many
stretches: a process that has read a million letters holds no more than one that has read a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")
_MISSING: Any = object()
_every: WeakSet[Memory[Any]] = WeakSet()


class Memory(Generic[Value]):
    """At most `most` values by key; the one that was not asked for longest is dropped first."""

    def __init__(self, most: int):
        self.most = most
        self._values: dict[Hashable, Value] = {}  # in the order in which they were last asked for
        self._lock = Lock()
        _every.add(self)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of `key`, made and kept if it is not known."""
        with self._lock:
            value = self._values.pop(key, _MISSING)
            if value is not _MISSING:
                self._values[key] = value
                return value
        value = make()
        with self._lock:
            self._values[key] = value
            if len(self._values) > self.most:
                del self._values[next(iter(self._values))]
        return value

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def __len__(self) -> int:
        return len(self._values)


def forget() -> None:
    """Drops all that is kept: afterwards no sentence of any text is held."""
    for memory in list(_every):
        memory.clear()
