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
    facts,
    gap,
    h1,
    h2,
    h3,
    heading_block,
    item,
    lines,
    listing,
    p,
    package,
    profile_figure,
    row,
    row_code,
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
    return table(widths, row(widths, [recipient, column], whole=False), style="Brevhoved") + p("", "Luft")


def signature(record: str = "case.signatory") -> str:
    return (
        p("Venlig hilsen", "Underskrift")
        + p("", "Underskrift")
        + p("{{ " + record + ".name }}", "Underskrift")
        + p("{{ " + record + ".title }}", "Underskrift")
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


def build(title: str, body: str, page_header: str, logo: str = "Logosag") -> bytes:
    """A whole template. The first page has the place for a logo; every page says that this is a draft."""
    draft = p("KLADDE - ikke sendt", "Kladde")
    return package(
        title=title,
        body=body,
        first_header=draft + p("{{ kommune.logo_text }}", logo),
        next_header=draft + p(page_header, "Sidehoved"),
        foot="{{ kommune.name }}",
    )


LETTER_HEADER = "Sagsnr. {{ case.case_number }}"


# --- Afgørelse -----------------------------------------------------------------------------------------------------


def afgoerelse() -> bytes:
    documents_of = "{% for d in betingelse.documents %}{{ d|dok }}{% if not loop.last %}; {% endif %}{% endfor %}"
    reasons = (
        h2("Begrundelse")
        + when(
            f"case.decision.considerations or {NOT_FULL_GRANT}",
            p("Vi har især lagt vægt på:", keep=True),
            each("hensyn in case.decision.considerations", item("{{ hensyn }}"), empty=gap("decision.considerations")),
        )
        + block("begrundelse")
        + h3("Oplysninger, vi bygger på")
        + each(
            "oplysning in case.decision.facts",
            item(
                "**{{ oplysning.date|dato }}:** {{ oplysning.text }}"
                "{% if oplysning.document %} Kilde: {{ oplysning.document|dok }}{% endif %}"
            ),
            empty=gap("decision.facts"),
        )
        + when(
            "case.functional.work and case.functional.date and case.functional.author.name",
            item(
                "I funktionsevnebeskrivelsen af **{{ case.functional.date|dato }}** står der om arbejde: »{{ case.functional.work }}« Kilde: "
                + person("case.functional.author")
            ),
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
                    "{{ case.advice.author }} har den {{ case.advice.date|dato }} rådgivet os."
                    "{% if case.advice.question %} Vi spurgte: {{ case.advice.question }}{% endif %} Svaret er: "
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
                "Vi hørte dig (partshøring) i et brev af {{ case.hearing.sent_on|dato }}. Her fik du de oplysninger, der kunne tale "
                "imod dig, og du kunne svare til og med den {{ case.hearing.deadline|dato }}. Vi sendte dig:"
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
        p(
            "{% if mere.outcome == 'ophoer' %}Vi har også besluttet, at din ret til {{ mere.scheme|navn }} stopper den "
            "{{ mere.ends_on|dato }}.{% elif mere.outcome in ['bevilling', 'delvis_bevilling'] %}Vi har også besluttet, at du "
            "får {% if mere.granted_part %}{{ mere.granted_part }}{% elif mere.scheme == 'fleksjob' %}ret til et fleksjob"
            "{% else %}{{ mere.scheme|navn }}{% endif %} fra den {{ mere.effective_from|dato }}.{% else %}Vi har også "
            "besluttet, at du ikke får {{ mere.scheme|navn }}.{% endif %}"
        ),
        p("Vi har lagt vægt på:", keep=True),
        each("hensyn in mere.considerations", item("{{ hensyn }}"), empty=gap("further_decisions")),
        each("betingelse in mere.conditions", item("{{ betingelse.reason }}")),
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
        + each(
            "mere in case.further_decisions",
            p("Brevet indeholder også en afgørelse om {{ mere.scheme|navn }} ({{ mere.outcome|navn }}). Den står længere nede."),
        )
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
        + when("flere", block("regler_flere"))
        + block("klagevejledning")
    )
    return build("Afgørelse", body, LETTER_HEADER, "Logo")


# --- What case documents share -------------------------------------------------------------------------------------


def case_head(date: str, author: str, *rows: tuple[str, str]) -> str:
    """Whom and what the document is about. A citizen's address stands in none of them."""
    return facts(
        "Hvem og hvad dokumentet handler om",
        [
            ("Borger", p("{{ case.citizen.name }}, CPR-nr. {{ case.citizen.cpr }}", "Celle")
             + when("case.citizen.protected_address", p("Borgeren har navne- og adressebeskyttelse.", "Celle"))),
            ("Sagsnummer", "{{ case.case_number }}"),
            ("Dato", "{{ " + date + "|dato }}"),
            ("Udarbejdet af", author),
            *rows,
        ],
    )


def person(record: str) -> str:
    return (
        "{{ " + record + ".name }}"
        "{% if " + record + ".profession %}, {{ " + record + ".profession }}"
        "{% elif " + record + ".title %}, {{ " + record + ".title }}{% endif %}"
        "{% if " + record + ".certification %} ({{ " + record + ".certification }}){% endif %}"
        "{% if " + record + ".unit %}, {{ " + record + ".unit }}{% endif %}"
    )


def dated(record: str) -> str:
    """A period: »fra ... til ...«, or »fortsætter« where it has no end."""
    return (
        "{{ " + record + ".start|dato_kort }} - {% if " + record + ".end %}{{ " + record + ".end|dato_kort }}"
        "{% else %}fortsætter{% endif %}"
    )


def participation() -> str:
    return listing(
        "Sådan er borgeren inddraget",
        [("Dato", 1700, "{{ m.date|dato }}"), ("Hvordan", 2525, "{{ m.how }}"), ("Hvad borgeren sagde", 5300, "{{ m.content }}")],
        "m in case.account.participation",
        "account.participation",
    )


def remarks() -> str:
    return (
        p("Borgeren har læst teksten den {{ case.account.remarks_on|dato }}. Borgerens bemærkninger:", keep=True)
        + lines("case.account.remarks")
    )


def register() -> str:
    """Every document of the case with its status: what is there, what is asked for, what is set aside and why."""
    return listing(
        "Dokumenter i sagen",
        [
            ("Nr.", 700, "{{ d.id }}"),
            ("Dokument", 5125, "{{ d.id|dok|stor }}"),
            (
                "Status",
                3700,
                p("{{ d.status|navn|stor }}"
                  "{% if d.status == 'bestilt' %} den {{ d.requested_on|dato_kort }}{% if d.due_on %}, ventes senest "
                  "{{ d.due_on|dato_kort }}{% endif %}{% endif %}", "Celle")
                + when("d.set_aside_reason", p("Lagt til side: {{ d.set_aside_reason }}", "Celle")),
            ),
        ],
        "d in case.documents",
        "documents",
    )


def work_trials() -> str:
    return when(
        "case.no_work_trial_because and not case.work_trials",
        p("Der er ikke lavet en arbejdsprøvning.", keep=True),
        lines("case.no_work_trial_because"),
        otherwise=listing(
            "Arbejdsprøvninger",
            [
                ("Sted og periode", 2300, p("{{ a.place }}", "Celle") + p(dated("a"), "Celle")),
                (
                    "Timer om ugen", 1725,
                    p("Planlagt: {{ a.planned_hours|tal }}", "Celle") + p("Faktisk: {{ a.actual_hours|tal }}", "Celle")
                    + when("a.absence", p("Fravær: {{ a.absence }}", "Celle")),
                ),
                (
                    "Opgaver og skånehensyn", 2750,
                    p("{{ a.tasks }}", "Celle") + p("Skånehensyn: {{ a.considerations }}", "Celle"),
                ),
                (
                    "Resultat", 2750,
                    p("{{ a.result }}", "Celle") + when("a.document", p("Kilde: {{ a.document|dok }}", "Celle")),
                ),
            ],
            "a in case.work_trials",
            "work_trials",
        ),
    )


def author_signature(record: str) -> str:
    return p("", "Underskrift") + p(person(record), "Underskrift")


# --- Funktionsevnebeskrivelse --------------------------------------------------------------------------------------

CITIZEN_SHADE, ASSESSMENT_SHADE = "FBF5E6", "E6F0F5"


def voice_table(rows: list[tuple[str, str, str | None]]) -> str:
    """A functional section: who says what, one voice a row; citizen and assessment have a shade of their own."""
    widths = [2500, TEXT_WIDTH - 2500]
    made = [row(widths, [p("Oplysning", "Kolonnehoved"), p("Beskrivelse", "Kolonnehoved")], header=True)]
    for label, body, shade in rows:
        if body == "":
            made.append(row_code(widths, label))
        else:
            text = body if body.startswith("<w:") else p(body, "Celle")
            made.append(row(widths, [p(label, "Etiketcelle"), text], shade=["F4F6F7", shade]))
    return table(widths, *made, caption="Funktionsområdets oplysninger") + p("", "Luft")


def told(expression: str) -> str:
    return lines(expression, "Celle")


def functional_section() -> str:
    level = "{{ (s.level.scale ~ '_' ~ s.level.value)|navn }}"
    expected = "{{ (s.expected_level.scale ~ '_' ~ s.expected_level.value)|navn }}"
    graded = when("s.level.value or s.level.value == 0", p(f"Fagligt niveau: {level}", "Celle")) + when(
        "s.citizen_performance", p("Borgerens udførelse: {{ s.citizen_performance|navn }}", "Celle")
    ) + when("s.citizen_experience", p("Borgerens oplevelse af betydning: {{ s.citizen_experience|navn }}", "Celle")) + when(
        "s.expected_level.value or s.expected_level.value == 0", p(f"Forventet niveau: {expected}", "Celle")
    )
    sources = "{% for d in s.documents %}{{ d|dok }}{% if not loop.last %}; {% endif %}{% endfor %}"
    # What the citizen or a document tells has no place, and nobody saw it.
    told_by_others = "s.source in ['interview', 'dokument', 'tredjepart']"
    place = "{% if s.place or not " + told_by_others + " %}, {{ s.place }}{% endif %}"
    where = "{{ s.date|dato }}{% if s.time %}, {{ s.time }}{% endif %}" + place
    medical = voice_table(
        [
            ("Lægelige oplysninger", told("s.observed"), None),
            ("Borgerens egen oplevelse", told("s.citizen_view"), CITIZEN_SHADE),
            ("Dokumenter", when("s.documents", p(sources, "Celle"), otherwise=gap("functional.sections", "Celle")), None),
        ]
    )
    observed = voice_table(
        [
            ("Kilde og metode", "{{ s.source|navn|stor }}{% if s.method or not " + told_by_others + " %}. {{ s.method }}{% endif %}", None),
            ("Dato og sted", where, None),
            ("Udført af", person("s.observer"), None),
            ("if s.task or s.source == 'observation'", "", None),
            ("Opgave", told("s.task"), None),
            ("endif", "", None),
            (f"if s.observed or not {told_by_others}", "", None),
            ("Observeret udførelse", told("s.observed"), None),
            ("endif", "", None),
            ("Borgerens egen oplevelse", told("s.citizen_view"), CITIZEN_SHADE),
            ("Støtte og hjælpemidler", told("s.support"), None),
            ("Variation over dag og uge", told("s.variation"), None),
            ("if s.level.value or s.level.value == 0 or s.citizen_performance or s.citizen_experience", "", None),
            ("Niveau", graded, None),
            ("endif", "", None),
            ("Ressourcer", told("s.resources"), None),
            ("Ergoterapeutisk vurdering", told("s.assessment"), ASSESSMENT_SHADE),
            ("Betydning for arbejde", told("s.work"), ASSESSMENT_SHADE),
            ("Usikkerhed og forbehold", told("s.uncertainty"), ASSESSMENT_SHADE),
            ("if s.citizen_remark", "", None),
            ("Borgerens bemærkning til afsnittet", told("s.citizen_remark"), CITIZEN_SHADE),
            ("endif", "", None),
            ("if s.documents", "", None),
            ("Dokumenter", sources, None),
            ("endif", "", None),
        ]
    )
    return (
        h3("{{ ('omraade_' ~ s.key)|navn }}")
        + when(
            "s.carried_over_from",
            p(
                "**Ikke bekræftet:** teksten er genbrugt fra vurderingen af {{ s.carried_over_from|dato }} og skal "
                "gennemgås, før den bruges."
            ),
        )
        + when(
            # Nothing but the answer itself: a table of gaps would say that something is missing.
            "s.level.value in ['ikke_relevant', 'ikke_vurderet'] and not (s.observed or s.citizen_view or s.assessment or s.work)",
            when(
                "s.level.value == 'ikke_relevant'",
                p("Området er overvejet og er ikke relevant i sagen."),
                otherwise=p("Området er ikke vurderet. {{ s.uncertainty }}"),
            ),
            otherwise=when("s.key == 'helbred'", medical, otherwise=observed),
        )
    )


def funktionsevnebeskrivelse() -> bytes:
    body = (
        h1("Funktionsevnebeskrivelse")
        + case_head("case.functional.date", person("case.functional.author"))
        + h2("1. Formål og bestiller")
        + lines("case.functional.purpose")
        + p("Bestilt af: {{ case.functional.ordered_by }}")
        + h2("2. Grundlag")
        + p("Besøg og samtaler:", keep=True)
        + listing(
            "Besøg og samtaler",
            [("Dato", 1700, "{{ m.date|dato }}"), ("Hvordan", 3525, "{{ m.how }}"), ("Indhold", 4300, "{{ m.content }}")],
            "m in case.functional.visits",
            "functional.visits",
        )
        + p("Dokumenter, der er læst:", keep=True)
        + each(
            "d in case.documents if d.status == 'foreligger'", item("{{ d.id|dok|stor }} ({{ d.id }})"), empty=gap("documents")
        )
        + when(
            "case.functional.ot_waived_reason",
            p(
                "**Ergoterapeutisk vurdering er fravalgt** den {{ case.functional.ot_waived_on|dato }} af "
                "{{ case.functional.ot_waived_by }}. Grunden er: {{ case.functional.ot_waived_reason }}"
            ),
        )
        + h2("3. Borgerens egen beskrivelse og ønsker")
        + p("Oplyst af borgeren den {{ case.account.dated|dato }}.", "Kilde")
        + lines("case.account.own_words")
        + p("**Ønsker:** {{ case.account.wishes }}")
        + when("case.account.goals", p("**Mål for job og uddannelse:** {{ case.account.goals }}"))
        + h2("4. Kort om helbred")
        + p("Afsnittet gengiver kun lægelige dokumenter.", "Kilde")
        + lines("case.functional.health_summary")
        + h2("5. Funktionsområder")
        + p("I hvert område står det observerede, borgerens egen oplevelse og vurderingen hver for sig.", "Kilde")
        + each("s in case.functional.sections", functional_section(), empty=gap("functional.sections"))
        + when("case.functional.sections", h3("Niveau for hvert område"), profile_figure())
        + h2("6. Døgn- og ugebillede")
        + listing(
            "Døgn- og ugebillede",
            [("Hvornår", 2300, "{{ u.when }}"), ("Aktivitet", 4025, "{{ u.activity }}"), ("Hjælp og pauser", 3200, "{{ u.help }}")],
            "u in case.functional.week",
            "functional.week",
        )
        + h2("7. Testresultater")
        + when(
            "case.functional.tests",
            listing(
                "Testresultater",
                [
                    (
                        "Redskab", 2500,
                        p("{{ t.instrument|redskab }}{% if t.version %}, {{ t.version }}{% endif %}", "Celle")
                        + p("{{ t.date|dato }}, " + person("t.tester"), "Celle")
                        + when("t.conditions", p("{{ t.conditions }}", "Celle")),
                    ),
                    ("Resultat", 3525, "{{ t|i_ord }}"),
                    (
                        "Betydning og forbehold", 3500,
                        p("{{ t.interpretation }}", "Celle") + p("Forbehold: {{ t.limits }}", "Celle"),
                    ),
                ],
                "t in case.functional.tests",
                "functional.tests",
            ),
            otherwise=p("Der er ingen testresultater i sagen."),
        )
        + h2("8. Omgivelser, støtte og afprøvede hjælpemidler")
        + lines("case.functional.environment")
        + h2("9. Ergoterapeutisk sammenfatning")
        + lines("case.functional.summary")
        + h2("10. Betydning for arbejde")
        + lines("case.functional.work")
        + h2("11. Usikkerheder og manglende oplysninger")
        + lines("case.functional.uncertainty")
        + h2("12. Borgerens bemærkninger")
        + remarks()
        + h2("13. Bilag")
        + register()
        + author_signature("case.functional.author")
    )
    return build("Funktionsevnebeskrivelse", body, "Funktionsevnebeskrivelse, sagsnr. {{ case.case_number }}")


# --- Samlet beskrivelse and fremstilling to a team -------------------------------------------------------------------


def preparatory_part() -> str:
    """The eleven headings of rehabiliteringsplanens forberedende del, kept by its successor."""
    return (
        h2("1. Mål for uddannelse og job")
        + lines("case.account.goals")
        + h2("2. Ressourcer og udfordringer i hverdagen")
        + when(
            "case.functional.summary",
            p(
                "Fra funktionsevnebeskrivelsen af {{ case.functional.date|dato }}, " + person("case.functional.author") + ":",
                "Kilde",
            ),
            lines("case.functional.summary"),
            when("case.functional.work", h3("Betydning for arbejde"), lines("case.functional.work")),
            otherwise=when(
                "case.functional.ot_waived_reason",
                p(
                    "Der er ikke indhentet en ergoterapeutisk vurdering. {{ case.functional.ot_waived_by }} har den "
                    "{{ case.functional.ot_waived_on|dato }} fravalgt den. Grunden er: {{ case.functional.ot_waived_reason }}"
                ),
                otherwise=gap("functional.summary"),
            ),
        )
        + h2("3. Erfaringer og ressourcer i forhold til job og uddannelse")
        + lines("case.team.resources_work")
        + listing(
            "Arbejde og uddannelse",
            [
                ("Periode", 2200, dated("j")),
                ("Sted", 2400, "{{ j.employer }}"),
                ("Stilling eller uddannelse", 2725, "{{ j.title }}{% if j.hours %}, {{ j.hours|tal }} timer om ugen{% endif %}"),
                ("Hvorfor det sluttede", 2200, "{% if j.ended_because or j.end %}{{ j.ended_because }}{% endif %}"),
            ],
            "j in case.employment",
            "employment",
        )
        + h2("4. Personlige ressourcer, familie og netværk")
        + lines("case.team.resources_social")
        + h2("5. Udfordringer i forhold til job og uddannelse")
        + lines("case.team.challenges_work")
        + h2("6. Borgerens ønsker til job og uddannelse")
        + p("Oplyst af borgeren den {{ case.account.dated|dato }}.", "Kilde")
        + lines("case.account.wishes")
        + when("case.account.own_words", h3("Borgerens egen beskrivelse"), lines("case.account.own_words"))
        + h2("7. Helbred, undersøgelser og behandling")
        + lines("case.team.health")
        + each(
            "d in case.documents if d.conclusion",
            item("**{{ d.id|dok|stor }}:** {{ d.conclusion }}"),
            empty=gap("documents"),
        )
        + h2("8. Helbredets betydning for arbejde og uddannelse")
        + lines("case.team.health_effect")
        + when("case.account.view_on_health", p("**Borgerens eget syn på sit helbred:** {{ case.account.view_on_health }}"))
        + h2("9. Praktiserende læges vurdering")
        + lines("case.team.gp_assessment")
        + h2("10. Forsørgelse")
        + listing(
            "Forsørgelse",
            [("Periode", 2700, dated("y")), ("Ydelse", 3125, "{{ y.benefit }}"), ("Bemærkning", 3700, "{{ y.note|default }}")],
            "y in case.support",
            "support",
        )
        + h2("11. Hidtidig indsats og erfaringerne med den")
        + listing(
            "Hidtidig indsats",
            [
                ("Periode", 2200, dated("i")),
                ("Indsats", 2625, "{{ i.what }}{% if i.provider %}, {{ i.provider }}{% endif %}"),
                (
                    "Resultat og erfaring", 2700,
                    p("{{ i.result }}", "Celle") + when("i.document", p("Kilde: {{ i.document|dok }}", "Celle")),
                ),
                ("Hvorfor den sluttede", 2000, "{% if i.ended_because or i.end %}{{ i.ended_because }}{% endif %}"),
            ],
            "i in case.efforts",
            "efforts",
        )
        + h3("Arbejdsprøvning")
        + work_trials()
        + when("case.team.considerations_tried", h3("Skånehensyn, der er afprøvet"), lines("case.team.considerations_tried"))
    )


def around_the_case() -> str:
    return (
        when("case.team.other_departments", h2("Oplysninger fra andre afdelinger"), lines("case.team.other_departments"))
        + when(
            "case.team.divergent",
            h2("Vurderinger, der peger i hver sin retning"),
            lines("case.team.divergent"),
            each("d in case.documents if d.weighing", item("**{{ d.id|dok|stor }}:** {{ d.weighing }}")),
        )
    )


def advice() -> str:
    return when(
        "case.advice.not_needed_because",
        lines("case.advice.not_needed_because"),
        otherwise=facts(
            "Sundhedskoordinatorens rådgivning",
            [
                ("Dato", "{{ case.advice.date|dato }}"),
                ("Fra", "{{ case.advice.author }}"),
                ("Spørgsmål", told("case.advice.question")),
                ("Konklusion", told("case.advice.conclusion")),
            ],
        ),
    )


def ending() -> str:
    return (
        h2("Sagsbehandlerens analyse")
        + p("Afsnittet er sagsbehandlerens. Alt andet i dokumentet gengiver oplysninger i sagen.", "Kilde")
        + lines("case.team.analysis")
        + h2("Sådan er borgeren inddraget")
        + participation()
        + h2("Borgerens bemærkninger")
        + remarks()
        + h2("Bilag")
        + register()
        + author_signature("case.caseworker")
    )


def samlet_beskrivelse() -> bytes:
    body = (
        h1("Samlet beskrivelse af borgerens forudsætninger")
        + case_head("case.team.date", person("case.caseworker"))
        + block("samlet_grundlag")
        + preparatory_part()
        + around_the_case()
        + h2("Sundhedskoordinatorens rådgivning")
        + advice()
        + ending()
    )
    return build("Samlet beskrivelse", body, "Samlet beskrivelse, sagsnr. {{ case.case_number }}")


def teamfremstilling() -> bytes:
    body = (
        heading_block("team_overskrift")
        + case_head(
            "case.team.date",
            person("case.caseworker"),
            ("Møde", "{{ case.team.meeting_on|dato }}"),
        )
        + block("team_grundlag")
        + preparatory_part()
        + around_the_case()
        + h2("Spørgsmål til sundhedskoordinator")
        + each("spoergsmaal in case.team.open_questions", item("{{ spoergsmaal }}"), empty=gap("team.open_questions"))
        + when("case.advice", h2("Sundhedskoordinatorens rådgivning"), advice())
        + ending()
    )
    return build("Fremstilling til tværfagligt team", body, "Fremstilling til team, sagsnr. {{ case.case_number }}")


# --- Partshøring ---------------------------------------------------------------------------------------------------


def partshoering() -> bytes:
    body = (
        letter_head("case.hearing.sent_on", citizen_recipient())
        + h1("Vi vil gerne høre dig, før vi træffer en afgørelse")
        + p("Kære {{ case.citizen.name }}")
        + block("partshoering_indledning")
        + h2("Det kan tale imod dig")
        + lines("case.hearing.content")
        + h2("Dokumenterne")
        + p("Oplysningerne står i disse dokumenter, som du får sammen med brevet:", keep=True)
        + each(
            "d in case.documents if d.id in case.hearing.documents",
            item("**{{ d.id|dok|stor }}:** {{ d.conclusion }}"),
            empty=gap("hearing.documents"),
        )
        + block("partshoering_vejledning")
        + h2("Har du spørgsmål?")
        + block("spoergsmaal")
        + interpreter()
        + signature("case.caseworker")
        + copies()
        + block("orientering")
    )
    return build("Partshøring", body, LETTER_HEADER, "Logo")


# --- Anmodning om attest -------------------------------------------------------------------------------------------


def attestanmodning() -> bytes:
    recipient = p("{{ case.request.recipient }}", "Modtager") + address("case.request.recipient_address")
    body = (
        letter_head("case.request.date", recipient)
        + h1("Vi beder om: {{ case.request.type|navn }}")
        + facts(
            "Hvem anmodningen handler om",
            [
                ("Borger", "{{ case.citizen.name }}"),
                ("CPR-nummer", "{{ case.citizen.cpr }}"),
                ("Svar senest", "{{ case.request.deadline|dato }}"),
            ],
        )
        + block("attest_hvad")
        + h2("Baggrund")
        + lines("case.request.background")
        + h2("Vi beder dig svare på")
        + each("spoergsmaal in case.request.questions", item("{{ spoergsmaal }}"), empty=gap("request.questions"))
        + block("samtykke")
        + h2("Svar og betaling")
        + block("attest_svar")
        + signature("case.caseworker")
    )
    return build("Anmodning om attest", body, LETTER_HEADER, "Logo")


# --- Gennemgang ----------------------------------------------------------------------------------------------------


def gennemgang() -> bytes:
    body = (
        letter_head("case.meeting.invited_on", citizen_recipient())
        + h1("Vi vil gerne gennemgå afgørelsen sammen med dig")
        + p("Kære {{ case.citizen.name }}")
        + block("gennemgang_indledning")
        + facts(
            "Mødet",
            [
                ("Hvornår", "{{ case.meeting.date|dato }}, {{ case.meeting.time }}"),
                ("Hvordan", "{{ case.meeting.how|navn|stor }}"),
                ("{%tr if case.meeting.place or case.meeting.how in ['fremmoede', 'hjemmebesoeg'] %}", ""),
                ("Hvor", "{{ case.meeting.place }}"),
                ("{%tr endif %}", ""),
                ("Hvor længe", "{{ case.meeting.duration }}"),
                (
                    "Du møder",
                    each("d in case.meeting.participants", p("{{ d }}", "Celle"), empty=gap("meeting.participants", "Celle")),
                ),
            ],
        )
        + block("gennemgang_indhold")
        + when("case.citizen.interpreter", p("Vi sørger for, at der er en tolk med ({{ case.citizen.interpreter }})."))
        + block("aktindsigt")
        + h2("Har du spørgsmål?")
        + block("spoergsmaal")
        + signature("case.caseworker")
        + copies()
    )
    return build("Gennemgang af afgørelse", body, LETTER_HEADER, "Logo")


# --- Overdragelsesnotat --------------------------------------------------------------------------------------------


def overdragelsesnotat() -> bytes:
    body = (
        h1("Overdragelse af sagen til ny sagsbehandler")
        + case_head(
            "case.handover.date",
            person("case.caseworker"),
            ("Ny sagsbehandler", person("case.handover.successor")),
            ("Hvorfor sagen overdrages", told("case.handover.reason")),
            ("Borgeren er orienteret", "{{ case.handover.citizen_told_on|dato }}"),
        )
        + h2("Hvor sagen er nu")
        + lines("case.handover.status")
        + when(
            "case.decision.scheme",
            p(
                "Sagen handler om {{ case.decision.scheme|navn }}."
                "{% if case.decision.applied_on %} Borgeren søgte den {{ case.decision.applied_on|dato }}.{% endif %}"
                "{% if case.decision.case_started %} Sagen begyndte den {{ case.decision.case_started|dato }}.{% endif %}"
            ),
        )
        + h2("Det har borgeren allerede fortalt")
        + p("Borgeren skal ikke fortælle det samme igen. Oplyst den {{ case.account.dated|dato }}.", "Kilde")
        + lines("case.account.own_words")
        + p("**Ønsker:** {{ case.account.wishes }}")
        + h2("Aftaler med borgeren")
        + each("aftale in case.handover.agreements", item("{{ aftale }}"), empty=gap("handover.agreements"))
        + h2("Godt at vide i kontakten")
        + lines("case.handover.good_to_know")
        + facts(
            "Kontakt med borgeren",
            [
                ("Telefon", "{{ case.citizen.phone }}"),
                ("Post", "{{ case.citizen.channel|navn }}"),
                ("Tolk", "{% if case.citizen.interpreter %}{{ case.citizen.interpreter }}{% else %}Ikke oplyst behov{% endif %}"),
                (
                    "Repræsentant",
                    "{% if case.citizen.representative %}{{ case.citizen.representative.name }} "
                    "({{ case.citizen.representative.role|navn }}){% else %}Ikke oplyst{% endif %}",
                ),
            ],
        )
        + h2("Åbne opgaver")
        + listing(
            "Åbne opgaver",
            [("Opgave", 5325, "{{ o.what }}"), ("Frist", 2000, "{{ o.due_on|dato }}"), ("Hvem", 2200, "{{ o.who }}")],
            "o in case.handover.tasks",
            "handover.tasks",
        )
        + h2("Sådan er borgeren inddraget")
        + participation()
        + h2("Dokumenter")
        + register()
        + author_signature("case.caseworker")
    )
    return build("Overdragelsesnotat", body, "Overdragelsesnotat, sagsnr. {{ case.case_number }}")


KINDS = {
    "funktionsevnebeskrivelse": funktionsevnebeskrivelse,
    "teamfremstilling": teamfremstilling,
    "samlet_beskrivelse": samlet_beskrivelse,
    "afgoerelse": afgoerelse,
    "partshoering": partshoering,
    "attestanmodning": attestanmodning,
    "overdragelsesnotat": overdragelsesnotat,
    "gennemgang": gennemgang,
}


def main() -> None:
    for kind, make in KINDS.items():
        folder = ROOT / kind
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "template.docx").write_bytes(make())
        print(folder / "template.docx")


if __name__ == "__main__":
    main()
