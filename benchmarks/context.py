"""Who says it: window alone, parser alone and both, on the sentences of tests/gold/context. Prints the table of docs/sprogmodel.md.

    python benchmarks/context.py [--pipeline da_core_news_sm] [--wrong SET]

The parser alone judges one sentence and speakers only. "Both" also tells what it is sure of: the last two columns count
the answers that window and parser agree on (or that needed no parser), and how many of those are right.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

GOLD = ROOT / "tests" / "gold" / "context"
SETS = ("tuned", "tuned_second", "third", "fourth", "fifth", "held_back", "held_back_second")


def cases(name: str) -> dict[str, list[tuple[str, int, int, object]]]:
    """What is asked -> (text, start, end, expected)."""
    from ruamel.yaml import YAML

    found = {}
    for asked, entries in YAML(typ="safe").load(GOLD / f"{name}.yaml").items():
        found[asked] = []
        for marked, expected in entries:
            start, end = marked.index("["), marked.index("]") - 1
            found[asked].append((marked.replace("[", "").replace("]", ""), start, end, expected))
    return found


def answer(asked: str, context: object) -> object:
    if asked == "quoted":
        return f"{context.quoted} {context.speaker}"
    return getattr(context, asked)


def by_parser(text: str, start: int, end: int, pipeline: str | None) -> str:
    from nlp import language, syntax

    for first, last in language.sentences(text):
        if first <= start < last:
            return syntax.voice(text[first:last], start - first, end - first, pipeline)
    return "authority"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pipeline")
    parser.add_argument("--wrong", choices=SETS, help="print what goes wrong in a set; never for the one held back")
    arguments = parser.parse_args()
    from nlp.context import Voices

    print("| sæt | hvad | sætninger | vindue | parser | begge | sikre | heraf rigtige |\n| --- | --- |" + " ---: |" * 6)
    for name in SETS:
        for asked, entries in cases(name).items():
            window = parsed = both = sure = sure_right = 0
            for text, start, end, expected in entries:
                window += answer(asked, Voices(text, parser=False).of(start, end)) == expected
                if asked == "speaker":
                    parsed += by_parser(text, start, end, arguments.pipeline) == expected
                context = Voices(text, pipeline=arguments.pipeline).of(start, end)
                right = answer(asked, context) == expected
                both += right
                sure += context.certain
                sure_right += context.certain and right
                if arguments.wrong == name and not right:
                    print(f"    {text!r}: {expected}, not {answer(asked, context)} ({context.agreement})")
            alone = parsed if asked == "speaker" else "–"
            print(f"| {name} | {asked} | {len(entries)} | {window} | {alone} | {both} | {sure} | {sure_right} |")


if __name__ == "__main__":
    main()
