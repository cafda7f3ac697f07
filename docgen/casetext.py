"""The text of a case file with something changed in it, and everything else as people wrote it: comments, order, quotes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from docgen.casefile import literal, parse_case, to_json
from docgen.errors import DocgenError
from docgen.yamlfile import KeyPath, Loaded, parse


def changed(path: Path, changes: dict[str, Any]) -> str:
    """The text of the case file `path` with `changes` (see `with_changes`); a file that does not exist is an empty case."""
    source = path.read_text("utf-8-sig") if path.exists() else "version: 1\n"
    if path.suffix.lower() == ".json":
        source = source if path.exists() else '{"version": 1}'
        return to_json(parse_case(with_changes(source, changes), path.with_suffix(".yaml")))
    return with_changes(source, changes)


def with_changes(source: str, changes: dict[str, Any]) -> str:
    """The YAML text of a case with values put in at paths such as `functional.sections[egenomsorg].observed`.

    Comments, order and quotes of all else are kept. None removes a key. A section is found by its key, other list items
    by number; an item one past the end is added.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

    yaml = YAML()
    yaml.preserve_quotes, yaml.width, yaml.allow_unicode = True, 4096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(source)
    if data is None:
        data = CommentedMap(version=1)

    def written(value: Any) -> Any:
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, list):
            return CommentedSeq(written(item) for item in value)
        if isinstance(value, dict):
            return CommentedMap({key: written(item) for key, item in value.items()})
        if isinstance(value, str):
            if "\n" in value and literal(value):
                return LiteralScalarString(value)
            return DoubleQuotedScalarString(value) if re.fullmatch(r"[\d\-. ]+", value) or "\n" in value else value
        return value

    for path, value in changes.items():
        steps = [step for part in path.split(".") for step in re.findall(r"[^\[\]]+", part)]
        target: Any = data
        for step in steps[:-1]:
            if isinstance(target, CommentedSeq):
                target = _item(target, step, CommentedMap)
                continue
            if target.get(step) is None:
                if value is None:
                    break
                is_list = re.search(rf"\b{step}\[", path) is not None
                target[step] = CommentedSeq() if is_list else CommentedMap()
            target = target[step]
        else:
            if value is None:
                target.pop(steps[-1], None)
            else:
                if isinstance(target, CommentedMap) and not target:
                    target.fa.set_block_style()  # an empty record is `{}`; what is put in it is to be read by people
                target[steps[-1]] = written(value)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _item(items: Any, step: str, new: Any) -> Any:
    if step.isdigit():
        while len(items) <= int(step):
            items.append(new())
        return items[int(step)]
    found = next((item for item in items if item.get("key") == step), None)
    if found is None:
        found = new(key=step)
        items.append(found)
    return found


# --- Lists of records ----------------------------------------------------------------------------------------------


def with_items(source: str, path: KeyPath, entries: Sequence[int | dict[str, Any]]) -> str | None:
    """The YAML text of a case with another list of records at `path`: a number is the record that stood there, whole and
    with its comments; a dict is a new one. None where the list is not written one record below the other.

    The comments above a record are its own; those above the first belong to the list and stay.
    """
    try:
        loaded = parse(source.encode(), Path("sag.yaml"))
    except DocgenError:
        return None
    values: Any = loaded.data
    for step in path:
        values = values.get(step) if isinstance(values, dict) else values[step] if isinstance(values, list) and isinstance(step, int) and step < len(values) else None
    if not values:
        return with_changes(source, {_written(path): [e for e in entries if isinstance(e, dict)]})
    lines = source.split("\n")
    found = _blocks(lines, loaded, path, len(values))
    if found is None:
        return None
    blocks, first, last, indent = found
    made: list[str] = []
    for entry in entries:
        made += blocks[entry] if isinstance(entry, int) else _block(entry, indent)
    if not entries:
        key = next((n for n in range(first - 1, -1, -1) if re.fullmatch(rf"\s*(- )*{re.escape(str(path[-1]))}:\s*(#.*)?", lines[n])), None)
        if key is None:
            return None
        lines[key] = re.sub(r":(?=\s*(#.*)?$)", ": []", lines[key], count=1)
    return "\n".join([*lines[:first], *made, *lines[last:]])


def _blocks(lines: list[str], loaded: Loaded, path: KeyPath, count: int) -> tuple[list[list[str]], int, int, int] | None:
    """(the lines of each record, where they begin and end, how far the dashes are in)."""
    dashes = []
    for number in range(count):
        line, column = loaded.places.get((*path, number), (0, 0))
        before = lines[line - 1][: column - 1] if line else ""
        if not re.fullmatch(r" *- +", before):
            return None
        dashes.append((line - 1, before.index("-")))
    indent = dashes[0][1]
    if any(column != indent for _, column in dashes):
        return None
    begins = [dashes[0][0]]
    for line, _ in dashes[1:]:
        while line - 1 > begins[-1] and re.match(rf"(?: {{0,{indent}}}#|\s*$)", lines[line - 1]):
            line -= 1
        begins.append(line)
    last = dashes[-1][0] + 1
    while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > indent):
        last += 1
    while not lines[last - 1].strip():
        last -= 1
    ends = [*begins[1:], last]
    return [lines[begin:end] for begin, end in zip(begins, ends, strict=True)], begins[0], last, indent


def _block(entry: dict[str, Any], indent: int) -> list[str]:
    """A new record as lines at `indent`."""
    from ruamel.yaml import YAML

    if not entry:
        return [" " * indent + "- {}"]
    out = io.StringIO()
    yaml = YAML()
    yaml.width, yaml.allow_unicode = 4096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(entry, out)
    first, *rest = out.getvalue().rstrip("\n").split("\n")
    return [" " * indent + "- " + first, *(" " * (indent + 2) + line if line else "" for line in rest)]


def _written(path: KeyPath) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
