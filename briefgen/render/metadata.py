"""What the page tells machines of itself: a description, and the brief as linked data."""

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from briefgen.model import Brief, FrontMatter, Item, KeyMessages, Prose, Publication, Source
from briefgen.render.characters import one_line, visible
from briefgen.render.series import series_name
from briefgen.render.small_print import bare_doi, doi_address, licence_address, licence_name
from briefgen.render.wording import address_of, same_name, web_address

LONGEST = 160
"""Characters of a description, about what search results show."""

_CALL = re.compile(r"\[\^\d+\]")
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end a script element, or a line of JavaScript, as JSON writes it otherwise."""


def description(brief: Brief) -> str:
    """What the analyst says of the brief, else its subtitle, else its first key message.

    Only the key message is cut, at a word. The title where there is none of them.
    """
    front = brief.front
    said = front.description or front.subtitle
    return one_line(said or _first_message(brief) or front.series or front.title)


def _first_message(brief: Brief) -> str | None:
    for section in brief.sections:
        if isinstance(section, KeyMessages):
            if section.written:
                return shortened(_words(section.written[0]), LONGEST)
            if section.picked:
                return shortened(_attributed(section.picked[0]), LONGEST)
    return None


def _words(prose: Prose) -> str:
    """The words of the analyst's Markdown without its marks."""
    import nh3  # slow to import, and only briefs without a subtitle need it here

    from briefgen.render.prose_html import to_html

    text = nh3.clean(to_html(_CALL.sub("", visible(prose.markdown))), tags=set())
    return one_line(html.unescape(text))


def _attributed(item: Item) -> str:
    text = one_line(" … ".join(quote.text for quote in item.excerpt))
    holder = item.finding.holder
    return f"{holder.name}: “{text}”" if holder else f"“{text}”"


def shortened(text: str, length: int) -> str:
    """The text, or as many of its first words as fit with an ellipsis into so many characters."""
    if len(text) <= length:
        return text
    border = text.rfind(" ", 0, length)
    return f"{text[: border if border > 0 else length - 1].rstrip(' ,;:–—-“(')}…"


def json_ld(brief: Brief) -> Markup:
    """The brief as a schema.org ``Report``, as JSON that no page reads as markup."""
    text = json.dumps(_report(brief), ensure_ascii=False)
    return Markup(text.translate(_UNSAFE))


def _report(brief: Brief) -> Mapping[str, Any]:
    front = brief.front
    organisation = _organisation(front.organisation)
    people = [{"@type": "Person", "name": one_line(name)} for name in front.authors]
    return {
        "@context": "https://schema.org",
        **_said(
            {
                "@type": "Report",
                "name": one_line(front.title),
                "headline": one_line(front.title),
                "alternativeHeadline": _line(front.subtitle),
                "description": description(brief),
                "author": people or organisation,
                "publisher": organisation,
                "datePublished": front.date,
                "inLanguage": front.language,
                "reportNumber": _line(front.series),
                "creativeWorkStatus": _line(front.status),
                "license": _licence(front),
                "identifier": _identifier(front),
                "url": web_address(front.url),
                "citation": [
                    _cited(extraction.document.source) for extraction in brief.extractions
                ],
                **(_published(brief.publication, front) if brief.publication else {}),
            }
        ),
    }


def _published(publication: Publication, front: FrontMatter) -> Mapping[str, Any]:
    """What is said of a brief that stands on a site, and of which edition it is."""
    series = {"@type": "CreativeWorkSeries", "name": one_line(series_name(front.series or ""))}
    address, before = publication.canonical, publication.previous
    former = {"@type": "Report", "url": web_address(f"{address}{before}/")}
    correction = {"@type": "CorrectionComment", "text": _line(publication.correction)}
    return {
        "datePublished": publication.first or front.date,
        "dateModified": publication.edition[:10],
        "version": str(publication.number),
        "isPartOf": [
            *([series] if front.series else []),
            {"@type": "WebSite", "name": one_line(publication.site)},
        ],
        "mainEntityOfPage": web_address(address),
        "isBasedOn": former if address and before else None,
        "image": web_address(publication.picture),
        "correction": correction if publication.correction else None,
    }


def _licence(front: FrontMatter) -> Any:
    if not front.licence:
        return None
    name = one_line(licence_name(front.licence))
    return licence_address(front.licence) or {"@type": "CreativeWork", "name": name}


def _identifier(front: FrontMatter) -> Mapping[str, Any] | None:
    if not front.doi:
        return None
    address = doi_address(front.doi)
    value = {"propertyID": "DOI", "value": bare_doi(front.doi), "url": address}
    return {"@type": "PropertyValue", **_said(value)}


def _cited(source: Source) -> Mapping[str, Any]:
    # Whether an author is a person or a ministry, nothing says: schema.org takes the name alone.
    same = same_name(source.author, source.publisher)
    return _said(
        {
            "@type": "CreativeWork",
            "name": one_line(source.title),
            "author": _organisation(source.author) if same else _line(source.author),
            "publisher": _organisation(source.publisher),
            "datePublished": _line(source.published),
            "inLanguage": source.language,
            "url": address_of(source),
        }
    )


def _organisation(name: str | None) -> Mapping[str, str] | None:
    return {"@type": "Organization", "name": one_line(name)} if name else None


def _line(text: str | None) -> str | None:
    return one_line(text) if text else None


def _said(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in facts.items() if value}


def locale(language: str) -> str | None:
    """``en_GB`` for ``en-GB``, as Open Graph writes it; None where the tag names no country."""
    parts: Sequence[str] = language.split("-")
    countries = [part for part in parts[1:] if re.fullmatch(r"[A-Za-z]{2}", part)]
    return f"{parts[0].lower()}_{countries[0].upper()}" if countries else None


FILTERS: Mapping[str, Callable[..., Any]] = {
    "description": description,
    "json_ld": json_ld,
    "locale": locale,
}
