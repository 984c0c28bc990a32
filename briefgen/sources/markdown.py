"""Markdown files: the document's text is what a reader of the set page sees."""

from html import escape

import markdown

from briefgen.model import BlockKind
from briefgen.sources import boilerplate, frontmatter, html, text
from briefgen.sources.decoding import decode
from briefgen.sources.limits import check_length
from briefgen.sources.reading import Facts, Piece, Raw, Reading, Unreadable, set_out

MAX_MARKDOWN = 1_000_000
"""Characters; the converter takes 1 s for each 200,000."""


def read(raw: Raw) -> Reading:
    """Words of a Markdown file without its marks, so that quotes carry no ``**`` or link targets.

    Front matter is metadata and not part of the text. HTML inside is parsed for its words only.
    Raises Unreadable where there is no text or too much.
    """
    source = decode(raw)
    check_length(source)
    if len(source) > MAX_MARKDOWN:
        raise Unreadable(
            f"has {len(source):,} characters of Markdown, more than {MAX_MARKDOWN:,} "
            "(split it, or name it .txt)"
        )
    front = frontmatter.extent(source)
    said = frontmatter.facts(source[front[0] : front[1]]) if front else Facts()
    body = source[front[1] :] if front else source
    pieces = html.pieces(_convert(body))
    kinds = boilerplate.mark([(piece.kind, piece.text) for piece in pieces])
    marked = [Piece(k, p.text, p.row_of) for k, p in zip(kinds, pieces, strict=True)]
    words, blocks = set_out(marked)
    title = next((p.text for p in pieces if p.kind is BlockKind.HEADING), None)
    told = text.facts(words, list(blocks))
    return Reading(words, blocks, said.over(Facts(title=title).over(told)))


def _convert(body: str) -> str:
    plain = body.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return markdown.markdown(
            "\n\n".join(map(_tamed, plain.split("\n\n"))),
            extensions=["tables", "fenced_code", "sane_lists", "footnotes"],
        )
    # The converter recurses into nested quotes and lists, and its HTML parser asserts.
    except (RecursionError, AssertionError, ValueError, IndexError, AttributeError):
        return "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n"))


def _tamed(part: str) -> str:
    """A paragraph whose brackets don't pair is set without links.

    For each bracket the converter looks for its partner up to the paragraph's end: 5,000 of
    ``[a](`` took 11 s.
    """
    lacks = max(part.count("[") - part.count("]"), part.count("](") - part.count(")"))
    return part.replace("[", "&#91;") if lacks > 50 or len(part) > _LONGEST else part


_LONGEST = 100_000
"""Characters between two blank lines; a table of 500 rows has 50,000."""
