"""The only environment in which a tag of a template or of a standard text runs.

Templates, texts and overlays are files that people mail to each other. Sandboxed and immutable, every unknown name an
error, no globals but those handed in, filters by allow-list; at compile time we refuse what could eat time or memory
(jinja's sandbox limits neither; measured in word-generation.md E).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.context import FILTERS, Record
from docgen.errors import ContentError, Place, Problem, RenderError

MAX_LOOPS = 2  # loops inside each other
MAX_CHUNKS = 500_000
MAX_CHARACTERS = 20_000_000
_REFUSED = (
    nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Macro, nodes.CallBlock, nodes.FilterBlock,
    nodes.Mul, nodes.Pow, nodes.Block, nodes.AssignBlock, nodes.Assign,
)


class Environment(ImmutableSandboxedEnvironment):
    """Attribute access only on records and the plain values that records hand out."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if obj.__class__ is Record and attribute[:1] != "_":  # the common case, without the general checks
            try:
                return obj.field(attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        # str.format & co. are refused by the base class too; methods of plain values have no use in a letter
        return not attr.startswith("_") and not callable(value) and super().is_safe_attribute(obj, attr, value)


def environment(finalize: Callable[[Any], Any], autoescape: bool) -> Environment:
    env = Environment(autoescape=autoescape, undefined=StrictUndefined, finalize=finalize)
    env.globals.clear()
    env.filters = dict(FILTERS)
    env.tests = {name: env.tests[name] for name in ("defined", "none", "odd", "even", "first", "last") if name in env.tests}
    return env


@dataclass(frozen=True, slots=True)
class Tags:
    """Compiled tags and the text around them."""

    template: Any
    place: Place

    def run(self, values: dict[str, Any]) -> str:
        """The rendered text. RenderError for what is unsafe, unknown or without end."""
        with guarded(self.place):
            chunks = list(islice(self.template.root_render_func(self.template.new_context(values)), MAX_CHUNKS))
        if len(chunks) == MAX_CHUNKS:
            raise RenderError(Problem("Skabelonen laver for meget tekst.", self.place, "Se efter en løkke uden ende."))
        result = "".join(chunks)
        if len(result) > MAX_CHARACTERS:
            raise RenderError(Problem("Skabelonen laver for meget tekst.", self.place))
        return result


def compiled(env: Environment, source: str, place: Place) -> Tags:
    """The tags, or ContentError naming the one that is wrong or refused."""
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as e:
        raise ContentError(
            Problem(f"Et felt eller mærke er skrevet forkert: {_danish(e.message or '')}", place, _excerpt(source, e.lineno))
        ) from None
    _refuse(tree, place, 0)
    try:
        return Tags(env.from_string(tree), place)
    except TemplateSyntaxError as e:  # an unknown filter or test
        raise ContentError(Problem(f"Et felt bruger {_danish(e.message or '')}", place, _excerpt(source, e.lineno))) from None


@contextmanager
def guarded(place: Place) -> Iterator[None]:
    """What goes wrong while tags run, as RenderError in Danish."""
    try:
        yield
    except SecurityError:
        raise RenderError(Problem("Skabelonen bruger noget, der ikke er tilladt.", place, "Fjern det fra skabelonen.")) from None
    except UndefinedError as e:
        raise RenderError(Problem(f"Skabelonen bruger et navn, der ikke findes: {_names(e)}.", place, "Ret stavningen.")) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, KeyError, AttributeError) as e:
        raise RenderError(Problem(f"Skabelonen kan ikke udfyldes ({type(e).__name__}).", place)) from None


def _refuse(node: nodes.Node, place: Place, loops: int) -> None:
    if isinstance(node, _REFUSED):
        raise ContentError(
            Problem(f"Skabelonen bruger »{type(node).__name__.lower()}«, som ikke er tilladt.", place, "Fjern det.")
        )
    if isinstance(node, nodes.For):
        loops += 1
        if loops > MAX_LOOPS or node.recursive:
            raise ContentError(Problem("Skabelonen har for mange løkker inde i hinanden.", place, "Højst to."))
    for child in node.iter_child_nodes():
        _refuse(child, place, loops)


def _names(e: UndefinedError) -> str:
    import re

    found = re.findall(r"'([^']*)'", e.message or "")
    return f"»{found[-1]}«" if found else "ukendt"


def _danish(message: str) -> str:
    for english, danish in (
        ("unexpected char", "et tegn, der ikke hører til i et felt"),
        ("unknown tag", "et ukendt mærke, eller et »for«/»if« uden »endfor«/»endif«"),
        ("Unexpected end of template", "et »for« eller »if« er ikke lukket"),
        ("expected token", "noget mangler, eller der står noget for meget"),
        ("No filter named", "et filter, der ikke findes"),
        ("No test named", "en test, der ikke findes"),
    ):
        if english in message:
            return danish + "."
    return "tjek parenteser og anførselstegn."


def _excerpt(source: str, line: int) -> str:
    import re

    lines = source.splitlines()
    around = re.sub(r"<[^>]+>", "", " ".join(lines[max(0, line - 1) : line]))
    tag = re.search(r"\{[{%].{0,60}", around)
    return f"Se omkring: {tag[0]}" if tag else ""
