"""A Word file from a few lines of text, so that rules about documents can show examples that people can read.

Each line is a paragraph; `# ` and `## ` are headings, `- ` a list item, `| a | b |` a table row and `|= a | b |` a marked
header row. In a line: <skjult>, <hvid>, <lille>, <ind>, <slet>, <formateret>, <fed>, <prompt>, <felt NAVN> … </…>,
<bundet>,
[billede], [billede: beskrivelse], [felt: KODE], [diagram] and [objekt]. Lines that start with @ are about the file itself:

    @sidehoved TEKST   @sidefod TEKST   @vandmaerke TEKST   @tekstboks TEKST   @kommentar TEKST (on the line before)
    @egenskab creator = TEKST   @link attachedTemplate file:///X   @del word/vbaProject.bin   @indstilling trackRevisions
    @afvist REGEL BEGRUNDELSE (our comment on the line before, resolved, with an answer where a reason is given)
    @sprog en-US   @blok ID:VERSION HASH (opens a standard text)   @slutblok
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from docgen.dismissals import sentence_key
from docgen.word import build
from docgen.word.build import p, pack, part, run, sdt, table

TRACKED = 'w:id="90" w:author="Kollega" w:date="2026-01-01T00:00:00Z"'
DIAGRAM = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="8" name="Diagram" descr="d"/><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing></w:r>'
)
INLINE = re.compile(r"<(?P<tag>skjult|hvid|lille|fed|ind|slet|formateret|prompt|felt|bundet)(?: (?P<name>[^>]*))?>(?P<text>.*?)</(?P=tag)>|\[(?P<thing>billede|felt|objekt|diagram)(?:: (?P<of>[^\]]*))?\]")
CORE = {"title": "dc:title", "creator": "dc:creator", "lastModifiedBy": "cp:lastModifiedBy", "language": "dc:language"}
APP = ("Template", "Company", "Manager")


def sample(text: str) -> bytes:
    """The .docx that the lines of `text` describe."""
    return _Sample().build(text)


class _Sample:
    def __init__(self) -> None:
        self.body: list[str] = []
        self.rows: list[tuple[bool, tuple[str, ...]]] = []
        self.block: tuple[str, int] | None = None
        self.parts: dict[str, str | bytes] = {}
        self.section = ""
        self.links: dict[str, tuple[str, str]] = {}
        self.properties = {"title": "Brev"}
        self.custom: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.comments: list[str] = []
        self.extended = ""
        self.language = "da-DK"

    def build(self, text: str) -> bytes:
        for line in text.split("\n"):
            self.line(line.strip())
        self.flush()
        if self.comments:
            self.parts["comments.xml"] = part("comments", "".join(self.comments))
        if self.extended:
            self.parts["commentsExtended.xml"] = part("commentsEx", self.extended).replace("w:commentsEx", "w15:commentsEx")
        self.parts["styles.xml"] = build.STYLES.replace('w:lang w:val="da-DK"', f'w:lang w:val="{escape(self.language)}"')
        files = build.members("".join(self.body), self.parts, section=self.section, links=self.links)
        return pack(files | self.property_parts(files) | self.files)

    def line(self, line: str) -> None:
        if line.startswith("|"):
            marked = line.startswith("|=")
            cells = tuple(cell.strip() for cell in line.lstrip("|=").rstrip("|").split("|"))
            self.rows.append((marked, cells))
            return
        self.flush()
        if line.startswith("@"):
            command, _, rest = line[1:].partition(" ")
            getattr(self, f"at_{command}")(rest)
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            self.body.append(p(*self.inline(line.lstrip("# ")), style=f"Overskrift{level}"))
        elif line.startswith("- "):
            self.body.append(p(*self.inline(line[2:]), style="Liste"))
        elif line:
            self.body.append(p(*self.inline(line)))

    def flush(self) -> None:
        if self.rows:
            rows = [tuple(p(*self.inline(cell)) for cell in cells) for _, cells in self.rows]
            self.body.append(table(*rows, header=self.rows[0][0]))
            self.rows = []

    def inline(self, text: str) -> list[str]:
        out, place = [], 0
        for match in INLINE.finditer(text):
            out.append(run(escape(text[place:match.start()])))
            out.append(self.marked(match))
            place = match.end()
        out.append(run(escape(text[place:])))
        return out

    def marked(self, match: re.Match[str]) -> str:
        words = escape(match["text"] or "")
        if match["thing"]:
            return {
                "billede": lambda: build.picture(escape(match["of"] or "", {'"': "&quot;"})),
                "felt": lambda: build.field(escape(match["of"] or ""), "felt"),
                "diagram": lambda: DIAGRAM,
                "objekt": lambda: '<w:r><w:object><o:OLEObject/></w:object></w:r>',
            }[match["thing"]]()
        return {
            "skjult": lambda: run(words, "<w:vanish/>"),
            "hvid": lambda: run(words, '<w:color w:val="FFFFFF"/>'),
            "lille": lambda: run(words, '<w:sz w:val="2"/>'),
            "fed": lambda: run(words, "<w:b/>"),
            "ind": lambda: f"<w:ins {TRACKED}>{run(words)}</w:ins>",
            "slet": lambda: f"<w:del {TRACKED}><w:r><w:delText>{words}</w:delText></w:r></w:del>",
            "formateret": lambda: run(words, f"<w:b/><w:rPrChange {TRACKED}><w:rPr/></w:rPrChange>"),
            "prompt": lambda: sdt(run(words), escape(match["name"] or ""), "<w:showingPlcHdr/>"),
            "felt": lambda: sdt(run(words), escape(match["name"] or "")),
            "bundet": lambda: sdt(run(words), "", '<w:dataBinding w:xpath="/x" w:storeItemID="{0}"/>'),
        }[match["tag"]]()

    def margin(self, kind: str, root: str, content: str) -> None:
        name = f"{kind}{sum(x.startswith(kind) for x in self.parts) + 1}.xml"
        self.parts[name] = part(root, content)
        if f"{kind}Reference" not in self.section:
            self.section = f'<w:{kind}Reference w:type="default" r:id="rId{name.partition(".")[0]}"/>' + self.section

    def at_sidehoved(self, text: str) -> None:
        self.margin("header", "hdr", p(*self.inline(text)))

    def at_sidefod(self, text: str) -> None:
        self.margin("footer", "ftr", p(*self.inline(text)))

    def at_vandmaerke(self, text: str) -> None:
        self.margin("header", "hdr", p(f'<w:r><w:pict><v:shape><v:textpath string={quoteattr(text)}/></v:shape></w:pict></w:r>'))

    def at_tekstboks(self, text: str) -> None:
        self.body.append(p(build.text_box(p(*self.inline(text)))))

    def at_afvist(self, text: str) -> None:
        rule, _, reason = text.partition(" ")
        sentence = "".join(re.findall(r"<w:t[^>]*>([^<]*)", self.body[-1]))
        self.at_kommentar(f"[docgen {rule} {sentence_key(rule, sentence)}]")
        first = f"{0x10000 + len(self.comments):08X}"
        self.comments[-1] = self.comments[-1].replace("<w:p>", f'<w:p w14:paraId="{first}">')
        self.extended += f'<w15:commentEx w15:paraId="{first}" w15:done="1"/>'
        if reason:
            answer = f"{0x10000 + len(self.comments) + 1:08X}"
            self.comments.append(
                f'<w:comment w:id="{len(self.comments)}" w:author="Kollega"><w:p w14:paraId="{answer}">{run(escape(reason))}</w:p></w:comment>')
            self.extended += f'<w15:commentEx w15:paraId="{answer}" w15:paraIdParent="{first}" w15:done="1"/>'

    def at_kommentar(self, text: str) -> None:
        number = str(len(self.comments))
        self.comments.append(f'<w:comment w:id="{number}" w:author="Kollega">{p(run(escape(text)))}</w:comment>')
        start, end = f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>'
        self.body[-1] = self.body[-1].replace("<w:p>", f"<w:p>{start}", 1).removesuffix("</w:p>") + (
            f'{end}<w:r><w:commentReference w:id="{number}"/></w:r></w:p>')

    def at_egenskab(self, text: str) -> None:
        name, _, content = (x.strip() for x in text.partition("="))
        self.properties[name] = content

    def at_link(self, text: str) -> None:
        kind, _, address = text.partition(" ")
        self.links[f"rIdlink{len(self.links)}"] = (kind, escape(address))

    def at_del(self, text: str) -> None:
        self.files[text.strip()] = b"<x/>"

    def at_indstilling(self, text: str) -> None:
        self.parts["settings.xml"] = part("settings", f"<w:{escape(text)}/>")

    def at_sprog(self, text: str) -> None:
        self.language = text

    def at_blok(self, text: str) -> None:
        tag, _, stored = text.partition(" ")
        if stored:
            self.custom[f"blok:{tag.partition(':')[0]}"] = stored
        self.block = (tag, len(self.body))

    def at_slutblok(self, _: str) -> None:
        tag, first = self.block
        self.body[first:] = [sdt("".join(self.body[first:]), f"blok:{escape(tag)}")] if len(self.body) > first else []

    def property_parts(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """docProps, and the package's links to them."""
        core = "".join(f"<{CORE[k]}>{escape(v)}</{CORE[k]}>" for k, v in self.properties.items() if k in CORE and v)
        app = "".join(f"<{k}>{escape(v)}</{k}>" for k, v in self.properties.items() if k in APP and v)
        custom = "".join(
            f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name={quoteattr(k)}><vt:lpwstr>{escape(v)}</vt:lpwstr></property>'
            for n, (k, v) in enumerate(self.custom.items(), 2)
        )
        types = "http://schemas.openxmlformats.org/"
        links = (
            f'<Relationship Id="rIdc" Type="{types}package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
            f'<Relationship Id="rIda" Type="{types}officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>'
            f'<Relationship Id="rIdu" Type="{types}officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/>'
        )
        return {
            "_rels/.rels": files["_rels/.rels"].replace(b"</Relationships>", links.encode() + b"</Relationships>"),
            "docProps/core.xml": (
                f'<cp:coreProperties xmlns:cp="{types}package/2006/metadata/core-properties" '
                f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>').encode(),
            "docProps/app.xml": f'<Properties xmlns="{types}officeDocument/2006/extended-properties">{app}</Properties>'.encode(),
            "docProps/custom.xml": (
                f'<Properties xmlns="{types}officeDocument/2006/custom-properties" '
                f'xmlns:vt="{types}officeDocument/2006/docPropsVTypes">{custom}</Properties>').encode(),
        }
