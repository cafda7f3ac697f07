"""Decision letters per CPU-second: this project, docxtpl as its documentation shows it, docx-mailmerge2; and the floor.

The same template, the same case and the same text, checked before anything is timed. The floor is what no engine of this
kind can do without: executing the compiled template and deflating what changed.

    python benchmarks/render.py [--write docs/maalinger-rendering.md]
"""

from __future__ import annotations

import argparse
import datetime
import io
import statistics
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import jinja2  # noqa: E402
from docxtpl import DocxTemplate  # noqa: E402
from lxml import etree  # noqa: E402

from docgen.casefile import read_case  # noqa: E402
from docgen.content import Content  # noqa: E402
from docgen.context import FILTERS, GapList  # noqa: E402
from docgen.draft import Drafting  # noqa: E402
from docgen.render import W  # noqa: E402
from docgen.word.read import read  # noqa: E402

KIND = "afgoerelse"


def mailmerge_template(document: bytes) -> tuple[bytes, dict[str, str]]:
    """The finished letter with every third text turned into a merge field: what mail merge can do without conditions."""
    source, out, fields = zipfile.ZipFile(io.BytesIO(document)), io.BytesIO(), {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                runs = [r for r in root.iter(f"{{{W}}}r") if (r.findtext(f"{{{W}}}t") or "").strip() and len(r.findall(f"{{{W}}}t")) == 1]
                for run in runs[::3][:42]:
                    field = etree.Element(f"{{{W}}}fldSimple", {f"{{{W}}}instr": f" MERGEFIELD F{len(fields)} "})
                    fields[f"F{len(fields)}"] = run.findtext(f"{{{W}}}t")
                    run.getparent().replace(run, field)
                    field.append(run)
                content = etree.tostring(root)
            made.writestr(name, content)
    return out.getvalue(), fields


def per_second(job: Callable[[], object], count: int, rounds: int = 3) -> float:
    """Documents per CPU-second, median of `rounds`."""
    job()
    found = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(count):
            job()
        found.append(count / (time.process_time() - start))
    return statistics.median(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    drafting = Drafting(Content.find())
    path = drafting.content.template(KIND)
    case = read_case(path.with_name("sample_case.yaml"))
    template, values = drafting.template(KIND), drafting.values(case, KIND)
    source = path.read_bytes()
    plain = jinja2.Environment(autoescape=True)
    plain.filters |= FILTERS

    def ours() -> bytes:
        return template.render(values, GapList())

    def whole_draft() -> bytes:
        return drafting.draft(case, KIND).docx

    def docxtpl() -> bytes:
        tpl = DocxTemplate(io.BytesIO(source))
        tpl.render(values, plain)
        out = io.BytesIO()
        tpl.save(out)
        return out.getvalue()

    merge_source, fields = mailmerge_template(ours())

    def mailmerge() -> bytes:
        from mailmerge import MailMerge

        with MailMerge(io.BytesIO(merge_source)) as document:
            document.merge(**fields)
            out = io.BytesIO()
            document.write(out)
            return out.getvalue()

    def floor() -> list[bytes]:
        made = ["".join(t.template.root_render_func(t.template.new_context(values))).encode() for t in template.rendered.values()]
        return [zlib.compress(part, 6) for part in made]

    expected = read(ours()).document.text
    for name, job in (("docxtpl", docxtpl), ("docx-mailmerge2", mailmerge), ("sagsklar, hele kladden", whole_draft)):
        text = read(job()).document.text
        if text != expected:
            print(f"{name}: teksten er ikke den samme", file=sys.stderr)
            return 1
    rows = [
        ("sagsklar: skabelon til Word-fil", per_second(ours, 200)),
        ("sagsklar: hele kladden (sag, lov, frist, tekster, manifest)", per_second(whole_draft, 100)),
        ("docxtpl, som dokumentationen viser", per_second(docxtpl, 20)),
        ("docx-mailmerge2 (ingen betingelser, 42 felter)", per_second(mailmerge, 20)),
        ("gulvet: udføre skabelonen og pakke det, der ændrer sig", per_second(floor, 200)),
    ]
    ours_rate, floor_rate, docxtpl_rate = rows[0][1], rows[4][1], rows[2][1]
    lines = [
        f"Afgørelsesbrev, {len(expected)} tegn, {datetime.date.today():%d.%m.%Y}, én kerne; samme tekst i alle, kontrolleret før måling.",
        "",
        "| metode | breve pr. CPU-sekund | ms pr. brev |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {rate:.0f} | {1000 / rate:.2f} |" for name, rate in rows),
        "",
        f"Skabelon til Word-fil: {ours_rate / docxtpl_rate:.0f} gange docxtpl, {100 * ours_rate / floor_rate:.0f} % af gulvet.",
    ]
    print("\n".join(lines))
    if options.write:
        options.write.write_text("# Måling: rendering\n\n" + "\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
