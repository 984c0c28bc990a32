"""Web pages: every visible block, those outside the main content marked as boilerplate."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from lxml import etree

from briefgen.model import BlockKind
from briefgen.sources import boilerplate, layout, maincontent, metadata
from briefgen.sources.decoding import decode
from briefgen.sources.limits import check_length
from briefgen.sources.reading import Facts, Piece, Raw, Reading, Unreadable, set_out

_UNSEEN = frozenset(
    "script style template noscript head title svg canvas iframe object embed audio video select "
    "option datalist input textarea map area link meta base".split()
)
_APART = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html label "
    "legend li main menu nav ol optgroup p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
"""Elements that begin and end a line (HTML Standard, 15.3), and those that stand by themselves."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "tr": BlockKind.TABLE,
} | dict.fromkeys(_HEADINGS, BlockKind.HEADING)

_OUTSIDE = frozenset(("nav", "footer", "aside", "button", "dialog", "menu"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog"))
_NAMES = re.compile(
    r"(?:^|\s)(?:site-?|page-?|main-?|social-?|entry-?|post-?|article-?)?(?:share|sharing|share-?bar"
    r"|share-?(?:buttons?|links?|tools?)|sharedaddy|social-?(?:links?|media|icons?)|breadcrumbs?|navbar"
    r"|nav(?:igation)?|menu|sidebar|footer|newsletter(?:-signup)?|subscribe|cookie-?(?:banner|notice"
    r"|consent)|related(?:-?(?:posts?|articles?|content|stories))?|comments|advert(?:isement)?|promo"
    r"|skip-?link|pagination)(?:\s|$)",
    re.IGNORECASE,
)
"""Class and id words of widgets; whole words only, as ``has-sidebar`` is put on whole pages."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAK = "\x00"
"""Stands for <br> until white space is collapsed; no parsed text has it."""


def read(raw: Raw) -> Reading:
    """Visible text of a page, white space collapsed, a line break only where the page has <br>.

    Main content is what trafilatura extracts, and whole sentences outside menus, sidebars and
    footers. Title, author, date, language and address come from the page's metadata.
    Raises Unreadable where there is no text or too much.
    """
    page = decode(raw, is_html=True)
    root = _parse(page)
    seen = list(_walk(root))
    check_length("".join(block.words for block in seen))
    inside = list(_with_outside_marked(seen, maincontent.find(page)))
    kinds = boilerplate.mark([(block.kind, block.words) for block in inside])
    text, blocks = set_out([Piece(k, b.words, b.row_of) for k, b in zip(kinds, seen, strict=True)])
    return Reading(text, blocks, maincontent.facts(page).over(_facts(root, seen)))


def pieces(page: str) -> list[Piece]:
    """Visible blocks of HTML that is all content, such as a Markdown file's."""
    if not page.strip():
        return []
    return [Piece(block.kind, block.words, block.row_of) for block in _walk(_parse(page))]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One visible block of a page."""

    kind: BlockKind
    words: str
    outside: bool
    """Whether it is in a menu, sidebar, footer or widget."""
    beyond: bool
    """Whether the page has a <main> or <article> with most of its text, and it is not in that."""
    linked: bool
    """Whether nearly all of it is links."""
    row_of: int | None = None


def _parse(page: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    data = page.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"is no HTML that can be read ({error})") from None
    if root is None:
        raise Unreadable("is an HTML page without content (get the page again)")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # The parser drops what lies deeper than 256 elements, and the rest of the page with it.
        raise Unreadable("nests its elements too deeply (save it as text)")
    return root


@dataclass
class _Line:
    """Text of the block that is being read."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    """Characters inside links."""

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.parts.append(text)
            self.linked += len(text.strip()) if in_link else 0


def _walk(root: etree._Element) -> Iterator[_Seen]:
    bulk = _find_bulk(root)
    line = _Line()
    kinds = [BlockKind.PARAGRAPH]
    outside = links = mains = 0
    tables = count(1)
    row_of: list[int | None] = [None]
    rows = 0
    skipping: etree._Element | None = None
    walker = etree.iterwalk(root, events=("start", "end"))

    def flush() -> Iterator[_Seen]:
        for words in _paragraphs("".join(line.parts)):
            linked = line.linked >= 0.8 * len(words)
            kind = kinds[-1]
            if kind is BlockKind.PARAGRAPH and layout.is_caption(words):
                kind = BlockKind.CAPTION
            row = row_of[-1] if kind is BlockKind.TABLE else None
            beyond = bulk.main is not None and mains == 0
            yield _Seen(kind, words, outside > 0, beyond, linked, row)
        line.parts.clear()
        line.linked = 0

    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if skipping is not None:
            if event == "end" and element is skipping:
                skipping = None
                line.add(element.tail, links > 0)
            continue
        apart = tag in _APART
        in_row = rows > 0 and tag != "tr"
        if event == "start":
            if tag in _UNSEEN or not tag or _is_hidden(element):
                skipping = element
                walker.skip_subtree()
                continue
            if apart and not in_row:
                yield from flush()
            elif in_row and apart:
                line.parts.append(" | " if tag in ("td", "th") and line.parts else " ")
            if tag == "table":
                row_of.append(next(tables) if _holds_data(element) else None)
            elif tag == "tr" and row_of[-1] is not None:
                rows += 1
            if tag in _KINDS and not in_row and (tag != "tr" or row_of[-1] is not None):
                kinds.append(_KINDS[tag])
            outside += _is_outside(element, tag, bulk)
            mains += element is bulk.main
            links += tag == "a"
            if tag in ("br", "hr"):
                line.parts.append(" " if rows else _BREAK)
            line.add(element.text, links > 0)
            continue
        if apart and not (in_row and tag != "table"):
            yield from flush()
        elif in_row and apart:
            line.parts.append(" ")
        if tag == "tr" and row_of[-1] is not None:
            rows -= 1
        if tag in _KINDS and not in_row and (tag != "tr" or row_of[-1] is not None):
            kinds.pop()
        if tag == "table":
            row_of.pop()
        outside -= _is_outside(element, tag, bulk)
        mains -= element is bulk.main
        links -= tag == "a"
        line.add(element.tail, links > 0)
    yield from flush()


def _paragraphs(text: str) -> Iterator[str]:
    """White space collapsed; one <br> is a line break, two part paragraphs."""
    lines = [" ".join(part.split()) for part in text.split(_BREAK)]
    begin = 0
    for index in range(len(lines) + 1):
        if index == len(lines) or not lines[index]:
            words = "\n".join(lines[begin:index])
            if words.strip(" |\n"):
                yield words.strip(" |\n") if words.startswith((" |", "| ")) else words
            begin = index + 1


def _is_hidden(element: etree._Element) -> bool:
    get = element.get
    return (
        get("hidden") is not None
        or get("aria-hidden") == "true"
        or bool(_HIDDEN.search(get("style", "")))
    )


def _holds_data(table: etree._Element) -> bool:
    """Whether a table is rows of data and not the frame of an old page's layout."""
    if table.find(".//table") is not None or table.find(".//h1") is not None:
        return False
    cells = table.findall(".//td")
    return not any(len(cell.findall("p")) > 2 or cell.find("h2") is not None for cell in cells)


@dataclass(frozen=True, slots=True)
class _Bulk:
    """Where most of a page's text is."""

    holders: frozenset[etree._Element]
    """Elements that hold too much of it to be a menu or a sidebar, whatever they are called."""
    main: etree._Element | None
    """The innermost <main> or <article> that holds most of it, if one does."""


def _find_bulk(root: etree._Element) -> _Bulk:
    weights: Counter[etree._Element] = Counter()
    for element in root.iter(etree.Element):
        if element.tag in _UNSEEN:
            continue
        own = len((element.text or "").strip())
        own += sum(len((child.tail or "").strip()) for child in element)
        if own >= _SENTENCE:
            weights[element] += own
            for ancestor in element.iterancestors():
                weights[ancestor] += own
    total = weights[root]
    # Whole pages have been seen inside <header>, <form> and class="sidebar".
    holders = frozenset(e for e, weight in weights.items() if weight > 0.4 * total)
    mains = [e for e in holders if e.tag in ("main", "article") and weights[e] > 0.6 * total]
    main = max(mains, key=lambda e: sum(1 for _ in e.iterancestors()), default=None)
    return _Bulk(holders, main)


_SENTENCE = 60
"""Characters from which an element's own text counts as prose; menu entries have up to 40."""


def _is_outside(element: etree._Element, tag: str, bulk: _Bulk) -> bool:
    if element in bulk.holders or tag in ("body", "html", "p") or tag in _HEADINGS:
        return False
    if tag in _OUTSIDE or element.get("role") in _ROLES:
        return True
    if tag in ("header", "form"):
        return tag == "form" or not any(
            a.tag in ("article", "main") for a in element.iterancestors()
        )
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return len(names) > 1 and bool(_NAMES.search(names[:500]))


def _with_outside_marked(seen: list[_Seen], main: maincontent.Main) -> Iterator[_Seen]:
    """Mark what is outside the main content.

    A block counts as inside where trafilatura kept it, or between the first and last that it kept
    unless it is in a widget or is links only, or where it is a whole sentence outside of widgets.
    """
    kept = [
        index
        for index, block in enumerate(seen)
        if main.holds(block.words, strictly=block.outside or block.beyond)
    ]
    first, last = (kept[0], kept[-1]) if kept else (0, len(seen))
    inside = set(kept)
    for index, block in enumerate(seen):
        prose = boilerplate.is_prose(block.words)
        within = first <= index <= last and not (block.linked and not prose)
        # An article's headings come before its first sentence, which trafilatura starts at.
        titles = block.kind is BlockKind.HEADING and index < first
        near = not (block.outside or block.beyond) and (prose or within or titles)
        if index in inside or near:
            yield block
        else:
            yield replace(block, kind=BlockKind.BOILERPLATE)


def _facts(root: etree._Element, seen: list[_Seen]) -> Facts:
    """What the page's own elements say, for what trafilatura doesn't tell."""
    title = root.findtext(".//title")
    heading = next((b.words for b in seen if b.kind is BlockKind.HEADING and not b.outside), None)
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        meta.setdefault(name, element.get("content") or "")
    canonical = next(
        (e.get("href") for e in root.iter("link") if (e.get("rel") or "") == "canonical"), None
    )
    dates = (b.words for b in seen[:60] if metadata.is_dateline(b.words))
    bylines = (name for b in seen[:60] if (name := metadata.byline(b.words)))
    return Facts(
        title=metadata.as_title(heading) or metadata.as_title(title),
        author=metadata.as_name(meta.get("author") or meta.get("dc.creator"))
        or next(bylines, None),
        publisher=metadata.as_name(meta.get("og:site_name") or meta.get("dc.publisher")),
        published=metadata.as_date(
            meta.get("article:published_time") or meta.get("dc.date") or meta.get("date")
        )
        or metadata.find_date(next(dates, "")),
        language=metadata.as_language(
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        ),
        url=metadata.as_url(canonical) or metadata.as_url(meta.get("og:url")),
    )
