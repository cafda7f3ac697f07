"""What a comment in Word says of a finding: short, kind, with the way on and where the rule comes from."""

from __future__ import annotations

from docgen.reviewer import PlacedFinding, Review
from docgen.word.annotate import Remark
from docgen.word.comments import NewComment
from nlp.model import Severity

LABELS = {Severity.FEJL: "Fejl", Severity.ADVARSEL: "Advarsel", Severity.FORSLAG: "Forslag"}


def remarks(review: Review) -> list[Remark]:
    return [Remark(f.start, f.end, comment(f)) for f in review.findings]


def comment(finding: PlacedFinding) -> NewComment:
    doubt = " (kontrollen er i tvivl)" if finding.certainty == "tvivl" else ""
    paragraphs = [(True, f"{LABELS[finding.severity]}{doubt}: {finding.message}")]
    if finding.advice:
        paragraphs.append((False, finding.advice))
    if finding.source:
        paragraphs.append((False, f"Kilde: {finding.source}"))
    paragraphs.append((False, "Uenig? Svar på kommentaren med en begrundelse, så tier reglen om sætningen næste gang."))
    return NewComment(tuple(paragraphs), finding.rule, finding.fingerprint)
