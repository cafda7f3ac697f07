"""The parts of a lean Word package, and the small vocabulary the templates are written in. Not shipped.

Every function returns WordprocessingML as text; `package` puts a body, headers and footer together into the same bytes
each time. Tags stand in runs of their own, so that nothing but the tag is replaced.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TEXT_WIDTH = 9525  # twentieths of a point: A4 less margins of 22 and 20 mm
FIRST_EPOCH = (1980, 1, 1, 0, 0, 0)

# --- Runs and paragraphs -------------------------------------------------------------------------------------------

PIECES = re.compile(r"(\*\*.+?\*\*|\{\{.+?\}\}|\{%.+?%\})")


def _run(text: str, bold: bool = False) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def runs(text: str, bold: bool = False) -> str:
    """Runs of `text`: each tag alone, `**bold**` in bold, `\\n` as a line break, ` || ` as a tab."""
    made = []
    for piece in PIECES.split(text):
        if not piece:
            continue
        if piece.startswith("**"):
            made.append(runs(piece[2:-2], bold=True))
        elif piece.startswith("{"):
            made.append(_run(piece, bold))
        else:
            for number, line in enumerate(piece.split("\n")):
                made.append("<w:r><w:br/></w:r>" if number else "")
                made.append(_run(line, bold) if line else "")
    return "".join(made)


def p(text: str = "", style: str | None = None, keep: bool = False) -> str:
    """A paragraph; `keep` holds it on the page of the next one."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:keepNext/>" if keep else "")
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs(text)}</w:p>"


def h1(text: str) -> str:
    return p(text, "Overskrift1")


def h2(text: str) -> str:
    return p(text, "Overskrift2")


def h3(text: str) -> str:
    return p(text, "Overskrift3")


def item(text: str) -> str:
    return p(text, "Punkt")


def code(tag: str) -> str:
    """A paragraph that holds a tag of the template and vanishes in the draft."""
    return p("{%p " + tag + " %}", "Skabelonkode")


# --- Tags ----------------------------------------------------------------------------------------------------------


def when(condition: str, *body: str, otherwise: str = "") -> str:
    return code(f"if {condition}") + "".join(body) + (code("else") + otherwise if otherwise else "") + code("endif")


def each(loop: str, *body: str, empty: str = "") -> str:
    """`loop` as in `d in case.documents`; `empty` is printed when nothing is there."""
    return code(f"for {loop}") + "".join(body) + (code("else") + empty if empty else "") + code("endfor")


def gap(path: str, style: str | None = None) -> str:
    return p("{{ mangler('" + path + "') }}", style)


def lines(expression: str, style: str | None = None) -> str:
    """A text of several lines, one paragraph a line."""
    return each(f"linje in {expression}|linjer", p("{{ linje }}", style))


def block(text_id: str) -> str:
    """A standard text in a content control of its own, so that a later check sees what was changed in it."""
    return control(
        f"blok:{text_id}",
        text_id.replace("_", " "),
        each(
            f"afsnit in text('{text_id}')",
            code("if afsnit.style == 'overskrift'"),
            h2("{{ afsnit.text }}"),
            code("elif afsnit.style == 'punkt'"),
            item("{{ afsnit.text }}"),
            code("else"),
            p("{{ afsnit.text }}"),
            code("endif"),
        ),
    )


def heading_block(text_id: str) -> str:
    """A standard text that is the document's own heading."""
    return control(
        f"blok:{text_id}",
        text_id.replace("_", " "),
        each(f"afsnit in text('{text_id}')", h1("{{ afsnit.text }}")),
    )


def control(tag: str, alias: str, body: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(alias)}"/><w:tag w:val="{escape(tag)}"/></w:sdtPr>'
        f"<w:sdtContent>{body}</w:sdtContent></w:sdt>"
    )


# --- Tables --------------------------------------------------------------------------------------------------------


def cell(width: int, body: str, shade: str | None = None) -> str:
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shading}</w:tcPr>{body}</w:tc>'


def row(
    widths: list[int], bodies: list[str], header: bool = False, shade: list[str | None] | None = None, whole: bool = True
) -> str:
    """A row that stays on one page where `whole`; a `header` is repeated on every page the table reaches."""
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>" if whole else ""
    shades = shade or ["E7ECEF" if header else None] * len(bodies)
    cells = "".join(cell(w, b, s) for w, b, s in zip(widths, bodies, shades, strict=True))
    return f"<w:tr>{properties}{cells}</w:tr>"


def row_code(widths: list[int], tag: str) -> str:
    """A row that holds a tag and vanishes in the draft."""
    span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
    return (
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}</w:tcPr>'
        + p("{%tr " + tag + " %}", "Skabelonkode")
        + "</w:tc></w:tr>"
    )


def table(widths: list[int], *rows: str, style: str = "Tabel", caption: str = "") -> str:
    """`caption` says what the table holds, to those who have it read aloud."""
    described = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + "".join(rows)
        + "</w:tbl>"
    )


def listing(caption: str, columns: list[tuple[str, int, str]], loop: str, empty: str) -> str:
    """A table with one row for each of `loop`; columns are (heading, width, text). `empty`: the path that is missing."""
    widths = [width for _, width, _ in columns]
    missing = (
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
        + gap(empty, "Celle")
        + "</w:tc></w:tr>"
    )
    return table(
        widths,
        row(widths, [p(name, "Kolonnehoved") for name, _, _ in columns], header=True),
        row_code(widths, f"for {loop}"),
        row(widths, [text if text.startswith("<w:") else p(text, "Celle") for _, _, text in columns]),
        row_code(widths, "else"),
        missing,
        row_code(widths, "endfor"),
        caption=caption,
    ) + p("", "Luft")


def profile_figure() -> str:
    """The level of each functional area as a bar of shaded cells (docgen.profile); figure and table in one."""
    widths = [3000, 420, 420, 420, 420, 420, TEXT_WIDTH - 5100]
    bars = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="420" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{{{{ r.fyld[{step}] }}}}"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Celle"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:color w:val="404040"/></w:rPr>'
        f"<w:t>{{{{ r.tegn[{step}] }}}}</w:t></w:r></w:p></w:tc>"
        for step in range(5)
    )
    words = p("{{ r.ord }}{% if r.hvornaar %}, {{ r.hvornaar }}{% endif %}", "Celle")
    whole = table(
        widths,
        row(widths, [p(name, "Kolonnehoved") for name in ("Område", "0", "1", "2", "3", "4", "Niveau i ord")], header=True),
        row_code(widths, "for r in profil"),
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell(widths[0], p('{{ r.omraade }}', 'Celle'))}{bars}{cell(widths[6], words)}</w:tr>",
        row_code(widths, "endfor"),
        caption="Profil over funktionsområderne",
    )
    return whole.replace("</w:tblPr>", '<w:tblDescription w:val="{{ profil_alt }}"/></w:tblPr>', 1) + p("", "Luft")


def facts(caption: str, pairs: list[tuple[str, str]], first: int = 2700, head: tuple[str, str] | None = None) -> str:
    """A table of labels and what they hold; a pair whose text is XML goes in as it is."""
    widths = [first, TEXT_WIDTH - first]
    rows = [row(widths, [p(x, "Kolonnehoved") for x in head], header=True)] if head else []
    for label, text in pairs:
        if label.startswith("{%tr"):
            rows.append(row_code(widths, label[4:-2].strip()))
        else:
            body = text if text.startswith("<w:") else p(text, "Celle")
            rows.append(row(widths, [p(label, "Etiketcelle"), body], shade=["F4F6F7", None]))
    return table(widths, *rows, caption=caption) + p("", "Luft")


# --- Parts of the package ------------------------------------------------------------------------------------------


def _style(kind: str, style_id: str, name: str, *, based: str = "Normal", after: str = "", ppr: str = "", rpr: str = "",
           default: bool = False, extra: str = "") -> str:
    return (
        f'<w:style w:type="{kind}"{" w:default=" + chr(34) + "1" + chr(34) if default else ""} w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based and not default else "")
        + (f'<w:next w:val="{after}"/>' if after else "")
        + ("<w:uiPriority w:val=\"1\"/><w:qFormat/>" if kind == "paragraph" else "")
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + extra
        + "</w:style>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _space(before: float = 0, after: float = 0, line: int | None = None) -> str:
    spacing = f'w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    return f'<w:spacing {spacing}' + (f' w:line="{line}" w:lineRule="auto"' if line else "") + "/>"


INK = "1F3A4A"
GREY = "5A6670"


def styles() -> str:
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    keep = "<w:keepNext/><w:keepLines/>"
    cell_margin = (
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B4BEC5"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = [
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(10.5)}<w:lang w:val="da-DK" w:eastAsia="da-DK" '
        'w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, 6, 269)}</w:pPr></w:pPrDefault></w:docDefaults>",
        _style("paragraph", "Normal", "Normal", default=True),
        _style("character", "Standardskrift", "Default Paragraph Font", based="", default=True),
        '<w:style w:type="table" w:default="1" w:styleId="TabelNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>",
        '<w:style w:type="numbering" w:default="1" w:styleId="IngenListe"><w:name w:val="No List"/></w:style>',
        _style("paragraph", "Overskrift1", "heading 1", after="Normal",
               ppr=f'{keep}{_space(0, 8, 252)}<w:outlineLvl w:val="0"/>',
               rpr=f'<w:b/><w:color w:val="{INK}"/>{_size(16)}'),
        _style("paragraph", "Overskrift2", "heading 2", after="Normal",
               ppr=f'{keep}{_space(14, 4, 252)}<w:outlineLvl w:val="1"/>',
               rpr=f'<w:b/><w:color w:val="{INK}"/>{_size(12)}'),
        _style("paragraph", "Overskrift3", "heading 3", after="Normal",
               ppr=f'{keep}{_space(8, 3, 252)}<w:outlineLvl w:val="2"/>',
               rpr=f'<w:b/><w:color w:val="{INK}"/>{_size(10.5)}'),
        _style("paragraph", "Punkt", "List Bullet",
               ppr=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{_space(0, 3)}'
                   '<w:ind w:left="340" w:hanging="340"/>'),
        _style("paragraph", "Sidehoved", "header", ppr=_space(), rpr=_size(8)),
        _style("paragraph", "Sidefod", "footer", ppr=f'{_space()}<w:jc w:val="right"/>', rpr=_size(8)),
        _style("paragraph", "Kladde", "Kladde", ppr=f'{_space()}<w:jc w:val="center"/>',
               rpr=f'<w:b/><w:color w:val="9C1F1F"/>{_size(10)}'),
        _style("paragraph", "Logo", "Logo", ppr=f'{_space(12, 54)}<w:jc w:val="right"/>',
               rpr=f'<w:b/><w:color w:val="{INK}"/>{_size(14)}'),
        _style("paragraph", "Logosag", "Logo i sagsdokument", ppr=f'{_space(12, 14)}<w:jc w:val="right"/>',
               rpr=f'<w:b/><w:color w:val="{INK}"/>{_size(14)}'),
        _style("paragraph", "Modtager", "Modtager", ppr=_space(0, 0, 252)),
        _style("paragraph", "Kolonne", "Brevkolonne", ppr=_space(0, 0, 240), rpr=f'<w:color w:val="{GREY}"/>{_size(8)}'),
        _style("paragraph", "Kolonneafsnit", "Brevkolonne afsnit", based="Kolonne", after="Kolonne", ppr=_space(6, 0, 240)),
        _style("paragraph", "Celle", "Tabeltekst", ppr=_space(0, 2, 252), rpr=_size(9.5)),
        _style("paragraph", "Cellepunkt", "Tabelpunkt", based="Celle",
               ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="284" w:hanging="284"/>'),
        _style("paragraph", "Etiketcelle", "Tabeletiket", based="Celle", rpr="<w:b/>"),
        _style("paragraph", "Kolonnehoved", "Tabelhoved", based="Celle", ppr="<w:keepNext/>",
               rpr=f'<w:b/><w:color w:val="{INK}"/>'),
        _style("paragraph", "Kilde", "Kilde", ppr=_space(0, 6, 252), rpr=f'<w:color w:val="{GREY}"/>{_size(9)}'),
        _style("paragraph", "Luft", "Luft", ppr=_space(0, 0, 120), rpr=_size(4)),
        _style("paragraph", "Underskrift", "Underskrift", ppr=f"<w:keepNext/><w:keepLines/>{_space(0, 0, 252)}"),
        _style("paragraph", "Skabelonkode", "Skabelonkode", ppr=_space(0, 0, 240), rpr=f'<w:color w:val="7A8791"/>{_size(7)}'),
        f'<w:style w:type="table" w:customStyle="1" w:styleId="Tabel"><w:name w:val="Tabel"/><w:basedOn w:val="TabelNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{cell_margin}</w:tblPr></w:style>",
        '<w:style w:type="table" w:customStyle="1" w:styleId="Brevhoved"><w:name w:val="Brevhoved"/>'
        '<w:basedOn w:val="TabelNormal"/></w:style>',
    ]
    return f"{HEAD}<w:styles {NAMESPACES}>{''.join(made)}</w:styles>"


NUMBERING = (
    f'{HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    '</w:rPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)

SETTINGS = (
    f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="1134"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="da-DK"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)

FONTS = (
    f'{HEAD}<w:fonts {NAMESPACES}><w:font w:name="Arial"><w:altName w:val="Liberation Sans"/>'
    '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)


def field(instruction: str) -> str:
    return (
        f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )


def header(body: str) -> str:
    return f"{HEAD}<w:hdr {NAMESPACES}>{body}</w:hdr>"


def footer(left: str) -> str:
    """`left` and the page's number: Side x af y."""
    stops = f'<w:pPr><w:pStyle w:val="Sidefod"/><w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs><w:jc w:val="left"/></w:pPr>'
    page = f'<w:r><w:tab/></w:r>{_run("Side ")}{field("PAGE")}{_run(" af ")}{field("NUMPAGES")}'
    return f"{HEAD}<w:ftr {NAMESPACES}><w:p>{stops}{runs(left)}{page}</w:p></w:ftr>"


def package(*, title: str, body: str, first_header: str, next_header: str, foot: str) -> bytes:
    """A whole .docx; equal input gives equal bytes."""
    relations = [
        ("styles", "styles.xml"), ("settings", "settings.xml"), ("numbering", "numbering.xml"),
        ("fontTable", "fontTable.xml"), ("header", "header1.xml"), ("header", "header2.xml"), ("footer", "footer1.xml"),
    ]
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="rId5"/><w:headerReference w:type="default" r:id="rId6"/>'
        '<w:footerReference w:type="first" r:id="rId7"/><w:footerReference w:type="default" r:id="rId7"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1247" w:left="1247" '
        'w:header="510" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{content}"/>'
        for name, content in [
            ("word/document.xml", f"{office}.document.main+xml"),
            *((f"word/{target}", f"{office}.{kind}+xml") for kind, target in relations),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        ]
    )
    package_types = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{package_types}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{package_types}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{package_types}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{R}/extended-properties" Target="docProps/app.xml"/></Relationships>',
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{package_types}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>sagsklar</dc:creator><dc:language>da-DK</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>sagsklar</Application></Properties>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{package_types}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(relations, 1)
        )
        + "</Relationships>",
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": styles(),
        "word/settings.xml": SETTINGS,
        "word/numbering.xml": NUMBERING,
        "word/fontTable.xml": FONTS,
        "word/header1.xml": header(first_header),
        "word/header2.xml": header(next_header),
        "word/footer1.xml": footer(foot),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
