"""What a form asks for. No Word here: see docgen.word.form. What a returned form means: see docgen.returned.

A field is a place in the case. Its label and help are the model's own title and description (and, in functional
sections, the contract's rule), so a form never drifts from the case file.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from docgen import instruments, ui
from docgen.content import Content
from docgen.contentmodel import ContentModel
from docgen.dates import MONTHS, in_words
from docgen.draft import Drafting
from docgen.errors import ContentError, Problem, UsageError
from docgen.model import SECTION_KEYS, Case, Kind, Level, Person, TestResult
from docgen.sections import Sections
from docgen.sections import load as load_sections
from docgen.validate import did_you_mean, model_at, validate
from docgen.yamlfile import read

EMPTY = "00000000"  # the mark of a field that was empty when the form was made
CONFIRMED = "bekræftet"  # the answer of a carried-over section that has been read and stands
CONFIRMED_SHOWN = "Læst, rettet og bekræftet"
_UNCONFIRMED = "Ikke bekræftet (fra "
# Text fields of one line; all others are for longer texts.
ONE_LINE = frozenset((
    "name", "title", "profession", "certification", "unit", "phone", "email", "street", "postal_code", "city", "care_of",
    "cpr", "method", "time", "place", "version", "ordered_by", "how", "when", "author", "organisation", "id", "code", "role",
    "case_number", "document_number", "interpreter", "benefit", "provider", "employer", "duration", "fleksjob", "key", "recipient",
    "document", "ot_waived_by", "who", "item",
))  # fmt: skip
LEVELS = (
    (0, "0 Ingen eller ubetydelige"), (1, "1 Lette"), (2, "2 Moderate"), (3, "3 Svære"), (4, "4 Totale"),
    ("ikke_relevant", "Ikke relevant"), ("ikke_vurderet", "Ikke vurderet"),
)  # fmt: skip


class FormPart(ContentModel):
    """A heading and the fields under it; `path` is a record or a list of records in the case."""

    heading: str
    about: str | None = None
    path: str
    fields: list[str] | None = None
    spare: int = 2


class FormSpec(ContentModel):
    kind: Kind
    title: str
    intro: list[str]
    parts: list[FormPart]


@dataclass(frozen=True)
class Field:
    """A place in the case, as a form shows it."""

    path: str  # functional.sections[egenomsorg].observed
    title: str
    help: str
    kind: Literal["text", "lines", "choice", "date", "check", "confirm", "number"]
    annotation: Any = str
    choices: tuple[tuple[Any, str], ...] = ()
    long: bool = False
    value: Any = None
    default: bool = False  # of a check box

    @property
    def shown(self) -> str:
        """The value as the form prints it; an empty field is an empty text."""
        value = self.value
        if self.kind == "check":
            return "☒" if self.ticked else "☐"
        if self.kind == "confirm":
            return f"{_UNCONFIRMED}{in_words(value)})" if value else ""
        if value is None or value == []:
            return ""
        if self.kind == "choice":
            value = value.value if isinstance(value, Enum) else value
            return next((name for choice, name in self.choices if choice == value and type(choice) is type(value)), str(value))
        if self.kind == "date":
            return in_words(value)
        if self.kind == "number":
            return f"{value:.10g}".replace(".", ",")
        if self.kind == "lines":
            return "\n".join(value)
        return plain(value)

    @property
    def ticked(self) -> bool:
        return self.default if self.value is None else bool(self.value)

    @property
    def base(self) -> str:
        return mark(self.shown if self.kind != "check" else "")

    def parse(self, text: str) -> Any:
        """The value that `text` means; None for an empty text. Raises ValueError with a Danish sentence."""
        text = plain(text)
        if self.kind == "check":
            return text.startswith(("☒", "☑", "✓", "x", "X")) or text.casefold() == "ja"
        if not text:
            return None
        if self.kind == "confirm":
            return CONFIRMED if text == CONFIRMED_SHOWN else read_date(text.removeprefix(_UNCONFIRMED).rstrip(")"))
        if self.kind == "choice":
            return self._chosen(text)
        if self.kind == "date":
            return read_date(text)
        if self.kind == "number":
            if not re.fullmatch(r"[-−–]?\d+(?:[.,]\d+)?", text):
                raise ValueError("er ikke et tal. Skriv fx 7,5.")
            return float(text.replace("−", "-").replace("–", "-").replace(",", "."))
        if self.kind == "lines":
            lines = re.split(r"[\n,;]+", text) if self.path.endswith("documents") else text.splitlines()
            return [line.strip() for line in lines if line.strip()]
        return self._valid(text)

    def _chosen(self, text: str) -> Any:
        wanted = text.casefold()
        for value, name in self.choices:
            if wanted in (name.casefold(), str(value).casefold()):
                return value
        cure = did_you_mean(text, [name for _, name in self.choices])
        raise ValueError(f"er ikke et af valgene. {cure}".strip())

    def _valid(self, text: str) -> Any:
        try:
            return TypeAdapter(self.annotation).validate_python(text.strip("\"'") if self.path.endswith(".cpr") else text)
        except ValidationError:
            raise ValueError("kan ikke bruges i dette felt.") from None


@dataclass(frozen=True)
class Block:
    """A heading and its fields. Items of a list have some spare blocks after them, to be filled in or left."""

    heading: str
    depth: int
    about: str = ""
    fields: tuple[Field, ...] = ()
    item_of: str | None = None  # the list that the block is an item of
    guide: tuple[tuple[str, str], ...] = ()  # (label, what belongs there), told once for the blocks that follow


@dataclass(frozen=True)
class Form:
    kind: str
    title: str
    intro: tuple[str, ...]
    case_number: str | None
    blocks: tuple[Block, ...]

    @property
    def fields(self) -> dict[str, Field]:
        return {f.path: f for block in self.blocks for f in block.fields}


# --- Building ----------------------------------------------------------------------------------------------------------


def build(kind: str, case: Case, content: Content, *, areas: tuple[str, ...] = ()) -> Form:
    """The form of `kind`, filled with what the case holds. `areas` limits the functional areas.

    Raises UsageError for an unknown kind or area, ContentError for a form file that names what a case does not have.
    """
    for area in areas:
        if area not in SECTION_KEYS:
            raise UsageError(Problem(f"Området »{area}« kendes ikke.", None, did_you_mean(area, list(SECTION_KEYS)) + f"Vælg blandt: {', '.join(SECTION_KEYS)}."))
    spec = _spec(kind, content)
    sections = load_sections(content)
    blocks = tuple(block for part in spec.parts for block in _blocks(part, case, sections, areas))
    return Form(spec.kind.value, spec.title, tuple(spec.intro), case.case_number, blocks)


def _spec(kind: str, content: Content) -> FormSpec:
    files = {origin.id: origin.path for origin in content.files("forms")}
    if kind in files:
        loaded = read(files[kind], ContentError)
        spec = validate(FormSpec, loaded, ContentError)
        for number, part in enumerate(spec.parts):
            owner = model_at(Case, _steps(part.path))
            for name in part.fields or []:
                if owner is None or _annotation(owner, name) is None:
                    raise ContentError(Problem(f"En sag har intet felt »{part.path}.{name}«.", loaded.place(("parts", number, "fields"))))
        return spec
    document = content.kind(kind)
    # The functional description has a form of its own, for the one who makes it.
    used = Drafting(content).case_keys(kind) - {"functional"}
    keys = [name for name in Case.model_fields if name in used]
    intro = ["Udfyld det, du ved, og lad resten stå tomt. Et tomt felt bliver til et synligt hul i kladden og aldrig til et gæt."]
    parts = [
        FormPart(heading=Case.model_fields[key].title or key, path=key)
        for key in keys
        if model_at(Case.model_fields[key].annotation, ()) is not None
    ]
    return FormSpec(kind=document.kind, title=f"Oplysninger til {document.title.lower()}", intro=intro, parts=parts)


def _blocks(part: FormPart, case: Case, sections: Sections, areas: tuple[str, ...]) -> Iterator[Block]:
    annotation = _annotation(Case, part.path)
    owner = model_at(annotation, ())
    names = tuple(part.fields) if part.fields else tuple(_leaves(owner))
    if get_origin(annotation) is list:
        names = tuple(n for n in names if model_at(_annotation(owner, n), ()) is None)  # no lists within lists
    if part.path == "functional.sections":
        section = model_at(Case, ("functional", "sections", 0))
        guide = tuple(
            (section.model_fields[slot.slot].title or slot.slot, f"{slot.rule} Fx: {slot.phrase}")
            for slot in sections.slots.values()
            if any(name.partition(".")[0] == slot.slot for name in names)
        )
        yield Block(part.heading, 1, part.about or "", guide=guide)
        yield from _section_blocks(names, case, sections, areas)
    elif get_origin(annotation) is list:
        yield Block(part.heading, 1, part.about or "")
        have = value_at(case, part.path) or []
        for index in range(len(have) + part.spare):
            path = f"{part.path}[{index}]"
            fields = tuple(_field(owner, name, path, case) for name in names)
            yield Block(f"{part.heading} {index + 1}", 2, "", fields, part.path)
    else:
        flat = [name for name in names if get_origin(_annotation(owner, name)) is not list or _of_text(_annotation(owner, name))]
        yield Block(part.heading, 1, part.about or "", tuple(_field(owner, name, part.path, case) for name in flat))
        for name in names:
            if name not in flat:
                title = _field(owner, name, part.path, Case()).title
                yield from _blocks(FormPart(heading=title, path=f"{part.path}.{name}"), case, sections, areas)


def _section_blocks(names: tuple[str, ...], case: Case, sections: Sections, areas: tuple[str, ...]) -> Iterator[Block]:
    section_model = model_at(Case, ("functional", "sections", 0))
    for key, area in sections.areas.items():
        if areas and key not in areas:
            continue
        path = f"functional.sections[{key}]"
        fields = []
        for name in names:
            if name.startswith(("level", "expected_level")) and not area.graded:
                continue
            fields.append(_field(section_model, name, path, case))
        old = value_at(case, f"{path}.carried_over_from")
        if old:
            fields.append(confirmation(f"{path}.carried_over_from", old))
        yield Block(area.heading, 2, area.about[0].upper() + area.about[1:] + ".", tuple(fields))


def confirmation(path: str, old: datetime.date | None) -> Field:
    """The question that a carried-over section asks until somebody has read it."""
    made = Field(path, "Genbrugt tekst", "Teksten er fra en tidligere vurdering. Ret den, og bekræft den så her.", "confirm", value=old)
    return replace(made, choices=((CONFIRMED, CONFIRMED_SHOWN), (str(old), made.shown)))


# Help that is about writing a case file by hand says nothing to one who fills in a form.
FILE_TALK = re.compile(r"anførselstegn|\b(?:true|false):|templates/")


def _field(owner: type[BaseModel], name: str, prefix: str, case: Case) -> Field:
    path = f"{prefix}.{name}"
    steps = _BRACKETS.sub("", name).split(".")
    title, help_text, model = "", "", owner
    for step in steps:
        info = model.model_fields[step]
        own = info.title or step
        title = own if not title else f"{title}: {own[:1].lower()}{own[1:]}"
        help_text = "" if FILE_TALK.search(info.description or "") else info.description or ""
        parent, model = model, model_at(info.annotation, ()) or model
    if parent is Level and steps[-1] == "value":
        title = title.rpartition(":")[0]
    annotation = _annotation(owner, name)
    kind, choices = kind_of(annotation, parent, steps[-1])
    long = kind == "lines" or (kind == "text" and steps[-1] not in ONE_LINE)
    return Field(path, title, help_text, kind, annotation, choices, long, value_at(case, path), kind == "check" and info.default is True)


def kind_of(annotation: Any, owner: type[BaseModel], name: str) -> tuple[Any, tuple[tuple[Any, str], ...]]:
    """How a form asks for a field: (kind of control, choices as (value, Danish name))."""
    if owner is TestResult and name == "instrument":
        return "choice", instruments.choices()
    if owner is Level and name == "value":
        return "choice", LEVELS
    leaves = _leaf_types(annotation)
    literals = [value for leaf in leaves if get_origin(leaf) is Literal for value in get_args(leaf)]
    literals += [member.value for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, Enum) for member in leaf]
    if literals:
        return "choice", tuple((value, _capital(ui.name(value))) for value in literals)
    if bool in leaves:
        return ("choice", ((True, "Ja"), (False, "Nej"))) if type(None) in leaves else ("check", ())
    if datetime.date in leaves:
        return "date", ()
    if float in leaves or int in leaves:
        return "number", ()
    return ("lines", ()) if _of_text(annotation) else ("text", ())


def _leaves(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The fields of a record, those of records in it with a dotted name; lists of records by their own name."""
    for name, info in model.model_fields.items():
        inner = model_at(info.annotation, ())
        if inner is None or get_origin(info.annotation) is list:
            yield f"{prefix}{name}"
        elif inner is Person:
            yield from (f"{prefix}{name}.{part}" for part in ("name", "profession", "certification", "unit"))
        elif inner is not Case:
            yield from _leaves(inner, f"{prefix}{name}.")


def _of_text(annotation: Any) -> bool:
    return get_origin(annotation) is list and get_args(annotation) == (str,)


def _leaf_types(annotation: Any) -> list[Any]:
    if get_origin(annotation) in (None, Literal, list):
        return [annotation]
    return [leaf for inner in get_args(annotation) for leaf in _leaf_types(inner)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _steps(path: str) -> tuple[str | int, ...]:
    """`functional.sections[egenomsorg].level.value` -> ("functional", "sections", "egenomsorg", "level", "value")."""
    steps: list[str | int] = []
    for name, inner in re.findall(r"([A-Za-z_]\w*)(?:\[([^\]]*)\])?", path):
        steps.append(name)
        if inner:
            steps.append(int(inner) if inner.isdigit() else inner)
    return tuple(steps)


_BRACKETS = re.compile(r"\[[^\]]*\]")


def _annotation(owner: type[BaseModel], path: str) -> Any:
    """The annotation of the field at a dotted path; None where there is no such field."""
    *parents, last = _BRACKETS.sub("", path).split(".")
    for step in parents:
        info = owner.model_fields.get(step)
        inner = model_at(info.annotation, ()) if info else None
        if inner is None:
            return None
        owner = inner
    info = owner.model_fields.get(last)
    return info.annotation if info else None


def value_at(case: Any, path: str) -> Any:
    """The value at a path of the case; None where a part of it is missing."""
    value = case
    for step in _steps(path):
        if value is None:
            return None
        if isinstance(value, BaseModel):
            value = getattr(value, str(step))
        elif isinstance(step, int):
            value = value[step] if step < len(value) else None
        else:
            value = next((item for item in value if item.key == step), None)
    return value


def mark(shown: str) -> str:
    """A short, one-way mark of a field's text, so that a returned form tells what it was made with."""
    text = plain(shown)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest() if text else EMPTY


def plain(text: str) -> str:
    """Text as a form can carry it: one kind of line break, no blanks around it."""
    return re.sub(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029", "\n", text).strip()


_DATE_FORMS = (
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"), False),
    (re.compile(r"(?:den )?(?P<d>\d{1,2})\s?[.\-/]\s?(?P<m>\d{1,2})\s?[.\-/]\s?(?P<y>\d{4})"), False),
    (re.compile(rf"(?:den )?(?P<d>\d{{1,2}})\.?\s+(?P<m>{'|'.join(MONTHS)})\s+(?P<y>\d{{4}})", re.IGNORECASE), True),
)


def read_date(text: str) -> datetime.date:
    """A whole date as people write it in a form. Raises ValueError with a Danish sentence."""
    for form, named in _DATE_FORMS:
        if found := form.fullmatch(text.strip()):
            month = MONTHS.index(found["m"].lower()) + 1 if named else int(found["m"])
            try:
                return datetime.date(int(found["y"]), month, int(found["d"]))
            except ValueError:
                raise ValueError("er ikke en dato, der findes.") from None
    raise ValueError("er ikke en hel dato. Skriv fx 12. oktober 2026 eller 12-10-2026.")


ITEM = re.compile(r"^(?P<list>.*)\[(?P<index>\d+)\](?P<rest>.*)$")


def field_at(path: str, case: Case) -> Field:
    """The field at a path that the form of today does not show (the case has changed since the form was made)."""
    if path.endswith(".carried_over_from"):
        return confirmation(path, value_at(case, path))
    item = ITEM.match(path)
    prefix, _, name = (f"{item['list']}[{item['index']}]", ".", item["rest"].lstrip(".")) if item else path.partition(".")
    owner = model_at(_annotation(Case, prefix), ())
    if owner is None or not name or _annotation(owner, name) is None:
        raise UsageError(Problem(f"Formularen har et felt, som en sag ikke har: »{path}«.", None, "Lav en ny formular, og før svarene over."))
    return _field(owner, name, prefix, case)
