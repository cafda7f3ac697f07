"""`docgen content check`: every file of content proves itself. Problems are data, so that all of them are shown at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docgen.casefile import read_case
from docgen.content import Content
from docgen.contentmodel import StandardText, Variant
from docgen.draft import TEXT_ENVIRONMENT, Drafting
from docgen.errors import DocgenError, Problem, at
from docgen.model import Case, Kind, Municipality
from docgen.render import _dotted
from docgen.validate import model_at
from docgen.word.read import read


@dataclass(frozen=True)
class Checked:
    """One file or folder of content, and what is wrong with it."""

    group: str
    id: str
    problems: tuple[Problem, ...]


def check(content: Content) -> Iterator[Checked]:
    """Every group in turn; a group that cannot be loaded is a problem of its own and does not hide the others."""
    yield Checked("kommune", "kommune", tuple(_attempt(lambda: content.municipality)))
    law = tuple(_attempt(lambda: content.law))  # loading runs every provision's examples
    yield Checked("law", "law", law)
    yield Checked("schemes", "schemes", law or tuple(_attempt(lambda: list(_schemes(content)))))
    for origin in content.files("texts"):
        yield Checked("texts", origin.id, tuple(_text(content, origin.id)))
    for kind in Kind:
        if any((root / "documents" / kind).is_dir() for root in content.roots):
            yield Checked("documents", kind.value, tuple(_document(content, kind.value)))
    yield from _rules(content)


def _attempt(load: Any) -> Iterator[Problem]:
    try:
        result = load()
        if isinstance(result, list):
            yield from result
    except DocgenError as e:
        yield from e.problems


def _schemes(content: Content) -> Iterator[Problem]:
    for key, scheme in content.schemes.items():
        where = at(f"{key}.yaml")
        for condition in scheme.conditions:
            if condition.law not in content.law.provisions:
                yield Problem(f"Betingelsen »{condition.key}« henviser til »{condition.law}«, som ikke står i loven.", where)
        for demand in scheme.demands:
            if demand.law is not None and demand.law not in content.law.provisions:
                yield Problem(f"Kravet »{demand.key}« henviser til »{demand.law}«, som ikke står i loven.", where)
            for path in (*demand.paths, *demand.waived_by):
                if not _exists(Case, path):
                    yield Problem(f"Kravet »{demand.key}« nævner feltet »{path}«, som sagen ikke har.", where)
            if not demand.letter and not demand.fetch:
                yield Problem(f"Kravet »{demand.key}« siger ikke, hvordan det hentes.", where, "Skriv letter eller fetch.")


# --- Texts -----------------------------------------------------------------------------------------------------------


def _text(content: Content, text_id: str) -> Iterator[Problem]:
    try:
        text = content.texts[text_id]
    except DocgenError as e:
        yield from e.problems
        return
    where = at(f"{text_id}.yaml")
    for key in {*text.law, *(k for v in text.variants for k in v.law)}:
        if key not in content.law.provisions:
            yield Problem(f"Teksten hviler på »{key}«, som ikke står i lovregistret.", where)
    for number, variant in enumerate(text.variants, 1):
        yield from (Problem(f"Udgave {number}: {what}", where) for what in _variant(content, text, variant))


def _variant(content: Content, text: StandardText, variant: Variant) -> Iterator[str]:
    try:
        used = placeholders(variant)
    except Exception as e:
        yield f"et felt er skrevet forkert ({type(e).__name__})."
        return
    for path in sorted(used):
        root, _, rest = path.partition(".")
        model = {"case": Case, "kommune": Municipality}.get(root)
        if model and rest and not _exists(model, rest):
            yield f"feltet »{path}« findes ikke."
    declared = set(variant.needs or text.needs)
    if declared and declared != used:
        yield f"»needs« er ikke de felter, teksten bruger: {', '.join(sorted(declared ^ used))}."
    drafting = Drafting(content)
    for number, example in enumerate(variant.examples, 1):
        try:
            case = Case.model_validate(example.context)
            kind = (variant.when.kind or [Kind.AFGOERELSE])[0].value
            made = "\n".join(p.text for p in drafting.paragraphs(case, kind, variant))
        except (DocgenError, ValueError) as e:
            yield f"eksempel {number} kan ikke udfyldes: {str(e).splitlines()[0]}"
            continue
        for expected in example.expect:
            if expected not in made:
                yield f"eksempel {number} giver ikke »{expected}«."


def placeholders(variant: Variant) -> set[str]:
    """The dotted names that a variant prints or asks for; loop variables and functions left out."""
    from jinja2 import nodes

    found: set[str] = set()
    for paragraph in variant.paragraphs:
        sources = [paragraph.text] + (["{% if " + paragraph.condition + " %}{% endif %}"] if paragraph.condition else [])
        for source in sources:
            tree = TEXT_ENVIRONMENT.parse(source)
            inner = {id(n.node) for n in tree.find_all(nodes.Getattr)}
            for node in tree.find_all(nodes.Getattr):
                if id(node) not in inner:
                    found.add(_dotted(node))
    return {f for f in found if f.split(".")[0] in ("case", "kommune", "frist", "ord", "ordning")}


def _exists(model: Any, path: str) -> bool:
    steps = path.split(".")
    owner = model_at(model, tuple(steps[:-1])) if len(steps) > 1 else model
    return owner is not None and steps[-1] in owner.model_fields


# --- Documents --------------------------------------------------------------------------------------------------------


def _document(content: Content, kind: str) -> Iterator[Problem]:
    folder = content.kind_folder(kind)
    where = at(folder / "document.yaml")
    try:
        described = content.kind(kind)
        drafting = Drafting(content)
        template = drafting.template(kind)
    except DocgenError as e:
        yield from e.problems
        return
    for text_id in sorted(set(described.texts) ^ set(template.blocks)):
        side = "skabelonen" if text_id in described.texts else "document.yaml"
        yield Problem(f"Standardteksten »{text_id}« mangler i {side}.", where, "Begge steder skal nævne de samme tekster.")
    for text_id in described.texts:
        if text_id not in content.texts:
            yield Problem(f"Standardteksten »{text_id}« findes ikke.", where)
    for tag in sorted(template.tags):
        root, _, rest = tag.partition(".")
        model = {"case": Case, "kommune": Municipality}.get(root)
        if model and rest and not _exists(model, rest):
            yield Problem(f"Skabelonen bruger »{tag}«, som ikke findes.", at(folder / "template.docx"), "Ret stavningen.")
    for required in described.required:
        path = required if isinstance(required, str) else required.path
        if not _exists(Case, path):
            yield Problem(f"Det krævede felt »{path}« findes ikke i en sag.", where)
    yield from _sample(drafting, folder, kind)


def _sample(drafting: Drafting, folder: Any, kind: str) -> Iterator[Problem]:
    sample, expected = folder / "sample_case.yaml", folder / "expected.txt"
    if not sample.is_file():
        yield Problem("Eksempelsagen mangler.", at(sample))
        return
    try:
        draft = drafting.draft(read_case(sample), kind)
        empty = drafting.draft(Case(), kind)
    except DocgenError as e:
        yield from e.problems
        return
    for gap in draft.gaps:
        yield Problem(f"Eksempelsagen giver et hul: {gap.label} ({gap.path}).", at(sample))
    if not empty.gaps:
        yield Problem("En tom sag giver ingen huller.", at(folder / "template.docx"), "Skabelonen må skjule noget.")
    if not expected.is_file():
        yield Problem("Den forventede tekst mangler.", at(expected), "Lav den med »docgen content check --write«.")
    elif expected.read_text("utf-8").rstrip() != text_view(draft.docx).rstrip():
        yield Problem("Eksemplets tekst er ikke den forventede.", at(expected), "Se ændringen efter, og skriv den med »--write«.")


def text_view(docx: bytes) -> str:
    """A document as lines of text, headings marked: what golden files hold."""
    lines = []
    for passage in read(docx).document.passages:
        mark = "#" * passage.level + " " if passage.style == "heading" else {"item": "- ", "cell": "| "}.get(passage.style, "")
        lines.append(f"{mark}{re.sub(r'[ ]+$', '', passage.text)}")
    return "\n".join(lines) + "\n"


def write_expected(content: Content) -> Iterator[str]:
    """Writes every kind's expected.txt anew from its sample; for those who have looked at the change."""
    drafting = Drafting(content)
    for kind in content.kinds():
        folder = content.kind_folder(kind.kind.value)
        draft = drafting.draft(read_case(folder / "sample_case.yaml"), kind.kind.value)
        (folder / "expected.txt").write_text(text_view(draft.docx), "utf-8")
        yield kind.kind.value


# --- Rules -----------------------------------------------------------------------------------------------------------


def _rules(content: Content) -> Iterator[Checked]:
    from docgen.reviewer import Reviewer
    from docgen.word.sample import sample

    try:
        linter, reviewer = content.linter, Reviewer(content)
    except DocgenError as e:
        yield Checked("rules", "rules", e.problems)
        return

    def found(rule: Any, example: Any) -> list[str | None]:
        if rule.kind_name == "word":  # its examples are Word files, written as a few lines
            review = reviewer.review(sample(example.text), kind=example.kind)
            return [f.text for f in review.findings if f.rule == rule.id]
        return linter.shown(rule, example, {"content": content})

    for rule in content.rulebook():
        place = at(rule.path or f"{rule.id}.yaml")
        wrong = linter.prove(rule, lambda example, rule=rule: found(rule, example))
        yield Checked("rules", rule.id, tuple(Problem(what, place) for what in wrong))
