"""A brief made from documents at hand, so that every note's surroundings are known."""

from collections.abc import Sequence
from dataclasses import replace

from briefgen.assemble.notes import Notes
from briefgen.model import Brief, Document, Extraction, FrontMatter, Prose, Show, Span, Text
from tests.helpers import document

FERRY = (
    "Ferries of the northern line carry 40,000 people a day.  The Council\nopposes any rise in "
    "fares – “not a cent”, as its chair put it – before the new quay, the lift & the lights at "
    "Osmund Point work.  It will\nvote in May.\n\n"
    "He refused. Nobody asked why."
)
TOLL = "道路通行费将提高。委员会反对这一计划。居民表示担忧。"


def source(text: str, id: str, show: Show = Show.PARAGRAPH, **facts: str) -> Document:
    read = document(text, id, **facts)
    return replace(read, source=replace(read.source, show=show))


def brief(
    cited: Sequence[tuple[Document, Sequence[Span]]], front: FrontMatter | None = None
) -> Brief:
    """A section of prose that calls a note for each span, in the order given."""
    notes = Notes({document.source.id: document for document, _ in cited})
    calls = tuple(notes.cite(one.quote(span)) for one, spans in cited for span in spans)
    text = " ".join(f"Words.[^{call.note.number}]" for call in calls)
    return Brief(
        "cited",
        front or FrontMatter("Title"),
        (Text("Why", "section-why", Prose(text, calls)),),
        notes.notes,
        tuple(Extraction(document, ()) for document, _ in cited),
        full_texts=notes.full_texts(),
    )


def span(read: Document, words: str) -> Span:
    start = read.text.index(words)
    return Span(start, start + len(words))


def ferry(show: Show = Show.PARAGRAPH, url: str | None = "https://ferry.example/a?b=1") -> Brief:
    """Three sentences of one page: long with signs of all sorts, short, and short."""
    facts = {"url": url} if url else {}
    read = source(FERRY, "ferry", show, language="en", **facts)
    long = FERRY[FERRY.index("The Council") : FERRY.index("  It will")]
    return brief([(read, [span(read, w) for w in (long, "It will\nvote in May.", "He refused.")])])
