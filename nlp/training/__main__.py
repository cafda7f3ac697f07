"""Trains the Danish pipeline from scratch: `python -m nlp.training TREEBANK_FOLDER [--to FOLDER] [--seed N]`.

The folder holds train, dev and test as CoNLL-U (the public UD_Danish-DDT, or another treebank in the same form). `--test`
prints the scores on the test set too: for the final figure only, never to choose between models.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from nlp import language
from nlp.lemmas import Lemmas
from nlp.training import corpus, evaluate

CONFIG = Path(__file__).parent / "config.cfg"
FURTHER_STEPS, FURTHER_RATE = 500, 0.0003
META = {
    "name": "sagsklar",
    "version": "0.2.0",
    "spacy_version": ">=3.8,<3.9",
    "description": "Danish: words, parts of speech, morphology, dependencies and lemmas for letters of municipalities.",
    "author": "Seed maintainers",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "UD_Danish-DDT", "url": "https://github.com/UniversalDependencies/UD_Danish-DDT", "license": "CC BY-SA 4.0"},
        {"name": "Copenhagen Dependency Treebanks", "url": "https://github.com/mbkromann/copenhagen-dependency-treebank",
         "license": "MIT or CC BY-SA 4.0"},
    ],
}  # fmt: skip


def train(treebank: Path, folder: Path, seed: int, overrides: dict[str, object]) -> Path:
    """Trains with spaCy's own command on train; the folder of the best model on dev."""
    from spacy.cli.train import train as spacy_train

    language.register()
    sentences = corpus.training_documents(corpus.read(treebank, "train"), seed=0)
    paths = {
        "paths.train": str(corpus.write(sentences, folder / "train.spacy")),
        "paths.dev": str(corpus.write(corpus.evaluation_documents(corpus.read(treebank, "dev")), folder / "dev.spacy")),
    }
    spacy_train(CONFIG, folder / "model", overrides=paths | {"system.seed": seed} | overrides)
    return folder / "model" / "model-best"


def train_on(model: Path, treebank: Path, folder: Path, seed: int) -> Path:
    """Goes on with a trained model for a while on train and, twice, dev: the only gold sentences that may be learnt from.

    From here on, dev says nothing any more; how long and how fast is fixed beforehand.
    """
    from spacy.cli.train import train as spacy_train
    from spacy.util import load_config

    language.register()
    dev = corpus.read(treebank, "dev")
    sentences = corpus.training_documents("\n".join([corpus.read(treebank, "train"), dev, dev]), seed=1)
    config = load_config(CONFIG)
    config["components"] = {name: {"source": str(model)} for name in config["nlp"]["pipeline"]}
    config["training"]["max_steps"] = FURTHER_STEPS
    config["training"]["eval_frequency"] = FURTHER_STEPS
    config["training"]["optimizer"]["learn_rate"]["initial_rate"] = FURTHER_RATE
    config["training"]["optimizer"]["learn_rate"]["warmup_steps"] = 50
    config.to_disk(folder / "further.cfg")
    paths = {
        "paths.train": str(corpus.write(sentences, folder / "all.spacy")),
        "paths.dev": str(corpus.write(corpus.evaluation_documents(dev), folder / "dev.spacy")),
    }
    spacy_train(folder / "further.cfg", folder / "further", overrides=paths | {"system.seed": seed})
    return folder / "further" / "model-last"


def package(model: Path, treebank: Path, to: Path) -> None:
    """Writes the trained model with its lemma table to `to`, without the paths and scores of this machine."""
    import spacy

    language.register()
    pipeline = spacy.load(model)
    lemmatizer = pipeline.add_pipe(language.LEMMATIZER)
    learnt = "\n".join(corpus.read(treebank, split) for split in ("train", "dev"))
    lemmatizer.lemmas = Lemmas.learn(corpus.tokens(learnt))
    pipeline.meta.update(META)
    pipeline.meta.pop("performance", None)
    pipeline.config["paths"] = dict.fromkeys(pipeline.config["paths"])
    pipeline.to_disk(to)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description=__doc__.splitlines()[0])
    parser.add_argument("treebank", type=Path)
    parser.add_argument("--to", type=Path, default=language.SHIPPED)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--work", type=Path, help="keep the models on the way here")
    parser.add_argument("--model", type=Path, help="begin with this trained model")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="overrides a value of config.cfg"
    )
    parser.add_argument("--only-train", action="store_true", help="leave out the last steps, which also learn from dev")
    parser.add_argument("--test", action="store_true")
    arguments = parser.parse_args()
    from thinc.api import Config

    overrides = {
        key: Config().from_str(f"[x]\nv = {value}")["x"]["v"]
        for key, value in (s.split("=", 1) for s in arguments.set)
    }
    columns = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.work or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        model = arguments.model or train(arguments.treebank, folder, arguments.seed, overrides)
        package(model, arguments.treebank, folder / "chosen")
        columns["dev"] = evaluate.scores(language.pipeline(str(folder / "chosen")), arguments.treebank, "dev")
        print(evaluate.table(columns), flush=True)
        if not arguments.only_train:
            model = train_on(model, arguments.treebank, folder, arguments.seed)
        package(model, arguments.treebank, arguments.to)
    if arguments.test:
        columns["test"] = evaluate.scores(language.pipeline(str(arguments.to)), arguments.treebank, "test")
        columns["da_core_news_sm 3.8.0 (published, test)"] = evaluate.PUBLISHED
        print(evaluate.table(columns))
    size = sum(file.stat().st_size for file in arguments.to.rglob("*") if file.is_file())
    print(f"\n{size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
