"""Cuts a marked sentence into clauses, so that a "no" in one is not taken for a "no" in another."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int
    opening: str  # at, if, relative, but, and, cause, colon, semicolon, main
    text: str


_INFINITIVE = r"(?:[a-zæøå]{3,}es|[a-zæøå]{2,}(?<!rn)(?<!denn)(?<!diss)(?<!all)(?<!begg)(?<!mang)(?<!hend)(?<!ingen)e|få|gå|se|stå|være|have|blive|tage|gøre|bo|sige|nå|give|lade|slå|ligge|ikke)\b"
_CUT = re.compile(
    rf"(?P<semicolon>;)|(?P<dash>\s[–-]\s)|(?P<colon>:(?=\s|$))"
    r"|,?\s+(?P<but>men|hvorimod|mens|imens|dog)\b(?!\s*‹U\d+›\s*$)"
    rf"|,?\s+(?P<at>at)\b(?!\s+(?:{_INFINITIVE}))|,?\s+(?P<if>hvis|såfremt|medmindre|forudsat)\b|,\s+(?P<when>når|så snart|indtil|inden|før)\b"
    r"|,?\s+(?P<cause>fordi|idet|selvom|skønt)\b|,\s+(?:selv om|da|for|så|hvorfor|hvorefter|eftersom|hvad)\b"
    r"|,\s+(?P<relative>som|der|hvor|hvori|hvoraf|hvilket|hvis)\b|,\s+(?P<whether>om)\b"
    r"|,?\s+(?P<and>og|samt|eller)\s+(?=(?:der|vi|det|den|dette|afventer|har|er|blev|bliver|i|herefter|derfor|endnu|fortsat|så|ikke|siden|skal|venter|modtog|fik|viste|konkluderer|vurderer|beskriver|kommunen|kunne|kan)\b|‹U\d+›\s+(?:er|har|blev|var|bliver|skal|vil|kan|kunne|mangler|foreligger|afventer|oplyser|fortæller|ønsker|beskriver|vurderer|viser|viste|konkluderer|angiver|støtter|vurderede|beskrev|oplyste|skrev|anbefaler|den|d\.|‹D))"
    r"|(?P<comma>,)\s+(?=(?:vi|afventer|har|er|blev|tager|kan|vil|skal|bliver|indhentes|rekvireres|afgøres|indgår|træffer|mangler|foreligger|kunne|oplyser|oplyste|fortæller|siger|sagde)\b|‹U\d+›\s+(?:er|har|blev|var|mangler|foreligger|afventes))",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?P<if>hvis|såfremt|medmindre|forudsat|når|så snart)\b", re.IGNORECASE)


def cut(marked: str) -> list[Clause]:
    edges: list[tuple[int, str]] = [(0, "if" if _OPENS.match(marked) else "main")]
    for match in _CUT.finditer(marked):
        opening = match.lastgroup or "cause"
        if opening == "and" and not FINITE.search(marked[edges[-1][0] : match.start()]):
            continue  # "LÆ 265 og ergoterapeutisk vurdering viser": one subject, not two clauses
        edges.append((match.start(), {"when": "if", "whether": "at", "dash": "colon", "comma": "main"}.get(opening, opening)))
    clauses = []
    for (start, opening), (end, _) in zip(edges, [*edges[1:], (len(marked), "")], strict=True):
        clauses.append(Clause(start, end, opening, marked[start:end]))
    return clauses


FINITE = re.compile(
    r"\b(?:er|blev|har|var|bliver|havde|skal|vil|kan|kunne|må|foreligger|mangler|fremgår|fremgik|viste?|modtog|fik|gav|skrev|så|kom|tog|sagde|bad|stod|gik|holdt|lod|[a-zæøå]{3,}(?:ede|er|te|tes|es|rede))\b", re.IGNORECASE
)
