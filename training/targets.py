"""What a window of a labelled document asks of the network, a word a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from briefgen.model import Kind, Span
from briefgen.text.outputs import HEADS, KINDS, SPANS, STANCES, STATUSES
from briefgen.text.sentences import flatten, sentences
from briefgen.text.windows import Pieces, windows, words
from briefgen.text.words import is_punctuation
from training.corpora.labelled import Labelled, Record

if TYPE_CHECKING:
    from tokenizers import Tokenizer

IGNORED = -100
"""Label of what is not learned from, as in torch."""

_POLNEAR_HEADS = {"source": "holder", "broad cue": "cue", "content": "content"}
_CONTENT = {Kind.POSITION: "statement", Kind.PROPOSAL: "action", Kind.RISK: "risk"}
_HOLDER = {Kind.POSITION: "actor", Kind.PROPOSAL: "proposer", Kind.RISK: "voice"}


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a window, as indices of its words."""

    span: int
    """Index into SPANS."""
    first: int
    last: int
    """First and last word of the content, what interrupts it included."""
    optional: bool
    holder: NDArray[np.int64] | None
    """Words that name the holder; empty where nobody is named, None where that is not known."""
    cue: NDArray[np.int64]
    label: int
    """Index into STANCES or STATUSES; IGNORED where it is not labelled."""


@dataclass(frozen=True, slots=True)
class Window:
    """Inputs and targets of one window."""

    ids: NDArray[np.int64]
    """[pieces]"""
    first: NDArray[np.int64]
    """[words] piece that opens each word."""
    sentence: NDArray[np.int64]
    """[words] sentence within the window, counted from 0."""
    solid: NDArray[np.bool_]
    """[words] whether a span may begin or end with the word, as it can't with punctuation."""
    tags: NDArray[np.int64]
    """[words, heads] 0 outside, 1 begin, 2 inside or IGNORED."""
    kinds: NDArray[np.float32]
    """[sentences, kinds] whether a sentence holds a record; nan where that is not known."""
    asked: NDArray[np.bool_]
    """[spans] which span heads the labels speak of."""
    items: tuple[Item, ...]


def read(examples: Sequence[Labelled], tokenizer: "Tokenizer", limit: int) -> list[Window]:
    """Cut labelled documents into windows of at most ``limit`` pieces."""
    return [window for example in examples for window in _windows(example, tokenizer, limit)]


def _windows(example: Labelled, tokenizer: "Tokenizer", limit: int) -> Iterator[Window]:
    document = example.document
    text, found = flatten(document), list(sentences(document))
    for pieces in windows(document, found, tokenizer, limit):
        window = _Words(text, pieces, found)
        if len(window.start):
            yield window.target(example)


class _Words:
    """The words of one window."""

    def __init__(self, text: str, pieces: Pieces, found: Sequence[Span]) -> None:
        rows = words(pieces, found)
        self.text, self.ids, self.first = text, pieces.ids, rows.first
        self.start, self.end, self.sentence = rows.start, rows.end, rows.sentence
        self.words = [text[s:e].lower() for s, e in zip(self.start, self.end, strict=True)]

    def within(self, spans: Sequence[Span]) -> NDArray[np.int64]:
        """Indices of the words that share a character with one of the spans."""
        hit = np.zeros(len(self.start), np.bool_)
        for span in spans:
            hit |= (self.start < span.end) & (self.end > span.start)
        return np.flatnonzero(hit)

    def target(self, example: Labelled) -> Window:
        """What the labels ask; nothing of the sense in which the document was not labelled."""
        seen, local = np.unique(self.sentence, return_inverse=True)
        senses = {True: example.attributions, False: example.findings}
        heads = [h for h in HEADS if senses[h in _POLNEAR_HEADS] is not None]
        tags = np.full((len(self.start), len(HEADS)), IGNORED, np.int64)
        tags[:, [HEADS.index(head) for head in heads]] = 0
        kinds = np.full((len(seen), len(KINDS)), np.nan, np.float32)
        if example.findings is not None:
            kinds[:] = 0.0
        # Optional records give way to firm ones, short ones to long ones.
        order = sorted(
            (*(example.attributions or ()), *(example.findings or ())),
            key=lambda r: (r.optional, -sum(s.end - s.start for s in r.content)),
        )
        items: list[Item] = []
        for record in order:
            content = self.within(record.content)
            if not len(content):
                continue
            self._tag(tags, record)
            if record.kind is not None:
                row, column = local[content], KINDS.index(record.kind)
                for sentence in set(row.tolist()):
                    if not record.optional:
                        kinds[sentence, column] = 1.0
                    elif kinds[sentence, column] == 0:
                        kinds[sentence, column] = np.nan
            items += self._items(record, content)
        solid = np.array([not is_punctuation(word) for word in self.words], np.bool_)
        asked = np.array([senses[name == "content"] is not None for name in SPANS], np.bool_)
        return Window(self.ids, self.first, local, solid, tags, kinds, asked, tuple(items))

    def _tag(self, tags: NDArray[np.int64], record: Record) -> None:
        if record.kind is None:
            roles = {"source": record.holder, "broad cue": record.cue, "content": record.content}
        else:
            roles = {_CONTENT[record.kind]: record.content, _HOLDER[record.kind]: record.holder}
            if record.kind is Kind.POSITION:
                roles["cue"] = record.cue
            if record.bearer:
                roles["bearer"] = (record.bearer,)
        for head, spans in roles.items():
            column = HEADS.index(head)
            for span in spans:
                words = self.within([span])
                if not len(words):
                    continue
                free = tags[words, column] == 0
                if record.optional:
                    tags[words[free], column] = IGNORED
                    continue
                if head in _CONTENT.values() and (tags[words, column] > 0).any():
                    continue
                if tags[words[0], column] != 2:
                    tags[words[0], column] = 1
                rest = words[1:]
                tags[rest[tags[rest, column] != 1], column] = 2

    def _items(self, record: Record, content: NDArray[np.int64]) -> Iterator[Item]:
        """One item for each sentence that the content runs through."""
        span = SPANS.index(_CONTENT[record.kind] if record.kind else "content")
        holder: NDArray[np.int64] | None = self.within(record.holder)
        if holder is not None and not len(holder) and (record.holder or record.named):
            holder = None
        label = IGNORED
        if record.label:
            labels = STANCES if record.kind is Kind.POSITION else STATUSES
            label = labels.index(record.label)  # type: ignore[arg-type]
        for sentence in sorted(set(self.sentence[content].tolist())):
            words = content[self.sentence[content] == sentence]
            solid = [w for w in words.tolist() if not is_punctuation(self.words[w])]
            if solid:
                yield Item(
                    span,
                    solid[0],
                    solid[-1],
                    record.optional,
                    holder,
                    self.within(record.cue),
                    label,
                )
