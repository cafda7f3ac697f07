"""The page as people meet it: in a real Chromium, with and without JavaScript, by keyboard alone."""

from __future__ import annotations

import io
import re

import pytest
from browser import FAULTY, every_page, site
from docx import Document
from playwright.sync_api import expect

from docgen.casefile import read_case

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    with site(tmp_path_factory.mktemp("side") / "sager") as running:
        yield running


@pytest.fixture
def window(shown):
    made = shown.open()
    yield made
    made.context.close()
    assert shown.strangers == []


def case_of(shown, window):
    return read_case(shown.house.store.path(re.search(r"/sager/([0-9a-f]{16})", window.url)[1]))


def begin(shown, window) -> None:
    """A new, empty case."""
    window.goto(shown.base)
    window.get_by_role("button", name="Begynd en tom sag").click()
    window.wait_for_url(re.compile(r"/sager/[0-9a-f]{16}$"))


def saved(window) -> None:
    expect(window.locator("[data-status]")).to_contain_text(re.compile("^Gemt"), timeout=20_000)


def test_from_an_empty_form_to_a_word_file(shown, window) -> None:
    """En sagsbehandler begynder en tom sag, udfylder den og henter et brev, Word kan åbne."""
    begin(shown, window)
    window.get_by_role("link", name="Begynd med borgeren").click()
    window.get_by_label("Borgerens navn").fill("Karin Prøve")
    window.get_by_label("CPR-nummer").fill("720374-2346")
    window.get_by_label("CPR-nummer").blur()
    saved(window)
    window.get_by_role("link", name="Afgørelsen", exact=True).click()
    window.get_by_label("Afgørelsens dato").fill("22. november 2026")
    for question, answer in (("Ordning", "fleksjob"), ("Udfald", "bevilling")):
        with window.expect_navigation():  # the choices below follow from it
            window.get_by_label(question, exact=True).select_option(answer)
    window.locator("#f-decision-conditions-0 textarea").first.fill("Karin er 52 år.")
    saved(window)
    window.goto(re.sub(r"/del/.*", "/kladde/afgoerelse", window.url))
    with window.expect_download() as download:
        window.locator("#hent-word").click()

    text = "".join(Document(download.value.path()).element.body.itertext())
    case = case_of(shown, window)
    assert "Karin Prøve" in text
    assert "fleksjob" in text
    assert case.decision.conditions[0].reason == "Karin er 52 år."


def test_a_therapist_mends_a_score_that_cannot_be(shown, window) -> None:
    """Skriver ergoterapeuten et tal, skalaen ikke har, siger siden det straks; når det er rettet, tier den."""
    begin(shown, window)
    case = window.url
    window.goto(f"{case}/terapi/redskaber")
    window.get_by_label("Tilføj til testresultater").select_option("who5")
    window.get_by_role("button", name="Tilføj til testresultater").click()
    score = window.locator("#f-functional-tests-0-score")
    score.fill("37")
    remark = window.locator("#f-functional-tests-0-score-besked")
    remark.get_by_text("kan ikke forekomme").wait_for()
    assert "spring på 4" in remark.inner_text()
    score.fill("36")
    expect(remark).not_to_contain_text("kan ikke forekomme")
    assert case_of(shown, window).functional.tests[0].score == 36

    window.goto(f"{case}/terapi/mobilitet")
    window.get_by_role("button", name="Begynd på mobilitet").click()
    window.get_by_label("Observeret udførelse").fill("Borgeren virker doven.")
    window.locator("#f-functional-sections-0-observed-besked").get_by_text("doven").wait_for()
    window.locator("label", has_text="2 Moderate").first.click()
    window.get_by_role("cell", name="FSIII: 2 Moderate begrænsninger").wait_for()
    assert case_of(shown, window).functional.sections[0].level.value == 2


def test_a_word_file_is_checked_dismissed_and_commented(shown, window, tmp_path) -> None:
    """Brevet tjekkes, et fund afvises med en begrundelse, og resten kommer ud som kommentarer i Word."""
    file = word_file(tmp_path / "brev.docx", FAULTY)
    window.goto(f"{shown.base}/tjek")
    window.locator("summary").first.click()
    window.get_by_label("Dokumenttype").select_option("afgoerelse")
    window.get_by_label("Eller vælg en fil").set_input_files(file)
    window.wait_for_selector("mark[data-fund]")
    before = window.locator(".fund-side ol .fund").count()
    finding = window.locator("ol .fund", has_text="doven").first
    finding.locator(".afvis summary").click()
    finding.get_by_label("Hvorfor passer det ikke?").fill("Ordet er citeret fra klagen")
    finding.get_by_role("button", name="Afvis fundet").click()
    window.get_by_text("Begrundelse: Ordet er citeret fra klagen").first.wait_for()
    assert window.locator(".fund-side ol .fund").count() < before
    with window.expect_download() as download:
        window.locator("#hent-kommenteret").click()

    comments = [c.text for c in Document(download.value.path()).comments]
    assert comments and not any("»doven«" in text for text in comments)


def word_file(path, text: str):
    document = Document()
    for line in text.split("\n\n"):
        document.add_paragraph(line)
    document.save(path)
    return path


def drop(window, *files) -> None:
    """Drags files from the desktop and lets go of them over the page, as Chromium itself is told of it."""
    session = window.context.new_cdp_session(window)
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})


def test_a_word_file_is_dropped_on_the_page(shown, window, tmp_path) -> None:
    """Jeg trækker brevet fra skrivebordet og slipper det på siden; så er det tjekket."""
    window.goto(f"{shown.base}/tjek")
    drop(window, word_file(tmp_path / "brev.docx", FAULTY))
    window.wait_for_selector("mark[data-fund]")
    assert window.get_by_text("brev.docx").first.is_visible()
    assert window.locator("#hent-kommenteret").is_visible()


def test_many_letters_are_followed_and_stopped(shown, window, tmp_path) -> None:
    """Slipper jeg mange breve på siden, kan jeg følge med, stoppe undervejs og se dem, der er læst."""
    letters = [word_file(tmp_path / f"brev-{n}.docx", FAULTY) for n in (10, 9, *range(1, 9))]
    (tmp_path / "billede.png").write_bytes(b"x")
    window.goto(f"{shown.base}/overblik")
    drop(window, *letters, tmp_path / "billede.png")
    window.get_by_text("10 af 10 læst").or_(window.get_by_role("heading", name="10 breve")).first.wait_for()
    window.get_by_role("heading", name="10 breve").wait_for()
    assert window.locator("tbody").first.locator("th").all_inner_texts() == [f"brev-{n}.docx" for n in range(1, 11)]

    window.goto(f"{shown.base}/overblik")
    window.route("**/brev", lambda route: (window.wait_for_timeout(300), route.continue_()))
    window.get_by_label("Vælg filer").set_input_files(letters)
    window.get_by_role("button", name="Tjek filerne").click()
    window.get_by_text("2 af 10 læst").first.wait_for()
    window.get_by_role("button", name="Stop her").click()
    window.get_by_text("Stoppet undervejs.").wait_for()
    rows = window.locator("tbody").first.locator("th").all_inner_texts()
    assert 2 <= len(rows) < 10
    assert rows[:2] == ["brev-1.docx", "brev-2.docx"]


def test_findings_come_while_typing_and_the_text_is_never_lost(shown, window) -> None:
    """Fundene kommer, mens jeg skriver; genindlæser jeg siden midt i det, står teksten der stadig."""
    window.goto(f"{shown.base}/tjek")
    text = window.get_by_label("Tekst", exact=True)
    text.fill("Borgeren virker doven.")
    assert not window.locator("#hent-kommenteret").is_visible()
    window.wait_for_selector("mark[data-fund]")
    assert window.locator("#hent-kommenteret").is_visible()
    text.press_sequentially(" Han er umotiveret for praktik", delay=20)
    window.get_by_text("umotiveret").nth(1).wait_for()
    assert text.input_value() == "Borgeren virker doven. Han er umotiveret for praktik"
    expect(window.locator("mark[data-fund]").nth(1)).to_be_visible()
    window.reload()
    assert window.get_by_label("Tekst", exact=True).input_value() == "Borgeren virker doven. Han er umotiveret for praktik"
    window.keyboard.press("F8")
    assert window.evaluate("document.activeElement.tagName") == "MARK"
    assert window.locator("[data-tjekstatus]").inner_text().startswith("Fund 1 af")
    first = window.evaluate("document.activeElement.id")
    window.keyboard.press("F8")
    assert window.evaluate("document.activeElement.id") != first
    window.keyboard.press("Shift+F8")
    assert window.evaluate("document.activeElement.id") == first
    with window.expect_download() as download:
        window.locator("#hent-kommenteret").click()
    assert any("umotiveret" in c.text for c in Document(download.value.path()).comments)


def test_the_last_words_come_along_when_a_finding_is_dismissed(shown, window) -> None:
    """Afviser jeg et fund, mens jeg skriver, er de sidste ord der stadig bagefter."""
    window.goto(f"{shown.base}/tjek")
    text = window.get_by_label("Tekst", exact=True)
    text.fill("Borgeren er doven.")
    finding = window.locator("ol .fund", has_text="doven").first
    finding.locator(".afvis summary").click()
    finding.get_by_label("Hvorfor passer det ikke?").fill("Det er et citat")
    text.evaluate("field => { field.value += ' Det allersidste.'; }")
    finding.get_by_role("button", name="Afvis fundet").click()
    expect(window.get_by_text("Begrundelse: Det er et citat").first).to_be_visible()
    assert window.get_by_label("Tekst", exact=True).input_value() == "Borgeren er doven. Det allersidste."


def test_a_crash_in_the_middle_of_a_sentence_loses_nothing(shown, window) -> None:
    """Lukker låget midt i en sætning, står det skrevne i sagen, når den åbnes igen."""
    begin(shown, window)
    address = f"{window.url}/del/account"
    window.goto(address)
    window.get_by_label("Borgerens egen beskrivelse").press_sequentially("Det går bedst om formidd", delay=5)
    saved(window)
    window.context.close()

    again = shown.open()
    again.goto(address)
    assert again.get_by_label("Borgerens egen beskrivelse").input_value() == "Det går bedst om formidd"
    again.context.close()


def test_what_cannot_be_saved_stays_on_the_page(shown, window) -> None:
    """Svarer programmet ikke, siger siden det, og det skrevne bliver stående og gemmes, når det kan."""
    begin(shown, window)
    window.goto(f"{window.url}/del/account")
    window.route("**/gem", lambda route: route.abort())
    field = window.get_by_label("Borgerens egen beskrivelse")
    field.fill("Jeg kan sidde en time")
    window.get_by_text("Ikke gemt endnu").wait_for()
    assert field.input_value() == "Jeg kan sidde en time"
    window.unroute("**/gem")
    saved(window)
    assert case_of(shown, window).account.own_words == "Jeg kan sidde en time"


def test_a_draft_of_the_browser_never_overwrites_a_colleague(shown, window) -> None:
    """Har en kollega rettet feltet imens, bliver der spurgt, før det ikke gemte sættes ind, og kun den ene gang."""
    begin(shown, window)
    window.goto(f"{window.url}/del/citizen")
    window.get_by_label("Borgerens navn").fill("Karin")
    window.get_by_label("Borgerens navn").blur()
    saved(window)
    address, file = window.url, shown.house.store.path(window.url.split("/")[4])
    window.context.set_offline(True)
    window.get_by_label("Borgerens navn").fill("Karin Prøve")
    window.get_by_text("Ikke gemt endnu").wait_for()
    again = window.context.new_page()
    window.close()
    file.write_text(file.read_text("utf-8").replace("Karin", "Karin Kollega"), "utf-8")
    again.context.set_offline(False)  # only now: what the closing page still sends must come second, too

    again.goto(address)
    again.get_by_role("heading", name="To har ændret det samme").wait_for()
    assert again.get_by_text("Karin Prøve").count() and again.get_by_text("Karin Kollega").count()
    assert read_case(file).citizen.name == "Karin Kollega"
    again.get_by_role("button", name="Gem valget").click()
    again.get_by_label("Borgerens navn").wait_for()
    assert again.get_by_text("Det, du skrev sidst").count() == 0


def test_by_keyboard_alone(shown, window) -> None:
    """Hele vejen fra listen til et gemt navn uden mus: spring over menuen, tabulator, Enter."""
    window.goto(shown.base)
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.textContent") == "Gå til indholdet"
    tab_to(window, "Begynd en tom sag")
    window.keyboard.press("Enter")
    window.wait_for_url("**/sager/*")
    tab_to(window, "Begynd med borgeren")
    window.keyboard.press("Enter")
    window.wait_for_url("**/del/citizen")
    for _ in range(60):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.id") == "f-citizen-name":
            break
    window.keyboard.type("Karin Prøve")
    saved(window)
    assert case_of(shown, window).citizen.name == "Karin Prøve"
    outline = window.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline != "0px"


def tab_to(window, text: str) -> None:
    for _ in range(120):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(f"»{text}« kan ikke nås med tabulator")


def test_without_javascript(shown) -> None:
    """Uden JavaScript kan en sag udfyldes, gemmes, rettes og blive til Word, og en tekst kan tjekkes."""
    window = shown.open(java_script_enabled=False)
    begin(shown, window)
    case = window.url
    window.goto(f"{case}/del/citizen")
    window.get_by_label("Borgerens navn").fill("Karin Prøve")
    window.get_by_label("CPR-nummer").fill("12")
    window.get_by_role("button", name="Gem", exact=True).last.click()
    assert window.get_by_role("link", name="»CPR-nummer« er ikke et muligt CPR-nummer. Skriv ti cifre, fx 010203-4567.").is_visible()
    window.goto(f"{case}/del/documents")
    window.get_by_role("button", name="Tilføj til dokumenter i sagen").click()
    assert window.locator("#f-documents-0-id").input_value() == "D1"
    window.goto(f"{case}/kladde/overdragelsesnotat")
    with window.expect_download() as download:
        window.locator("#hent-word").click()
    assert "Karin Prøve" in "\n".join(t for p in all_text(download.value.path()) for t in [p])
    window.goto(f"{shown.base}/tjek")
    window.get_by_label("Tekst", exact=True).fill("Borgeren virker doven.")
    window.get_by_role("button", name="Tjek", exact=True).click()
    assert window.locator("mark").count() >= 1
    window.context.close()


def all_text(path) -> list[str]:
    document = Document(io.BytesIO(path.read_bytes()))
    return [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]


def test_the_draft_beside_follows_the_case(shown, window) -> None:
    """Ligger kladden åben i et vindue ved siden af, følger den med, mens jeg skriver i sagen."""
    begin(shown, window)
    draft = window.context.new_page()
    draft.goto(f"{window.url}/kladde/overdragelsesnotat")
    assert draft.locator("a.hul", has_text="Borgerens navn").count()
    window.goto(f"{window.url}/del/citizen")
    window.get_by_label("Borgerens navn").fill("Karin Prøve")
    draft.locator("article", has_text="Karin Prøve").wait_for()
    assert not draft.locator("a.hul", has_text="Borgerens navn").count()


def test_a_case_is_found_among_many(shown, window) -> None:
    """Har jeg mange sager, finder jeg min ved at skrive et par bogstaver, og navnet kommer ikke i adressen."""
    from docgen.model import Case

    for number in range(6):
        shown.house.store.create(Case.model_validate({"case_number": f"26-77{number}", "citizen": {"name": f"Borger {'ABCDEF'[number]}"}}))
    window.goto(shown.base)
    window.get_by_label("Find en sag").fill("borger c")
    assert window.locator("#sagsliste tr:visible").count() == 1
    assert window.locator("#sagsliste tr:visible").inner_text().startswith("26-772")
    assert "orger" not in window.url


def test_two_tabs_meet_in_the_same_field(shown, window) -> None:
    """To faner i samme felt: den anden får valget at se og overskriver intet."""
    begin(shown, window)
    address = f"{window.url}/del/citizen"
    window.goto(address)
    other = window.context.new_page()
    other.goto(address)
    window.get_by_label("Borgerens navn").fill("Fra den første")
    saved(window)
    other.get_by_label("Borgerens navn").fill("Fra den anden")
    other.get_by_role("heading", name="To har ændret det samme").wait_for()
    assert axe_finds(other) == []
    assert other.get_by_text("Fra den første").is_visible()
    assert case_of(shown, window).citizen.name == "Fra den første"


def axe_finds(window) -> list[tuple]:
    """Violations of WCAG 2.2 A and AA on the page as it stands: (rule, how many, where)."""
    from axe_playwright_python.base import AXE_FILE_PATH

    if not window.evaluate("'axe' in window"):
        window.evaluate(AXE_FILE_PATH.read_text("utf-8"))
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}, "resultTypes": ["violations"]}
    violations = window.evaluate("options => axe.run(options)", options)["violations"]
    return [(v["id"], len(v["nodes"]), [node["html"][:160] for node in v["nodes"][:3]]) for v in violations]


def test_no_page_breaks_wcag(shown) -> None:
    """Ingen side har fejl mod WCAG 2.2 AA, som axe kan finde, og ingen er for bred til en smal skærm."""
    window = shown.open()
    found = []
    for name, address in every_page(shown, window):
        window.goto(shown.base + address)
        for width in (1280, 360):
            window.set_viewport_size({"width": width, "height": 800})
            found += [(name, width, *one) for one in axe_finds(window)]
            spill = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if spill > 0:
                found.append((name, width, "for bred", spill))
    window.context.close()
    assert found == []
    assert shown.strangers == []
    assert [c for c in shown.complaints if "Content Security" in c or "Refused" in c] == []
