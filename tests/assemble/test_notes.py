"""How much of a source a note may show, and where its words stand."""

from dataclasses import replace

import pytest

from briefgen.assemble.notes import Notes
from briefgen.model import Block, BlockKind, Document, Note, Show, Span
from tests.helpers import document

MINUTES = (
    "Item 4 was called.  The Council\nsupports the plan. Nobody spoke against it.\n\n"
    "The Ministry agreed to publish the contract."
)


def sentence(minutes: Document, words: str) -> Note:
    notes = Notes({minutes.source.id: minutes})
    start = minutes.text.index(words)
    return notes.cite(minutes.quote(Span(start, start + len(words)))).note


def showing(show: Show) -> Document:
    minutes = document(MINUTES, "minutes")
    return replace(minutes, source=replace(minutes.source, show=show))


@pytest.mark.parametrize("show", [Show.PARAGRAPH, Show.FULL])
def test_a_note_has_the_paragraph_of_its_sentence(show: Show) -> None:
    note = sentence(showing(show), "The Council\nsupports the plan.")
    assert note.passage is not None
    assert note.passage.text == MINUTES.split("\n\n")[0]
    assert note.passage.span == Span(0, len(note.passage.text))


def test_a_source_that_may_only_be_quoted_has_no_passage() -> None:
    assert sentence(showing(Show.QUOTE), "The Council\nsupports the plan.").passage is None


def test_a_sentence_that_is_its_paragraph_needs_none() -> None:
    note = sentence(showing(Show.PARAGRAPH), "The Ministry agreed to publish the contract.")
    assert note.passage is None


def test_a_list_items_mark_is_no_passage() -> None:
    minutes = document("- The Ministry agreed.", "minutes")
    item = Block(BlockKind.LIST_ITEM, Span(0, len(minutes.text)))
    assert sentence(replace(minutes, blocks=(item,)), "The Ministry agreed.").passage is None


def test_a_source_cited_as_a_whole_has_no_passage() -> None:
    minutes = showing(Show.FULL)
    assert Notes({"minutes": minutes}).cite_source("minutes", None).note.passage is None


def test_full_texts_list_the_notes_that_quote_them_in_the_order_of_the_text() -> None:
    full, short = showing(Show.FULL), document("The Council said no.", "short")
    notes = Notes({"minutes": full, "short": short})
    for words in ("The Ministry agreed to publish the contract.", "Item 4 was called."):
        start = full.text.index(words)
        notes.cite(full.quote(Span(start, start + len(words))))
    notes.cite_source("minutes", None)
    notes.cite(short.quote(Span(0, len(short.text))))
    (shown,) = notes.full_texts()
    assert shown.document is full
    assert [note.number for note in shown.notes] == [2, 1]
