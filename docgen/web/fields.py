"""The controls of a form, read off the case's models: what is asked, the choices, and what a person's typing means."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from docgen import forms, ui
from docgen.dates import in_words as dated
from docgen.model import Case, CertificateRequest
from docgen.validate import model_at
from docgen.web import paths

NUMBER = re.compile(r"[-−–]?\d+(?:[.,]\d+)?")
HELP = {  # where the model's own help speaks of the case file
    "cpr": "Ti cifre, fx 010203-4567.", "used": "Nej: dokumentet er lagt til side. Skriv så hvorfor.", "end": "Tom: fortsætter.",
}
REFUSALS = {
    "cpr": "er ikke et muligt CPR-nummer. Skriv ti cifre, fx 010203-4567.",
    "doubled_document": "står allerede på et andet dokument. Vælg et andet id.",
    "unknown_document": "henviser til et dokument, der ikke står i registret.",
    "missing": "skal udfyldes.",
    "string_type": "skal udfyldes.",
}


@dataclass(frozen=True)
class Control:
    """One question of a form. `kind`: text | lines | choice | many | date | check | number; what is sent is a list of texts."""

    path: paths.Path
    title: str
    help: str
    kind: str
    annotation: Any
    choices: tuple[tuple[Any, str], ...] = ()
    long: bool = False
    required: bool = False

    def sent_of(self, value: Any) -> list[str]:
        """What the form sends when nothing is touched: the value as the form shows it."""
        if self.kind == "many" or (self.kind == "lines" and isinstance(value, list)):
            return [_plain(str(v)) for v in value or []] if self.kind == "many" else [_plain("\n".join(value))] if value else [""]
        if self.kind == "check":
            default = paths.field(self.path).default
            return ["ja"] if (default if value is None else value) else [""]
        if value is None:
            value = self.default
        if value is None:
            return [""]
        if self.kind == "date":
            return [datetime.date.fromisoformat(str(value)).strftime("%d-%m-%Y")]
        if self.kind == "number":
            return [f"{float(value):.10g}".replace(".", ",")]
        return [_plain(str(value.value if isinstance(value, Enum) else value))]

    @property
    def default(self) -> Any:
        value = paths.field(self.path).default
        return value if isinstance(value, str) else None

    def cleaned(self, sent: list[str]) -> list[str]:
        """What a browser sent, told the same way as `sent_of` tells it."""
        texts = [_plain(text) for text in sent]
        if self.kind == "many":
            return [text for text in texts if text]
        if self.kind == "check":
            return ["ja"] if "ja" in texts else [""]
        text = texts[-1] if texts else ""
        if self.kind == "lines":
            return ["\n".join(line.strip() for line in text.split("\n") if line.strip())]
        if self.kind == "date" and text:
            try:
                return [forms.read_date(text).strftime("%d-%m-%Y")]
            except ValueError:
                return [text]
        if self.kind == "number" and NUMBER.fullmatch(text):
            return [f"{_number(text):.10g}".replace(".", ",")]
        return [text]

    def value_of(self, sent: list[str]) -> Any:
        """The plain value that was meant; None where the field is emptied. ValueError with the rest of a Danish sentence."""
        text = sent[-1] if sent else ""
        if self.kind == "many":
            return sent or None
        if self.kind == "check":
            return text == "ja"
        if not text:
            if self.required:
                raise ValueError("skal udfyldes.")
            return None
        if self.kind == "choice":
            for value, name in self.choices:
                if text in (str(value), name):
                    return value.value if isinstance(value, Enum) else value
            raise ValueError("er ikke et af valgene.")
        if self.kind == "date":
            return forms.read_date(text).isoformat()
        if self.kind == "number":
            if not NUMBER.fullmatch(text):
                raise ValueError("er ikke et tal. Skriv fx 7,5.")
            return _number(text)
        if self.kind == "lines":
            return text.split("\n")
        try:
            return TypeAdapter(self.annotation).validate_python(text)
        except ValidationError as e:
            raise ValueError(REFUSALS.get(e.errors()[0]["type"], "kan ikke bruges i dette felt.")) from None

    def in_words(self, sent: list[str]) -> str:
        """For people: the name of the choice, the date in words."""
        if self.kind == "check":
            return "Ja" if "ja" in sent else "Nej"
        names = {str(value): name for value, name in self.choices}
        texts = [names.get(text, text) for text in sent if text]
        if self.kind == "date" and texts:
            try:
                return dated(forms.read_date(texts[0]))
            except ValueError:
                pass
        return ", ".join(texts) if texts else "(tomt)"


def control(path: paths.Path, case: Case) -> Control:
    """The control of the field at `path`, which exists."""
    field = paths.field(path)
    names = [step for step in path if isinstance(step, str)]
    owner = (model_at(Case, path[:-1]) if len(path) > 1 else Case) or Case
    name = names[-1]
    reference = name == "document" or (name == "documents" and len(path) > 1)
    if reference:
        choices = tuple((d.id, register_name(d)) for d in case.documents)
        kind = "many" if name == "documents" else "choice"
    else:
        kind, choices = forms.kind_of(field.annotation, owner, name)
    long = kind == "lines" or (kind == "text" and name not in forms.ONE_LINE)
    if owner is CertificateRequest and name in ("recipient", "consent_scope"):
        long = False
    help_text = HELP.get(name) or ("" if forms.FILE_TALK.search(field.description or "") else field.description or "")
    return Control(path, field.title or name, help_text, kind, field.annotation, choices, long, field.is_required())


def register_name(document: Any) -> str:
    """»D1: speciallægeerklæring, 20. august 2026«."""
    name = document.title or (ui.name(document.type) if document.type else "dokument")
    return f"{document.id}: {name}" + (f", {dated(document.date)}" if document.date else "")


def refusal(asked: Control, e: ValidationError) -> str:
    kind = next((error["type"] for error in e.errors() if error["type"] in REFUSALS), "")
    return f"»{asked.title}« {REFUSALS.get(kind, 'kan ikke bruges her.')}"


def is_record(field: Any) -> type[BaseModel] | None:
    """The record that a field holds, if it holds one and no list."""
    return model_at(field.annotation, ()) if get_origin(field.annotation) is not list else None


def items_of(field: Any) -> type[BaseModel] | None:
    """The record that a list of records repeats."""
    if get_origin(field.annotation) is list:
        return model_at(get_args(field.annotation)[0], ())
    return None


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace("–", "-").replace(",", "."))


def _plain(text: str) -> str:
    return re.sub(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029", "\n", text).strip()
