"""Danish words and sentences without spaCy, and the spaCy pipeline on the same words, loaded only when asked for.

`words` and `sentences` are one pass of a regular expression over the text: letters and law need abbreviations, §
references, dates, clock times and amounts kept whole, and a sentence ends where a line ends. `pipeline` loads the
trained pipeline that is shipped in `nlp/pipeline_da`, or another one that the user has installed, and gives it these
same words, so that offsets mean the same everywhere.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from nlp import trie
from nlp.lemmas import Lemmatizer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

HERE = Path(__file__).parent
SHIPPED = HERE / "pipeline_da"
TOKENIZER = "sagsklar.words.v1"
LEMMATIZER = "danish_lemmas"
ENDINGS = "sagsklar.endings.v1"
ENDING = 5  # letters: "-elser", "-heden", "-ering" tell more of an unknown Danish word than its first letter

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # each ends a sentence, as all but blanks and tabs between two words do
MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
          "september", "oktober", "november", "december")  # fmt: skip
# Words that begin a sentence even after a lone capital or in lower case: hardly ever part of a name.
STARTERS = frozenset(
    [
        "hun",
        "han",
        "det",
        "der",
        "vi",
        "du",
        "jeg",
        "den",
        "de",
        "dette",
        "disse",
        "denne",
        "borgeren",
        "her",
        "hvis",
        "når",
        "da",
        "som",
    ]
)
LETTERED = (
    "litra",
    "Litra",
    "plan",
    "type",
    "gruppe",
    "Gruppe",
    "vitamin",
    "Vitamin",
    "hepatitis",
    "bilag",
    "Bilag",
    "punkt",
    "fase",
    "model",
    "del",
    "afsnit",
    "Afsnit",
    "afdeling",
    "Afdeling",
    "blok",
    "bygning",
    "kategori",
    "klasse",
    "niveau",
    "opgang",
    "profil",
    "skema",
    "spor",
    "tabel",
    "team",
    "Team",
)
INITIALS = re.compile(r"(?:[A-ZÆØÅ]\.){2,}")
STOPS = frozenset((".", "!", "?", "…"))
OPENING = "»“”„\"'‘’([{«‚‹›•"
CLOSING = frozenset("*«»”“\"'’‘)]}›‹")


class Word(NamedTuple):
    """A token and its place: `text == whole[start:end]`."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The tokens of `text` in order: words, numbers, abbreviations with their stop, and each mark by itself.

    Everything but white space belongs to exactly one token.
    """
    return [Word(text[(at := m.span(m.lastgroup))[0] : at[1]], *at) for m in _pattern().finditer(text)]


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end), without surrounding white space; a line break always ends one."""
    return list(_sentences(text, words(text)))


def sentences_of_words(text: str) -> list[list[Word]]:
    """The words of `text`, sentence by sentence."""
    tokens = words(text)
    found, place = [], 0
    for _, end in _sentences(text, tokens):
        first = place
        while place < len(tokens) and tokens[place].end <= end:
            place += 1
        found.append(tokens[first:place])
    return found


# --- Words ----------------------------------------------------------------------------------------------------------


@cache
def abbreviations() -> frozenset[tuple[str, str]]:
    """Abbreviations in lower case, each with how it behaves: "inde", "slut", ... (see nlp/lexicon/abbreviations.txt)."""
    found: set[tuple[str, str]] = set()
    behaviour = ""
    for line in (HERE / "lexicon" / "abbreviations.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            behaviour = line[1 : line.index("]")]
        elif not line.startswith("#"):
            found.update((entry.replace("_", " "), behaviour) for entry in line.split())
    return frozenset(found)


@cache
def _pattern() -> re.Pattern[str]:
    kinds: dict[str, list[str]] = {}
    for abbreviation, kind in abbreviations():
        kinds.setdefault(kind, []).append(abbreviation)
    free = [a for kind in ("inde", "slut", "nummer") for a in kinds[kind]]
    always = trie.pattern(a for a in free if len(a) > 2)
    letter_and_stop = trie.pattern(a for a in free if len(a) == 2)
    before_number = trie.pattern(kinds["tal"] + [a for a in free if len(a) == 2])
    after_number = trie.pattern(kinds["enhed"])
    months, starters = trie.pattern(MONTHS), trie.pattern(STARTERS)
    letter = r"[^\W\d_]"
    lettered = "".join(rf"(?<!{noun}\s)" for noun in LETTERED)
    return re.compile(
        rf"""
        ^[^\S\n]*(?P<marker>(?:\d{{1,2}}|[a-zæøå]|[IVX]{{1,4}})[.)](?=[^\S\n])(?!\s\w{{1,4}}\.))  # 1.  a)  IV. before an item
      | (?P<address>(?:https?://|www\.)[^\s<>»«"]*[^\s<>»«".,;:!?)]|[\w.+-]++@[\w-]+(?:\.[\w-]+)+)
      | (?P<ordinal>(?<![\w.,])(?<!stk\.\s)(?<!nr\.\s)\d{{1,2}}\.(?=\s+[a-zæøå]|\s*(?i:{months})\b|\s\d{{1,2}}\.\s)
          |(?<=\d\.\s)\d{{1,2}}\.(?=\s\d{{4}}\b))
      | (?P<number>\d+(?:[.,:/×x-]\d+)*(?:['’-]?{letter}\w*(?:-\w+)*)?)
      | (?P<abbreviation>(?<!\w)(?=[\w/-]{{1,14}}\.)(?:(?i:{always})|{letter_and_stop}|(?i:{before_number})(?=\s?\d|\s[A-HJ-Z]\b)|(?<=\d\s){after_number}(?=\s[^A-ZÆØÅ]|[/),;:]))(?!{letter}\.))
      | (?P<initial>(?<!\w)(?=[A-ZÆØÅ]\.)(?:(?:[A-ZÆØÅ]\.){{2,}}(?!\w)|{lettered}(?:[A-ZÆØÅ]\.)+(?=\s?[A-ZÆØÅ])(?!\s(?i:{starters})\b)))
      | (?P<code>(?<!\w)[A-ZÆØÅ]\d+(?:[./][A-Z]?\d+)+)                                # F33.1  L4/L5
      | (?P<unit>(?<!\w)(?:[A-ZÆØÅ]/[A-ZÆØÅ]|km/t|m/k|m/s|mg/d)\b)
      | (?P<word>{letter}\w*(?:['’´`-]\w+)*(?:-(?=[\s,])|(?<=[sxzSXZ])['’](?=\s))?)
      | (?P<run>\.{{2,}}|-{{2,}}|={{2,}}|_+|\*{{2,}}|§+)
      | (?P<mark>\S)
        """,
        re.VERBOSE | re.MULTILINE,
    )


# --- Sentences ------------------------------------------------------------------------------------------------------


def _sentences(text: str, tokens: list[Word]) -> Iterator[tuple[int, int]]:
    line: list[Word] = []
    for word in tokens:
        if line and (line[-1].end == word.start or not text[line[-1].end : word.start].strip(" \t")):
            line.append(word)
            continue
        yield from _line(text, line)
        line = [word]
    yield from _line(text, line)


def _line(text: str, line: list[Word]) -> Iterator[tuple[int, int]]:
    """The sentences of one line."""
    if not line:
        return
    first, place = 0, 0
    while place < len(line) - 1:
        word = line[place]
        if word.text in STOPS or word.text[-1] in ".!?…":
            last = place
            while last + 1 < len(line) - 1 and _closes(text, line, last + 1):
                last += 1
            if _ends(text, line, first, place, last):
                yield line[first].start, line[last].end
                first = last + 1
            place = last
        place += 1
    yield line[first].start, line[-1].end


def _closes(text: str, line: list[Word], place: int) -> bool:
    """Whether the mark at `place` belongs to the sentence before: another stop, or a closing mark set right after it."""
    word = line[place]
    if word.start != line[place - 1].end:
        return False
    if word.text in STOPS:
        return True
    followed = text[word.end : word.end + 1]
    return (word.text in CLOSING and (word.text in "»«)]}*" or not followed.isalnum())) or (
        word.text == '"' and not followed.isalnum()
    )


def _ends(text: str, line: list[Word], first: int, stop: int, last: int) -> bool:
    """Whether a sentence ends after `last`: the stop at `stop` and the closing marks behind it."""
    word, following = line[stop], line[last + 1]
    glued = following.start == line[last].end
    head = following.text[0]
    opens = head in OPENING and last + 2 < len(line) and not glued
    begin = line[last + 2].text[0] if opens else head
    if word.text not in STOPS and not word.text.startswith(".."):
        if glued or not begin.isupper():
            return False
        kinds = abbreviations()
        abbreviation = word.text.lower()
        if INITIALS.fullmatch(word.text):  # "... af M.H. Den ...", "... af N.N. Borgeren ..."; but "H.C. Holm"
            return following.text.lower() in STARTERS or len(set(word.text)) == 2
        number = (abbreviation, "nummer") in kinds and following.text.lower() in STARTERS
        return number or (abbreviation, "slut") in kinds or (abbreviation, "enhed") in kinds
    if last == first or (word.text in ".!" and _is_label(line[first:stop])) or _is_inside(line, first, last):
        return False
    if begin.isupper() or (head == "[" and not glued):
        return not glued or (word.text == "." and line[stop - 1].text[-1].islower())
    if glued:
        return False
    if last > stop and word.text != ".":
        return begin.isdigit()
    if begin.islower():
        plain = word.text == "." and last == stop
        return plain and (following.text in STARTERS or _is_item([w.text for w in line[last + 1 : last + 4]]))
    return begin.isdigit() or head in "-–•*" or (opens and not begin.islower())


def _is_item(texts: list[str]) -> bool:
    """Whether an item of a list within the line begins here: "b) ..." or "ad 2) ..."."""
    return (texts[1:2] == [")"] and len(texts[0]) == 1) or (texts[0] == "ad" and texts[2:] == [")"])


def _is_inside(line: list[Word], first: int, stop: int) -> bool:
    """Whether a stop stands in a parenthesis that the sentence holds: "(det gør ondt. Se notat), især ..."."""
    if not any(word.text == "(" for word in line[first + 1 : stop]):
        return False
    depth = 0
    for word in line[first + 1 : stop]:
        depth = depth + 1 if word.text == "(" else max(depth - 1, 0) if word.text == ")" else depth
    if not depth:
        return False
    after = next((word.text for word in line[stop + 1 :] if word.text in "()"), "(")
    return after == ")"


def _is_label(start: list[Word]) -> bool:
    """Whether a line begins with the number of a provision, as law does: "§ 16." or "Stk. 2."; or with "NB!"."""
    texts = [word.text for word in start]
    if len(texts) == 1 and texts[0].lower() in ("nb", "obs", "ps"):
        return True
    return (
        bool(texts)
        and len(texts) <= 3
        and texts[0] in ("§", "§§", "Stk.", "Nr.")
        and texts[1:2] != []
        and (texts[1][0].isdigit())
    )


# --- The pipeline ---------------------------------------------------------------------------------------------------


class PipelineMissing(Exception):
    """The language pipeline asked for is not installed, or is not one for Danish. The message is Danish."""


def pipeline(name: str | None = None) -> Language:
    """The spaCy pipeline, loaded once: the shipped one, or the installed package or folder called `name`.

    It tokenizes as `words` does and holds a parser; named entities are left out. Raises PipelineMissing.
    """
    if name is None and _chosen:
        return _chosen[-1]
    return _loaded(name)


_chosen: list[Language] = []


def use(chosen: Language | str | None) -> None:
    """From now on, `pipeline()` is this one; None brings the shipped one back. Raises PipelineMissing."""
    _chosen.clear()
    if chosen is not None:
        _chosen.append(_loaded(chosen) if isinstance(chosen, str) else _fitted(chosen))


@cache
def _loaded(name: str | None) -> Language:
    spacy = _spacy()
    register()
    try:
        language = spacy.load(name or SHIPPED, exclude=["ner", "tokenizer"])
    except (OSError, ValueError) as error:
        raise PipelineMissing(
            f"Sprogmodellen »{Path(name).name}« kan ikke indlæses. Er den installeret, og passer den til spaCy "
            f"{spacy.__version__}? Udelad indstillingen for at bruge den medfølgende."
            if name
            else "Den medfølgende sprogmodel mangler eller passer ikke til den installerede spaCy. Installér sagsklar igen."
        ) from error
    _own.append(language)
    return _fitted(language)


@contextmanager
def passing(model: Language) -> Iterator[None]:
    """Frees what texts read in this block have added to the vocabulary of `model`, which else grows with every new word.

    Docs made in the block must not be used after it. A pipeline that the caller handed us is left as it is: other Docs
    of the caller's may be made in the same vocabulary meanwhile.
    """
    if model not in _own:
        yield
        return
    with _one_at_a_time, model.memory_zone():
        yield


_own: list[Language] = []
_one_at_a_time = Lock()


def _fitted(language: Language) -> Language:
    """A pipeline with our words in place of its own tokenizer's."""
    if language.lang != "da" or not language.has_pipe("parser"):
        raise PipelineMissing(f"Sprogmodellen »{language.meta['name']}« er ikke en dansk model med en parser.")
    language.tokenizer = Tokenizer(language.vocab)
    return language


def _spacy() -> ModuleType:
    """spaCy without its command line, which is a quarter of what importing it costs; `spacy.cli` can still be imported.

    spaCy imports `spacy.cli.info` for one function, and with it typer, requests and httpx. An empty module stands in
    its place while spaCy is imported, and is taken away again.
    """
    if "spacy" not in sys.modules:
        stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
        stand_ins["spacy.cli.info"].info = _info
        sys.modules.update(stand_ins)
        try:
            import spacy
        finally:
            for name in stand_ins:
                sys.modules.pop(name, None)
        spacy.__dict__.pop("cli", None)
    import spacy

    return spacy


def _info(*arguments, **named):
    """spacy.info, imported when it is called."""
    from spacy.cli.info import info

    return info(*arguments, **named)


def register() -> None:
    """Makes our tokenizer and lemmatizer known to spaCy under the names that the shipped pipeline's configuration uses."""
    import spacy
    from spacy.language import Language

    spacy.registry.tokenizers.register(TOKENIZER, func=create_tokenizer)
    spacy.registry.callbacks.register(ENDINGS, func=create_endings)
    if not Language.has_factory(LEMMATIZER):
        Language.factory(LEMMATIZER, func=lambda nlp, name: Lemmatizer())


def create_tokenizer():
    """For spaCy's configuration: `[nlp.tokenizer] @tokenizers = "sagsklar.words.v1"`."""
    return lambda language: Tokenizer(language.vocab)


def create_endings():
    """For spaCy's configuration: `[nlp.after_creation] @callbacks = "sagsklar.endings.v1"`.

    The pipeline then sees a word's last five letters where spaCy gives its first one (PREFIX), besides the last three.
    """

    def long_endings(language: Language) -> Language:
        from spacy.attrs import PREFIX

        language.vocab.lex_attr_getters[PREFIX] = lambda form: form[-ENDING:].lower()
        return language

    return long_endings


class Tokenizer:
    """Makes a spaCy Doc of the tokens of `words`; `doc.text` is the text given, character for character."""

    def __init__(self, vocab: Vocab):
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        texts: list[str] = []
        spaces: list[bool] = []
        end = 0
        for word in [*words(text), Word("", len(text), len(text))]:
            gap = text[end : word.start]
            if gap.startswith(" ") and texts:  # spaCy: one space belongs to the token before, more is a token
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                texts.append(gap)
                spaces.append(False)
            if word.text:
                texts.append(word.text)
                spaces.append(False)
            end = word.end
        return Doc(self.vocab, words=texts, spaces=spaces)

    def to_bytes(self, **_) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_) -> Tokenizer:
        return self

    def to_disk(self, _path: str | Path, **_) -> None:
        """Nothing to keep: the tokenizer is this module."""

    def from_disk(self, _path: str | Path, **_) -> Tokenizer:
        return self
