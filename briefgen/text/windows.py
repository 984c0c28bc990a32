"""Cut a document into the windows of word pieces that a tagging model reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from briefgen.model import BlockKind, Document, Span
from briefgen.text.sentences import flatten

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_CLS, _SEP = 101, 102
"""Ids of BERT's uncased vocabulary for the start of a window and the end of a block."""

_OUTSIDE = -1
"""Start and end of a piece that stands for no character: [CLS] and [SEP]."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces in reading order, one array entry each."""

    ids: NDArray[np.int64]
    start: NDArray[np.int64]
    """Offset of the first character; -1 for [CLS] and [SEP]."""
    end: NDArray[np.int64]
    opens_word: NDArray[np.bool_]
    """Whether the piece is the first of a word."""

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, index: slice) -> "Pieces":
        return Pieces(self.ids[index], self.start[index], self.end[index], self.opens_word[index])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some windows that stand in a sentence, in reading order, a row each."""

    first: NDArray[np.int64]
    """Index of the piece that opens the word."""
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    sentence: NDArray[np.int64]
    """Index into the document's sentences."""


def words(pieces: Pieces, sentences: Sequence[Span]) -> Words:
    """Put the pieces of windows together to words; [CLS], [SEP] and list markers are in none."""
    bounds = np.array([(s.start, s.end) for s in sentences], np.int64).reshape(-1, 2)
    sentence = np.searchsorted(bounds[:, 0], pieces.start, side="right") - 1
    real = (sentence >= 0) & (pieces.start < np.append(bounds[:, 1], 0)[sentence])
    first = np.flatnonzero(real & pieces.opens_word)
    # A word ends with the last of its pieces: the last real one before the next word's first.
    last = np.flatnonzero(real)
    last = last[np.append(np.searchsorted(last, first[1:]), len(last)) - 1] if len(first) else first
    return Words(first, pieces.start[first], pieces.end[last], sentence[first])


def windows(
    document: Document, sentences: Sequence[Span], tokenizer: "Tokenizer", limit: int
) -> list[Pieces]:
    """Pack whole blocks, [SEP] after each, into windows of at most ``limit`` pieces.

    A block too long for a window is cut where a sentence starts, so that the model reads each
    sentence whole and as much of what stands around it as fits.
    """
    text = flatten(document)
    starts = np.array([sentence.start for sentence in sentences], np.int64)
    packed: list[Pieces] = []
    window, length = [_START], 1
    for block in _pieces(document, text, tokenizer):
        if length > 1 and length + len(block) + 2 > limit:
            packed.append(join([*window, _BREAK]))
            window, length = [_START], 1
        while len(block) + 2 > limit:
            cut = _last_sentence_start(block, starts, limit - 2)
            packed.append(join([_START, block[:cut], _BREAK]))
            block = block[cut:]
        window += [block, _BREAK]
        length += len(block) + 1
    if length > 1:
        packed.append(join([*window, _BREAK]))
    return packed


def _pieces(document: Document, text: str, tokenizer: "Tokenizer") -> Iterable[Pieces]:
    """Pieces of every block that is not boilerplate."""
    spans = [b.span for b in document.blocks if b.kind is not BlockKind.BOILERPLATE]
    lines = [text[span.start : span.end] for span in spans]
    found = tokenizer.encode_batch(lines, add_special_tokens=False)
    for span, encoding in zip(spans, found, strict=True):
        if not encoding.ids:
            continue
        offsets = np.array(encoding.offsets, np.int64) + span.start
        words = np.array(encoding.word_ids, np.int64)
        opens = np.ones(len(words), np.bool_)
        opens[1:] = words[1:] != words[:-1]
        yield Pieces(np.array(encoding.ids, np.int64), offsets[:, 0], offsets[:, 1], opens)


def _last_sentence_start(block: Pieces, starts: NDArray[np.int64], limit: int) -> int:
    """Index of the last piece before ``limit`` that opens a sentence, or ``limit`` if none does."""
    # A cut before piece 40 would leave a window mostly empty for one long sentence.
    opening = np.flatnonzero(np.isin(block.start[41 : limit + 1], starts))
    return 41 + int(opening[-1]) if len(opening) else limit


def _mark(id_: int) -> Pieces:
    outside = np.array([_OUTSIDE], np.int64)
    return Pieces(np.array([id_], np.int64), outside, outside, np.array([False]))


_START, _BREAK = _mark(_CLS), _mark(_SEP)


def join(parts: Sequence[Pieces]) -> Pieces:
    """Pieces of several windows or blocks in one."""
    if not parts:
        return _START[:0]
    return Pieces(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
        np.concatenate([part.opens_word for part in parts]),
    )
