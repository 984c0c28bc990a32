"""Word's styles in our typography: the reference document from which pandoc takes them."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from briefgen.model import FrontMatter
from briefgen.render.characters import one_line

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_EAST_ASIAN = frozenset({"zh", "ja", "ko"})

_FONT = re.compile(r"--(serif|sans)\s*:\s*[\"']?([^\"',;]+)")
_COLOUR = re.compile(r"--(accent|ink|soft|rule|tint)\s*:\s*#([0-9a-fA-F]{6})\b")
_LETTER = re.compile(
    r"<html[^>]*\bclass=\"letter\"|@page\s*\{[^{}]*\bsize\s*:\s*letter\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Look:
    """What of the printed page's style sheets a Word document follows; colours as ``rrggbb``."""

    accent: str = "1f4468"
    ink: str = "1c2430"
    soft: str = "566070"
    rule: str = "c9d1da"
    tint: str = "eef3f7"
    serif: str = "Source Serif Pro"
    sans: str = "Source Sans Pro"
    letter: bool = False
    """US Letter paper; A4 otherwise."""


def look(page: str) -> Look:
    """The look that a page's own style sheets declare, the last word counting."""
    fonts = {kind: name.strip() for kind, name in _FONT.findall(page)}
    colours = {name: value.lower() for name, value in _COLOUR.findall(page)}
    return replace(Look(letter=bool(_LETTER.search(page))), **colours, **fonts)


def reference(front: FrontMatter, look: Look) -> bytes:
    """An empty document with our styles, page, running head and page numbers.

    Its dates and properties are python-docx's and go no further.
    """
    document = docx.Document()
    _set_defaults(document, front.language, look)
    for name, style in _PARAGRAPHS.items():
        _add(document, "paragraph", name, style.xml(look))
    for name, properties in _CHARACTERS.items():
        words = f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{properties}</w:rPr>'
        _add(document, "character", name, _filled(words, look))
    _add(document, "table", "Table", _filled(_TABLE, look))
    _set_page(document, front, look)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph style; sizes and spaces in points, indents in millimetres."""

    based: str = "Normal"
    follows: str = "BodyText"
    size: float | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    """Distance of lines, as a multiple of the usual."""
    left: float | None = None
    hanging: float | None = None
    outline: int | None = None
    """Level in Word's navigation pane, from 0."""
    keeps: bool = False
    """Stays on one page with what follows."""
    letters: str = ""
    """Further properties of its letters, as XML."""
    box: str = ""
    """Borders and ground, as XML."""

    def xml(self, look: Look) -> str:
        based = f'<w:basedOn w:val="{self.based}"/><w:next w:val="{self.follows}"/><w:qFormat/>'
        paragraph = "<w:keepNext/><w:keepLines/>" if self.keeps else ""
        paragraph += self.box
        spacing = {"before": self.before, "after": self.after}
        words: dict[str, object] = {
            name: round(value * 20) for name, value in spacing.items() if value is not None
        }
        if self.line is not None:
            words |= {"line": round(self.line * 240), "lineRule": "auto"}
        paragraph += _element("spacing", words)
        indents = {"left": self.left, "hanging": self.hanging}
        paragraph += _element(
            "ind", {name: round(mm * 56.7) for name, mm in indents.items() if mm is not None}
        )
        if self.outline is not None:
            paragraph += f'<w:outlineLvl w:val="{self.outline}"/>'
        letters = self.letters
        if self.size is not None:
            half = round(self.size * 2)
            letters += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        return _filled(f"{based}<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr>", look)


def _element(name: str, values: Mapping[str, object]) -> str:
    words = "".join(f' w:{key}="{value}"' for key, value in values.items())
    return f"<w:{name}{words}/>" if words else ""


_SANS = '<w:rFonts w:ascii="{sans}" w:hAnsi="{sans}" w:cs="{sans}"/>'
_BOLD = "<w:b/><w:bCs/>"
_ITALIC = "<w:i/><w:iCs/>"
_IN_ACCENT, _IN_INK, _IN_SOFT = (
    f'<w:color w:val="{{{name}}}"/>' for name in ("accent", "ink", "soft")
)

_PARAGRAPHS = {
    "Body Text": _Paragraph(after=6),
    "Title": _Paragraph(
        "Normal", "Subtitle", 25, 0, 8, 0.95, keeps=True, letters=_SANS + _BOLD + _IN_ACCENT
    ),
    "Subtitle": _Paragraph(size=13.5, after=14, line=1.05, letters=_SANS + _IN_SOFT),
    "Logo": _Paragraph("Normal", "Series", after=14, line=1.0),
    "Series": _Paragraph(
        "Normal",
        "Title",
        9.5,
        after=18,
        letters=_SANS + _BOLD + _IN_ACCENT,
        box='<w:pBdr><w:top w:val="single" w:sz="20" w:space="10" w:color="{accent}"/></w:pBdr>',
    ),
    "Author": _Paragraph("Normal", "Date", 9.5, after=0, letters=_SANS + _IN_SOFT),
    "Date": _Paragraph(size=9.5, after=0, letters=_SANS + _IN_SOFT),
    "heading 1": _Paragraph(
        size=15,
        before=24,
        after=8,
        line=1.05,
        outline=0,
        keeps=True,
        letters=_SANS + _BOLD + _IN_ACCENT,
    ),
    "heading 2": _Paragraph(
        size=11.5,
        before=14,
        after=4,
        line=1.05,
        outline=1,
        keeps=True,
        letters=_SANS + _BOLD + _IN_INK,
    ),
    "heading 3": _Paragraph(
        size=10.5,
        before=11,
        after=3,
        line=1.05,
        outline=2,
        keeps=True,
        letters=_SANS + _BOLD + _IN_INK,
    ),
    "heading 4": _Paragraph("Heading3", outline=3, keeps=True, letters=_SANS + _ITALIC),
    "heading 5": _Paragraph("Heading4", outline=4, keeps=True),
    "Quote": _Paragraph(
        "BodyText",
        before=6,
        after=8,
        left=6,
        letters=_IN_SOFT,
        box='<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="{rule}"/></w:pBdr>',
    ),
    "List Bullet": _Paragraph("BodyText", "ListBullet", after=5, left=6, hanging=6),
    "List Bullet 2": _Paragraph("ListBullet", "ListBullet2", left=12, hanging=6),
    "List Bullet 3": _Paragraph("ListBullet", "ListBullet3", left=18, hanging=6),
    "List Number": _Paragraph("BodyText", "ListNumber", after=5, left=6, hanging=6),
    "List Number 2": _Paragraph("ListNumber", "ListNumber2", left=12, hanging=6),
    "List Number 3": _Paragraph("ListNumber", "ListNumber3", left=18, hanging=6),
    "List Continue": _Paragraph("BodyText", "ListContinue", after=5, left=6),
    "Key Message": _Paragraph(
        "ListBullet",
        "KeyMessage",
        after=6,
        left=6,
        hanging=6,
        box='<w:pBdr><w:left w:val="single" w:sz="20" w:space="8" w:color="{accent}"/></w:pBdr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>',
    ),
    "Bibliography": _Paragraph("BodyText", "Bibliography", after=5, left=5, hanging=5),
    "caption": _Paragraph(size=8.5, before=4, after=6, keeps=True, letters=_SANS + _IN_SOFT),
    "Ruled": _Paragraph(
        "BodyText",
        before=12,
        box='<w:pBdr><w:top w:val="single" w:sz="4" w:space="8" w:color="{rule}"/></w:pBdr>',
    ),
    "Figure": _Paragraph("BodyText", "Caption", keeps=True),
    "Table Text": _Paragraph("Normal", "TableText", 9.5, after=0, line=1.1),
    "Table Heading": _Paragraph("TableText", "TableText", 9, letters=_SANS + _BOLD + _IN_ACCENT),
    "Aside": _Paragraph("BodyText", size=9, before=6, letters=_SANS + _IN_SOFT),
    "Small Print": _Paragraph(
        "Normal", "SmallPrint", 8, after=4, line=1.1, letters=_SANS + _IN_SOFT
    ),
    "footnote text": _Paragraph("Normal", "FootnoteText", 8.5, after=2, line=1.1),
    "Source Code": _Paragraph("BodyText", after=8, line=1.0),
    "Definition Term": _Paragraph("BodyText", "Definition", after=0, keeps=True, letters=_BOLD),
    "Definition": _Paragraph("BodyText", "DefinitionTerm", left=5),
    "header": _Paragraph("Normal", "Header", 8, after=0, letters=_SANS + _IN_SOFT),
    "footer": _Paragraph("Normal", "Footer", 8, after=0, letters=_SANS + _IN_SOFT),
}

_CHARACTERS = {
    "footnote reference": f'{_SANS}{_IN_ACCENT}<w:vertAlign w:val="superscript"/>',
    "Hyperlink": _IN_ACCENT,
    "Facts": f'{_SANS}{_IN_SOFT}<w:sz w:val="18"/><w:szCs w:val="18"/>',
    "Stance": f'{_SANS}{_BOLD}{_IN_ACCENT}<w:sz w:val="18"/><w:szCs w:val="18"/>',
    "Label": f"{_SANS}{_BOLD}{_IN_ACCENT}",
    "Verbatim Char": '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>',
}

_TABLE = (
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{{rule}}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{{rule}}"/></w:tblBorders>'
    '<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
    '<w:bottom w:w="70" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{accent}"/></w:tcBorders>'
    '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    f'<w:tblStylePr w:type="firstCol"><w:rPr>{_BOLD}</w:rPr></w:tblStylePr>'
)


def _filled(xml: str, look: Look) -> str:
    for field in ("accent", "ink", "soft", "rule", "tint", "sans", "serif"):
        xml = xml.replace(f"{{{field}}}", _attribute(getattr(look, field)))
    return xml


def _attribute(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _add(document: Document, kind: str, name: str, content: str) -> None:
    custom = ' w:customStyle="1"' if name in _OWN else ""
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{_id(name)}"{custom}>'
            f'<w:name w:val="{name}"/>{content}</w:style>'
        )
    )


def _id(name: str) -> str:
    return name.title().replace(" ", "")


_OWN = frozenset(
    {
        "Series",
        "Author",
        "Ruled",
        "Key Message",
        "Figure",
        "Table Text",
        "Table Heading",
        "Aside",
        "Table",
    }
    | {"Small Print", "Source Code", "Definition Term", "Definition", "Facts", "Stance", "Label"}
    | {"Verbatim Char"}
)
"""Styles of which Word has none by that name; the others keep the names that Word translates."""


def _set_defaults(document: Document, language: str, look: Look) -> None:
    """Leave only Word's four default styles, in the brief's language and our text face."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:default")) != "1":
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    bidi = "<w:bidi/>" if is_right_to_left(language) else ""
    parsed = parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
        f'{_filled(_FACE, look)}<w:color w:val="{look.ink}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        f"<w:lang {language_tags(language)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f'<w:widowControl/>{bidi}<w:spacing w:line="288" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    styles.replace(defaults, parsed)
    settings = document.settings.element
    for name in ("themeFontLang", "zoom"):
        for element in settings.findall(qn(f"w:{name}")):
            settings.remove(element)
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = _font_table(look)


_FACE = '<w:rFonts w:ascii="{serif}" w:hAnsi="{serif}" w:cs="{serif}"/>'


def main_language(tag: str) -> str:
    """Language of a tag, without its script and region."""
    return tag.split("-")[0].lower()


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return main_language(language) in _RIGHT_TO_LEFT


def language_tags(language: str) -> str:
    """Attributes of ``w:lang``: Word keeps a language for each of three groups of scripts."""
    main = main_language(language)
    group = "bidi" if main in _RIGHT_TO_LEFT else "eastAsia" if main in _EAST_ASIAN else "val"
    return f'w:{group}="{_attribute(language)}"'


def _font_table(look: Look) -> bytes:
    """What Word takes where a font is not installed."""
    fonts = "".join(
        f'<w:font w:name="{_attribute(name)}"><w:altName w:val="{others}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, others, family in (
            (look.serif, "Source Serif 4,Source Serif,Georgia", "roman"),
            (look.sans, "Source Sans 3,Source Sans,Arial", "swiss"),
        )
    )
    return f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _set_page(document: Document, front: FrontMatter, look: Look) -> None:
    """Margins as on paper; the title heads every page but the first, numbers are on all."""
    section = document.sections[0]
    width, height = (Mm(215.9), Mm(279.4)) if look.letter else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin, section.bottom_margin = Mm(27), Mm(25)
    section.header_distance = section.footer_distance = Mm(13)
    section.different_first_page_header_footer = True
    end = str(round((width - Mm(56)) / 635))
    running = section.header.paragraphs[0]
    running.add_run(one_line(front.title))
    if front.series:
        running.add_run(f"\t{one_line(front.series)}")
    _end_at(running, end)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.add_run("\t")
        _add_field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _add_field(paragraph, "NUMPAGES")
        _end_at(paragraph, end)


def _end_at(paragraph: Paragraph, place: str) -> None:
    """Set what follows the tab flush right at a place in twentieths of a point."""
    tabs = OxmlElement("w:tabs")
    tab = OxmlElement("w:tab")
    tab.set(qn("w:val"), "right")
    tab.set(qn("w:pos"), place)
    tabs.append(tab)
    paragraph._p.get_or_add_pPr().append(tabs)


def _add_field(paragraph: Paragraph, name: str) -> None:
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {name} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
