"""pydantic's errors in Danish, each with file, line, column and the likely cure. No value of a case is repeated."""

from __future__ import annotations

import difflib
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from docgen.errors import CaseError, DocgenError, Problem
from docgen.yamlfile import KeyPath, Loaded

M = TypeVar("M", bound=BaseModel)

# pydantic's error type -> (what is wrong, cure); {…} are the error's own facts
TEXTS: dict[str, tuple[str, str]] = {
    "extra_forbidden": ("Nøglen »{key}« kendes ikke her.", "{did_you_mean}"),
    "missing": ("Nøglen »{key}« mangler.", "Tilføj den."),
    "string_type": ("»{key}« skal være tekst.", "Sæt anførselstegn om værdien."),
    "bool_type": ("»{key}« skal være true eller false.", ""),
    "bool_parsing": ("»{key}« skal være true eller false.", ""),
    "int_type": ("»{key}« skal være et helt tal.", ""),
    "int_parsing": ("»{key}« skal være et helt tal.", ""),
    "float_type": ("»{key}« skal være et tal.", "Skriv tallet med punktum, fx 7.5."),
    "float_parsing": ("»{key}« skal være et tal.", "Skriv tallet med punktum, fx 7.5."),
    "date_type": ("»{key}« er ikke en dato.", "Skriv datoen som åååå-mm-dd, fx 2026-11-22."),
    "date_parsing": ("»{key}« er ikke en dato.", "Skriv datoen som åååå-mm-dd, fx 2026-11-22."),
    "date_from_datetime_parsing": ("»{key}« er ikke en dato.", "Skriv datoen som åååå-mm-dd, fx 2026-11-22."),
    "date_from_datetime_inexact": ("»{key}« skal være en dato uden klokkeslæt.", "Skriv åååå-mm-dd."),
    "enum": ("Værdien i »{key}« kendes ikke.", "{did_you_mean}Vælg en af: {choices}."),
    "literal_error": ("Værdien i »{key}« kendes ikke.", "{did_you_mean}Vælg en af: {choices}."),
    "list_type": ("»{key}« skal være en liste.", "Skriv hvert punkt på sin egen linje med »- « foran."),
    "model_type": ("»{key}« skal have nøgler under sig.", "Skriv dem på linjerne under, rykket ind."),
    "model_attributes_type": ("»{key}« skal have nøgler under sig.", "Skriv dem på linjerne under, rykket ind."),
    "dict_type": ("»{key}« skal have nøgler under sig.", "Skriv dem på linjerne under, rykket ind."),
    "cpr": (
        "»{key}« er ikke et muligt CPR-nummer.",
        "Skriv ti cifre i anførselstegn, fx \"010203-4567\", så et nul forrest ikke forsvinder.",
    ),
    "doubled_document": ("Dokument-id »{id}« står to gange i registret.", "Giv det ene et andet id."),
    "unknown_document": ("Dokument »{id}« står ikke i registret.", "{did_you_mean}Tilføj det under documents."),
}


def problems(e: ValidationError, model: type[BaseModel], loaded: Loaded) -> list[Problem]:
    """The problems of a validation error in the order of the file."""
    found = []
    for error in e.errors(include_url=False, include_input=True):
        path = _clean(error["loc"], loaded.data)
        ctx = dict(error.get("ctx") or {})
        if error["type"] == "unknown_document":
            path = tuple(ctx["path"])
        what, cure = TEXTS.get(error["type"], ("Værdien i »{key}« kan ikke bruges her.", "Se »docgen new« for et eksempel."))
        facts: dict[str, Any] = {**ctx, "key": next((p for p in reversed(path) if isinstance(p, str)), "filen")}
        facts["did_you_mean"], facts["choices"] = "", ctx.get("expected", "").replace("'", "").replace(" or ", ", ")
        if error["type"] == "extra_forbidden":
            known = list(fields_at(model, path[:-1]))
            facts["did_you_mean"] = did_you_mean(str(path[-1]), known) or (
                f"Her kan stå: {', '.join(known)}." if known else ""
            )
        elif facts["choices"] and isinstance(error["input"], str):
            facts["did_you_mean"] = did_you_mean(error["input"], facts["choices"].split(", "))
        elif error["type"] == "unknown_document":
            facts["did_you_mean"] = did_you_mean(ctx["id"], ctx["known"])
        found.append(Problem(what.format(**facts), loaded.place(path), cure.format(**facts).strip()))
    return sorted(found, key=lambda p: (p.place.line or 0, p.place.column or 0) if p.place else (0, 0))


def validate(model: type[M], loaded: Loaded, error: type[DocgenError] = CaseError) -> M:
    """`loaded` as a `model`. Raises `error` with every problem, each at its line and column."""
    if not isinstance(loaded.data, dict):
        raise error(Problem("Filen er tom eller har ingen nøgler.", loaded.place(()), "Se »docgen new« for et eksempel."))
    try:
        return model.model_validate(loaded.data)
    except ValidationError as e:
        raise error(*problems(e, model, loaded)) from None


def did_you_mean(word: str, known: list[str]) -> str:
    """»Mente du …?« with the nearest known words, or nothing."""
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f"Mente du »{near[0]}«? " if near else ""


def fields_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The field names that `model` knows at `path`."""
    inner = model_at(model, path)
    return [field.alias or name for name, field in inner.model_fields.items()] if inner else []


def model_at(annotation: Any, path: KeyPath) -> type[BaseModel] | None:
    """The model that stands at `path` below `annotation`, looking through Optional and list."""
    if get_origin(annotation) is not None:
        inner = (model_at(arg, path[1:] if get_origin(annotation) in (list, tuple) and path else path) for arg in get_args(annotation))
        return next((found for found in inner if found is not None), None)
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return None
    if not path:
        return annotation
    field = annotation.model_fields.get(str(path[0]))
    return model_at(field.annotation, path[1:]) if field else None


def _clean(loc: tuple[str | int, ...], data: Any) -> KeyPath:
    """Drops what pydantic adds to a location (names of union members) but the file does not hold."""
    path: list[str | int] = []
    for step in loc:
        if (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            data = data[step]
        elif isinstance(data, dict) and isinstance(step, str):
            path.append(step)  # a missing key
            break
        else:
            continue
        path.append(step)
    return tuple(path)
