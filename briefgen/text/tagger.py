"""The tagging model: a folder with a network, its tokenizer and how to decode it, run by ONNX.

A model folder holds ``findings.onnx`` (inputs ``ids`` and ``mask``, int64 [batch, pieces], and
``wide``, whether attributions are asked for; output [batch, pieces, OUTPUTS], laid out as
``briefgen.text.outputs`` says), ``tokenizer.json`` and ``decoding.json``. Nothing else in briefgen
knows which model it is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from briefgen.model import Document, Kind, Span
from briefgen.text.decoding import SHIPPED, Decoding, decoding
from briefgen.text.outputs import HEADS, KINDS, LAYOUT, OUTPUTS
from briefgen.text.sentences import sentences
from briefgen.text.windows import Pieces, join, windows, words

__all__ = ["SHIPPED", "Decoding", "Output", "Tagger", "Tags", "by_length"]

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Output = Literal["findings", "attributions"]
"""What a document is read for: what a brief wants, or every attribution in PolNeAR's wide sense."""

_BATCH = 4
"""Windows a run. Batches of 4, sorted by length, were the fastest of 1–32 on one core: padding
costs more than the saved calls bring."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What the model says of a document, a word a row."""

    sentences: tuple[Span, ...]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    sentence: NDArray[np.int64]
    """Index into ``sentences`` for each word."""
    window: NDArray[np.int64]
    """Index of the window that each word was read in."""
    begin: Mapping[str, NDArray[np.float64]]
    """Probability that a word begins a span, by head."""
    inside: Mapping[str, NDArray[np.float64]]
    """Probability that a word goes on with one, by head."""
    kind: Mapping[Kind, NDArray[np.float64]]
    """Probability that a sentence has a finding, by kind."""
    scores: NDArray[np.float16]
    """[words, OUTPUTS] what the network said of each word."""

    def part(self, name: str, words: slice, index: int = 0, size: int | None = None) -> Any:
        """Scores of some words under one name of the layout: [words, columns]."""
        columns = LAYOUT[name]
        width = size or columns.stop - columns.start
        at = columns.start + index * width
        return self.scores[words, at : at + width].astype(np.float64)


class Tagger:
    """A model folder, opened when the first document is tagged."""

    def __init__(self, folder: Path = SHIPPED, threads: int = 0) -> None:
        """Name the model's folder and how many threads it may use; 0 takes every core."""
        self._folder = folder
        self._threads = threads

    @cached_property
    def decoding(self) -> Decoding:
        """The model's own decoding parameters."""
        return decoding(self._folder)

    def tag(
        self,
        document: Document,
        progress: Callable[[float], None] | None = None,
        output: Output = "findings",
    ) -> Tags:
        """Tag every word outside boilerplate; ``progress`` is told the share that is done.

        Windows of one document share batches with no other, so what is found in a document never
        depends on its neighbours.
        """
        found = tuple(sentences(document))
        cut = windows(document, found, self._tokenizer, self.decoding.max_pieces)
        return _collect(found, cut, self.scores(cut, progress, output))

    def scores(
        self,
        cut: Sequence[Pieces],
        progress: Callable[[float], None] | None = None,
        output: Output = "findings",
    ) -> list[NDArray[np.float16]]:
        """Run the network over windows; one array [words, OUTPUTS] each, in the same order."""
        order = by_length(cut)
        wide = np.array(output == "attributions")
        found: list[Any] = [None] * len(cut)
        for at, (ids, mask) in enumerate(self.batches(cut)):
            (out,) = self._session.run(None, {"ids": ids, "mask": mask, "wide": wide})
            for row, index in enumerate(order[at * _BATCH : (at + 1) * _BATCH]):
                # Half precision halves a long document's memory; scores are right to 1 in 1,000.
                opens = np.flatnonzero(cut[index].opens_word)
                found[index] = out[row, opens].astype(np.float16)
            if progress:
                progress(min(1.0, (at + 1) * _BATCH / len(order)))
        return found

    def batches(
        self, cut: Sequence[Pieces]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Inputs of each run of the network: ids and mask, windows of like length together."""
        order = by_length(cut)
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            ids = np.zeros((len(batch), max(len(cut[index]) for index in batch)), np.int64)
            mask = np.zeros_like(ids)
            for row, index in enumerate(batch):
                ids[row, : len(cut[index])] = cut[index].ids
                mask[row, : len(cut[index])] = 1
            yield ids, mask

    @cached_property
    def _session(self) -> "InferenceSession":
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        path = str(self._folder / "findings.onnx")
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def by_length(cut: Sequence[Pieces]) -> list[int]:
    """Indices of windows in the order that they are run in, the shortest first."""
    return sorted(range(len(cut)), key=lambda index: len(cut[index]))


def _collect(
    found: tuple[Span, ...], cut: Sequence[Pieces], scores: Sequence[NDArray[np.float16]]
) -> Tags:
    """Turn scores of pieces into probabilities of words and sentences."""
    pieces = join(cut)
    found_words = words(pieces, found)
    sentence = found_words.sentence
    opens = np.searchsorted(np.flatnonzero(pieces.opens_word), found_words.first)
    score = np.concatenate([*scores, np.zeros((0, OUTPUTS), np.float16)])[opens]
    window = np.repeat(np.arange(len(cut)), [len(pieces) for pieces in cut])
    words_in = np.maximum(np.bincount(sentence, minlength=len(found)), 1)
    kinds = score[:, LAYOUT["kinds"]].astype(np.float64)
    kind = {
        name: _sigmoid(np.bincount(sentence, kinds[:, column], minlength=len(found)) / words_in)
        for column, name in enumerate(KINDS)
    }
    tags = _softmax(score[:, LAYOUT["tags"]].astype(np.float64).reshape(-1, len(HEADS), 3))
    return Tags(
        sentences=found,
        start=found_words.start,
        end=found_words.end,
        sentence=sentence,
        window=window[found_words.first],
        begin={head: tags[:, row, 1] for row, head in enumerate(HEADS)},
        inside={head: tags[:, row, 2] for row, head in enumerate(HEADS)},
        kind=kind,
        scores=score,
    )


def _softmax(score: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(score - score.max(axis=-1, keepdims=True))
    share: NDArray[np.float64] = grown / grown.sum(axis=-1, keepdims=True)
    return share


def _sigmoid(score: NDArray[np.float64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = 1 / (1 + np.exp(-score))
    return share
