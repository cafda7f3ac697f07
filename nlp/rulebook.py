"""Reads rule files, checks them strictly and lays a municipality's own over the shipped ones, by id.

A rule is one YAML file that holds its text, its reason and its proof. A folder of rules may hold `compiled.json`, made by
`python -m nlp.rulebook`: the same rules with all inflected forms worked out. It is used only while the folder's files are
byte for byte those it was made from, so that editing a file always takes effect at once.
"""

from __future__ import annotations

import datetime
import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from nlp import lexicons, registry, screen
from nlp.errors import RulebookError, RuleProblem
from nlp.model import Severity
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

RULES = Path(__file__).parent / "rules"
COMPILED = "compiled.json"


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Strict(BaseModel):
    model_config = ConfigDict(**STRICT, populate_by_name=True)


class Applies(Strict):
    """Where a rule speaks. Empty means everywhere; a listed fact that is unknown of a text means silence.

    An unknown decision date counts as today's law: the newest period.
    """

    kinds: list[str] = []
    not_kinds: list[str] = []
    schemes: list[str] = []
    outcomes: list[str] = []
    tracks: list[str] = []
    sections: list[str] = []
    slots: list[str] = []
    parts: list[str] = []
    styles: list[str] = []
    since: datetime.date | None = Field(None, alias="from")
    until: datetime.date | None = None

    def document(self, facts: Any) -> bool:
        for allowed, value in (
            (self.kinds, facts.kind), (self.schemes, facts.scheme), (self.outcomes, facts.outcome), (self.tracks, facts.track),
        ):
            if allowed and value not in allowed:
                return False
        if facts.kind in self.not_kinds and facts.kind:
            return False
        date = facts.decision_date or datetime.date.max
        return not (self.since and date < self.since) and not (self.until and date > self.until)

    @property
    def local(self) -> bool:
        """Whether single passages must be asked too."""
        return bool(self.sections or self.slots or self.parts or self.styles)


class Example(Strict):
    """A text that proves a rule. `hits` are the marked words in order; `absent` means one finding with no place."""

    text: str
    hits: list[str] = []
    absent: bool = False
    because: str = ""
    kind: str | None = None
    scheme: str | None = None
    outcome: str | None = None
    track: str | None = None
    section: str | None = None
    slot: str | None = None
    style: str | None = None  # of the text's only passage: heading, item, cell, ...
    decision_date: datetime.date | None = None
    case_started: datetime.date | None = None
    granted: datetime.date | None = None
    age: int | None = None
    channel: str | None = None
    severity: Severity | None = None  # what the finding must have
    extra: dict[str, Any] = {}  # what else the caller's own kinds of rule are given

    def facts(self) -> dict[str, Any]:
        names = (
            "kind", "scheme", "outcome", "track", "section", "slot", "decision_date", "case_started", "granted", "channel",
        )
        given = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        return given | ({"citizen_age": self.age} if self.age is not None else {})


class Rule(Strict):
    id: str = Field(pattern=r"^[A-ZÆØÅ]{3}\d{3}[a-z]?$")
    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    category: str = Field(pattern=r"^[a-z0-9_]+$")
    label: str = ""  # C01-C23 of the wording research, or another reference to the rule's family
    severity: Severity
    severity_in: dict[str, Severity | Literal["fra"]] = {}  # by slot, section, style or kind of document; "fra": silent there
    status: Literal["preview", "stable", "deprecated"] = "stable"
    since: str = "0.1.0"
    applies_to: Applies = Field(default_factory=Applies)  # an instance here would have its validator made on import
    yields: bool = False  # silent in a sentence where another rule of the category speaks
    message: str
    why: str = Field(min_length=10)
    advice: str = Field(min_length=5)
    frame: str = ""  # an empty sentence for the writer to fill in
    source: Annotated[list[str], BeforeValidator(_as_list)] = Field(min_length=1)
    weaknesses: list[str] = []
    match: Any
    flag: list[Example] = Field(min_length=1)
    ok: list[Example] = Field(min_length=1)
    path: str = ""
    kind_name: str = Field("", exclude=True)

    @model_validator(mode="after")
    def hits_stand_in_their_text(self) -> Rule:
        for number, example in enumerate(self.flag):
            if not example.hits and not example.absent:
                raise PydanticCustomError("no_hits", "flag.{n}: mangler hits (eller absent: true)", {"n": number})
            for hit in example.hits:
                if hit not in example.text:
                    raise PydanticCustomError("hit_not_in_text", "flag.{n}: »{hit}« står ikke i teksten", {"n": number, "hit": hit})
        if self.match.__class__ is dict:
            raise PydanticCustomError("no_kind", "match er ikke læst", {})
        return self

    def severity_at(self, section: str | None, slot: str | None, style: str | None, kind: str | None) -> Severity | None:
        """The rule's severity at a place; None where it is silent. A preview rule never weighs more than `forslag`."""
        severity: Severity | str = self.severity
        for key in (slot, section, style, kind):
            if key is not None and key in self.severity_in:
                severity = self.severity_in[key]
                break
        if severity == "fra":
            return None
        return Severity.FORSLAG if self.status == "preview" else Severity(severity)


    def severity_in_place(self, analysis: Analysis, start: int, *, absent: bool = False) -> Severity | None:
        """The rule's severity at `start` of a text; None where it does not speak. What is absent has no place to be asked for."""
        applies = self.applies_to
        if not (applies.local or self.severity_in):
            return self.severity_at(None, None, None, None)
        passage = analysis.passage_at(start)
        section, slot = analysis.place(start)
        style = passage.style if passage else None
        if not absent and applies.local:
            part = passage.part if passage else None
            wanted = ((applies.sections, section), (applies.slots, slot), (applies.parts, part), (applies.styles, style))
            if any(allowed and value not in allowed for allowed, value in wanted):
                return None
        return self.severity_at(section, slot, style, analysis.facts.kind)


class Rulebook:
    """Rules in order of id."""

    def __init__(self, rules: Iterable[Rule]):
        self.rules = tuple(sorted(rules, key=lambda rule: rule.id))
        self.by_key = {rule.id: rule for rule in self.rules} | {rule.name: rule for rule in self.rules}

    def __iter__(self):
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def get(self, key: str) -> Rule | None:
        """By id or name."""
        return self.by_key.get(key)


def measured(rule_id: str) -> dict[str, Any] | None:
    """How a rule did on labelled texts: right, wrong, precision, on (which texts, when). None where it was not measured."""
    try:
        return json.loads((RULES / "measured.json").read_bytes()).get(rule_id)
    except (OSError, ValueError):
        return None


def read(
    folders: Iterable[Path] = (), kinds: Mapping[str, Any] | None = None, *, shipped: bool = True, examples: bool = False
) -> Rulebook:
    """The shipped rules with those of `folders` laid over, in order: the same id replaces the whole rule.

    `examples`: read the rule files themselves, which is slower; compiled rules hold no examples.

    Raises RulebookError with every mistake that was found.
    """
    kinds = registry.kinds() if kinds is None else kinds
    problems: list[RuleProblem] = []
    book: dict[str, Rule] = {}
    for folder in ([RULES] if shipped else []) + [Path(folder) for folder in folders]:
        own: dict[str, Rule] = {}
        for rule in read_tree(folder, kinds, problems, compiled=not examples):
            if rule.id in own:
                problems.append(RuleProblem(f"id {rule.id} findes også i {own[rule.id].path}.", rule.path, 1, 1))
            own[rule.id] = rule
        book |= own
    names: dict[str, Rule] = {}
    for rule in book.values():
        if rule.name in names:
            problems.append(RuleProblem(f"navnet {rule.name} bruges også af {names[rule.name].path}.", rule.path))
        names[rule.name] = rule
    if problems:
        raise RulebookError(sorted(problems, key=str))
    return Rulebook(book.values())


def read_tree(folder: Path, kinds: Mapping[str, Any], problems: list[RuleProblem], compiled: bool = True) -> list[Rule]:
    """Every rule in `folder` and the folders in it, from compiled.json where that is fresh."""
    if not folder.is_dir():
        problems.append(RuleProblem("mappen med regler findes ikke.", folder.name))
        return []
    rules: list[Rule] = []
    files = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    if files:
        rules += (compiled and _compiled(folder, files, kinds)) or [
            rule for path in files if (rule := read_file(path, kinds, problems)) is not None
        ]
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        rules += read_tree(inner, kinds, problems, compiled)
    return rules


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _compiled(folder: Path, files: list[Path], kinds: Mapping[str, Any]) -> list[Rule] | None:
    try:
        data = json.loads((folder / COMPILED).read_bytes())
    except (OSError, ValueError):
        return None
    if data.get("digest") != _digest(files):
        return None
    rules = []
    for fields in data["rules"]:
        kind = kinds.get(fields["match"]["kind"])
        if kind is None:
            return None  # the reading of the YAML files says what is wrong
        rules.append(_restored(fields, kind))
    return rules


def _restored(fields: dict[str, Any], kind: Any) -> Rule:
    """A rule of compiled.json, which was validated when the file was made: nothing is validated again."""
    match = {key: value for key, value in fields["match"].items() if key != "kind"}
    restore = getattr(kind, "restore", kind.Match.model_construct)
    applies = dict(fields["applies_to"])
    for key, name in (("from", "since"), ("until", "until")):
        day = applies.pop(key, None)
        applies[name] = day and datetime.date.fromisoformat(day)
    return Rule.model_construct(
        **fields
        | {
            "match": restore(**match), "kind_name": kind.name, "severity": Severity(fields["severity"]),
            "applies_to": Applies.model_construct(**applies), "flag": [], "ok": [],
        }
    )  # fmt: skip


def compile_folder(folder: Path, kinds: Mapping[str, Any]) -> str:
    """The text of `compiled.json` for the rule files that stand in `folder` itself. Raises RulebookError."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    problems: list[RuleProblem] = []
    rules = [read_file(path, kinds, problems) for path in files]
    if problems:
        raise RulebookError(problems)
    compiled = []
    for rule in rules:
        assert rule is not None
        kind = kinds[rule.kind_name]
        match = kind.prepare(rule.match) if hasattr(kind, "prepare") else rule.match.model_dump(mode="json")
        fields = rule.model_dump(mode="json", exclude={"match", "flag", "ok"}, by_alias=True)
        compiled.append(fields | {"match": {"kind": kind.name} | match})
    body = ",\n".join(json.dumps(rule, ensure_ascii=False, separators=(",", ":")) for rule in compiled)
    return f'{{"digest":"{_digest(files)}","rules":[\n{body}\n]}}\n'


def read_file(path: Path, kinds: Mapping[str, Any], problems: list[RuleProblem]) -> Rule | None:
    """One rule file; mistakes are added to `problems`."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        data = YAML().load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        problems.append(RuleProblem(f"filen er ikke gyldig YAML: {error.problem}.", path.name, line, column))
        return None
    except (UnicodeDecodeError, OSError):
        problems.append(RuleProblem("filen kan ikke læses som UTF-8.", path.name))
        return None
    if not isinstance(data, Mapping):
        problems.append(RuleProblem("en regel er en fil med felter (id, name, …).", path.name, 1, 1))
        return None
    if isinstance(data.get("id"), str) and path.stem != data["id"]:
        problems.append(RuleProblem(f"filen skal hedde {data['id']}.yaml.", path.name, *_place(data, ("id",))))
    raw = _plain(data)
    match = raw.get("match")
    if not isinstance(match, dict) or "kind" not in match:
        problems.append(RuleProblem("match mangler kind.", path.name, *_place(data, ("match",))))
        return None
    kind = kinds.get(match["kind"])
    if kind is None:
        cure = _did_you_mean(str(match["kind"]), kinds)
        problems.append(RuleProblem(f"ukendt slags regel »{match['kind']}«.", path.name, *_place(data, ("match", "kind")), cure))
        return None
    before = len(problems)
    parsed = None
    try:
        parsed = kind.Match(**{key: value for key, value in match.items() if key != "kind"})
        if hasattr(kind, "prepare"):
            kind.prepare(parsed)
        unknown = [name for name in getattr(parsed, "guards", ()) if name not in _guards()]
        for name in unknown:
            problems.append(
                RuleProblem(f"ukendt værn »{name}«.", path.name, *_place(data, ("match", "guards")), _did_you_mean(name, _guards()))
            )
    except ValidationError as error:
        problems.extend(_explain(error, path, data, ("match",), kind.Match))
    except ValueError as error:
        problems.append(RuleProblem(f"{error}.", path.name, *_place(data, ("match",))))
    try:
        rule = Rule.model_validate(raw | {"match": parsed, "path": path.name, "kind_name": kind.name})
    except ValidationError as error:
        problems.extend(_explain(error, path, data, (), Rule))
        return None
    if len(problems) > before:
        return None
    return rule


def _guards() -> Iterable[str]:
    from nlp.guards import GUARDS

    return GUARDS


def _plain(node: Any) -> Any:
    """ruamel's nodes as plain Python; dates as text, for pydantic to read."""
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(value) for value in node]
    if isinstance(node, str):
        return str(node)
    if isinstance(node, bool | int | float) or node is None:
        return node
    return str(node)


def _place(node: Any, path: tuple[str | int, ...]) -> tuple[int | None, int | None]:
    """(line, column) from 1 of the deepest part of `path` that exists in the file."""
    line, column = 1, 1
    for step in path:
        marks = getattr(node, "lc", None)
        if marks is None or marks.data is None or step not in marks.data:
            break
        line, column = marks.data[step][0] + 1, marks.data[step][1] + 1
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
    return line, column


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f"Mente du »{close[0]}«?" if close else f"Kendte: {', '.join(sorted(known))}."


def _explain(
    error: ValidationError, path: Path, data: Any, prefix: tuple[str, ...], model: type[BaseModel]
) -> list[RuleProblem]:
    problems = []
    for item in error.errors():
        loc = tuple(step for step in item["loc"] if isinstance(step, int) or not re.search(r"[\[\](]", str(step)))
        line, column = _place(data, prefix + loc)
        field = ".".join(str(step) for step in loc)
        if item["type"] == "extra_forbidden":
            known = [f.alias or name for name, f in _model_at(model, loc[:-1]).model_fields.items()]
            problem = RuleProblem(f"ukendt felt »{field}«.", path.name, line, column, _did_you_mean(str(loc[-1]), known))
        elif item["type"] == "missing":
            problem = RuleProblem(f"feltet »{field}« mangler.", path.name, line, column)
        elif item["type"] == "too_short":
            problem = RuleProblem(f"»{field}« skal have mindst ét punkt.", path.name, line, column)
        elif item["type"] in ("enum", "literal_error"):
            expected = str(item.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            cure = _did_you_mean(str(item["input"]), [e for e in expected if e])
            problem = RuleProblem(f"»{item['input']}« kan ikke stå i »{field}«.", path.name, line, column, cure)
        else:
            problem = RuleProblem(f"»{field}« kan ikke bruges: {item['msg']}.", path.name, line, column)
        problems.append(problem)
    return problems


def _model_at(model: type[BaseModel], loc: tuple[Any, ...]) -> type[BaseModel]:
    """The model whose field stands at `loc`; falls back to the outermost."""
    from typing import get_args

    for step in loc:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        if field is None:
            return model
        queue = [field.annotation]
        inner = None
        while queue and inner is None:
            candidate = queue.pop()
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                inner = candidate
            queue.extend(get_args(candidate))
        if inner is None:
            return model
        model = inner
    return model


def main(folders: list[str]) -> None:
    """`python -m nlp.rulebook [FOLDER …]`: writes compiled.json beside the rule files (all of nlp/rules if none is named)."""
    kinds = registry.kinds()
    for folder in [Path(f) for f in folders] or sorted(p for p in RULES.iterdir() if p.is_dir()):
        if any(folder.glob("*.yaml")):
            (folder / COMPILED).write_text(compile_folder(folder, kinds), encoding="utf-8")
    lexicons.COMPILED.write_text(lexicons.compiled_text(), encoding="utf-8")
    screen.WORKED_OUT.write_text(needs_text(), encoding="utf-8")


def needs_text() -> str:
    """What nlp/lexicon/needs.json must hold: of each expression of the shipped rules and lexicons."""
    from nlp import dates, diagnoses
    from nlp.evidence.cues import cues
    from nlp.sources import lexicon

    kinds = registry.kinds()
    found = [*dates.EXPRESSIONS, *(source.screen for source in lexicon()), *(expression for _, _, expression in diagnoses.families())]
    found += [pattern for stage in cues().values() for cue in stage for pattern in cue.patterns]
    for rule in read(kinds=kinds):
        expressions = getattr(kinds[rule.kind_name], "expressions", None)
        if expressions is not None:
            found += expressions(rule.match)
    return screen.worked_out_text(found)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
