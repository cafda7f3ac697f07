"""Builds templates/documents/<kind>/template.docx. Run from the repository's root: `python tools/build_templates.py`.

The templates are meant to be opened and changed in Word; this script made the shipped ones, and a test holds the two
together. A municipality's own templates live in its overlay and never pass through here.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from word_parts import (
    TEXT_WIDTH,
    block,
    code,
    each,
    gap,
    h2,
    h3,
    heading_block,
    item,
    lines,
    p,
    package,
    row,
    table,
    when,
)

ROOT = Path(__file__).resolve().parent.parent / "templates" / "documents"

NOT_FULL_GRANT = "case.decision.outcome != 'bevilling'"
PENSION = "case.decision.scheme == 'foertidspension'"
FLEKSJOB = "case.decision.scheme == 'fleksjob'"
HEALTH_ADVICE = "case.decision.scheme in ['foertidspension', 'fleksjob']"

# --- What letters share --------------------------------------------------------------------------------------------


def address(record: str) -> str:
    return (
        when(f"{record}.care_of", p("c/o {{ " + record + ".care_of }}", "Modtager"))
        + p("{{ " + record + ".street }}", "Modtager")
        + p("{{ " + record + ".postal_code }} {{ " + record + ".city }}", "Modtager")
    )


def citizen_recipient() -> str:
    """Name and address where a window envelope shows them; a protected address only where the post needs it."""
    return p("{{ case.citizen.name }}", "Modtager") + when(
        "not case.citizen.protected_address or case.citizen.channel == 'papir'", address("case.citizen.address")
    )


def letter_head(date: str, recipient: str) -> str:
    """Recipient to the left, the sender's column to the right: a table, so nothing floats."""

    def line(text: str) -> str:
        return p(text, "Kolonne")

    column = (
        line("**Dato:** {{ " + date + "|dato }}")
        + line("**Sagsnr.:** {{ case.case_number }}")
        + when("case.document_number", line("**Dokumentnr.:** {{ case.document_number }}"))
        + p("**Sagsbehandler**", "Kolonneafsnit")
        + line("{{ case.caseworker.name }}")
        + when("case.caseworker.title", line("{{ case.caseworker.title }}"))
        + line("Telefon {{ case.caseworker.phone }}")
        + when("case.caseworker.email", line("{{ case.caseworker.email }}"))
        + p("**{{ kommune.name }}**", "Kolonneafsnit")
        + line("{{ kommune.department.name }}")
        + line("{{ kommune.department.address.street }}")
        + line("{{ kommune.department.address.postal_code }} {{ kommune.department.address.city }}")
        + line("Telefon {{ kommune.department.phone }}")
        + line("{{ kommune.department.email }}")
        + when("kommune.department.ean", line("EAN {{ kommune.department.ean }}"))
        + when(
            "kommune.department.opening_hours",
            p("**Åbningstider**", "Kolonneafsnit"),
            each("tid in kommune.department.opening_hours", line("{{ tid }}")),
        )
    )
    widths = [TEXT_WIDTH - 2950, 2950]
    return table(widths, row(widths, [recipient, column]), style="Brevhoved") + p("", "Luft")


def signature() -> str:
    return (
        p("Venlig hilsen", "Underskrift")
        + p("", "Underskrift")
        + p("{{ case.signatory.name }}", "Underskrift")
        + p("{{ case.signatory.title }}", "Underskrift")
        + p("{{ kommune.department.name }}, {{ kommune.name }}", "Underskrift")
        + p("")
    )


def copies() -> str:
    return when(
        "case.citizen.representative and case.citizen.representative.receives_copy",
        p(
            "Kopi af brevet er sendt til {{ case.citizen.representative.name }} "
            "({{ case.citizen.representative.role|navn }}).",
            "Kilde",
        ),
    )


def interpreter() -> str:
    return when("case.citizen.interpreter", block("tolk"))


def build(title: str, body: str, page_header: str) -> bytes:
    """A whole template. The first page has the place for a logo; every page says that this is a draft."""
    draft = p("KLADDE - ikke sendt", "Kladde")
    return package(
        title=title,
        body=body,
        first_header=draft + p("{{ kommune.logo_text }}", "Logo"),
        next_header=draft + p(page_header, "Sidehoved"),
        foot="{{ kommune.name }}",
    )


LETTER_HEADER = "Sagsnr. {{ case.case_number }}"


# --- Afgørelse -----------------------------------------------------------------------------------------------------


def afgoerelse() -> bytes:
    documents_of = "{% for d in betingelse.documents %}{{ d|dok }}{% if not loop.last %}; {% endif %}{% endfor %}"
    reasons = (
        h2("Begrundelse")
        + block("begrundelse")
        + when(
            f"case.decision.considerations or {NOT_FULL_GRANT}",
            h3("Det har vi lagt mest vægt på"),
            each("hensyn in case.decision.considerations", item("{{ hensyn }}"), empty=gap("decision.considerations")),
        )
        + h3("Oplysninger, vi bygger på")
        + each(
            "oplysning in case.decision.facts",
            item(
                "**{{ oplysning.date|dato }}:** {{ oplysning.text }}"
                "{% if oplysning.document %} Kilde: {{ oplysning.document|dok }}{% endif %}"
            ),
            empty=gap("decision.facts"),
        )
        + h3("Sådan har vi vurderet betingelserne i loven")
        + each(
            "betingelse in betingelser",
            p("**{{ betingelse.text }}** ({{ betingelse.law }})", keep=True),
            p(
                "{% if betingelse.answer == 'ja' %}Betingelsen er opfyldt.{% elif betingelse.answer == 'nej' %}"
                "Betingelsen er ikke opfyldt.{% elif betingelse.answer == 'ikke_afklaret' %}Det er ikke afklaret, om "
                "betingelsen er opfyldt.{% else %}{{ betingelse.answer }}{% endif %} {{ betingelse.reason }}"
            ),
            when("betingelse.documents", p(f"Vi bygger på: {documents_of}", "Kilde")),
            empty=gap("decision.conditions"),
        )
        + when(
            PENSION,
            when(
                "case.decision.outcome == 'afslag' and "
                "(case.decision.work_functions or case.decision.track != 'foreliggende_grundlag')",
                h3("Arbejde, vi vurderer, at du kan udføre"),
                each(
                    "funktion in case.decision.work_functions", item("{{ funktion }}"), empty=gap("decision.work_functions")
                ),
            ),
            when(
                "case.decision.outcome in ['bevilling', 'delvis_bevilling']",
                h3("Derfor kan du ikke forsørge dig selv i et fleksjob"),
                lines("case.decision.fleksjob_excluded"),
            ),
        )
        + when(
            f"case.decision.measures or ({HEALTH_ADVICE} and case.decision.outcome != 'afslag_paa_behandling')",
            h3("Indsatser og behandling: hvad der er prøvet, og hvad der er relevant"),
            each("indsats in case.decision.measures", item("{{ indsats }}"), empty=gap("decision.measures")),
        )
        + when(
            "case.work_trials",
            h3("Afprøvning af din arbejdsevne"),
            each(
                "forloeb in case.work_trials",
                item(
                    "**{{ forloeb.place }}** fra {{ forloeb.start|dato }} til {{ forloeb.end|dato }}. Planlagt tid: "
                    "{{ forloeb.planned_hours|tal }} timer om ugen. Faktisk tid: {{ forloeb.actual_hours|tal }} timer om "
                    "ugen. Opgaver: {{ forloeb.tasks }} Skånehensyn: {{ forloeb.considerations }} "
                    "Resultat: {{ forloeb.result }}"
                    "{% if forloeb.document %} Kilde: {{ forloeb.document|dok }}{% endif %}"
                ),
            ),
        )
        + when(
            "case.no_work_trial_because",
            h3("Derfor er din arbejdsevne ikke afprøvet på en arbejdsplads"),
            lines("case.no_work_trial_because"),
        )
        + when(
            f"{HEALTH_ADVICE} and (case.advice or case.decision.outcome != 'afslag_paa_behandling')",
            h3("Rådgivning fra regionens sundhedskoordinator"),
            when(
                "case.advice.not_needed_because",
                lines("case.advice.not_needed_because"),
                otherwise=p(
                    "{{ case.advice.author }} har den {{ case.advice.date|dato }} rådgivet os. Konklusionen er: "
                    "{{ case.advice.conclusion }}"
                ),
            ),
        )
        + each(
            "d in case.documents if d.weighing",
            code("if loop.first"),
            h3("Sådan har vi vægtet oplysninger, der peger i hver sin retning"),
            code("endif"),
            item("**{{ d.id|dok|stor }}:** {{ d.weighing }}"),
        )
        + each(
            "d in case.documents if d.set_aside_reason",
            code("if loop.first"),
            h3("Dokumenter, vi ikke har brugt"),
            code("endif"),
            item("**{{ d.id|dok|stor }}:** {{ d.set_aside_reason }}"),
        )
        + when(
            "case.decision.recommendation_deviation",
            h3("Derfor følger vi ikke indstillingen"),
            lines("case.decision.recommendation_deviation"),
        )
    )
    heard = when(
        f"{NOT_FULL_GRANT} or case.hearing",
        h3("Partshøring"),
        when(
            "case.hearing.not_needed_because",
            lines("case.hearing.not_needed_because"),
            otherwise=p(
                "Den {{ case.hearing.sent_on|dato }} sendte vi dig de oplysninger, der kunne tale imod dig, og bad om dine "
                "bemærkninger senest den {{ case.hearing.deadline|dato }}. Vi sendte dig:"
            )
            + each("d in case.hearing.documents", item("{{ d|dok|stor }}"), empty=gap("hearing.documents"))
            + when(
                "case.hearing.answered == false",
                p("Vi har ikke fået bemærkninger fra dig."),
                otherwise=p("Du svarede den {{ case.hearing.answered_on|dato }}: {{ case.hearing.answer }}"),
            ),
        ),
    )
    views = (
        h2("Dine oplysninger og synspunkter")
        + h3("Sådan har du været med i sagen")
        + each(
            "samtale in case.account.participation",
            item("**{{ samtale.date|dato }}, {{ samtale.how }}:** {{ samtale.content }}"),
            empty=gap("account.participation"),
        )
        + heard
        + when(
            "case.decision.points_of_view or case.hearing.answered",
            h3("Vores svar på det, du mener"),
            each(
                "punkt in case.decision.points_of_view",
                p("**Du mener:** {{ punkt.view }}", keep=True),
                p("**Vores svar:** {{ punkt.response }}"),
                empty=gap("decision.points_of_view"),
            ),
        )
    )
    further = each(
        "mere in case.further_decisions",
        h2("{{ mere.scheme|navn|stor }}: {{ mere.outcome|navn }}"),
        p("Vi har i samme sag truffet en afgørelse mere. Den gælder fra {{ mere.effective_from|dato }}."),
        p("Vi har lagt vægt på:", keep=True),
        each("hensyn in mere.considerations", item("{{ hensyn }}"), empty=gap("further_decisions")),
        each(
            "oplysning in mere.facts",
            item(
                "**{{ oplysning.date|dato }}:** {{ oplysning.text }}"
                "{% if oplysning.document %} Kilde: {{ oplysning.document|dok }}{% endif %}"
            ),
        ),
    )
    body = (
        letter_head("case.decision.date", citizen_recipient())
        + heading_block("overskrift")
        + p("Kære {{ case.citizen.name }}")
        + block("resultat")
        + reasons
        + views
        + further
        + when(
            f"case.decision.other_help or {NOT_FULL_GRANT}",
            h2("Anden hjælp, vi har overvejet"),
            block("anden_hjaelp"),
            lines("case.decision.other_help"),
        )
        + h2("Hvad sker der nu?")
        + block("naeste_skridt")
        + when("case.decision.review_on", block("ny_vurdering"))
        + h2("Dokumenter i sagen")
        + each(
            "d in case.documents if d.status == 'foreligger' and not d.set_aside_reason",
            item("{{ d.id|dok|stor }}"),
            empty=gap("documents"),
        )
        + h2("Har du spørgsmål?")
        + block("spoergsmaal")
        + interpreter()
        + signature()
        + copies()
        + block("regler")
        + block("klagevejledning")
    )
    return build("Afgørelse", body, LETTER_HEADER)


KINDS = {
    "afgoerelse": afgoerelse,
}


def main() -> None:
    for kind, make in KINDS.items():
        folder = ROOT / kind
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "template.docx").write_bytes(make())
        print(folder / "template.docx")


if __name__ == "__main__":
    main()
