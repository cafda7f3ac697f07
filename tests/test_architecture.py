"""The rooms of CONTRIBUTING.md: imports go one way, heavy libraries stay behind their doors."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(p for package in ("docgen", "nlp") for p in (ROOT / package).rglob("*.py") if "training" not in p.parts)

# Which of our modules may import a library; a folder ends with "/".
LIBRARIES = {
    "click": ("docgen/cli.py", "docgen/console.py"),
    "docx": ("docgen/word/", "docgen/render.py"),
    "docxtpl": ("docgen/word/", "docgen/render.py"),
    "lxml": ("docgen/word/", "docgen/render.py"),
    "spacy": ("nlp/",),
    "fastapi": ("docgen/web/",),
    "starlette": ("docgen/web/",),
    "uvicorn": ("docgen/web/",),
}
# The nlp modules that docgen may know: its door and the words both speak.
NLP_DOOR = ("nlp", "nlp.model", "nlp.instruments", "nlp.diagnoses", "nlp.questions")  # instruments, diagnoses: one home for data both need; questions: how a kind of rule is made
# From the top down: a module may import from its own row and from the rows below it.
LAYERS = (
    ("docgen.cli", "docgen.web", "docgen.linting", "docgen.__main__"),
    ("docgen.console", "docgen.demo", "docgen.jobs"),
)


def imports(path: Path) -> list[tuple[str, bool]]:
    """(module imported, whether on loading the file) for every import in it."""
    tree = ast.parse(path.read_text("utf-8"))
    nested = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(node)
    }
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        loading = node not in nested and node not in typing_only
        if isinstance(node, ast.Import):
            found += [(alias.name, loading) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node.module or "", loading))
            found += [(f"{node.module}.{alias.name}", loading) for alias in node.names if node.module in ("docgen", "nlp")]
    return found


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_stays_behind_its_door(path: Path) -> None:
    """Only the Word modules know Word, only the command line knows click."""
    here = path.relative_to(ROOT).as_posix()
    for module, _ in imports(path):
        doors = LIBRARIES.get(module.split(".")[0])
        if doors:
            assert any(here == door or (door.endswith("/") and here.startswith(door)) for door in doors), module


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    """The linter knows nothing of documents, law or the command line; nobody imports the command line."""
    here = name_of(path)
    for module, _ in imports(path):
        if here.split(".")[0] == "nlp":
            assert module.split(".")[0] != "docgen", module
        elif module.split(".")[0] == "nlp":
            attribute_of_door = module.startswith("nlp.") and module.count(".") == 1 and not (ROOT / "nlp" / f"{module[4:]}.py").exists()
            assert module in NLP_DOOR or module.startswith("nlp.model.") or attribute_of_door, module
        for number, layer in enumerate(LAYERS):
            if any(module == top or module.startswith(f"{top}.") for top in layer):
                above = [top for row in LAYERS[: number + 1] for top in row]
                assert any(here == top or here.startswith(f"{top}.") for top in above), module


def test_spacy_is_never_loaded_by_loading_a_module() -> None:
    """`docgen --help` and `docgen generate` do not pay for the language pipeline."""
    for path in MODULES:
        loaded = [m for m, loading in imports(path) if loading and m.split(".")[0] in ("spacy", "thinc")]
        assert not loaded, (name_of(path), loaded)


def test_no_drawer_for_everything() -> None:
    """A module is named after its purpose."""
    names = {p.stem for p in (*MODULES, *(ROOT / "tests").rglob("*.py"))}

    assert names.isdisjoint({"utils", "util", "helpers", "helper", "common", "manager", "misc"})


def test_the_public_door_is_small() -> None:
    """At most fifteen names, and each can be had."""
    import docgen

    assert len(docgen.__all__) <= 15
    assert all(getattr(docgen, name) is not None for name in docgen.__all__)
