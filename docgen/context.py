"""What a template sees: the case as read-only records in which an empty field is a visible gap.

Templates are files that people mail to each other, so they get plain values and these two classes, never the models.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

from jinja2 import pass_context
from pydantic import BaseModel

from docgen import ui
from docgen.errors import CaseError, Problem
from docgen.model import Gap, Section

# A gap travels through rendering as START path END, in characters that no document uses.
START, END = "\ue000", "\ue001"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\ue000\ue001]")
# Parents whose name adds nothing to their fields' labels.
_SILENT = {"case", "citizen", "decision", "account", "functional", "team", "meeting"}


class GapList:
    """The gaps of one draft, each once, in the order of the text."""

    def __init__(self) -> None:
        self._gaps: dict[str, Gap] = {}

    def add(self, path: str, label: str, reason: str = "") -> str:
        """Notes a gap and returns the mark that stands for it in the text."""
        self._gaps.setdefault(path, Gap(path, label, reason))
        return f"{START}{path}{END}"

    def label(self, path: str) -> str:
        return self._gaps[path].label

    def __iter__(self) -> Iterator[Gap]:
        return iter(self._gaps.values())


class Missing:
    """An empty field: false, empty, and printed as a gap. Its own fields are missing too."""

    __slots__ = ("_gaps", "_label", "_model", "_path", "_reason")

    def __init__(self, gaps: GapList, path: str, label: str, model: type[BaseModel] | None = None, reason: str = ""):
        self._gaps, self._path, self._label, self._model, self._reason = gaps, path, label, model, reason

    def __getattr__(self, name: str) -> Missing:
        if self._model is None or name not in self._model.model_fields:
            raise AttributeError(name)
        return Missing(
            self._gaps, f"{self._path}.{name}", label(self._model, name, self._path, self._label), _model(self._model, name)
        )

    def mark(self) -> str:
        return self._gaps.add(self._path, self._label, self._reason)

    def __str__(self) -> str:
        return self.mark()

    def __html__(self) -> str:
        return self.mark()

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]

    def _never(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never


class Record:
    """A model's fields, read-only; None and an empty text are Missing, lists hold records."""

    __slots__ = ("_fields", "_gaps", "_item", "_label", "_parent", "_path")

    def __init__(self, gaps: GapList, item: BaseModel, path: str, label: str, parent: Record | None = None):
        self._gaps, self._item, self._path, self._label, self._parent = gaps, item, path, label, parent
        self._fields: dict[str, Any] = {}

    def field(self, name: str) -> Any:
        """The field's value as a template sees it. AttributeError if the model has no such field."""
        known = self._fields
        if name not in known:
            known[name] = self._field(name)
        return known[name]

    __getattr__ = field

    def _field(self, name: str) -> Any:
        model = type(self._item)
        if name not in model.model_fields:
            raise AttributeError(name)
        value = getattr(self._item, name)
        path = f"{self._path}.{name}" if self._path else name
        if value is None or (value.__class__ is str and not value.strip()):
            return Missing(self._gaps, path, self._name(name), _model(model, name))
        if value.__class__ is str:
            return checked(value, path)
        if isinstance(value, BaseModel):
            return Record(self._gaps, value, path, name, self)
        if isinstance(value, (list, tuple)):
            return tuple(
                Record(self._gaps, item, f"{path}[{item.key if isinstance(item, Section) else i}]", name, self) if isinstance(item, BaseModel) else checked(item, path)
                for i, item in enumerate(value)
            )
        if isinstance(value, Enum):
            return value.value
        return value if isinstance(value, (int, float, bool, datetime.date)) else checked(str(value), path)

    def _name(self, name: str) -> str:
        """The label of a field, worked out from the records above when a gap needs it."""
        return label(type(self._item), name, self._path, self._own_name())

    def _own_name(self) -> str:
        if isinstance(self._item, Section):  # »Energi, udholdenhed og restitution: kilde« and not »Funktionsområder 4: kilde«
            return stor(ui.name(f"omraade_{self._item.key}"))
        return self._parent._name(self._label) if self._parent else self._label

    def __bool__(self) -> bool:
        """Whether anything is filled in: an empty block of a commented case file is no representative."""
        return _filled(self._item)


def _filled(item: BaseModel) -> bool:
    for name, field in type(item).model_fields.items():
        value = getattr(item, name)
        if isinstance(value, BaseModel):
            if _filled(value):
                return True
        elif value is not None and value != [] and value != field.default:
            return True
    return False


def checked(value: Any, path: str) -> Any:
    """`value`, refused if it holds a character that a Word file cannot hold; it would vanish without a word."""
    if isinstance(value, str) and _ILLEGAL.search(value):
        raise CaseError(
            Problem(f"Feltet »{path}« indeholder et usynligt styretegn, som Word ikke kan vise.", None, "Skriv teksten igen.")
        )
    return value.value if isinstance(value, Enum) else value


def label(model: type[BaseModel], name: str, path: str, parent: str) -> str:
    """What a person calls the field: its title, after its parent's where the title alone could be anybody's."""
    title = model.model_fields[name].title or name
    owner = re.sub(r"\[\d+\]$", "", path.rpartition(".")[2])
    number = re.search(r"\[(\d+)\]$", path)
    if not path or owner in _SILENT:
        return title
    return f"{parent}{f' {int(number[1]) + 1}' if number else ''}: {title[:1].lower()}{title[1:]}"


def _model(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    from docgen.validate import model_at

    return model_at(model.model_fields[name].annotation, ())


# --- Filters ---------------------------------------------------------------------------------------------------------

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
)


def dato(value: Any) -> Any:
    """»22. november 2026«."""
    return f"{value.day}. {MONTHS[value.month - 1]} {value.year}" if isinstance(value, datetime.date) else value


def dato_kort(value: Any) -> Any:
    """»22.11.2026«."""
    return f"{value:%d.%m.%Y}" if isinstance(value, datetime.date) else value


def tal(value: Any) -> Any:
    """Decimal comma, full stop between thousands: 1250.5 -> »1.250,5«."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return value
    whole = f"{value:,.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return whole.translate(str.maketrans(",.", ".,"))


def navn(value: Any) -> Any:
    """The Danish name of an id."""
    return ui.name(value) if isinstance(value, str) else value


def liste(values: Any, word: str = "og") -> Any:
    """»a, b og c«."""
    if isinstance(values, (Missing, str)):
        return values
    items = [str(v) for v in values]
    return f"{', '.join(items[:-1])} {word} {items[-1]}" if len(items) > 1 else "".join(items)


def linjer(value: Any) -> Any:
    """The paragraphs of a text: its lines without the empty ones. A missing text is one line, the gap."""
    if isinstance(value, Missing):
        return (value,)
    return tuple(line.strip() for line in str(value).splitlines() if line.strip())


def stor(value: Any) -> Any:
    """The first letter large."""
    return value[:1].upper() + value[1:] if isinstance(value, str) else value


def default(value: Any, other: Any = "") -> Any:
    return other if isinstance(value, Missing) else value


def join(values: Any, between: str = ", ") -> Any:
    return values if isinstance(values, Missing) else between.join(str(v) for v in values)


def length(values: Any) -> int:
    return len(values)


def upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


@pass_context
def dok(context: Any, value: Any) -> Any:
    """A document's id as its name, date and author."""
    return context["dok_navne"].get(value, value) if isinstance(value, str) else value


def redskab(value: Any) -> Any:
    """The name of an instrument, from its id."""
    from docgen import instruments

    found = instruments.find(value) if isinstance(value, str) else None
    return found.name if found else value


def i_ord(result: Any) -> Any:
    """A test result in words; for an instrument that is not in our data, what the case says of it."""
    from docgen import instruments

    return instruments.in_words(result._item) or result.interpretation if isinstance(result, Record) else result


FILTERS = {
    f.__name__: f for f in (redskab, i_ord, dok, dato, dato_kort, tal, navn, liste, linjer, stor, default, join, length, upper, lower)
}
