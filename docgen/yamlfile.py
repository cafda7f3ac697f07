"""YAML and JSON with places: what was read, and the line and column of every key and value.

YAML 1.2's core schema: only true/false are booleans, and dates stay text (pydantic reads them), so that
`2026-13-01` is reported at its place instead of stopping the reader. Anchors and aliases are refused: a case
has no use for them, and a few lines of them can fill a machine's memory.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml

from docgen.errors import DocgenError, FileError, Place, Problem, at

MAX_BYTES = 8_000_000

KeyPath = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):
    yaml_implicit_resolvers: ClassVar[dict[str, list]] = {}


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$", "-+0123456789"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


@dataclass(frozen=True)
class Loaded:
    """What a file holds, and where: `place(path)` gives the place of a value, or of its nearest parent."""

    path: Path
    data: Any
    places: dict[KeyPath, tuple[int, int]]

    def place(self, path: KeyPath) -> Place:
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return at(self.path, *self.places[path[:length]])
        return at(self.path)


def read(path: Path, error: type[DocgenError] = FileError) -> Loaded:
    """Reads a .yaml, .yml or .json file.

    Raises `error` with place and cure for wrong syntax, a doubled key, an alias, another encoding than UTF-8,
    and FileError for a file that cannot be opened or is over MAX_BYTES.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FileError(Problem("Filen findes ikke.", at(path), "Tjek stien og filnavnet.")) from None
    except IsADirectoryError:
        raise FileError(Problem("Det er en mappe, ikke en fil.", at(path))) from None
    except OSError as e:
        raise FileError(Problem("Filen kan ikke åbnes.", at(path), f"Systemet siger: {e.strerror}.")) from None
    if len(raw) > MAX_BYTES:
        raise FileError(Problem(f"Filen er større end {MAX_BYTES // 1_000_000} MB.", at(path)))
    return parse(raw, path, error)


def parse(raw: bytes, path: Path, error: type[DocgenError] = FileError, first_line: int = 1) -> Loaded:
    """As `read`, from bytes; `path` is only named in errors, `first_line` is where the text begins in the file."""
    try:
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = raw[: e.start].count(b"\n") + first_line
        raise error(
            Problem("Filen er ikke gemt som UTF-8.", at(path, line), "Gem den igen med kodningen UTF-8.")
        ) from None
    if path.suffix.lower() in (".json", ".jsonl"):
        try:
            json.loads(source)
        except json.JSONDecodeError as e:
            where = at(path, e.lineno + first_line - 1, e.colno)
            raise error(Problem("Filen er ikke gyldig JSON.", where, _json_cure(e.msg))) from None
        except RecursionError:
            raise error(Problem("Filen har for mange niveauer inde i hinanden.", at(path))) from None
        source = source.replace("\t", " ")  # a raw tab is never inside a JSON string, and YAML dislikes it outside
    places: dict[KeyPath, tuple[int, int]] = {}
    try:
        node = yaml.compose(source, Loader=_Loader)
        data = _build(node, (), places, set(), path, error, first_line) if node is not None else None
    except yaml.reader.ReaderError as e:
        before = source[: e.position] if isinstance(e.position, int) else ""
        where = at(path, before.count("\n") + first_line)
        raise error(Problem("Filen indeholder et tegn, der ikke må stå i YAML.", where, "Slet tegnet.")) from None
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        where = at(path, mark.line + first_line, mark.column + 1) if mark else at(path)
        raise error(Problem("Filen er ikke gyldig YAML.", where, _yaml_cure(e))) from None
    except RecursionError:
        raise error(Problem("Filen har for mange niveauer inde i hinanden.", at(path))) from None
    return Loaded(path, data, places)


def _build(
    node: yaml.Node, path: KeyPath, places: dict, seen: set[int], file: Path, error: type[DocgenError], first: int
) -> Any:
    here = (node.start_mark.line + first, node.start_mark.column + 1)
    places.setdefault(path, here)
    if id(node) in seen:
        raise error(Problem("Filen bruger ankre og henvisninger (& og *).", at(file, *here), "Skriv værdien ud."))
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            where = at(file, key_node.start_mark.line + first, key_node.start_mark.column + 1)
            if key is None:
                raise error(Problem("En nøgle skal være et enkelt ord.", where, "Skriv »nøgle: værdi«."))
            if key in result:
                raise error(Problem(f"Nøglen »{key}« står to gange.", where, "Slet den ene."))
            places[(*path, key)] = (where.line or 1, where.column or 1)
            result[key] = _build(value_node, (*path, key), places, seen, file, error, first)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, i), places, seen, file, error, first) for i, item in enumerate(node.value)]
    tag = node.tag.rpartition(":")[2]
    if tag == "bool":
        return node.value.lower() == "true"
    if tag == "null":
        return None
    if tag == "int":
        return int(node.value)
    if tag == "float":
        return float(node.value)
    if tag != "str":
        raise error(Problem(f"Mærket »{node.tag}« kan ikke bruges her.", at(file, *here), "Slet det."))
    return node.value


def _yaml_cure(e: yaml.MarkedYAMLError) -> str:
    problem = f"{e.context or ''} {e.problem or ''}"
    if "cannot start any token" in problem:
        return "Brug mellemrum i stedet for tabulator, og sæt anførselstegn om tekst, der begynder med % @ eller `."
    if "mapping values are not allowed" in problem:
        return "Sæt anførselstegn om teksten, hvis den indeholder kolon, og tjek indrykningen."
    if "quoted scalar" in problem:
        return "Et anførselstegn er åbnet, men ikke lukket."
    if "could not find expected ':'" in problem:
        return "Der mangler et kolon efter nøglen, eller linjen er rykket forkert ind."
    if "block" in problem or "expected <block end>" in problem:
        return "Tjek, at linjerne på samme niveau er rykket lige langt ind."
    if "flow" in problem or "expected ',' or" in problem:
        return "En parentes { eller [ er ikke lukket, eller der mangler et komma."
    return "Tjek indrykning, kolon og anførselstegn på linjen og linjen før."


def _json_cure(message: str) -> str:
    if "Expecting property name" in message:
        return "Der står et komma for meget, eller en nøgle mangler anførselstegn."
    if "delimiter" in message:
        return "Der mangler et komma eller et kolon."
    if "Unterminated string" in message or "control character" in message:
        return "Et anførselstegn er ikke lukket; et linjeskift i en tekst skrives \\n."
    if "Extra data" in message:
        return "Der står noget efter det sidste }."
    return "Tjek kommaer, anførselstegn og parenteser."
