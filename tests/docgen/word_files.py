"""A Word file with a marked word in every place where Word keeps text."""

from __future__ import annotations

from docgen.word.build import (
    W,
    docx,
    field,
    members,
    p,
    pack,
    part,
    picture,
    run,
    sdt,
    table,
    text_box,
)

__all__ = ["W", "docx", "everywhere", "field", "members", "p", "pack", "part", "picture", "run", "sdt", "table", "text_box"]

# Every place where Word keeps text: marker -> is it read? Numbered as in the research page, with its own additions.
READ = (
    "krop", "skjult", "feltsvar", "tabulator", "foerfodnote", "kommenteret", "henvisning", "indsat", "flyttettil",
    "kontrollinje", "kontrolblok", "kontrolraekke", "simpeltfelt", "smarttag", "egenxml", "skriveretning", "tekstfelt",
    "celle", "indrecelle", "sidehoved", "sidefod", "foerstesidehoved", "fodnote",
)
NOT_READ = ("slettet", "flyttetfra", "feltkode", "kommentartekst")
FURTHER = ("slutnote", "formel", "wordart", "kontrolcelle", "lukketafsnit")


def everywhere() -> bytes:
    """One document with a marked word in each of the 27 places of the research page, and five more."""
    smart = f'<w:smartTag w:uri="u" w:element="e">{run("smarttag")}</w:smartTag>'
    own = f'<w:customXml w:uri="u" w:element="e">{run("egenxml")}</w:customXml>'
    turned = f'<w:bdo w:val="ltr">{run("skriveretning")}</w:bdo>'
    tracked = 'w:id="50" w:author="Kollega" w:date="2026-01-01T00:00:00Z"'
    gone = f'<w:del {tracked}><w:r><w:delText>slettet</w:delText></w:r></w:del>'
    moved_from = f'<w:moveFrom {tracked}>{run("flyttetfra")}</w:moveFrom>'
    body = (
        p("Her er krop og ", run("skjult", "<w:vanish/>"), " resten.")
        + p("Felt: ", field(" MERGEFIELD feltkode ", "feltsvar"), ".")
        + p("<w:r><w:t>A</w:t><w:tab/><w:t>tabulator</w:t><w:br/><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r>")
        + p("Ordet foerfodnote", '<w:r><w:footnoteReference w:id="2"/></w:r>', " og mere",
            '<w:r><w:endnoteReference w:id="2"/></w:r>', ".")
        + p('<w:commentRangeStart w:id="0"/>', run("kommenteret"), '<w:commentRangeEnd w:id="0"/>',
            '<w:r><w:commentReference w:id="0"/></w:r>')
        + p("Se ", f'<w:hyperlink r:id="rIdweb">{run("henvisning")}</w:hyperlink>')
        + p("Nyt: ", f'<w:ins {tracked}>{run("indsat")}</w:ins>', gone)
        + p(moved_from, f'<w:moveTo {tracked}>{run("flyttettil")}</w:moveTo>')
        + p("Navn: ", sdt(run("kontrollinje"), "navn"))
        + sdt(p("kontrolblok"), "blok")
        + "<w:tbl><w:tblPr/><w:tblGrid/>" + sdt(f"<w:tr><w:tc>{p('kontrolraekke')}</w:tc></w:tr>")
        + "<w:tr>" + sdt(f"<w:tc>{p('kontrolcelle')}</w:tc>") + "</w:tr></w:tbl>"
        + p(f'<w:fldSimple w:instr=" AUTHOR ">{run("simpeltfelt")}</w:fldSimple>')
        + p(smart) + p(own) + p(turned)
        + p("Før boksen ", text_box(p("tekstfelt")), " efter boksen.")
        + table((p("celle"), table(("indrecelle",)) + p()))
        + p("<m:oMath><m:r><m:t>formel</m:t></m:r></m:oMath>")
        + p('<w:r><w:pict><v:shape><v:textpath string="wordart"/></v:shape></w:pict></w:r>')
        + p("lukket", properties=f"<w:rPr><w:del {tracked}/></w:rPr>") + p("afsnit")
    )
    margin = {"header": "hdr", "footer": "ftr"}
    parts = {
        "header1.xml": part(margin["header"], p("sidehoved")),
        "header2.xml": part(margin["header"], p("foerstesidehoved")),
        "footer1.xml": part(margin["footer"], p("sidefod")),
        "footnotes.xml": part("footnotes", f'<w:footnote w:type="separator" w:id="0">{p("<w:r><w:separator/></w:r>")}</w:footnote>'
                                           f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " fodnote")}</w:footnote>'),
        "endnotes.xml": part("endnotes", f'<w:endnote w:id="2">{p("slutnote")}</w:endnote>'),
        "comments.xml": part("comments", f'<w:comment w:id="0" w:author="Kollega" w:initials="K">{p("kommentartekst")}</w:comment>'),
    }
    section = (
        '<w:headerReference w:type="default" r:id="rIdheader1"/><w:headerReference w:type="first" r:id="rIdheader2"/>'
        '<w:footerReference w:type="default" r:id="rIdfooter1"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1134" w:bottom="1701" w:left="1134" '
        'w:header="708" w:footer="708" w:gutter="0"/><w:titlePg/>'
    )
    return docx(body, parts, section=section, links={"rIdweb": ("hyperlink", "https://example.dk/")})
