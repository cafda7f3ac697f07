"""What was read of a file, and what was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Coverage:
    """`read` passages of `total`; `unread` names each thing that holds content and could not be read.

    `deleted` counts tracked deletions: they are no longer part of the text, so they are told but not missed.
    """

    read: int
    total: int
    unread: tuple[str, ...] = ()
    deleted: int = 0
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.unread

    def sentence(self) -> str:
        """One Danish sentence for people."""
        parts = [f"Læst: {self.read} af {self.total}"]
        if self.unread:
            parts.append("ikke læst: " + ", ".join(self.unread))
        if self.deleted:
            steder = "sted" if self.deleted == 1 else "steder"
            parts.append(f"slettet med sporede ændringer og derfor ikke læst: {self.deleted} {steder}")
        parts.extend(self.notes)
        return "; ".join(parts) + "."

    def as_json(self) -> dict[str, Any]:
        return {"read": self.read, "total": self.total, "unread": list(self.unread), "deleted": self.deleted,
                "notes": list(self.notes)}
