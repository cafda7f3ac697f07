"""A case <-> YAML, JSON, a row of CSV, a line of JSON Lines; and the empty, commented case file of `docgen new`."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from docgen.errors import CaseError, DocgenError, FileError, Problem, at
from docgen.model import Case
from docgen.validate import did_you_mean, fields_at, model_at, validate
from docgen.yamlfile import MAX_BYTES, KeyPath, Loaded, parse, read

SUFFIXES = (".yaml", ".yml", ".json")


def read_case(path: str | Path) -> Case:
    """The case in a .yaml or .json file. CaseError names line, column and cure of everything that is wrong."""
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise FileError(Problem("En sag skal være en .yaml- eller .json-fil.", at(path)))
    return validate(Case, read(path, CaseError), CaseError)


def parse_case(text: str | bytes, path: Path) -> Case:
    """The case in `text`, or in the bytes of a file; `path` tells YAML from JSON and is named in errors."""
    raw = text.encode() if isinstance(text, str) else text
    if len(raw) > MAX_BYTES:
        raise FileError(Problem(f"Filen er større end {MAX_BYTES // 1_000_000} MB.", at(path)))
    return validate(Case, parse(raw, path, CaseError), CaseError)


def schema() -> dict[str, Any]:
    """JSON Schema of a case file, for completion and checking in editors."""
    made = Case.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Sag", **made}


# --- Many cases --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One case of many: where it stands, and the case or why it could not be read."""

    name: str  # file name, or row number in a table: never a person's name
    case: Case | None
    error: DocgenError | None = None


def read_many(path: str | Path) -> Iterator[Row]:
    """The cases of a folder, a .csv or a .jsonl file, in a fixed order; a bad one is a row with its error."""
    path = Path(path)
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and not p.name.startswith("."))
        if not files:
            raise FileError(Problem("Mappen har ingen sager (.yaml eller .json).", at(path)))
        yield from (_attempt(p.name, lambda p=p: read_case(p)) for p in files)
    elif path.suffix.lower() == ".csv":
        yield from _csv_rows(path)
    elif path.suffix.lower() in (".jsonl", ".ndjson"):
        raw = _bytes(path)
        for number, line in enumerate(raw.split(b"\n"), 1):
            if line.strip():
                yield _attempt(
                    f"linje {number}",
                    lambda n=number, text=line: validate(Case, parse(text, path.with_suffix(".jsonl"), CaseError, n)),
                )
    elif path.suffix.lower() in SUFFIXES:
        yield _attempt(path.name, lambda: read_case(path))
    else:
        raise FileError(Problem("Mange sager læses fra en mappe, en .csv- eller en .jsonl-fil.", at(path)))


def _attempt(name: str, read_one: Any) -> Row:
    try:
        return Row(name, read_one())
    except DocgenError as e:
        return Row(name, None, e)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise FileError(Problem("Filen kan ikke åbnes.", at(path), f"Systemet siger: {e.strerror}.")) from None


_STEP = re.compile(r"([a-z_]+)|\[(\d+)\]")


def column_path(name: str) -> KeyPath | None:
    """`documents[0].type` -> ("documents", 0, "type"); None if it is no path of a case."""
    name = name.strip()
    if not re.fullmatch(r"[a-z_]+(\[\d{1,3}\])?(\.[a-z_]+(\[\d{1,3}\])?)*", name):
        return None
    path = tuple(m[1] or int(m[2]) for m in _STEP.finditer(name))
    field = _field_at(path)
    if field is None or (isinstance(path[-1], int) and get_origin(field.annotation) is not list):
        return None
    return path


def _field_at(path: KeyPath) -> Any:
    """The model field that a path ends in (for an element of a list: the list's), or None."""
    names = path[:-1] if isinstance(path[-1], int) else path
    owner = model_at(Case, names[:-1]) if len(names) > 1 else Case
    return owner.model_fields.get(str(names[-1])) if owner else None


def _csv_rows(path: Path) -> Iterator[Row]:
    raw = _bytes(path)
    try:
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = raw.decode("cp1252", "replace")  # what a Danish Excel saves as »CSV«
        if "\ufffd" in source:
            raise FileError(Problem("Filens tegnsæt kan ikke læses.", at(path), "Gem den som CSV UTF-8.")) from None
    first = source.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(io.StringIO(source), delimiter=delimiter)
    header = next(rows, [])
    paths = []
    wrong = []
    for number, column in enumerate(header, 1):
        parsed = column_path(column)
        if parsed is None:
            known = list(_column_names(Case))
            cure = did_you_mean(column, known) or "Kolonner hedder som i sagsfilen, fx citizen.name eller documents[0].type."
            wrong.append(Problem(f"Kolonne {number} »{column}« kendes ikke.", at(path, 1, number), cure))
        paths.append(parsed)
    if wrong or not header:
        raise CaseError(*(wrong or [Problem("Filen har ingen overskrifter i første linje.", at(path, 1))]))
    for cells in rows:
        line = rows.line_num
        if not any(c.strip() for c in cells):
            continue
        if len(cells) > len(paths):
            surplus = Problem("Rækken har flere felter end overskriften.", at(path, line), "Tjek skilletegn og citationstegn.")
            yield Row(f"linje {line}", None, CaseError(surplus))
            continue
        yield _attempt(f"linje {line}", lambda c=cells, n=line: validate(Case, _nested(paths, c, path, n), CaseError))


def _column_names(model: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = model_at(field.annotation, ())
        number = "[0]" if get_origin(field.annotation) is list else ""
        if inner is None:
            yield f"{before}{name}{number}"
        elif before.count(".") < 3:
            yield from _column_names(inner, f"{before}{name}{number}.")


def _nested(paths: list[KeyPath], cells: list[str], file: Path, line: int) -> Loaded:
    data: dict[str, Any] = {}
    places: dict[KeyPath, tuple[int, int]] = {(): (line, 1)}
    for number, (path, cell) in enumerate(zip(paths, cells, strict=False), 1):
        if not cell.strip():
            continue
        target: Any = data
        for i, step in enumerate(path):
            places.setdefault(path[: i + 1], (line, number))
            if i == len(path) - 1:
                value = _cell(cell, path)
                if isinstance(step, int):
                    target.append(value)
                else:
                    target[step] = value
            else:
                fresh: Any = [] if isinstance(path[i + 1], int) else {}
                if isinstance(step, int):
                    while len(target) <= step:
                        target.append({})
                    target = target[step]
                else:
                    target = target.setdefault(step, fresh)
    return Loaded(file, data, places)


def _cell(cell: str, path: KeyPath) -> Any:
    """A cell's text, with ja/nej and Danish decimals read where the field is not text."""
    field = _field_at(path)
    kinds = _leaf_types(field.annotation) if field else {str}
    text = cell.strip()
    if bool in kinds and text.lower() in ("ja", "true", "x", "1", "nej", "false", "0"):
        return text.lower() in ("ja", "true", "x", "1")
    if float in kinds and re.fullmatch(r"-?\d+(,\d+)?", text):
        return float(text.replace(",", "."))
    if any(k.__name__ == "date" for k in kinds if isinstance(k, type)):
        danish = re.fullmatch(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})", text)
        if danish:
            return f"{danish[3]}-{int(danish[2]):02d}-{int(danish[1]):02d}"
    return cell


def _leaf_types(annotation: Any) -> set[Any]:
    if get_origin(annotation) is not None:
        return set().union(*(_leaf_types(a) for a in get_args(annotation)))
    return {annotation}


# --- Writing -----------------------------------------------------------------------------------------------------------


def to_data(case: Case) -> dict[str, Any]:
    """Plain data of a case without its empty fields; dates as ISO text."""
    return _without_empty(case.model_dump(mode="json", exclude_defaults=True))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        cleaned = {k: _without_empty(v) for k, v in value.items()}
        return {k: v for k, v in cleaned.items() if v is not None and v != {} and v != []}
    if isinstance(value, list):
        return [_without_empty(v) for v in value]
    return value


def to_json(case: Case) -> str:
    return json.dumps(to_data(case), ensure_ascii=False, indent=2) + "\n"


def to_yaml(case: Case) -> str:
    """The case as YAML that a person can go on writing in."""
    from ruamel.yaml import YAML
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

    def dressed(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: dressed(v) for k, v in value.items()}
        if isinstance(value, list):
            return [dressed(v) for v in value]
        if isinstance(value, str):
            if "\n" in value and literal(value):
                return LiteralScalarString(value)
            if re.fullmatch(r"[\d\-. ]+", value) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                return DoubleQuotedScalarString(value)
        return value

    yaml = YAML()
    yaml.width = 110
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(dressed({"version": 1, **to_data(case)}), out)
    return re.sub(r"^((?: *- )? *\w+: )'(\d{4}-\d\d-\d\d)'$", r"\1\2", out.getvalue(), flags=re.M)


def literal(value: str) -> bool:
    """Whether a text can stand as lines after `|` without losing anything."""
    return not re.search(r"[ \t]\n|^\s|[^\S\n]$|\n$|\r|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]", value)


def empty(keys: set[str] | None = None, kind: str | None = None) -> str:
    """An empty, commented case file; `keys` limits it to these top-level parts of a case."""
    lines = [
        f"# En sag{f' til »{kind}«' if kind else ''}. Udfyld det, du ved; det tomme bliver til synlige huller i kladden.",
        "# Datoer skrives åååå-mm-dd. Lister: fjern # foran linjerne, og gentag dem for hvert punkt.",
        "# Sæt anførselstegn om tekst, der indeholder kolon. Skriv lange tekster over flere linjer med | efter kolonet.",
        "",
    ]
    for name, field in Case.model_fields.items():
        if keys is not None and name not in keys and name not in ("version", "case_number", "citizen", "caseworker"):
            continue
        lines += _field(name, field, 0, False)
        if model_at(field.annotation, ()):
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _field(name: str, field: Any, depth: int, commented: bool) -> list[str]:
    pad = "  " * depth
    mark = "# " if commented else ""
    title = field.title or ""
    note = title + (f". {field.description}" if field.description else "")
    choices = _choices(field.annotation)
    inner = model_at(field.annotation, ())
    value = ""
    if field.default not in (None, PydanticUndefined):
        value = f" {_scalar(field.default)}"
    if inner is None and get_origin(field.annotation) is list:
        return [f"{mark}{pad}{name}:  # {note}", f"# {pad}  -"]
    if inner is None:
        comment = note + (f". Vælg: {' | '.join(choices)}" if choices else "")
        if len(comment) > 100:
            wrapped = textwrap.wrap(comment, 100)
            return [*(f"{mark}{pad}# {line}" for line in wrapped), f"{mark}{pad}{name}:{value}"]
        return [f"{mark}{pad}{name}:{value}  # {comment}"]
    lines = [f"{mark}{pad}{name}:  # {note}"]
    if get_origin(field.annotation) is list:
        children = [line for n, f in inner.model_fields.items() for line in _field(n, f, depth + 2, True)]
        first = next((i for i, line in enumerate(children) if re.match(r"# +[a-z_]+:", line)), 0)
        if children:
            children[first] = children[first].replace(f"# {pad}    ", f"# {pad}  - ", 1)
        return lines + children
    return lines + [line for n, f in inner.model_fields.items() for line in _field(n, f, depth + 1, commented)]


def _scalar(value: Any) -> str:
    value = value.value if isinstance(value, Enum) else value
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _choices(annotation: Any) -> list[str]:
    if get_origin(annotation) is not None and str(get_origin(annotation)).endswith("Literal"):
        return [str(a) for a in get_args(annotation)]
    if get_origin(annotation) is not None:
        return [c for a in get_args(annotation) for c in _choices(a)]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(m.value) for m in annotation]
    return []


__all__ = ["Row", "column_path", "empty", "fields_at", "literal", "parse_case", "read_case", "read_many", "schema", "to_data", "to_json", "to_yaml"]
