"""How fast the language layer is: words per CPU-second, beside spaCy's SpanRuler and medspaCy's ConText, in one run.

    OMP_NUM_THREADS=1 python benchmarks/language.py [--letters 200] [--medspacy /venv/with/medspacy/bin/python]

The letters are put together from invented sentences, one in four with a word to ask about. Every row reads the same
letters; the best of three rounds counts, and no round remembers the one before. medspaCy pins another spaCy, so it runs in its own Python, on the same text.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PLAIN = [
    "Kommunen har modtaget din ansøgning den 3. marts 2026.",
    "Du møder til samtale kl. 9.30 på jobcentret.",
    "Efter lovens § 16, stk. 2, kan kommunen tilkende førtidspension.",
    "Vi har indhentet LÆ 265 fra din egen læge.",
    "Borgeren bor i en lejlighed på 2. sal med sin mand og to børn.",
    "Hun arbejder 12,5 timer om ugen i et køkken.",
    "Ergoterapeuten så borgeren i hjemmet den 12.03.2026.",
    "Hun gik 200 m uden pause og satte sig derefter.",
    "Opgaven tog 20 min. og blev udført siddende.",
    "Du kan klage over afgørelsen inden 4 uger.",
    "Der er bevilget støtte til rengøring, indkøb m.v.",
    "Forløbet varede 13 uger og sluttede i juni 2025.",
]
ASKED = [
    "Borgeren oplyser, at hun er WORD efter en times arbejde.",
    "Borgeren virker WORD.",
    "Egen læge skriver i attesten, at borgeren ikke er WORD.",
    "Borgeren, der bor alene, fortæller, at hun bliver WORD, når der er støj.",
    "Det er vores vurdering, at borgeren er WORD.",
    "Hun er WORD, siger hendes mand.",
    "Der er ikke holdepunkter for, at hun er WORD.",
    "Hvis hun bliver WORD, tager hun en pause.",
    "Ifølge datteren er hun ofte WORD, og hun sover dårligt.",
]
STEMS = (
    "doven", "umotiveret", "besværlig", "krævende", "aggressiv", "upålidelig", "uansvarlig", "umoden", "stædig", "dramatisk",
    "hysterisk", "pylret", "irritabel", "ligeglad", "træg", "langsom", "urolig", "uselvstændig", "udmattet", "passiv",
    "selvoptaget", "barnlig", "sur", "vred", "utilpas", "nedtrykt", "uengageret", "uinteresseret", "negativ", "afvisende",
)  # fmt: skip
WORDS = [stem + ending for stem in STEMS for ending in ("", "t", "e", "ere", "este", "hed", "s")][:200]


def letters(count: int) -> list[str]:
    chance = random.Random(1)
    made = []
    for _ in range(count):
        sentences = []
        for _ in range(40):
            pool = ASKED if chance.random() < 0.25 else PLAIN
            sentences.append(chance.choice(pool).replace("WORD", chance.choice(WORDS)))
        made.append("\n".join(" ".join(sentences[i : i + 5]) for i in range(0, 40, 5)))
    return made


def forget() -> None:
    """As if the letters were new to us: what `nlp` remembers of them is cleared. Nothing to do in medspaCy's Python."""
    if "nlp.memory" in sys.modules:
        sys.modules["nlp.memory"].forget()


def best(work, texts: list[str], rounds: int = 3) -> float:
    words = sum(len(re.findall(r"\w+", text)) for text in texts)
    work(texts[:2])
    speeds = []
    for _ in range(rounds):
        forget()
        before = time.process_time()
        work(texts)
        speeds.append(words / (time.process_time() - before))
    return max(speeds)


def rows(texts: list[str]) -> dict[str, float]:
    import spacy

    import nlp
    from nlp import language, trie
    from nlp.context import Voices

    pattern = re.compile(rf"(?<!\w){trie.pattern(WORDS)}(?!\w)", re.IGNORECASE)

    def ask(parser: bool):
        def work(some: list[str]) -> None:
            for text in some:
                voices = Voices(text, parser=parser)
                for match in pattern.finditer(text):
                    voices.of(*match.span())

        return work

    blank = spacy.blank("da")
    ruled = spacy.blank("da")
    ruled.add_pipe("span_ruler").add_patterns([{"label": "WORD", "pattern": [{"LOWER": word}]} for word in WORDS])
    phrases = spacy.blank("da")
    phrases.add_pipe("span_ruler", config={"phrase_matcher_attr": "LOWER"}).add_patterns(
        [{"label": "WORD", "pattern": word} for word in WORDS]
    )
    ours, linter = language.pipeline(), nlp.load()
    return {
        "ord": best(lambda some: [language.words(text) for text in some], texts),
        "ord og sætninger": best(lambda some: [language.sentences(text) for text in some], texts),
        "spaCy blank('da'), kun ord": best(lambda some: list(blank.pipe(some)), texts),
        "200 ord fundet i teksten": best(lambda some: [pattern.findall(text) for text in some], texts),
        "spaCy SpanRuler, 200 mønstre af ord (LOWER)": best(lambda some: list(ruled.pipe(some)), texts),
        "spaCy SpanRuler, 200 fraser": best(lambda some: list(phrases.pipe(some)), texts),
        "200 ord og hvem der siger dem (vindue)": best(ask(False), texts),
        "200 ord og hvem der siger dem (vindue og parser)": best(ask(True), texts),
        "hele sprogmodellen på al tekst": best(lambda some: list(ours.pipe(some)), texts[: max(len(texts) // 10, 1)]),
        "alt: hele regelsamlingen": best(lambda some: [linter.lint(text) for text in some], texts[: max(len(texts) // 10, 1)]),
    }


def medspacy_row(texts: list[str]) -> float:
    """Runs inside the Python that has medspaCy: 200 target words, and cues for negation, speaker and supposition."""
    import medspacy  # noqa: F401
    import spacy
    from medspacy.context import ConTextRule
    from medspacy.ner import TargetRule

    model = spacy.blank("da")
    model.add_pipe("sentencizer")
    model.add_pipe("medspacy_target_matcher").add([TargetRule(word, "WORD") for word in WORDS])
    context = model.add_pipe("medspacy_context", config={"rules": None})
    speakers = ("borgeren", "hun", "han", "du", "lægen", "egen læge", "ergoterapeuten", "hendes mand", "datteren", "kontaktpersonen")
    verbs = ("oplyser", "fortæller", "siger", "skriver", "beskriver", "vurderer", "mener", "angiver")
    cues = [(f"{s} {v}", "VOICE", "FORWARD") for s in speakers for v in verbs]
    cues += [(f"{v} {s}", "VOICE", "BACKWARD") for s in speakers for v in verbs]
    cues += [(f"ifølge {s}", "VOICE", "BIDIRECTIONAL") for s in speakers]
    cues += [(w, "NEGATED", "FORWARD") for w in ("ikke", "aldrig", "ingen", "intet", "uden", "hverken", "ikke holdepunkter for")]
    cues += [(w, "HYPOTHETICAL", "FORWARD") for w in ("hvis", "såfremt", "måske", "risiko for")]
    cues += [(w, "X", "TERMINATE") for w in ("men", "fordi", ";")] + [("ikke kun", "NEGATED", "PSEUDO")]
    context.add([ConTextRule(literal=literal, category=category, direction=direction) for literal, category, direction in cues])
    return best(lambda some: list(model.pipe(some)), texts)


def cold_start() -> dict[str, float]:
    """CPU seconds of whole processes, the best of five."""
    text = "Borgeren, der bor alene, oplyser, at hun er doven, og at hun sover dårligt. Borgeren virker doven."
    commands = {
        "import spacy; spacy.blank('da')": "import spacy; spacy.blank('da')",
        "ord, sætninger og hvem der siger det (vindue)": f"from nlp.context import Voices; Voices({text!r}, parser=False).of(44, 49)",
        "det samme med parseren": f"from nlp.context import Voices; Voices({text!r}).of(67, 72)",
        "nlp.load() og ét brev": f"import nlp; nlp.load().lint({text!r})",
    }
    measured = {}
    for name, command in commands.items():
        code = f"import resource, sys; sys.path.insert(0, {str(ROOT)!r}); exec({command!r}); u = resource.getrusage(0); print(u.ru_utime + u.ru_stime)"
        runs = [float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(5)]
        measured[name] = min(runs)
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=200)
    parser.add_argument("--medspacy", help="a Python that has medspaCy")
    parser.add_argument("--medspacy-only", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    texts = letters(arguments.letters)
    if arguments.medspacy_only:
        print(json.dumps(medspacy_row(texts)))
        return
    measured = rows(texts)
    if arguments.medspacy:
        command = [arguments.medspacy, __file__, "--letters", str(arguments.letters), "--medspacy-only"]
        measured["medspaCy ConText, 200 ord og 190 vendinger"] = float(
            subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
        )
    print("| | ord pr. CPU-sekund |\n| --- | ---: |")
    for name, speed in measured.items():
        print(f"| {name} | " + f"{speed:,.0f}".replace(",", ".") + " |")
    print("\n| én kold start | CPU-sekunder |\n| --- | ---: |")
    for name, seconds in cold_start().items():
        print(f"| {name} | " + f"{seconds:.2f}".replace(".", ",") + " |")


if __name__ == "__main__":
    main()
