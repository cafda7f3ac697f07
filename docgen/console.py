"""click in Danish, and the exit codes of the contract: 0 done, 1 a human should look, 2 not done, 130 interrupted."""

from __future__ import annotations

import difflib
import os
import sys
from typing import Any, NoReturn

import click

from docgen.errors import DocgenError

DONE, LOOK, FAILED, INTERRUPTED = 0, 1, 2, 130


class _Danish:
    """Help pages without an English word."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Brug: ")  # type: ignore[attr-defined]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [p.replace("[OPTIONS]", "[VALG]").replace("COMMAND [ARGS]...", "KOMMANDO ...") for p in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))  # type: ignore[attr-defined]
        rows = [r for r in (p.get_help_record(ctx) for p in options) if r]
        if rows:
            with formatter.section("Valg"):
                formatter.write_dl([(name, text.replace("[required]", "(skal angives)")) for name, text in rows])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.help = "Vis denne hjælp."
        return option


class Command(_Danish, click.Command):
    pass


class Group(_Danish, click.Group):
    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(n, self.commands[n].get_short_help_str(90)) for n in self.list_commands(ctx) if not self.commands[n].hidden]
        with formatter.section("Kommandoer"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which they are needed


Group.group_class = Group


def say(text: str = "") -> None:
    """Talk: to stderr, so that the result on stdout can be piped on."""
    click.echo(text, err=True)


def fail(text: str) -> NoReturn:
    say(text)
    sys.exit(FAILED)


def run(group: click.Group) -> NoReturn:
    """Runs a command line; no input, however bad, ends in a traceback."""
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        code = group.main(prog_name="docgen", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else DONE)
    except DocgenError as e:
        fail("\n".join(f"Fejl: {p}" for p in e.problems))
    except click.exceptions.NoArgsIsHelpError as e:
        say(e.ctx.get_help() if e.ctx else "")
        sys.exit(FAILED)
    except click.UsageError as e:
        where = f"\nSe »{e.ctx.command_path} --help«." if e.ctx else ""
        fail(f"Fejl: {danish(e)}{where}")
    except click.ClickException as e:
        fail(f"Fejl: {e.format_message()}")
    except (click.Abort, KeyboardInterrupt):
        say("\nAfbrudt. Det, der var skrevet færdigt, er gemt.")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except Exception as e:
        if os.environ.get("DOCGEN_DEBUG"):
            raise
        fail(f"Fejl i programmet ({type(e).__name__}). Intet er ændret. Sæt DOCGEN_DEBUG=1 for at se hvor, og meld fejlen.")


def danish(e: click.UsageError) -> str:
    """A usage error in Danish, with the nearest name."""
    near = ""
    if isinstance(e, click.NoSuchOption):
        return f"Valget {e.option_name} findes ikke.{_mean(e.possibilities)}"
    if isinstance(e, click.BadOptionUsage):
        return f"Valget {e.option_name} mangler sin værdi eller har én for meget."
    if isinstance(e, click.MissingParameter):
        return f"Der mangler {(e.param.metavar or e.param.human_readable_name) if e.param else 'noget'}."
    if isinstance(e, click.BadParameter):
        name = e.param.opts[0] if e.param and e.param.param_type_name == "option" else (e.param.human_readable_name if e.param else "")
        if isinstance(e.param.type if e.param else None, click.Choice):
            choices = list(e.param.type.choices)  # type: ignore[union-attr]
            given = e.message.split("'")[1] if "'" in e.message else ""
            return f"{name} kan ikke være »{given}«.{_mean(difflib.get_close_matches(given, choices, 1))} Vælg en af: {', '.join(choices)}."
        return f"{name}: {e.message if e.message[:1].isupper() and e.message.endswith('.') else 'værdien kan ikke bruges'}"
    if "No such command" in e.message and e.ctx and isinstance(e.ctx.command, click.Group):
        given = e.message.split("'")[1]
        near = _mean(difflib.get_close_matches(given, e.ctx.command.list_commands(e.ctx), 1))
        return f"Kommandoen »{given}« findes ikke.{near}"
    if "unexpected extra argument" in e.message:
        return "Der er skrevet mere, end kommandoen skal bruge. Sæt anførselstegn om navne med mellemrum."
    return e.message


def _mean(possibilities: Any) -> str:
    return f" Mente du »{next(iter(possibilities))}«?" if possibilities else ""
