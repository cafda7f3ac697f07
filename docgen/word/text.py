"""Plain text and Markdown: passages whose offsets count characters of the file's own text."""

from __future__ import annotations

import re
from functools import lru_cache

from docgen.errors import FileError, Problem, at
from docgen.word.coverage import Coverage
from docgen.word.package import MAX_TEXT, TOO_LONG
from docgen.word.titles import known
from nlp.model import Document, Passage

_MONTH = r"(?!\s+(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b)"  # »4. december« is a date
ITEM = re.compile(rf"\s*(?:[-*•–]|\d+[.)]{_MONTH}|[a-zæøå]\))\s+")
NUMBERED = re.compile(rf"[>\s]*(?:(?:[-*+]|\d+[.)]{_MONTH})\s+)?")
DATED = re.compile(rf"\s*\d+\.(?!{_MONTH})")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BINARY = re.compile("[\x00-\x08\x0e-\x1f]")


def decode(data: bytes, label: str) -> tuple[str, str]:
    """(text, encoding). UTF-8, UTF-16 with its mark, else Windows-1252 as Danish Windows writes it."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                raise FileError(Problem("Filens tegn kan ikke læses.", at(label), "Gem den som UTF-8.")) from None
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise FileError(Problem("Filens tegn kan ikke læses.", at(label), "Gem den som UTF-8."))


def read_text(data: bytes, markdown: bool, label: str) -> tuple[Document, Coverage]:
    """The passages of a .txt or .md. FileError when it is empty or not text."""
    text, encoding = decode(data, label)
    if len(text) > MAX_TEXT:
        raise FileError(Problem(TOO_LONG, at(label)))
    if BINARY.search(text):
        raise FileError(Problem("Filen er ikke tekst.", at(label), "Brug .docx, .txt eller .md."))
    spans = list(markdown_spans(text) if markdown else text_spans(text))
    passages: list[Passage] = []
    heading = None
    for start, end, style, level in spans:
        passages.append(Passage(text[start:end], start, len(passages), style=style, level=level, heading=heading))
        if style == "heading":
            heading = text[start:end].strip()
    if not passages:
        raise FileError(Problem("Filen er tom: der er ingen tekst at læse.", at(label)))
    notes = ("tegnene er læst som Windows-1252",) if encoding == "cp1252" else ()
    return Document(text, tuple(passages)), Coverage(len(passages), len(passages), notes=notes)


def lines_of(text: str) -> list[tuple[int, int]]:
    """(start, end) of each line, without its line end."""
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        spans.append((start, start + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))))
        start += len(line)
    return spans


def text_spans(text: str):
    """(start, end, style, level): blocks between blank lines; a known title or a list item stands alone."""
    block: list[tuple[int, int]] = []

    def flush():
        if block:
            yield block[0][0], block[-1][1], "paragraph", 0
            block.clear()

    for start, end in lines_of(text):
        line = text[start:end]
        if not line.strip():
            yield from flush()
        elif ITEM.match(line):
            yield from flush()
            yield start, end, "item", 0
        elif len(line) <= 80 and any(known(line)):
            yield from flush()
            yield start, end, "heading", 2
        else:
            block.append((start, end))
    yield from flush()


@lru_cache(maxsize=1)
def _markdown():
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def markdown_spans(text: str):
    """The same for Markdown, by its block structure; marks inside a line stay part of the text."""
    lines = lines_of(text)
    tokens = _markdown().parse(text)
    listed = 0
    for position, token in enumerate(tokens):
        if token.type == "list_item_open":
            listed += 1
        elif token.type == "list_item_close":
            listed -= 1
        elif token.type == "tr_open" and token.map:
            yield from row_spans(text, *lines[token.map[0]])
        elif token.type == "inline" and token.map:
            opener = tokens[position - 1]
            if opener.type in ("th_open", "td_open"):
                continue
            start, end = lines[token.map[0]][0], lines[token.map[1] - 1][1]
            if opener.type == "heading_open":
                mark = re.match(r"\s*#+\s*", text[start:end])
                underlined = opener.markup in ("=", "-")
                if underlined:
                    end = lines[max(token.map[1] - 2, token.map[0])][1] if token.map[1] - token.map[0] > 1 else end
                yield start + (mark.end() if mark and not underlined else 0), end, "heading", int(opener.tag[1])
            else:
                mark = NUMBERED.match(text[start:end])
                start += mark.end() if mark else 0
                if start < end:
                    yield start, end, "item" if listed and not DATED.match(text[start:end]) else "paragraph", 0
        elif token.type in ("fence", "code_block", "html_block") and token.map:
            start, end = lines[token.map[0]][0], lines[min(token.map[1], len(lines)) - 1][1]
            if text[start:end].strip():
                yield start, end, "paragraph", 0


def row_spans(text: str, start: int, end: int):
    for cell in re.finditer(r"[^|]+", text[start:end]):
        if cell[0].strip():
            left = len(cell[0]) - len(cell[0].lstrip())
            yield start + cell.start() + left, start + cell.start() + len(cell[0].rstrip()), "cell", 0
