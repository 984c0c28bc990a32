"""Which words lead a list in: “The ministry will:” says whose the actions in the items are."""

from briefgen.model import BlockKind, Document, Span

_ITEMS = 40
"""Items of a list before an item that are looked over for its lead-in."""


def lead_in(document: Document, item: Span) -> Span | None:
    """The paragraph, or item with items of its own, that ends in a colon before a list item.

    None where the span stands in no list, or where nothing leads the list in.
    """
    at = document.index_at(item.start)
    if at is None or document.blocks[at].kind is not BlockKind.LIST_ITEM:
        return None
    for block in reversed(document.blocks[max(0, at - _ITEMS) : at]):
        if document.text[block.span.start : block.span.end].rstrip(" *_").endswith(":"):
            return block.span if block.kind is not BlockKind.HEADING else None
        if block.kind is not BlockKind.LIST_ITEM:
            return None
    return None
