"""The shipped Word templates: what a municipality opens, and what comes out of them."""

import importlib.util
import io
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from lxml import etree

from docgen import ui
from docgen.casefile import read_case
from docgen.content import Content
from docgen.contentcheck import text_view
from docgen.draft import Drafting
from docgen.model import Case, Kind, Outcome, Scheme, Track

ROOT = Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERS = ("afgoerelse", "partshoering", "gennemgang")
CASE_DOCUMENTS = ("funktionsevnebeskrivelse", "teamfremstilling", "samlet_beskrivelse", "overdragelsesnotat")
KINDS = [kind.value for kind in Kind]


def builder():
    path = ROOT / "tools" / "build_templates.py"
    spec = importlib.util.spec_from_file_location("build_templates", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("build_templates", module)
    spec.loader.exec_module(module)
    return module


BUILDER = builder()


@pytest.fixture(scope="module")
def drafting():
    return Drafting(Content.find())


def folder(kind):
    return ROOT / "templates" / "documents" / kind


def sample(kind):
    return read_case(folder(kind) / "sample_case.yaml")


def changed(case, **citizen):
    return case.model_copy(update={"citizen": case.citizen.model_copy(update=citizen)})


def parts(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_what_its_builder_makes(kind):
    """Skabelonen i mappen og skriptet, der har lavet den, kan ikke glide fra hinanden."""
    assert parts((folder(kind) / "template.docx").read_bytes()) == parts(BUILDER.KINDS[kind]())


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_opens_in_word_as_a_danish_document_with_structure(kind, drafting):
    """Udkastet er på dansk, har en titel, rigtige overskrifter, sidetal og gentagne tabelhoveder, og intet flyder."""
    draft = drafting.draft(sample(kind), kind)
    made = parts(draft.docx)
    document, styles = etree.fromstring(made["word/document.xml"]), etree.fromstring(made["word/styles.xml"])
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "da-DK"
    named = {s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val") for s in styles.iter(f"{W}style")}
    used = [s.get(f"{W}val") for s in document.iter(f"{W}pStyle")]
    assert set(used) <= set(named), "hvert afsnit bruger en typografi, der findes"
    levels = [named[s] for s in used if named[s].startswith("heading")]
    assert levels[0] == "heading 1" and levels.count("heading 1") == 1
    ranks = [int(level[-1]) for level in levels]
    assert all(after <= before + 1 for before, after in pairwise(ranks)), "ingen niveauer springes over"
    floating = (f"{W}txbxContent", f"{W}framePr", f"{W}drawing", f"{W}pict", f"{W}tblpPr")
    assert not [e.tag for e in document.iter(*floating)]
    footer = made["word/footer1.xml"].decode()
    assert "PAGE" in footer and "NUMPAGES" in footer
    for header in ("word/header1.xml", "word/header2.xml"):
        assert "KLADDE - ikke sendt" in made[header].decode()
    assert b"<dc:title>" in made["docProps/core.xml"] and drafting.kind(kind).title.encode() in made["docProps/core.xml"]
    for table in document.iter(f"{W}tbl"):
        shaded = table.find(f"{W}tr//{W}pStyle[@{W}val='Kolonnehoved']")
        if shaded is not None:
            assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert all(row.findall(f"{W}tc") for row in table.findall(f"{W}tr"))
        assert all(cell[-1].tag == f"{W}p" for cell in table.iter(f"{W}tc")), "Word kræver et afsnit sidst i en celle"
    for control in document.iter(f"{W}sdt"):
        assert len(control.find(f"{W}sdtContent")), "en indholdskontrol er aldrig tom"


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_case_gives_no_gap_and_an_empty_case_only_gaps(kind, drafting):
    """En udfyldt sag giver et færdigt udkast; en tom sag viser alt, der mangler, og gætter på intet."""
    assert drafting.draft(sample(kind), kind).gaps == ()
    empty = drafting.draft(Case(), kind)
    assert {g.path for g in empty.gaps} >= {"case_number", "citizen.name"}
    assert "None" not in text_view(empty.docx)
    for invented in ("Eksempel, ", "Karin", "Jonas"):
        assert invented not in text_view(empty.docx)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "attestanmodning"])
@pytest.mark.parametrize("channel", ["digital", "papir"])
def test_a_protected_address_stands_only_on_a_letter_that_goes_by_post(kind, channel, drafting):
    """En hemmelig adresse står aldrig i sagens dokumenter, og i et brev kun, når brevet skal med posten."""
    secret = {"street": "Hemmelig Sti 3", "postal_code": "9999", "city": "Eksempelby"}
    case = Case.model_validate(
        {**sample(kind).model_dump(), "citizen": {**sample(kind).citizen.model_dump(), "address": secret, "protected_address": True, "channel": channel}}
    )
    docx = drafting.draft(case, kind).docx
    assert ("Hemmelig Sti 3" in text_view(docx)) == (kind in LETTERS and channel == "papir")
    if kind in CASE_DOCUMENTS:
        assert "navne- og adressebeskyttelse" in text_view(docx)


def test_an_attest_request_never_holds_the_citizens_address(drafting):
    """Lægen får borgerens navn og CPR-nummer, men aldrig adressen."""
    case = changed(sample("attestanmodning"), address=None)
    with_address = Case.model_validate(
        {**case.model_dump(), "citizen": {**case.citizen.model_dump(), "address": {"street": "Hemmelig Sti 3", "city": "X"}}}
    )
    assert "Hemmelig Sti 3" not in text_view(drafting.draft(with_address, "attestanmodning").docx)


@pytest.mark.parametrize("kind", LETTERS)
def test_the_recipient_stands_first_in_a_letter(kind, drafting):
    """Modtagerens navn og adresse er det første i brevet, så kuvertens rude viser dem."""
    text = text_view(drafting.draft(sample(kind), kind).docx).splitlines()
    case = sample(kind)
    body = [line.removeprefix("| ") for line in text if line.startswith("| ")]
    assert body[0] == case.citizen.name
    assert body[1] == case.citizen.address.street
    assert body[2] == f"{case.citizen.address.postal_code} {case.citizen.address.city}"


def test_the_representative_and_the_interpreter_are_named(drafting):
    """En partsrepræsentant får kopi, og borgeren får at vide, at der kan komme en tolk."""
    text = text_view(drafting.draft(sample("partshoering"), "partshoering").docx)
    assert "Kopi af brevet er sendt til Rita Prøve (partsrepræsentant)." in text
    assert "tolk (arabisk)" in text


def test_the_letters_say_du_and_the_case_documents_say_borgeren(drafting):
    """Breve taler til borgeren; sagens dokumenter taler om borgeren."""
    for kind in CASE_DOCUMENTS:
        fixed = "".join(t.text or "" for t in etree.fromstring(parts((folder(kind) / "template.docx").read_bytes())["word/document.xml"]).iter(f"{W}t"))
        assert not {"du", "dig", "din", "dit", "dine"} & set(fixed.lower().replace(".", " ").replace(",", " ").split())
    for kind in LETTERS:
        words = text_view(drafting.draft(sample(kind), kind).docx).lower().split()
        assert "du" in words and "borgeren" not in words


def test_what_is_observed_told_and_assessed_stands_apart(drafting):
    """I en funktionsevnebeskrivelse har det observerede, borgerens egne ord og vurderingen hver sin række."""
    text = text_view(drafting.draft(sample("funktionsevnebeskrivelse"), "funktionsevnebeskrivelse").docx)
    for label in ("Observeret udførelse", "Borgerens egen oplevelse", "Ergoterapeutisk vurdering"):
        assert text.count(f"| {label}\n") >= 5


def test_levels_and_areas_have_the_names_of_their_scales():
    """Niveauer og områder hedder det samme i udkastet som i skalaernes egne data."""
    areas = yaml.safe_load((ROOT / "templates/sections/areas.yaml").read_text("utf-8"))["areas"]
    assert {a["heading"] for a in areas} == {ui.name(f"omraade_{a['key']}") for a in areas}
    for scale_id in ("fsiii", "vum", "icf"):
        scale = yaml.safe_load((ROOT / f"templates/scales/{scale_id}.yaml").read_text("utf-8"))
        for level in scale["levels"]:
            name = level["name"][:1].lower() + level["name"][1:]
            assert ui.name(f"{scale_id}_{level['value']}") == f"{scale['short']} {level['value']}, {name}"


def test_an_area_nobody_has_assessed_is_not_called_free_of_problems(drafting):
    """Et område, ingen har vurderet, står som »Ikke beskrevet« i profilen, ikke som 0."""
    text = text_view(drafting.draft(sample("funktionsevnebeskrivelse"), "funktionsevnebeskrivelse").docx)
    lines = text.splitlines()
    assert lines[lines.index("| Kommunikation") + 1] == "| Ikke beskrevet"


# --- Every scheme and outcome -------------------------------------------------------------------------------------


def decided(content, scheme, outcome, day, track="ordinaer", cpr="750576-1234"):
    """A whole case with every condition that the scheme's data ask for on that day answered."""
    base = sample("afgoerelse").model_dump()
    old = {"granted_on": "2025-10-01"} if track == "overgang" or outcome == "ophoer" else {}
    case = Case.model_validate(
        {
            **base,
            "citizen": {**base["citizen"], "cpr": cpr},
            "decision": {
                **base["decision"], **old, "scheme": scheme, "outcome": outcome, "date": day, "track": track,
                "effective_from": day, "ends_on": "2027-06-30", "applied_for": "hjælp", "granted_part": "en del af hjælpen",
                "fleksjob_excluded": "Arbejdsprøvningen viste en time om ugen.", "conditions": [],
            },
        }
    )  # fmt: skip
    facts = {"scheme": scheme, "outcome": outcome, "track": track, "age": case.citizen.age_on(case.decision.date)}
    answered = [
        {"key": c.key, "answer": "ja", "reason": "Det står i lægens attest."}
        for c in content.schemes[scheme].conditions
        if c.applies(facts, case.decision.date) and not c.optional
    ]
    return Case.model_validate({**case.model_dump(), "decision": {**case.decision.model_dump(), "conditions": answered}})


COMBINATIONS = [
    *[("foertidspension", o, "2026-11-20", t) for o in ("bevilling", "delvis_bevilling", "afslag") for t in ("ordinaer", "aabenbart", "foreliggende_grundlag")],
    ("foertidspension", "ophoer", "2026-11-20", "ordinaer"),
    ("foertidspension", "afslag_paa_behandling", "2026-11-20", "ordinaer"),
    *[(s, o, "2026-11-20", "ordinaer") for s in ("fleksjob", "jobafklaringsforloeb") for o in ("bevilling", "delvis_bevilling", "afslag", "ophoer", "afslag_paa_behandling")],
    *[(s, o, "2026-11-20", "overgang") for s in ("ressourceforloeb", "revalidering") for o in ("bevilling", "afslag", "ophoer")],
    *[(s, o, "2025-12-01", "ordinaer") for s in ("ressourceforloeb", "revalidering") for o in ("bevilling", "afslag", "ophoer")],
    *[(s, "afslag", "2026-11-20", "ordinaer") for s in ("ressourceforloeb", "revalidering")],
]  # fmt: skip
RESULT = {
    "bevilling": ("at du får", "at du har ret til", "fortsætter"),
    "delvis_bevilling": ("at du får",),
    "afslag": ("at du ikke", "ikke bliver forlænget"),
    "ophoer": ("stopper", "ikke længere"),
    "afslag_paa_behandling": ("at vi ikke begynder",),
}


@pytest.mark.parametrize(("scheme", "outcome", "day", "track"), COMBINATIONS)
def test_every_decision_reads_whole(scheme, outcome, day, track, drafting):
    """Hver ordning med hvert udfald giver et brev uden huller, der begynder med resultatet og slutter med, hvordan man klager."""
    draft = drafting.draft(decided(drafting.content, scheme, outcome, day, track), "afgoerelse")
    assert draft.gaps == ()
    lines = [line for line in text_view(draft.docx).splitlines() if not line.startswith("| ")]
    assert lines[0].startswith("# ")
    assert lines[2].startswith("Vi har besluttet, at") and any(said in lines[2] for said in RESULT[outcome])
    text = "\n".join(lines)
    assert ("Ankestyrelsen" in text and "4 uger" in text and "## Reglerne" in text and "§" in text) or "tidligere gældende" in text


@pytest.mark.parametrize(("cpr", "expected", "absent"), [("750576-1234", "Fra man er 40 år", "under 40 år"), ("610596-1234", "under 40 år", "Fra man er 40 år")])
def test_the_reasons_name_the_rule_of_the_citizens_age(cpr, expected, absent, drafting):
    """Er borgeren under 40, står den særlige regel for unge i begrundelsen; ellers reglen fra 40 år."""
    text = text_view(drafting.draft(decided(drafting.content, "foertidspension", "afslag", "2026-11-20", cpr=cpr), "afgoerelse").docx)
    assert expected in text and absent not in text


@pytest.mark.parametrize("kind", KINDS)
def test_deleting_any_required_field_shows_a_gap(kind, drafting):
    """Sletter jeg et felt, som dokumentet kræver, siger udkastet, at det mangler; det bliver aldrig stille tomt."""
    case = sample(kind)
    full = case.model_dump()
    described = drafting.kind(kind)
    facts = {"scheme": full["decision"] and full["decision"]["scheme"], "outcome": full["decision"] and full["decision"]["outcome"],
             "track": full["decision"] and full["decision"]["track"], "channel": full["citizen"]["channel"], "kind": kind}  # fmt: skip
    for path in described.required_paths(facts):
        if path == "documents" or (full["decision"] is None and path.startswith("decision.")):
            continue  # other fields refer to the register
        steps = path.split(".")
        copy = case.model_dump()
        holder = copy
        for step in steps[:-1]:
            holder = holder[step]
        holder[steps[-1]] = [] if isinstance(holder[steps[-1]], list) else None
        draft = drafting.draft(Case.model_validate(copy), kind)
        assert draft.gaps, path
        assert any(g.path.startswith(path) or g.path.startswith(("citizen.cpr", "law.")) for g in draft.gaps), path


def test_a_letter_without_an_outcome_asks_for_the_outcome(drafting):
    """Har jeg ikke skrevet, hvad vi har besluttet, beder udkastet om udfaldet, ikke om en standardtekst."""
    case = sample("afgoerelse")
    undecided = case.model_copy(update={"decision": case.decision.model_copy(update={"outcome": None})})
    paths = [g.path for g in drafting.draft(undecided, "afgoerelse").gaps]
    assert "decision.outcome" in paths and not [p for p in paths if p.startswith("text.")]


EXAMPLES = yaml.safe_load((ROOT / "examples" / "examples.yaml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["file"][:2] for e in EXAMPLES])
def test_every_example_makes_its_documents(example, drafting):
    """Hver opdigtet sag giver sine dokumenter uden huller; kun den sag, der er lavet til det, har huller."""
    case = read_case(ROOT / "examples" / "cases" / example["file"])
    for kind in example["kinds"]:
        assert bool(drafting.draft(case, kind).gaps) == example.get("gaps", False)


def test_the_examples_span_the_law():
    """Eksemplerne viser hver ordning, hvert udfald og hvert spor."""
    decisions = [d for d in (read_case(ROOT / "examples" / "cases" / e["file"]).decision for e in EXAMPLES) if d]
    assert {d.scheme for d in decisions if d.scheme} == set(Scheme)
    assert {d.outcome for d in decisions if d.outcome} == set(Outcome)
    assert {d.track for d in decisions} == set(Track)
