"""Metadata inside a PDF (XMP, ISO 16684-1) as two standards and a reference manager want it."""

from typing import Any
from xml.sax.saxutils import escape

from briefgen.model import FrontMatter

_IDENTIFIED = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/UA-1's mark (ISO 14289-1, 5), described as PDF/A-3 asks of a schema beyond its own
(ISO 19005-3, 6.6.2.3)."""


def complete(pdf: Any, front: FrontMatter) -> None:
    """Add to the metadata that WeasyPrint made: conformance to PDF/UA, language, publisher, rights.

    The stream is left uncompressed, so that tools that know nothing of PDF can read it.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(stream.stream)
    added = _IDENTIFIED + _described(front)
    stream.stream = [packet.replace(b"</rdf:RDF>", added.encode() + b"</rdf:RDF>")]
    stream.compress = False


def _described(front: FrontMatter) -> str:
    """Dublin Core of the front matter, beside the title, authors and dates that are there."""
    facts = [
        _bag("language", front.language),
        _bag("publisher", front.organisation),
        _plain("identifier", front.doi),
        _alternatives("rights", front.licence),
    ]
    return (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{''.join(facts)}</rdf:Description>"
    )


def _plain(name: str, value: str | None) -> str:
    return f"<dc:{name}>{escape(value)}</dc:{name}>" if value else ""


def _bag(name: str, value: str | None) -> str:
    return _plain_in(name, "Bag", f"<rdf:li>{escape(value)}</rdf:li>") if value else ""


def _alternatives(name: str, value: str | None) -> str:
    if not value:
        return ""
    return _plain_in(name, "Alt", f'<rdf:li xml:lang="x-default">{escape(value)}</rdf:li>')


def _plain_in(name: str, container: str, entry: str) -> str:
    return f"<dc:{name}><rdf:{container}>{entry}</rdf:{container}></dc:{name}>"
