"""A form that came back: what it means for the case.

Three things are compared: what the case held when the form was made, what it holds now, and what the form says. What the
case lacks comes in; nothing is overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from docgen.forms import CONFIRMED_SHOWN, EMPTY, ITEM, Field, Form, field_at, mark, plain, value_at
from docgen.model import Case


@dataclass(frozen=True)
class Answer:
    """One field of a returned form: its text, and the mark of what it held when the form was made."""

    text: str
    base: str


@dataclass(frozen=True)
class FormAnswers:
    """A form as it was returned. `outside` is text written or changed outside the fields."""

    kind: str
    case_number: str | None
    answers: Mapping[str, Answer]
    outside: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    lost: int = 0  # how many of the form's fields did not come back


@dataclass(frozen=True)
class Change:
    path: str
    title: str
    value: Any


@dataclass(frozen=True)
class Differing:
    """A field where form and case say two things. `edited` = "form" when only the form was changed since it was made."""

    path: str
    title: str
    in_case: str
    in_form: str
    value: Any
    edited: Literal["form", "begge"]


@dataclass(frozen=True)
class Unreadable:
    path: str
    title: str
    text: str
    why: str


@dataclass(frozen=True)
class Import:
    """What a returned form means for a case. Only `new` is written unasked."""

    new: tuple[Change, ...] = ()
    differing: tuple[Differing, ...] = ()
    cleared: tuple[Change, ...] = ()  # emptied in the form; the case keeps its text
    same: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()  # untouched in the form while the case has moved on: the case stands
    empty: tuple[str, ...] = ()  # titles that nobody has filled in
    unreadable: tuple[Unreadable, ...] = ()
    outside: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    lost: int = 0
    confirmed: tuple[str, ...] = field(default=())

    def settled(self, take: Literal["form", "case"] | None) -> bool:
        """Nothing is left for a human to look at."""
        undecided = (self.differing or self.cleared) and take is None
        return not (undecided or self.unreadable or self.outside or self.doubled or self.lost)

    def told(self, take: Literal["form", "case"] | None) -> Iterator[str]:
        """The report a person reads, most pressing first."""
        for bad in self.unreadable:
            yield f"Kan ikke læses: {bad.title} ({bad.path}): »{_short(bad.text)}« {bad.why}"
        for text in self.outside:
            yield f"Skrevet uden for felterne og ikke taget med: »{_short(text)}«"
        for path in self.doubled:
            yield f"Feltet står to gange i formularen, kun det første er læst: {path}"
        if self.lost:
            yield f"{self.lost} af formularens felter er slettet og ikke læst."
        taken = {"form": "Rettet efter formularen", "case": "Sagen står", None: "Forskel, sagen står"}[take]
        for other in self.differing:
            who = "sagen er også rettet, siden formularen blev lavet" if other.edited == "begge" else "kun formularen er rettet"
            yield f"{taken}: {other.title} ({other.path}), {who}\n    sagen:      {_short(other.in_case)}\n    formularen: {_short(other.in_form)}"
        for gone in self.cleared:
            yield f"{'Slettet efter formularen' if take == 'form' else 'Tømt i formularen, sagen står'}: {gone.title} ({gone.path})"
        for change in self.new:
            yield f"Nyt: {change.title} ({change.path})"
        for path in self.confirmed:
            yield f"Bekræftet: {path.removesuffix('.carried_over_from')}"
        if not (self.new or self.differing or self.cleared or self.confirmed):
            yield "Intet nyt i formularen."
        if self.stale:
            yield f"{_count(self.stale)} er rettet i sagen, siden formularen blev lavet, og urørt i formularen. Sagen står."
        yield f"{_count(self.empty)} er uden svar i både formular og sag."

    def changes(self, take: Literal["form", "case"] | None) -> dict[str, Any]:
        """path -> value to write. `take="form"` lets the form win where it and the case differ."""
        chosen = {change.path: change.value for change in self.new}
        chosen |= dict.fromkeys(self.confirmed)
        if take == "form":
            chosen |= {d.path: d.value for d in self.differing}
            chosen |= {change.path: None for change in self.cleared}
        return chosen


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else f"{text[:69]}…"


def _count(items: tuple[str, ...]) -> str:
    return f"{len(items)} {'felt' if len(items) == 1 else 'felter'}"


def compare(form: Form, answers: FormAnswers, case: Case, *, fresh: bool = False) -> Import:
    """What `answers` means for `case`; `form` must be built from `case` as it is now.

    `fresh`: there is no case file yet, and all that the form holds is new.
    """
    if fresh:
        answers = replace(answers, answers={path: Answer(a.text, EMPTY) for path, a in answers.answers.items()})
    found: dict[str, list[Any]] = {name: [] for name in ("new", "differing", "cleared", "same", "stale", "empty", "unreadable", "confirmed")}
    known = {document.id for document in case.documents}
    renumbered = _spare_blocks(form, answers, case)
    fields = form.fields
    for path, answer in answers.answers.items():
        target = renumbered.get(path, path)
        if target is None:
            found["same"].append(path)
            continue
        asked = fields.get(path) or fields.get(target)
        if asked is None:
            asked = field_at(path, case)
        now = replace(asked, path=target, value=value_at(case, target))
        _sort(now, answer, known, found)
    return Import(
        **{name: tuple(items) for name, items in found.items()},
        outside=answers.outside, doubled=answers.doubled, lost=answers.lost,
    )


def _sort(asked: Field, answer: Answer, documents: set[str], found: dict[str, list[Any]]) -> None:
    text = plain(answer.text)
    if asked.kind == "confirm" and text == CONFIRMED_SHOWN:
        if asked.value is not None:
            found["confirmed"].append(asked.path)
        return
    if asked.kind == "check":
        ticked = asked.parse(text)
        if ticked == asked.ticked:
            found["same"].append(asked.path)
        elif asked.value is None or bool(asked.value) == asked.default:  # as the case file is when nobody has answered
            found["new"].append(Change(asked.path, asked.title, ticked))
        else:
            found["differing"].append(Differing(asked.path, asked.title, "ja" if asked.ticked else "nej", "ja" if ticked else "nej", ticked, "form"))
        return
    held = plain(asked.shown)
    if not text:
        if not held:
            found["empty"].append(asked.title)
        elif answer.base == EMPTY:
            found["stale"].append(asked.path)
        else:
            found["cleared"].append(Change(asked.path, asked.title, None))
        return
    try:
        value = asked.parse(text)
        if isinstance(value, list) and asked.path.endswith("documents") and (unknown := [v for v in value if v not in documents]):
            raise ValueError(f"nævner dokumenter, der ikke står i sagens register: {', '.join(unknown)}.")
        if asked.path.endswith(".document") and value not in documents:
            raise ValueError("nævner et dokument, der ikke står i sagens register.")
    except ValueError as error:
        found["unreadable"].append(Unreadable(asked.path, asked.title, text, str(error)))
        return
    if held == text or (value == asked.value and held):
        found["same"].append(asked.path)
    elif not held and answer.base == EMPTY:
        found["new"].append(Change(asked.path, asked.title, value))
    elif mark(text) == answer.base:
        found["stale"].append(asked.path)
    else:
        edited = "form" if mark(held) == answer.base else "begge"
        found["differing"].append(Differing(asked.path, asked.title, held, text, value, edited))




def _spare_blocks(form: Form, answers: FormAnswers, case: Case) -> dict[str, str | None]:
    """Where the answers of blocks that were empty belong: after what the case holds, without holes; None where the case
    already has the very same record (a form that returns twice)."""
    blocks: dict[tuple[str, int], dict[str, Answer]] = {}
    for path, answer in answers.answers.items():
        if item := ITEM.match(path):
            blocks.setdefault((item["list"], int(item["index"])), {})[path] = answer
    moved: dict[str, str | None] = {}
    following: dict[str, int] = {}
    for (name, index), block in sorted(blocks.items()):
        if any(answer.base != EMPTY for answer in block.values()):
            continue  # was filled in when the form was made: it stands at its index
        filled = {path: answer for path, answer in block.items() if _filled(form.fields.get(path) or field_at(path, case), answer)}
        have = value_at(case, name) or []
        if not filled:
            moved |= dict.fromkeys(block)
            continue
        if any(_same_record(case, name, other, filled, form) for other in range(len(have))):
            moved |= dict.fromkeys(block)
            continue
        place = following.setdefault(name, len(have))
        following[name] = place + 1
        moved |= {path: f"{name}[{place}]{path.removeprefix(f'{name}[{index}]')}" for path in block}
    return moved


def _filled(asked: Field, answer: Answer) -> bool:
    text = plain(answer.text)
    return asked.parse(text) != asked.default if asked.kind == "check" else bool(text)


def _same_record(case: Case, name: str, index: int, filled: dict[str, Answer], form: Form) -> bool:
    for path, answer in filled.items():
        target = f"{name}[{index}]{ITEM.match(path)['rest']}"  # type: ignore[index]
        asked = form.fields.get(target) or replace(field_at(path, case), path=target)
        if plain(replace(asked, value=value_at(case, target)).shown) != plain(answer.text):
            return False
    return True
