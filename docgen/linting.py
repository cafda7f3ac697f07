"""What `docgen lint` was asked for: command line over configuration over defaults, and what is done after the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen import config, files, jobs
from docgen.dismissals import Dismissal, baseline_text, file_key, key_of, read_baseline
from docgen.errors import Problem, UsageError, at
from docgen.folder import ANNOTATED, Plan, documents
from docgen.report import Report
from docgen.reviewer import Review

LEVELS = ("fejl", "advarsel", "forslag", "aldrig")


@dataclass(frozen=True)
class Asked:
    paths: tuple[Path, ...]
    plan: Plan
    form: str = "text"
    output: Path | None = None
    annotate: bool = False
    annotate_dir: Path | None = None
    author: str | None = None
    fail_on: str = "fejl"
    write_baseline: Path | None = None
    reason: str | None = None
    statistics: bool = False
    quotes: bool | None = None
    processes: int | None = None
    overwrite: bool = False

    @classmethod
    def of(cls, paths: tuple[Path, ...], given: Mapping[str, Any], overlay: Path | None) -> Asked:
        """UsageError or ContentError for what does not fit together."""
        settings = config.settings(given["config"] or config.closest(paths))

        def value(name: str) -> Any:
            return given[name] if given.get(name) not in (None, ()) else settings.get(name)

        fail_on = value("fail_on") or "fejl"
        if fail_on not in LEVELS:
            raise UsageError(Problem(f"fail_on kan ikke være »{fail_on}«.", None, f"Vælg en af: {', '.join(LEVELS)}."))
        if given["write_baseline"] and not given["reason"]:
            raise UsageError(Problem("Der mangler en begrundelse.", None, "Skriv den med --reason \"…\"."))
        facts = {name: value(name) for name in ("kind", "scheme", "outcome") if value(name)}
        facts |= {"decision_date": given["decision_date"], "citizen_age": given["age"]}
        if given["case_file"]:
            from docgen.casefile import read_case

            facts["case"] = read_case(given["case_file"])  # gives the facts nobody said, and is held against the letter
        content = overlay or settings.get("content")
        plan = Plan(
            Path(content) if content else None, {k: v for k, v in facts.items() if v is not None},
            tuple(split(value("select") or ())), tuple(split(value("ignore") or ())),
            Path(value("baseline")) if value("baseline") else None,
        )
        return cls(paths, plan, given["form"], given["output"], given["annotate"] or bool(given["annotate_dir"]),
                   given["annotate_dir"], value("author"), fail_on, given["write_baseline"], given["reason"],
                   given["statistics"], value("quotes"), given["processes"], given["overwrite"])

    def run(self, progress: Callable[[int, int], None]) -> Report:
        return jobs.lint(self.paths, self.plan, quotes=self.quotes, fail_on=None if self.fail_on == "aldrig" else self.fail_on,
                         processes=self.processes, progress=progress)

    def follow_up(self, report: Report) -> Iterator[str]:
        """Does the rest and says what: annotated copies, a baseline, stale dismissals, files of other kinds."""
        _, others = documents(self.paths)
        if others:
            named = ", ".join(f"{number} {suffix}" for suffix, number in sorted(others.items()))
            yield f"Filer af andre slags er ikke læst: {named}."
        if self.annotate:
            yield from self.annotated(report.reviews)
        if self.write_baseline:
            rows = list(dismissals(report.reviews, self.reason or ""))
            files.write(self.write_baseline, baseline_text(rows), self.overwrite)
            yield f"{len(rows)} afvisninger er skrevet i {self.write_baseline.name}."
        if self.plan.baseline:
            used = {pair for review in report.reviews for pair in review.used}
            stale = [d for d in read_baseline(self.plan.baseline) if d.file is None and (d.rule, d.key) not in used]
            for dismissal in stale:
                yield f"Afvisning uden virkning i {self.plan.baseline.name}: {dismissal.rule} {dismissal.key}."
            for dismissal in read_baseline(self.plan.baseline):
                if not dismissal.reasoned:
                    yield f"Afvisning uden begrundelse i {self.plan.baseline.name}: {dismissal.rule} {dismissal.key}. Den gælder ikke."

    def annotated(self, reviews: Iterable[Review]) -> Iterator[str]:
        for review in reviews:
            path = Path(review.path)
            if path.suffix.lower() != ".docx":
                yield f"{path.name} er ikke en Word-fil og får ingen kommentarer."
                continue
            folder = self.annotate_dir or path.parent
            out = folder / (path.name[: -len(".docx")].removesuffix(".kommenteret") + ANNOTATED)
            if out.resolve() == path.resolve() and not self.overwrite:
                raise UsageError(Problem("Kopien ville erstatte selve filen.", at(path), "Brug --annotate-dir eller --overwrite."))
            jobs.annotate(path, review, out, overwrite=self.overwrite, author=self.author)
            yield f"Skrevet: {out}"


def split(names: Iterable[str]) -> Iterator[str]:
    """`--select SUB,DOK101` as well as `--select SUB --select DOK101`."""
    for name in names:
        yield from (part.strip() for part in name.split(",") if part.strip())


def dismissals(reviews: Iterable[Review], reason: str) -> Iterator[Dismissal]:
    for review in reviews:
        for finding in review.findings:
            file = file_key(review.path) if finding.text is None else None
            yield Dismissal(finding.rule, key_of(finding.fingerprint), reason, "baseline", file)
        for dismissed in review.dismissed:
            file = file_key(review.path) if dismissed.finding.text is None else None
            yield Dismissal(dismissed.finding.rule, key_of(dismissed.finding.fingerprint), dismissed.reason, "baseline", file)
