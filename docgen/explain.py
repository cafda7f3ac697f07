"""`docgen explain`: a rule, a legal reference, a standard text, an instrument or a document kind, in plain Danish."""

from __future__ import annotations

from typing import Any

import nlp
from docgen import instruments
from docgen.content import Content
from docgen.errors import Problem, UsageError
from docgen.validate import did_you_mean

STATUS = {
    "verificeret": "verificeret (læst i loven eller hos myndigheden)",
    "verificeret_sekundaer": "verificeret i en sekundær kilde",
    "afledt": "afledt (en slutning; få den bekræftet)",
    "ubekraeftet": "ubekræftet (må ikke bruges som sikker)",
}


def explain(name: str, content: Content) -> str:
    """What `name` is, why, from where and how sure. UsageError with the nearest names for an unknown one."""
    wanted = name.strip()
    rules = content.rulebook()
    rule = rules.get(wanted) or rules.get(wanted.upper()) or rules.get(wanted.lower())
    if rule is not None:
        return "\n".join(_rule(rule, *content.rule_examples(rule)))
    keys = {key.lower(): key for key in content.law.provisions}
    if wanted.lower() in keys:
        return "\n".join(_law(content.law.describe(keys[wanted.lower()])))
    if wanted in content.texts:
        return "\n".join(_text(content, wanted))
    if wanted in content.schemes:
        return "\n".join(_scheme(content, wanted))
    if any(wanted == k.kind for k in content.kinds()):
        return "\n".join(_kind(content, wanted))
    if instrument := instruments.find(wanted.lower()):
        return "\n".join(instruments.described(instrument))
    known = [*(i for i, _ in instruments.choices()), *(r.name for r in rules), *(r.id for r in rules), *content.law.provisions, *content.texts]
    near = did_you_mean(wanted, [k.lower() for k in known])
    raise UsageError(Problem(f"»{name}« er hverken en regel, en lovhenvisning, en tekst, et redskab eller en dokumenttype.", None, near.strip()))


def _rule(rule: Any, flagged: list[dict[str, Any]], left: list[dict[str, Any]]) -> list[str]:
    lines = [f"{rule.id} {rule.name} ({rule.severity.value}, {rule.status} siden {rule.since})", "", rule.message, ""]
    lines += ["Hvorfor", f"  {rule.why.strip()}", "", "Gør dette", f"  {rule.advice.strip()}"]
    if rule.frame:
        lines += [f"  Ramme: {rule.frame}"]
    lines += ["", "Kilde", *(f"  {s}" for s in rule.source), "", "Bliver markeret"]
    lines += [f"  - {e['text']}" for e in flagged[:5]]
    lines += ["", "Bliver ikke markeret"]
    lines += [f"  - {e['text']}" + (f"  ({e['because']})" if e.get("because") else "") for e in left[:5]]
    if rule.weaknesses:
        lines += ["", "Kendte svagheder", *(f"  - {w}" for w in rule.weaknesses)]
    if figures := nlp.measured(rule.id):
        share = f"{figures['precision']:.2f}".replace(".", ",")
        total = figures["right"] + figures["wrong"]
        lines += ["", "Målt", f"  {figures['right']} af {total} markeringer var rigtige ({share}); {figures['on']}."]
    return lines


def _law(found: dict[str, Any]) -> list[str]:
    act = ", ".join(part for part in (found["act"], found["consolidated"]) if part)
    lines = [f"{found['key']}: {found['title']}", act, "", found["demands"]]
    for period in found["periods"]:
        until = f"til {period['until']}" if period["until"] else "og frem"
        lines += ["", f"Fra {period['from']} {until}: {period['cite']}"]
        lines += [f"  Status: {STATUS.get(period['status'], period['status'])}. Kontrolleret {period['checked']}."]
        if not period["number_known"]:
            lines += ["  Paragraffens nummer er ikke bekræftet og skrives derfor ikke. Kommunen kan sætte den i kommune.yaml under lov."]
        if period["choose_by"] != "afgoerelse":
            by = {"bevilling": "den dag forløbet blev bevilget", "sagsstart": "den dag sagen begyndte"}[period["choose_by"]]
            lines += [f"  Vælges efter {by}."]
        if period["note"]:
            lines += [f"  {period['note']}"]
        lines += [f"  Kilde: {s.title}{f' {s.url}' if s.url else ''}" for s in period["source"]]
    return lines


def _text(content: Content, text_id: str) -> list[str]:
    text = content.texts[text_id]
    lines = [f"{text.id}, udgave {text.version}: {text.title}"]
    if text.note:
        lines += ["", text.note]
    for key in dict.fromkeys([*text.law, *(k for v in text.variants for k in v.law)]):
        lines.append(f"  Hviler på {key}: {content.law.provision(key).title}")
    for number, variant in enumerate(text.variants, 1):
        used = {k: v for k, v in variant.when.model_dump(mode="json").items() if v not in ([], None)}
        dates = " ".join(f"{w} {d}" for w, d in (("fra", variant.valid_from), ("til", variant.valid_until)) if d)
        when = "; ".join(f"{k}: {', '.join(map(str, v)) if isinstance(v, list) else v}" for k, v in used.items())
        lines += ["", f"Variant {number}{f' ({when})' if when else ''}{f' {dates}' if dates else ''}"]
        lines += [f"  {p.text}" for p in variant.paragraphs]
    return lines


def _scheme(content: Content, scheme: str) -> list[str]:
    found = content.schemes[scheme]
    lines = [f"{scheme}: {found.name}", "", "Lovens betingelser, som afgørelsen skal svare på:"]
    for condition in found.conditions:
        used = {k: v for k, v in condition.when.model_dump(mode="json").items() if v not in ([], None)}
        when = "; ".join(f"{k}: {', '.join(map(str, v)) if isinstance(v, list) else v}" for k, v in used.items())
        lines.append(f"  - {condition.text} ({condition.law}){f' [{when}]' if when else ''}")
    return lines


def _kind(content: Content, kind: str) -> list[str]:
    found = content.kind(kind)
    lines = [f"{kind}: {found.title}", "", found.purpose, "", f"Standardtekster: {', '.join(found.texts) or 'ingen'}"]
    lines += ["Krævede felter:", *(f"  - {r if isinstance(r, str) else r.path}" for r in found.required)]
    return lines
