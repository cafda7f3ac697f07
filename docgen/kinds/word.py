"""`word`: a question about the Word file itself, such as tracked changes, hidden text or missing alternative texts.

`check` names the question; `words` and `allowed` are data that some of them use. Nothing is found in plain text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from docgen.word.comments import read_comments
from docgen.word.names import q
from docgen.word.properties import properties
from nlp import Hit

if TYPE_CHECKING:
    from docgen.word.document import ReadDocument

name = "word"
Check = Literal[
    "felt_uden_svar", "kladde", "sporede_aendringer", "kommentarer", "skjult", "usynlig", "personnavn_i_egenskaber",
    "skabelonnavn", "fjernindhold", "lokalt_link", "makro", "indlejret", "ulaest", "sprog", "titel", "niveauspring",
    "falsk_overskrift", "tabel_uden_overskrift", "billede_uden_tekst", "standardtekst_aendret", "standardtekst_fjernet",
    "fletning", "sagsdata", "afvisning",
]
BLOCK = re.compile(r"blok:([A-Za-z0-9_]+)(?::(.*))?$")
CHANGED = tuple(q(f"w:{n}") for n in (
    "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange", "tblPrExChange",
    "numberingChange", "cellIns", "cellDel", "cellMerge",
))
REMOTE_FIELDS = re.compile(r"\s*(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|DATABASE)\b", re.IGNORECASE)
LOCAL = re.compile(r"(?:file:|\\\\|[a-z]:[\\/])", re.IGNORECASE)


class Match(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    check: Check
    words: list[str] = []  # kladde: what marks a draft
    allowed: list[str] = []  # properties and templates that are no fault


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.match = match
        self.check = CHECKS[match.check]

    def __call__(self, analysis: Any) -> Iterable[Hit]:
        document: ReadDocument | None = analysis.extra.get("word")
        if document is None or document.package is None:
            return ()
        return self.check(document, self.match, analysis)


def compile(rule: Any) -> Finder:
    return Finder(rule.match)


def about_file(**params: Any) -> Hit:
    """A finding about the file as a whole: it has no place in the text."""
    return Hit(0, 0, params)


def passage_hit(document: ReadDocument, start: int, **params: Any) -> Hit:
    """The passage at `start`, or the file as a whole where there is none."""
    passage = document.document.passage_at(start)
    return Hit(passage.start, passage.end, params) if passage else about_file(**params)


# --- Left over from the writing -----------------------------------------------------------------------------------


def unanswered(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    for control in document.controls:
        if control.prompt:
            yield Hit(control.start, control.end) if control.end > control.start else passage_hit(document, control.start)


def draft_mark(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    """A mark in margin or text box, or one that stands alone as a paragraph."""
    marks = {word.casefold() for word in match.words}
    told: set[str] = set()  # the same header on first and later pages is one mark
    for passage in document.document.passages:
        text = passage.text.strip(" -–*[]()!.:").casefold()
        if text in told:
            continue
        outside = passage.part in ("header", "footer", "textbox")
        if text in marks or (outside and any(re.search(rf"\b{re.escape(mark)}\b", text) for mark in marks)):
            told.add(text)
            yield Hit(passage.start, passage.end)


def tracked(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    seen: set[int] = set()
    for change in document.changes:
        if change.end > change.start:
            yield Hit(change.start, change.end, {"hvad": "indsat tekst"})
            continue
        passage = document.document.passage_at(min(change.start, max(len(document.document.text) - 1, 0)))
        if passage is not None and passage.index not in seen:
            seen.add(passage.index)
            yield Hit(passage.start, passage.end, {"hvad": "slettet tekst"})
    formats = sum(1 for part in document.stories for _ in document.package.xml(part).iter(*CHANGED))
    if formats or (not document.changes and switch(document, "trackRevisions")):
        yield about_file(hvad="ændret formatering" if formats else "sporing er slået til")


def comments(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    for comment in read_comments(document.package):
        if comment.ours or comment.parent is not None:
            continue
        start, end = document.comment_ranges.get(comment.id, (0, 0))
        yield Hit(start, end) if end > start else about_file()


# --- What the reader does not see -----------------------------------------------------------------------------------


def hidden(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    return (Hit(x.start, x.end) for x in document.invisible if x.kind == "skjult")


def invisible(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    kinds = {"hvid": "hvid på hvid baggrund", "lille": "så lille, at den ikke kan læses"}
    return (Hit(x.start, x.end, {"hvordan": kinds[x.kind]}) for x in document.invisible if x.kind in kinds)


def person_in_properties(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    """Who wrote the file; the municipality's own name is no person."""
    allowed = {x.casefold() for x in match.allowed}
    content = analysis.extra.get("content")
    if content is not None:
        allowed.add(str(content.municipality.name or "").casefold())
    found = properties(document.package)
    labels = {"creator": "forfatter", "lastModifiedBy": "sidst ændret af", "Manager": "leder"}
    named = [label for key, label in labels.items() if found.get(key, "").strip().casefold() not in {"", *allowed}]
    if named:
        yield about_file(felter=" og ".join(named))


def template_name(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    template = properties(document.package).get("Template", "").strip()
    if template and template.casefold() not in {x.casefold() for x in match.allowed}:
        yield about_file()


# --- Links, macros, embedded things -----------------------------------------------------------------------------------


def remote(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    """Content that Word would fetch from elsewhere when the letter is opened; ordinary hyperlinks are not."""
    names = {"attachedTemplate": "en skabelon", "image": "et billede", "oleObject": "et objekt", "frame": "en ramme",
             "subDocument": "et underdokument", "aFChunk": "en fil"}
    parts = (*document.stories, *(p for p in document.package.names if p.endswith("settings.xml")))
    for part in parts:
        for relation in document.package.relations(part):
            if relation.external and relation.type != "hyperlink":
                yield about_file(hvad=names.get(relation.type, "noget"))
    for field in document.fields:
        if REMOTE_FIELDS.match(field.instruction):
            yield passage_hit(document, field.start, hvad="et felt")


def local_link(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    """Links to files on the municipality's own drives: of no use to the reader, and they show how the drives are named."""
    for part in document.stories:
        local = {r.id for r in document.package.relations(part)
                 if r.external and r.type == "hyperlink" and LOCAL.match(r.target)}
        if not local:
            continue
        placed = False
        for link in document.package.xml(part).iter(q("w:hyperlink")):
            if link.get(q("r:id")) in local:
                elements = set(link.iter(q("w:t")))
                pieces = [x for x in document.pieces if x.element in elements]
                if pieces:
                    placed = True
                    yield Hit(pieces[0].start, pieces[-1].end)
        if not placed:
            yield about_file()


def macro(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    if any(re.search(r"vbaProject|vbaData|activeX|\.bas$", part, re.IGNORECASE) for part in document.package.names):
        yield about_file()


def embedded(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    inside = [x for x in document.coverage.unread if x.startswith(("indlejret objekt", "indsat fil"))]
    if inside or any("/embeddings/" in part for part in document.package.names):
        yield about_file()


def unread(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    """Content with words in it that could not be read; plain pictures are a matter of their alternative text."""
    left = [x for x in document.coverage.unread if not x.startswith(("billede", "indlejret", "indsat fil"))]
    if left:
        yield about_file(hvad=", ".join(left))


def mail_merge(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    if switch(document, "mailMerge"):
        yield about_file()


def case_data(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    """Controls bound to data that lie beside the text and go along with the letter."""
    if any("customXml/item" in part for part in document.package.names) and any(
            control.element.find(f"{q('w:sdtPr')}/{q('w:dataBinding')}") is not None for control in document.controls):
        yield about_file()


# --- Readable for everyone -----------------------------------------------------------------------------------


def language(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    stated = document.styles.language if document.styles else None
    if not (stated or "").lower().startswith("da"):
        yield about_file()


def title(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    if not properties(document.package).get("title", "").strip():
        yield about_file()


def skipped_level(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    before = 0
    for heading in document.headings:
        if heading.by != "style":
            continue
        passage = document.document.passages[heading.passage]
        if heading.level > before + 1 and passage.part in ("body", "table", "control"):
            yield Hit(passage.start, passage.end, {"fra": before or "ingen", "til": heading.level})
        before = heading.level


def false_heading(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    for heading in document.headings:
        if heading.by == "bold":
            passage = document.document.passages[heading.passage]
            yield Hit(passage.start, passage.end)


def table_without_header(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    """Tables of data: more than two columns or rows; two columns are labels and answers, read row by row."""
    for table in document.tables:
        if not table.header and not table.nested and table.rows > 2 and table.columns > 2:
            yield passage_hit(document, table.start)


def image_without_text(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    for image in document.images:
        if not image.described:
            yield passage_hit(document, min(image.offset, max(len(document.document.text) - 1, 0)))


# --- Standard texts -----------------------------------------------------------------------------------


def stamps(document: ReadDocument) -> dict[str, str]:
    """Standard text's id -> hash of the words it was drafted with."""
    return {key.partition(":")[2]: value for key, value in properties(document.package).items() if key.startswith("blok:")}


def changed_block(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    stamped = stamps(document)
    gaps = [c for c in document.controls if c.tag.startswith("mangler:")]
    for control in document.controls:
        block = BLOCK.match(control.tag)
        if block is None or block[1] not in stamped:
            continue
        if any(control.start <= gap.start <= control.end for gap in gaps):
            continue  # not yet filled in: told as a gap
        text = document.document.text[control.start:control.end]
        if hashlib.sha256(text.encode("utf-8")).hexdigest()[:16] != stamped[block[1]]:
            yield Hit(control.start, control.end, {"tekst": block[1]}) if control.end > control.start else about_file(tekst=block[1])


def removed_block(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    present = {block[1] for control in document.controls if (block := BLOCK.match(control.tag))}
    for block in stamps(document):
        if block not in present:
            yield about_file(tekst=block)


def dismissed(document: ReadDocument, match: Match, analysis: Any) -> Iterator[Hit]:
    """Told by docgen.reviewer, which alone knows what was dismissed and what it fits."""
    return iter(())


def switch(document: ReadDocument, element: str) -> bool:
    settings = document.package.related(document.package.main, "settings")
    found = document.package.xml(settings).find(q(f"w:{element}")) if settings else None
    return found is not None and found.get(q("w:val"), "1") not in ("0", "false", "off")


CHECKS: dict[str, Callable[[Any, Match, Any], Iterable[Hit]]] = {
    "felt_uden_svar": unanswered, "kladde": draft_mark, "sporede_aendringer": tracked, "kommentarer": comments,
    "skjult": hidden, "usynlig": invisible, "personnavn_i_egenskaber": person_in_properties, "skabelonnavn": template_name,
    "fjernindhold": remote, "lokalt_link": local_link, "makro": macro, "indlejret": embedded, "ulaest": unread,
    "sprog": language, "titel": title, "niveauspring": skipped_level, "falsk_overskrift": false_heading,
    "tabel_uden_overskrift": table_without_header, "billede_uden_tekst": image_without_text,
    "standardtekst_aendret": changed_block, "standardtekst_fjernet": removed_block, "fletning": mail_merge,
    "sagsdata": case_data, "afvisning": dismissed,
}
assert set(CHECKS) == set(get_args(Check))
