"""The files of law read into a register, and proved: each problem with its file, line and column."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from docgen.errors import ContentError, Problem
from docgen.law import Register, near, on_day
from docgen.lawfile import LawFile, Period, SchemePeriod, Status
from docgen.model import ConfirmedReference
from docgen.validate import did_you_mean, validate
from docgen.yamlfile import Loaded, read

Date = datetime.date


def load(paths: Path | str | Sequence[Path | str], confirmed: Iterable[ConfirmedReference] = ()) -> Register:
    """The register from a folder or a list of files.

    Raises ContentError with every problem found, each with file, line and column: unknown keys, wrong dates, doubled
    provisions, periods that overlap or run backwards, sources that do not exist, examples that do not hold.
    """
    if isinstance(paths, str | Path):
        folder = Path(paths)
        paths = sorted(folder.glob("*.y*ml")) if folder.is_dir() else [folder]
    files = [(loaded := read(Path(path), ContentError), validate(LawFile, loaded, ContentError)) for path in paths]
    register = Register(
        {f.act.key: f.act for _, f in files if f.act},
        {p.key: p for _, f in files for p in f.provisions},
        {s.scheme: s for _, f in files for s in f.schemes},
        tuple(w for _, f in files for w in f.warnings),
        {key: source for _, f in files for key, source in f.sources.items()},
        {},
    )
    problems = [*_doubled(files), *(p for loaded, file in files for p in _problems(loaded, file, register))]
    if not problems:
        problems = [p for loaded, file in files for p in _failing_examples(loaded, file, register)]
    if problems:
        raise ContentError(*problems)
    return register.confirming(confirmed)


def _doubled(files: list[tuple[Loaded, LawFile]]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for loaded, file in files:
        entries: list[tuple[str, str, tuple]] = [("provision", p.key, ("provisions", i, "key")) for i, p in enumerate(file.provisions)]
        entries += [("kilde", key, ("sources", key)) for key in file.sources]
        entries += [("ordning", s.scheme, ("schemes", i, "scheme")) for i, s in enumerate(file.schemes)]
        entries += [("advarsel", w.id, ("warnings", i, "id")) for i, w in enumerate(file.warnings)]
        entries += [("lov", file.act.key, ("act", "key"))] if file.act else []
        for kind, key, path in entries:
            if (kind, key) in seen:
                yield Problem(f"»{key}« står to gange i lovregistret.", loaded.place(path), "Slet den ene, eller giv den en anden nøgle.")
            seen.add((kind, key))


def _problems(loaded: Loaded, file: LawFile, register: Register) -> Iterator[Problem]:
    sourced: list[tuple[tuple, tuple[str, ...]]] = []
    if file.act:
        sourced.append((("act",), file.act.source))
        if file.act.planned:
            sourced.append((("act", "planned"), file.act.planned.source))
    for i, provision in enumerate(file.provisions):
        here = ("provisions", i)
        if provision.act not in register.acts:
            yield Problem(
                f"Loven »{provision.act}« i nøglen »{provision.key}« kendes ikke.", loaded.place((*here, "key")),
                did_you_mean(provision.act, list(register.acts)) or "Nøglen begynder med lovens nøgle og et punktum.",
            )
        yield from _periods(loaded, here, provision.periods)
        for j, period in enumerate(provision.periods):
            at = (*here, "periods", j)
            sourced.append((at, period.source))
            for name, limit in (("bevilling", "granted_until"), ("sagsstart", "started_until")):
                if (period.choose_by == name) != (getattr(period, limit) is not None):
                    yield Problem(
                        f"»choose_by: {name}« og »{limit}« hører sammen.", loaded.place((*at, "choose_by")), "Skriv begge, eller ingen af dem."
                    )
            if period.status in (Status.AFLEDT, Status.UBEKRAEFTET) and not period.note:
                yield Problem(
                    f"»status: {period.status}« kræver en note.", loaded.place((*at, "status")), "Skriv i note, hvad der er udledt eller mangler."
                )
            if period.status in (Status.BEKRAEFTET_AF_KOMMUNEN, Status.IKKE_GAELDENDE):
                yield Problem(
                    f"»{period.status}« kan ikke stå i lovregistret.", loaded.place((*at, "status")),
                    "Kommunens egen bekræftelse skrives i kommune.yaml under lov.",
                )
    for i, scheme in enumerate(file.schemes):
        yield from _periods(loaded, ("schemes", i), scheme.periods)
        for j, period in enumerate(scheme.periods):
            at = ("schemes", i, "periods", j)
            sourced.append((at, period.source))
            if not period.new and (period.granted_until is None or not period.reason):
                yield Problem(
                    "En ordning, der ikke kan bevilges på ny, skal have »granted_until« og »reason«.", loaded.place(at), "Tilføj dem."
                )
            for key in period.law:
                if key not in register.provisions:
                    yield Problem(f"»{key}« står ikke i lovregistret.", loaded.place((*at, "law")), near(key, register.provisions))
    for i, warning in enumerate(file.warnings):
        sourced.append((("warnings", i), warning.source))
    for at, names in sourced:
        for j, name in enumerate(names):
            if name not in register.sources:
                yield Problem(
                    f"Kilden »{name}« findes ikke.", loaded.place((*at, "source", j)),
                    did_you_mean(name, list(register.sources)) or "Skriv den under sources.",
                )


def _periods(loaded: Loaded, here: tuple, periods: Sequence[Period | SchemePeriod]) -> Iterator[Problem]:
    previous = None
    for j, period in enumerate(periods):
        at = loaded.place((*here, "periods", j, "from"))
        if period.until is not None and period.until.day < period.start.day:
            yield Problem("Perioden slutter, før den begynder.", at, "Byt om på from og until.")
        if previous is not None and (previous.until is None or period.start.day <= previous.until.day):
            end = str(previous.until) if previous.until else "uden slutdato"
            yield Problem(f"Perioden overlapper den forrige ({end}).", at, "Sæt until på den forrige til dagen før, og skriv perioderne i rækkefølge.")
        previous = period


def _failing_examples(loaded: Loaded, file: LawFile, register: Register) -> Iterator[Problem]:
    for i, provision in enumerate(file.provisions):
        for j, example in enumerate(provision.examples):
            days = {"on": example.on, "granted": example.granted, "case_started": example.case_started}
            cited = register.cite(provision.key, **days)  # type: ignore[arg-type]
            state = register.force(provision.key, **days).state  # type: ignore[arg-type]
            for name, wanted, got in (
                ("cite", example.cite, cited.text),
                ("status", example.status, cited.status),
                ("state", example.state, state),
            ):
                if wanted is not None and wanted != got:
                    yield Problem(
                        f"Eksemplet holder ikke: {provision.key} {on_day(example.on)} giver {name} »{got}«.",
                        loaded.place(("provisions", i, "examples", j, name)), f"Eksemplet siger »{wanted}«. Ret perioden eller eksemplet.",
                    )
    for i, scheme in enumerate(file.schemes):
        for j, case in enumerate(scheme.examples):
            if register.available(scheme.scheme, case.outcome, on=case.on, granted=case.granted).possible != case.possible:
                yield Problem(
                    f"Eksemplet holder ikke: {scheme.scheme}, {case.outcome} {on_day(case.on)}.", loaded.place(("schemes", i, "examples", j)),
                    "Ret perioden eller eksemplet.",
                )
    for i, warning in enumerate(file.warnings):
        for j, shown in enumerate(warning.examples):
            if warning.concerns(shown.on, shown.scheme, shown.outcome, shown.reaches) != shown.expect:
                yield Problem(
                    f"Eksemplet holder ikke: advarslen »{warning.id}« {on_day(shown.on)}.", loaded.place(("warnings", i, "examples", j)),
                    "Ret perioden eller eksemplet.",
                )
