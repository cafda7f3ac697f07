"""The command line: parse, call a job, print, exit. No logic."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from docgen import console
from docgen.console import DONE, LOOK, Group, say

CONTEXT = {"help_option_names": ["--help", "-h"], "max_content_width": 110}
PATH = click.Path(path_type=Path)


@click.group(cls=Group, context_settings=CONTEXT)
@click.option("--content", metavar="MAPPE", type=PATH, help="Kommunens egen indholdsmappe (ellers DOCGEN_CONTENT).")
@click.pass_context
def cli(ctx: click.Context, content: Path | None) -> None:
    """Skriv og kontrollér funktionsevnebeskrivelser, samlede beskrivelser og afgørelser.

    Alt sker på din egen maskine. Resultatet skrives på stdout, beskeder på stderr.
    Afslutningskoder: 0 færdig, 1 et menneske bør se på det, 2 ikke udført.
    """
    ctx.obj = content


def _content(ctx: click.Context) -> Any:
    from docgen.content import Content

    return Content.find(ctx.obj)


@cli.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="text eller json.")
@click.pass_context
def kinds(ctx: click.Context, form: str) -> None:
    """Vis dokumenttyperne med de ordninger og udfald, de bruges til."""
    found = _content(ctx).kinds()
    if form == "json":
        click.echo(json.dumps([k.model_dump(mode="json", exclude={"required"}) for k in found], ensure_ascii=False, indent=2))
        return
    for kind in found:
        click.echo(f"{kind.kind.value}\n  {kind.purpose}")
        for scheme, outcomes in (kind.schemes or {}).items():
            click.echo(f"  {scheme.value}: {', '.join(o.value for o in outcomes)}")


@cli.command()
@click.argument("kind", required=False, metavar="[TYPE]")
@click.option("-o", "--output", type=PATH, metavar="FIL", help="Skriv her (ellers på stdout).")
@click.option("--overwrite", is_flag=True, help="Erstat filen, hvis den findes.")
@click.option("--schema", "as_schema", is_flag=True, help="Skriv i stedet det JSON Schema, som en editor kan bruge.")
@click.option("--from", "old", type=PATH, metavar="GAMMEL.yaml", help="Begynd fra den sidste vurdering; det genbrugte er mærket, til det er bekræftet.")
@click.pass_context
def new(ctx: click.Context, kind: str | None, output: Path | None, overwrite: bool, as_schema: bool, old: Path | None) -> int:
    """Lav en tom sagsfil med forklaringer, evt. kun med det, én dokumenttype bruger."""
    from docgen import casefile
    from docgen.draft import Drafting

    if old:
        from docgen import jobs

        case = jobs.carry_over(old)
        _put(output, casefile.to_yaml(case), overwrite)
        say(f"{len(case.functional.sections)} afsnit er genbrugt og skal læses og bekræftes. Datoer, testresultater og borgerens bemærkninger er ikke med.")
        return LOOK
    if as_schema:
        text = json.dumps(casefile.schema(), ensure_ascii=False, indent=2) + "\n"
    else:
        keys = Drafting(_content(ctx)).case_keys(kind) if kind else None
        text = casefile.empty(keys, kind)
    _put(output, text, overwrite)
    return DONE


@cli.command()
@click.argument("kind", metavar="TYPE")
@click.argument("case", type=PATH, metavar="SAG.yaml")
@click.option("-o", "--output", type=PATH, required=True, metavar="UD.docx", help="Word-filen, der laves.")
@click.option("--manifest", type=PATH, metavar="FIL.json", help="Skriv også, hvad kladden er lavet af (uden personoplysninger).")
@click.option("--overwrite", is_flag=True, help="Erstat filen, hvis den findes.")
@click.pass_context
def generate(ctx: click.Context, kind: str, case: Path, output: Path, manifest: Path | None, overwrite: bool) -> int:
    """Lav én Word-kladde. Det, sagen mangler, bliver til synlige huller."""
    from docgen import files, jobs

    draft = jobs.generate(case, kind, content=_content(ctx))
    files.write(output, draft.docx, overwrite)
    if manifest:
        files.write(manifest, json.dumps(draft.manifest, ensure_ascii=False, indent=2) + "\n", overwrite)
    click.echo(str(output))
    _tell(draft)
    return LOOK if draft.gaps else DONE


def _tell(draft: Any) -> None:
    for warning in draft.warnings:
        say(f"Obs: {warning}")
    if draft.gaps:
        say(f"{len(draft.gaps)} {'hul' if len(draft.gaps) == 1 else 'huller'} i kladden:")
        for gap in draft.gaps:
            say(f"  - {gap.label} ({gap.path}){f': {gap.reason}' if gap.reason else ''}")


@cli.command()
@click.argument("kind", metavar="TYPE")
@click.argument("source", type=PATH, metavar="MAPPE|FIL")
@click.option("-o", "--output", type=PATH, required=True, metavar="MAPPE", help="Mappen, som kladderne lægges i.")
@click.option("--overwrite", is_flag=True, help="Lav alle kladder igen.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="text eller json.")
@click.pass_context
def batch(ctx: click.Context, kind: str, source: Path, output: Path, overwrite: bool, form: str) -> int:
    """Lav mange kladder fra en mappe med sager, en CSV- eller en JSON Lines-fil. Kan afbrydes og genoptages."""
    from dataclasses import asdict

    from docgen import batch as many
    from docgen.draft import Drafting

    quiet = not sys.stderr.isatty()

    def progress(outcome: many.Outcome) -> None:
        if not quiet:
            click.echo(f"\r\033[K{outcome.row}: {outcome.status}", err=True, nl=False)

    outcomes = many.run(kind, source, output, Drafting(_content(ctx)), overwrite, progress)
    if not quiet:
        say()
    if form == "json":
        click.echo(json.dumps([asdict(o) for o in outcomes], ensure_ascii=False, indent=2))
    else:
        width = max([len(o.row) for o in outcomes] + [5])
        click.echo(f"{'Række':<{width}}  Resultat  Huller  Fil")
        for o in outcomes:
            click.echo(f"{o.row:<{width}}  {o.status:<8}  {o.gaps if o.file else '-':>6}  {o.file or ''}".rstrip())
            for line in (o.error or "").splitlines():
                click.echo(f"{'':<{width}}  {line}")
    counts = {s: sum(o.status == s for o in outcomes) for s in ("lavet", "uændret", "fejl")}
    say(", ".join(f"{n} {s}" for s, n in counts.items()))
    return LOOK if counts["fejl"] or any(o.gaps for o in outcomes) else DONE


@cli.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="STI...")
@click.option("--kind", metavar="TYPE", help="Dokumenttype, fx afgoerelse.")
@click.option("--scheme", metavar="ORDNING", help="Ordning, fx fleksjob.")
@click.option("--outcome", metavar="UDFALD", help="Udfald, fx afslag.")
@click.option("--decision-date", metavar="DATO", help="Afgørelsens dato, fx 2026-11-22.")
@click.option("--age", type=click.IntRange(0, 120), metavar="ÅR", help="Borgerens alder på afgørelsens dato.")
@click.option("--case", "case_file", type=PATH, metavar="SAG.yaml", help="Tag ordning, udfald, dato, alder og CPR-nummer fra sagen.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "junit", "html", "csv"]), default="text", help="Rapportens form.")
@click.option("-o", "--output", type=PATH, metavar="FIL", help="Skriv rapporten her (ellers på stdout).")
@click.option("--annotate", is_flag=True, help="Skriv for hver .docx en kopi med Word-kommentarer: NAVN.kommenteret.docx.")
@click.option("--annotate-dir", type=PATH, metavar="MAPPE", help="Læg de kommenterede kopier her.")
@click.option("--author", metavar="NAVN", help="Kommentarernes forfatter (ellers Sagsklar).")
@click.option("--fail-on", type=click.Choice(["fejl", "advarsel", "forslag", "aldrig"]), help="Fra hvilken grad et menneske bør se på det (ellers fejl).")
@click.option("--select", multiple=True, metavar="REGEL", help="Kun disse regler: id, familie (SUB), navn eller kategori. Kan gentages.")
@click.option("--ignore", multiple=True, metavar="REGEL", help="Ikke disse regler. Kan gentages.")
@click.option("--baseline", type=PATH, metavar="FIL.json", help="Fil med afvisninger, der gælder.")
@click.option("--write-baseline", type=PATH, metavar="FIL.json", help="Skriv alle fund som afvisninger med begrundelsen i --reason.")
@click.option("--reason", metavar="TEKST", help="Begrundelse til --write-baseline.")
@click.option("--statistics", is_flag=True, help="Vis kun antal fund og afvisninger for hver regel.")
@click.option("--quotes/--no-quotes", default=None, help="Med eller uden ord fra brevene. Uden valg: med for ét brev, uden for flere.")
@click.option("--processes", type=click.IntRange(1, 64), metavar="ANTAL", help="Hvor mange breve der læses ad gangen.")
@click.option("--config", type=PATH, metavar="FIL.toml", help="Opsætning (ellers den nærmeste sagsklar.toml).")
@click.option("--schema", "as_schema", is_flag=True, help="Skriv JSON-rapportens skema, og gør ikke andet.")
@click.option("--overwrite", is_flag=True, help="Erstat filer, der findes.")
@click.pass_context
def lint(ctx: click.Context, paths: tuple[Path, ...], as_schema: bool, **given: Any) -> int:
    """Find fejl i .docx-, .txt- og .md-filer og mapper med dem.

    Kan en fil ikke læses, er afslutningskoden 2: den er ikke kontrolleret.
    """
    from docgen import linting, report

    if as_schema:
        click.echo(report.schema(), nl=False)
        return DONE
    if not paths:
        raise click.UsageError("Der mangler STI...", ctx)
    asked = linting.Asked.of(paths, given, ctx.obj)
    found = asked.run(_progress("læst"))
    text = report.statistics(found) if asked.statistics else report.FORMATS[asked.form](found)
    _put(asked.output, text, asked.overwrite)
    for line in asked.follow_up(found):
        say(line)
    if found.unread:
        for row in found.unread:
            say(f"Ikke læst: {Path(row.path).name}: {row.message}")
        return console.FAILED
    return LOOK if found.fails else DONE


def _progress(verb: str) -> Any:
    """A counter on one line of stderr, when a person is looking and there is something to wait for."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        if total > 1:
            click.echo(f"\r\033[K{done} af {total} {verb}", err=True, nl=done == total)

    return show


@cli.command()
@click.argument("case", type=PATH, metavar="SAG.yaml|MAPPE")
@click.option("--scheme", required=True, metavar="ORDNING", help="Ordning, fx fleksjob.")
@click.option("--track", metavar="SPOR", help="Spor (ellers sagens): ordinaer, aabenbart, foreliggende_grundlag, overgang.")
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATO", help="Dagen, der spørges for (ellers afgørelsens dato eller i dag).")
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "csv", "docx"]), default="text",
              help="text, json, html, csv (mange sager) eller docx (ark til mødet, én sag).")
@click.option("--statistics", is_flag=True, help="Mange sager: kun tal uden personoplysninger (csv eller html).")
@click.option("-o", "--output", type=PATH, metavar="FIL", help="Skriv her (ellers på stdout; skal angives for docx).")
@click.option("--overwrite", is_flag=True, help="Erstat filen, hvis den findes.")
@click.pass_context
def check(ctx: click.Context, case: Path, scheme: str, track: str | None, on: Any, form: str, statistics: bool, output: Path | None, overwrite: bool) -> int:
    """Vis ordningens tjekliste for en sag, eller for en mappe med sager: opfyldt, ikke opfyldt, kan ikke afgøres."""
    from docgen import casefile, checklist, checkreport, files, jobs

    day = on.date() if on else None
    if case.is_dir() or case.suffix.lower() in (".csv", ".jsonl", ".ndjson"):
        if form == "docx" or (statistics and form not in ("csv", "html")):
            raise click.UsageError("Tal vises som csv eller html." if statistics else "Mange sager vises som text, json, html eller csv.", ctx)
        rows = list(checkreport.check_many(case, scheme, content=_content(ctx), track=track, on=day))
        _put(output, checkreport.report(rows, form, statistics), overwrite)
        return DONE if rows and all(r.checklist and r.checklist.complete for r in rows) else LOOK
    if form == "csv" or statistics:
        raise click.UsageError("csv og --statistics er til mange sager: en mappe, en .csv- eller en .jsonl-fil.", ctx)
    read = casefile.read_case(case)
    found = checklist.check(read, scheme, content=_content(ctx), track=track, on=day)
    remarks = jobs.remarks(read, content=_content(ctx), today=day)
    for remark in remarks:  # beside the list: what a senior colleague would ask about the functional sections and tests
        say(f"{remark.severity}: {remark.path}: {remark.message} {remark.advice}".rstrip())
    if form == "docx":
        if output is None:
            raise click.UsageError("Skriv med -o, hvor Word-filen skal ligge.", ctx)
        files.write(output, jobs.checklist_sheet(found), overwrite)
        click.echo(str(output))
    elif form == "json":
        _put(output, json.dumps(checklist.as_json(found), ensure_ascii=False, indent=2) + "\n", overwrite)
    else:
        _put(output, checklist.as_html(found) if form == "html" else checklist.as_text(found), overwrite)
    return DONE if found.complete and not any(remark.severity != "forslag" for remark in remarks) else LOOK


@cli.command()
@click.argument("path", type=PATH, metavar="FIL.docx")
@click.option("-o", "--output", type=PATH, required=True, metavar="UD.docx", help="Kopien uden vores kommentarer.")
@click.option("--answered", is_flag=True, help="Fjern også de tråde, nogen har svaret på.")
@click.option("--overwrite", is_flag=True, help="Erstat filen, hvis den findes.")
def uncomment(path: Path, output: Path, answered: bool, overwrite: bool) -> int:
    """Fjern vores kommentarer fra et Word-dokument. Kollegers kommentarer bliver stående."""
    from docgen import jobs

    removed, kept = jobs.uncomment(path, output, answered=answered, overwrite=overwrite)
    click.echo(str(output))
    say(f"{removed} kommentarer er fjernet." + (f" {kept} med svar er beholdt (--answered fjerner også dem)." if kept else ""))
    return LOOK if kept else DONE


@cli.command()
@click.argument("name", metavar="NAVN", required=False)
@click.option("--all", "every", is_flag=True, help="Skriv alle regler som én side i Markdown.")
@click.pass_context
def explain(ctx: click.Context, name: str | None, every: bool) -> None:
    """Forklar en regel, en lovhenvisning (fx PL.16.2), en standardtekst eller en dokumenttype."""
    from docgen.explain import explain as tell
    from docgen.rulepages import markdown

    if every:
        click.echo(markdown(_content(ctx).rulebook()), nl=False)
    elif name is None:
        raise click.UsageError("Der mangler NAVN.", ctx)
    else:
        click.echo(tell(name, _content(ctx)))


@cli.command()
@click.option("-o", "--output", type=PATH, required=True, metavar="MAPPE", help="Mappen, som alt lægges i.")
@click.option("--overwrite", is_flag=True, help="Erstat filer, der findes.")
@click.pass_context
def demo(ctx: click.Context, output: Path, overwrite: bool) -> int:
    """Lav alle dokumenter af de medfølgende, opdigtede sager, og kontrollér to tekster med fejl."""
    from docgen import demo as shown
    from docgen.draft import Drafting

    made = list(shown.run(output, Drafting(_content(ctx)), overwrite))
    for one in made:
        gaps = f"  {len(one.draft.gaps)} huller" if one.draft.gaps else ""
        click.echo(f"{one.path}{gaps}")
    unexpected = [one for one in made if bool(one.draft.gaps) != one.example.gaps]
    for one in unexpected:
        say(f"Uventet: {one.path.name} af »{one.example.title}« har {len(one.draft.gaps)} huller.")
    say(f"{len(made)} Word-filer af {len({one.example.file for one in made})} sager.")
    for checked in shown.check(output, overwrite):
        click.echo(f"{checked.path}  {checked.findings} fund")
        say(f"Kontrolleret: {checked.draft.title}; fundene står som kommentarer.")
    return LOOK if any(one.draft.gaps for one in made) else DONE


@cli.group()
def content() -> None:
    """Indhold: regler, lov, standardtekster og skabeloner."""


@content.command("list")
@click.pass_context
def content_list(ctx: click.Context) -> None:
    """Vis alt indhold, og om det er medfølgende eller kommunens eget."""
    found = _content(ctx)
    from docgen import config

    settings = config.closest([Path.cwd()])
    click.echo(f"{'opsætning':<12} {str(settings) if settings else 'ingen sagsklar.toml':<32}".rstrip())
    for origin in found.origins():
        click.echo(f"{origin.group:<12} {origin.id:<32} {'kommunens' if origin.overlay else 'medfølgende'}")
    own = {p for folder in found.overlays for p in (folder / "rules").rglob("*.yaml")}
    for rule in found.rulebook():
        click.echo(f"{'rules':<12} {rule.id + ' ' + rule.name:<32} {'kommunens' if any(p.name == rule.path for p in own) else 'medfølgende'}")


@content.command("check")
@click.option("--write", is_flag=True, help="Skriv først hver skabelons forventede tekst på ny (når du har set ændringen efter).")
@click.pass_context
def content_check(ctx: click.Context, write: bool) -> int:
    """Kontrollér alt indhold, og kør dets egne eksempler."""
    from docgen import contentcheck

    found = _content(ctx)
    if write:
        for kind in contentcheck.write_expected(found):
            say(f"Skrevet: {kind}/expected.txt")
    wrong = total = 0
    for checked in contentcheck.check(found):
        total += 1
        for problem in checked.problems:
            wrong += 1
            click.echo(f"{checked.group}: {problem}")
    say(f"{total} dele af indholdet er kontrolleret. {wrong or 'Ingen'} fejl.")
    return console.FAILED if wrong else DONE


@content.command("copy")
@click.argument("folder", type=PATH, metavar="MAPPE")
@click.pass_context
def content_copy(ctx: click.Context, folder: Path) -> None:
    """Start kommunens egen indholdsmappe som en kopi af det medfølgende."""
    made = _content(ctx).copy_to(folder)
    click.echo(str(folder))
    say(f"{len(made)} filer. Læs LÆSMIG.txt, ret det, I vil, og slet resten.")


@cli.command()
@click.argument("kind", metavar="TYPE")
@click.argument("case", type=PATH, metavar="SAG.yaml")
@click.option("-o", "--output", type=PATH, required=True, metavar="FORMULAR.docx", help="Word-formularen, der laves.")
@click.option("--area", "areas", multiple=True, metavar="OMRÅDE", help="Kun dette funktionsområde, fx mobilitet. Kan gentages.")
@click.option("--overwrite", is_flag=True, help="Erstat filen, hvis den findes.")
@click.pass_context
def form(ctx: click.Context, kind: str, case: Path, output: Path, areas: tuple[str, ...], overwrite: bool) -> None:
    """Lav en Word-formular, som en ergoterapeut eller sagsbehandler kan udfylde og sende tilbage."""
    from docgen import files, jobs

    files.write(output, jobs.make_form(case, kind, content=_content(ctx), areas=areas), overwrite)
    click.echo(str(output))


@cli.command("import")
@click.argument("filled", type=PATH, metavar="FORMULAR.docx")
@click.option("-o", "--output", "case", type=PATH, required=True, metavar="SAG.yaml", help="Sagen, som svarene skal ind i. Findes den ikke, laves den.")
@click.option("--take", type=click.Choice(["form", "case"]), help="Når formular og sag siger hver sit: form eller case. Ellers står sagen, og forskellen vises.")
@click.option("--dry-run", is_flag=True, help="Vis kun, hvad der ville ske.")
@click.pass_context
def import_form(ctx: click.Context, filled: Path, case: Path, take: Any, dry_run: bool) -> int:
    """Læs en udfyldt formular ind i en sag. Det, sagen mangler, kommer ind; intet andet ændres uden --take form."""
    from docgen import files, jobs

    made = jobs.import_form(filled, case, take=take, content=_content(ctx))
    for line in made.report.told(take):
        click.echo(line)
    if made.text is not None and not dry_run:
        files.replace(case, made.text, made.was)
        say(f"Skrevet: {case}")
    return DONE if made.report.settled(take) else LOOK


@cli.command()
@click.argument("old", type=PATH, metavar="GAMMEL.yaml")
@click.argument("new_case", type=PATH, metavar="NY.yaml")
@click.pass_context
def changes(ctx: click.Context, old: Path, new_case: Path) -> int:
    """Vis, hvad der er ændret fra én funktionsvurdering til den næste."""
    from docgen import jobs

    found = jobs.changes(old, new_case, content=_content(ctx))
    for difference in found:
        click.echo(f"{difference.where} ({difference.what})")
        if difference.before or difference.after:
            click.echo(f"    {difference.marked if difference.what == 'ændret' and difference.before else difference.after or difference.before}")
    if not found:
        click.echo("Ingen forskel.")
    return LOOK if any("ikke bekræftet" in d.what for d in found) else DONE


@cli.command()
@click.argument("case", type=PATH, metavar="SAG.yaml")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="text eller json.")
@click.pass_context
def remarks(ctx: click.Context, case: Path, form: str) -> int:
    """Vis, hvad en erfaren ergoterapeut ville spørge om i sagens funktionsafsnit og testresultater."""
    from dataclasses import asdict

    from docgen import jobs

    found = jobs.remarks(case, content=_content(ctx))
    if form == "json":
        click.echo(json.dumps([asdict(r) for r in found], ensure_ascii=False, indent=2))
    else:
        for remark in found:
            click.echo(f"{remark.severity.value}: {remark.message} [{remark.code}]")
            click.echo(f"    {remark.path}{f'. {remark.advice}' if remark.advice else ''}")
        if not found:
            click.echo("Ingen bemærkninger.")
    return LOOK if any(r.severity.value != "forslag" for r in found) else DONE


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Porten på denne maskine. 0: en ledig.")
@click.option("--folder", type=PATH, metavar="MAPPE", default=Path("sager"), show_default=True, help="Mappen med sager. Findes den ikke, laves den.")
@click.option("--public-url", metavar="ADRESSE", help="Adressen udefra, når siden står bag kommunens proxy. Se docs/drift.md.")
@click.option("--access-log", type=PATH, metavar="FIL", help="Skriv en linje for hver anmodning: hvem, hvad, hvilken sags id. Ingen navne eller CPR.")
@click.pass_context
def serve(ctx: click.Context, port: int, folder: Path, public_url: str | None, access_log: Path | None) -> None:
    """Åbn siden til dem, der ikke bruger en kommandolinje. Kun denne maskine kan nå den."""
    from docgen.errors import Problem, UsageError

    try:
        from docgen.web import server
    except ModuleNotFoundError as e:
        if e.name not in ("fastapi", "starlette", "uvicorn", "python_multipart", "anyio"):
            raise
        raise UsageError(Problem("Siden er ikke installeret.", None, 'Installér den med: pip install "sagsklar[web]"')) from None
    server.serve(folder, port, _content(ctx), public_url, click.echo, access_log)


def _put(output: Path | None, text: str, overwrite: bool) -> None:
    from docgen import files

    if output is None:
        click.echo(text, nl=False)
    else:
        files.write(output, text, overwrite)
        say(f"Skrevet: {output}")


def main() -> None:
    console.run(cli)


__all__ = ["cli", "main"]
