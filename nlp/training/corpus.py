"""The treebank as spaCy reads it: CoNLL-U files -> documents of several sentences, with the text as it was printed."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Documents of one to twelve sentences: the parser meets single sentences, as the linter shows them to it, and also
# has to find where sentences end.
LENGTHS = (1, 1, 2, 3, 5, 8, 12)
EVALUATED = 10  # sentences in a document of dev and test, as in the published figures of da_core_news_sm


def read(folder: Path, split: str) -> str:
    """The text of `{split}.conllu` or `{split}.conllu.gz`, or of the public UD_Danish-DDT file of that split."""
    for name in (f"{split}.conllu", f"{split}.conllu.gz", f"da_ddt-ud-{split}.conllu"):
        path = folder / name
        if path.exists():
            return (
                gzip.decompress(path.read_bytes()).decode()
                if path.suffix == ".gz"
                else path.read_text("utf-8")
            )
    raise FileNotFoundError(f"no {split}.conllu in {folder}")


def tokens(conllu: str) -> Iterator[tuple[str, str, str]]:
    """(form, part of speech, lemma) of every token."""
    for line in conllu.splitlines():
        columns = line.split("\t")
        if len(columns) == 10 and columns[0].isdigit():
            yield columns[1], columns[3], columns[2]


def training_documents(conllu: str, seed: int) -> list[Doc]:
    from spacy.tokens import Doc
    from spacy.training.converters import conllu_to_docs

    chance = random.Random(seed)
    single = list(conllu_to_docs(conllu, n_sents=1, no_print=True))
    documents = []
    while single:
        group = single[: chance.choice(LENGTHS)]
        del single[: len(group)]
        documents.append(Doc.from_docs(group, ensure_whitespace=True) if len(group) > 1 else group[0])
    return documents


def evaluation_documents(conllu: str) -> list[Doc]:
    from spacy.training.converters import conllu_to_docs

    return list(conllu_to_docs(conllu, n_sents=EVALUATED, no_print=True))


def write(documents: list[Doc], path: Path) -> Path:
    from spacy.tokens import DocBin

    DocBin(docs=documents).to_disk(path)
    return path
