"""docs/regler.md: every rule in force with its reason, source, examples and known weaknesses, made from the rule files."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from docgen import ui

SEVERITIES = {"fejl": "Fejl", "advarsel": "Advarsel", "forslag": "Forslag"}
STATUSES = {"stable": "", "preview": ", på prøve", "deprecated": ", udgået"}
EXAMPLES = 6
HEAD = """# Regler

Siden er lavet af reglernes egne filer med `docgen explain --all > docs/regler.md` og rettes ikke i hånden. Samme tekst om én
regel vises med `docgen explain REGEL`. Hver regel prøves på sine egne eksempler, hver gang programmet testes.

Grader: **fejl** skal rettes før afsendelse, **advarsel** bør et menneske se på, **forslag** kan følges.
"""


def markdown(rules: Iterable[Any]) -> str:
    """One page, by family and id."""
    rules = sorted(rules, key=lambda rule: rule.id)
    families = [(family, list(group)) for family, group in groupby(rules, key=lambda rule: rule.id[:3])]
    out = [HEAD]
    for family, group in families:
        out.append(f"* [{family}](#{family.lower()}): {', '.join(sorted({ui.name(rule.category) for rule in group}))} ({len(group)})")
    for family, group in families:
        out += ["", f"## {family}"]
        for rule in group:
            out += ["", *page(rule)]
    return "\n".join(out) + "\n"


def page(rule: Any) -> list[str]:
    lines = [f"### {rule.id} {rule.name}", "", f"{SEVERITIES[str(rule.severity)]}{STATUSES[rule.status]}, siden {rule.since}. "
             f"Kategori: {ui.name(rule.category)}.{where(rule)}", "", f"> {one_line(rule.message)}", "", one_line(rule.why), "",
             f"**Gør dette:** {one_line(rule.advice)}"]
    if rule.frame:
        lines += ["", f"**Ramme:** {one_line(rule.frame)}"]
    lines += ["", f"**Kilde:** {'; '.join(rule.source)}", "", "Bliver markeret:", ""]
    lines += [f"- {code(example.text)}" + ("" if not example.hits else f" ({', '.join(code(h) for h in example.hits)})")
              for example in rule.flag[:EXAMPLES]]
    lines += ["", "Bliver ikke markeret:", ""]
    lines += [f"- {code(example.text)}" + (f" ({example.because})" if example.because else "") for example in rule.ok[:EXAMPLES]]
    if rule.weaknesses:
        lines += ["", "Kendte svagheder:", "", *(f"- {one_line(weakness)}" for weakness in rule.weaknesses)]
    return lines


def where(rule: Any) -> str:
    """In which documents, and from when, the rule speaks."""
    applies = rule.applies_to
    parts = [", ".join(ui.name(value) for value in values) for values in (applies.kinds, applies.schemes, applies.outcomes) if values]
    dates = " ".join(f"{word} {date.isoformat()}" for word, date in (("fra", applies.since), ("til", applies.until)) if date)
    told = "; ".join([*parts, *([f"afgørelser {dates}"] if dates else [])])
    return f" Gælder {told}." if told else ""


def one_line(text: str) -> str:
    return " ".join(str(text).split())


def code(text: str, limit: int = 200) -> str:
    """An example as code, so that marks in it stay as they are; shortened where it is a whole letter."""
    shown = " ⏎ ".join(line.strip() for line in text.strip().split("\n") if line.strip())
    shown = shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}"
