"""Finds, loads, checks and overlays templates/: the only module that knows where data lies.

A municipality's overlay is a folder with the same names; a file with the same id replaces the whole shipped one,
nothing is merged, so what you see is what runs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from docgen.contentmodel import DocumentKind, SchemeData, StandardText
from docgen.errors import ContentError, Problem, UsageError, at
from docgen.model import Kind
from docgen.validate import did_you_mean, validate
from docgen.yamlfile import read

ENVIRONMENT = "DOCGEN_CONTENT"
_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A data folder: inside the package when installed, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


_VARIANT_KEYS = ("when", "valid_from", "valid_until", "paragraphs", "examples")


_OVERLAY_NOTE = """\
Kommunens eget indhold. En fil her erstatter hele den medfølgende fil med samme navn; intet flettes.
Slet de filer, I ikke vil ændre: så får I rettelser til dem, når programmet opdateres.

  kommune.yaml     navn, adresser, hvem der må afgøre hvad, husets grænser, bekræftede lovhenvisninger
  documents/       Word-skabeloner med eksempel og forventet tekst
  texts/           standardtekster
  law/             lovhenvisninger med gyldighed, kilde og status
  schemes/         ordningernes betingelser
  rules/           jeres egne regler, eller medfølgende regler med samme id

Brug mappen med »docgen --content MAPPE …« eller miljøvariablen DOCGEN_CONTENT.
Kontrollér den med »docgen --content MAPPE content check«.
"""


@dataclass(frozen=True)
class Origin:
    """One file of content and where it came from, for `docgen content list`."""

    group: str
    id: str
    path: Path
    overlay: bool


@dataclass(frozen=True)
class Content:
    """The shipped content with overlays on top, later overlays first."""

    overlays: tuple[Path, ...] = ()
    base: Path = field(default_factory=lambda: _shipped("templates"))

    @classmethod
    def find(cls, overlay: str | Path | None = None) -> Content:
        """Content with the overlay named here or in DOCGEN_CONTENT; ContentError if it is not a folder."""
        named = overlay or os.environ.get(ENVIRONMENT)
        if not named:
            return cls()
        folder = Path(named)
        if not folder.is_dir():
            raise ContentError(Problem("Indholdsmappen findes ikke.", at(folder), "Lav en med »docgen content copy«."))
        return cls((folder,))

    def files(self, group: str, suffixes: tuple[str, ...] = (".yaml", ".yml")) -> list[Origin]:
        """The files of a group, e.g. "law": by id (file name without ending), overlays replacing the shipped ones."""
        found: dict[str, Origin] = {}
        for folder, overlay in [(self.base, False), *((o, True) for o in reversed(self.overlays))]:
            for path in sorted((folder / group).glob("*")):
                if path.suffix in suffixes:
                    found[path.stem] = Origin(group, path.stem, path, overlay)
        return list(found.values())

    @property
    def roots(self) -> tuple[Path, ...]:
        return (*self.overlays, self.base)

    # documents

    def kind_folder(self, kind: str) -> Path:
        """The folder that holds the kind's document.yaml and template. UsageError for an unknown kind."""
        for root in self.roots:
            if (root / "documents" / kind / "document.yaml").is_file():
                return root / "documents" / kind
        raise UsageError(
            Problem(f"Dokumenttypen »{kind}« kendes ikke.", None, did_you_mean(kind, list(Kind)) + "Se »docgen kinds«.")
        )

    def kind(self, kind: str) -> DocumentKind:
        return validate(DocumentKind, read(self.kind_folder(kind) / "document.yaml", ContentError), ContentError)

    def kinds(self) -> list[DocumentKind]:
        return [self.kind(k) for k in Kind if any((r / "documents" / k).is_dir() for r in self.roots)]

    def template(self, kind: str) -> Path:
        path = self.kind_folder(kind) / "template.docx"
        if not path.is_file():
            raise ContentError(Problem("Word-skabelonen mangler.", at(path)))
        return path

    # texts

    @cached_property
    def texts(self) -> dict[str, StandardText]:
        return {t.id: t for t in (self._text(o.path) for o in self.files("texts"))}

    def _text(self, path: Path) -> StandardText:
        loaded = read(path, ContentError)
        if isinstance(loaded.data, dict) and "variants" not in loaded.data:
            # a text with one variant may put the variant's keys at the top
            only = {key: loaded.data.pop(key) for key in _VARIANT_KEYS if key in loaded.data}
            loaded.data["variants"] = [only]
            for key in only:
                for place in [p for p in loaded.places if p[:1] == (key,)]:
                    loaded.places[("variants", 0, *place)] = loaded.places[place]
        text = validate(StandardText, loaded, ContentError)
        if text.id != path.stem:
            raise ContentError(
                Problem(f"Teksten hedder »{text.id}«, men filen »{path.stem}«.", loaded.place(("id",)), "Brug samme navn.")
            )
        return text

    # the rest

    @cached_property
    def municipality(self) -> Any:
        from docgen.model import Municipality

        path = next(r / "kommune.yaml" for r in self.roots if (r / "kommune.yaml").is_file())
        return validate(Municipality, read(path, ContentError), ContentError)

    @cached_property
    def law(self) -> Any:
        """The register of law, with the municipality's own confirmed references."""
        from docgen import lawload

        return lawload.load([o.path for o in self.files("law")], self.municipality.lov)

    @cached_property
    def schemes(self) -> dict[str, SchemeData]:
        return {o.id: validate(SchemeData, read(o.path, ContentError), ContentError) for o in self.files("schemes")}

    @cached_property
    def sections(self) -> Any:
        """The functional areas and the contract of their slots."""
        from docgen import sections

        return sections.load(self)

    @cached_property
    def scales(self) -> Any:
        """FSIII, VUM and ICF by id."""
        from docgen import scales

        return scales.load(self)

    def rule_folders(self) -> tuple[Path, ...]:
        """Rule folders outside nlp: docgen's own, then the overlays', which win."""
        return tuple(f for f in (_PACKAGE / "rules", *(o / "rules" for o in reversed(self.overlays))) if f.is_dir())

    @cached_property
    def linter(self) -> Any:
        """The linter with every rule in force. ContentError for a rule file that cannot be used."""
        import nlp

        return self._read_rules(nlp.load)

    def rulebook(self) -> Any:
        """The rules in force with their examples, in order of id."""
        import nlp

        return self._read_rules(nlp.read_rules)

    def _read_rules(self, reading: Any) -> Any:
        import nlp
        from docgen import kinds

        try:
            return reading(rules=self.rule_folders(), kinds=kinds.KINDS)
        except nlp.RulebookError as e:
            problems = [Problem(p.what, at(p.file, p.line, p.column), p.cure) for p in e.problems]
            raise ContentError(*problems) from None

    @cached_property
    def _examples(self) -> dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
        return {}

    def rule_examples(self, rule: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What a rule marks and what it lets stand, from its file: the rules in force are loaded without their examples."""
        if rule.id not in self._examples:
            from ruamel.yaml import YAML

            import nlp

            folders = (Path(nlp.__file__).parent / "rules", *self.rule_folders())
            named = [path for folder in folders for path in folder.rglob(rule.path or f"{rule.id}.yaml")]
            data = YAML(typ="safe").load(named[-1]) if named else {}  # checked when the rules were loaded; a rule may repeat itself with anchors
            self._examples[rule.id] = (data.get("flag", []), data.get("ok", []))
        return self._examples[rule.id]

    def copy_to(self, folder: Path) -> list[Path]:
        """Starts an overlay: the shipped content as files to change. FileError if the folder is not empty."""
        import shutil

        from docgen.errors import FileError

        if folder.exists() and any(folder.iterdir()):
            raise FileError(Problem("Mappen findes og er ikke tom.", at(folder), "Vælg en ny mappe."))
        folder.mkdir(parents=True, exist_ok=True)
        for group in ("documents", "texts", "law", "schemes"):
            shutil.copytree(self.base / group, folder / group)
        shutil.copy2(self.base / "kommune.yaml", folder / "kommune.yaml")
        (folder / "rules").mkdir()
        (folder / "LÆSMIG.txt").write_text(_OVERLAY_NOTE, "utf-8")
        return sorted(p for p in folder.rglob("*") if p.is_file())

    def origins(self) -> Iterator[Origin]:
        for kind in Kind:
            for root in self.roots:
                if (root / "documents" / kind / "document.yaml").is_file():
                    yield Origin("documents", kind, root / "documents" / kind, root != self.base)
                    break
        for group in ("texts", "law", "schemes", "scales", "sections", "forms"):
            yield from self.files(group)
        for root in self.roots:
            if (root / "kommune.yaml").is_file():
                yield Origin("kommune", "kommune", root / "kommune.yaml", root != self.base)
                break


def examples() -> Path:
    """The folder of shipped examples."""
    return _shipped("examples")
