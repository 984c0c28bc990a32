"""The tagging model: a folder with a network, its tokenizer and how to decode it, run by ONNX.

A model folder holds ``findings.onnx`` (inputs ``ids`` and ``mask``, int64 [batch, pieces]; output
[batch, pieces, 3·heads + kinds]: outside, begin and inside scores of every head, then one score of
the piece's sentence for every kind), ``tokenizer.json`` and ``decoding.json``. Nothing else in
briefgen knows which model it is.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefgen.model import Document, Kind, Span
from briefgen.text.sentences import sentences
from briefgen.text.windows import Pieces, windows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

SHIPPED = Path(str(files("briefgen.text") / "model"))
"""The model in the wheel."""

_BATCH = 4
"""Windows a run. Batches of 4, sorted by length, were the fastest of 1–32 on one core: padding
costs more than the saved calls bring."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a model's scores become spans; chosen with the model, on its own outputs."""

    name: str
    """Name and version, such as ``findings-minilm 1``."""
    max_pieces: int
    """Pieces in a window, [CLS] and [SEP] included."""
    heads: tuple[str, ...]
    """What each span head looks for, in the order of the output."""
    kinds: tuple[Kind, ...]
    """What each sentence score stands for, in the order of the output."""
    content: Mapping[Kind, float]
    """Least probability that a word belongs to a statement, an action or a risk."""
    sentence: Mapping[Kind, float]
    """Least probability that a sentence has a finding of the kind."""
    wording: float
    """How much words such as “should” or “could” move a sentence's probability either way."""
    roles: float
    """Least probability that a word belongs to an actor, cue, proposer, voice or bearer."""
    edge: float
    """Least probability of the words at the edges of such a span, so that names stay whole."""
    bridge: Mapping[Kind, int]
    """Words of a gap inside a statement, an action or a risk that is closed."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What the model says of a document, a word a row."""

    sentences: tuple[Span, ...]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    sentence: NDArray[np.int64]
    """Index into ``sentences`` for each word."""
    begin: Mapping[str, NDArray[np.float64]]
    """Probability that a word begins a span, by head."""
    inside: Mapping[str, NDArray[np.float64]]
    """Probability that a word goes on with one, by head."""
    kind: Mapping[Kind, NDArray[np.float64]]
    """Probability that a sentence has a finding, by kind."""


class Tagger:
    """A model folder, opened when the first document is tagged."""

    def __init__(self, folder: Path = SHIPPED, threads: int = 0) -> None:
        """Name the model's folder and how many threads it may use; 0 takes every core."""
        self._folder = folder
        self._threads = threads

    @cached_property
    def decoding(self) -> Decoding:
        """The model's own decoding parameters."""
        raw = json.loads((self._folder / "decoding.json").read_text("utf-8"))
        kinds = tuple(Kind(kind) for kind in raw["kinds"])
        return Decoding(
            name=raw["name"],
            max_pieces=raw["max_pieces"],
            heads=tuple(raw["heads"]),
            kinds=kinds,
            content={kind: raw["content"][kind] for kind in kinds},
            sentence={kind: raw["sentence"][kind] for kind in kinds},
            wording=raw["wording"],
            roles=raw["roles"],
            edge=raw["edge"],
            bridge={kind: raw["bridge"][kind] for kind in kinds},
        )

    def tag(self, document: Document, progress: Callable[[float], None] | None = None) -> Tags:
        """Tag every word outside boilerplate; ``progress`` is told the share that is done.

        Windows of one document share batches with no other, so what is found in a document never
        depends on its neighbours.
        """
        found = tuple(sentences(document))
        cut = windows(document, found, self._tokenizer, self.decoding.max_pieces)
        return _collect(found, cut, self.scores(cut, progress), self.decoding)

    def scores(
        self, cut: Sequence[Pieces], progress: Callable[[float], None] | None = None
    ) -> list[NDArray[np.float32]]:
        """Run the network over windows; one array [pieces, outputs] each, in the same order."""
        order = _by_length(cut)
        found: list[Any] = [None] * len(cut)
        for at, (ids, mask) in enumerate(self.batches(cut)):
            (out,) = self._session.run(None, {"ids": ids, "mask": mask})
            for row, index in enumerate(order[at * _BATCH : (at + 1) * _BATCH]):
                found[index] = out[row, : len(cut[index])]
            if progress:
                progress(min(1.0, (at + 1) * _BATCH / len(order)))
        return found

    def batches(
        self, cut: Sequence[Pieces]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Inputs of each run of the network: ids and mask, windows of like length together."""
        order = _by_length(cut)
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


def _by_length(cut: Sequence[Pieces]) -> list[int]:
    return sorted(range(len(cut)), key=lambda index: len(cut[index]))


def _collect(
    found: tuple[Span, ...],
    cut: Sequence[Pieces],
    scores: Sequence[NDArray[np.float32]],
    decoding: Decoding,
) -> Tags:
    """Turn scores of pieces into probabilities of words and sentences."""
    heads, kinds = decoding.heads, decoding.kinds
    width = 3 * len(heads)
    score = np.concatenate([*scores, np.zeros((0, width + len(kinds)), np.float32)])
    start = np.concatenate([*(pieces.start for pieces in cut), np.zeros(0, np.int64)])
    end = np.concatenate([*(pieces.end for pieces in cut), np.zeros(0, np.int64)])
    opens = np.concatenate([*(pieces.opens_word for pieces in cut), np.zeros(0, np.bool_)])
    bounds = np.array([(span.start, span.end) for span in found], np.int64).reshape(-1, 2)
    sentence = np.searchsorted(bounds[:, 0], start, side="right") - 1
    # [CLS], [SEP] and the marker of a list item are in no sentence.
    real = (sentence >= 0) & (start < np.append(bounds[:, 1], 0)[sentence])
    score, sentence, opens = score[real].astype(np.float64), sentence[real], opens[real]
    start, end = start[real], end[real]

    pieces_in = np.maximum(np.bincount(sentence, minlength=len(found)), 1)
    kind = {
        name: _sigmoid(
            np.bincount(sentence, score[:, width + column], minlength=len(found)) / pieces_in
        )
        for column, name in enumerate(kinds)
    }

    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(opens)) - 1
    tags = _softmax(score[first, :width].reshape(len(first), len(heads), 3))
    return Tags(
        sentences=found,
        start=start[first],
        end=end[last] if len(first) else end[:0],
        sentence=sentence[first],
        begin={head: tags[:, row, 1] for row, head in enumerate(heads)},
        inside={head: tags[:, row, 2] for row, head in enumerate(heads)},
        kind=kind,
    )


def _softmax(score: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(score - score.max(axis=-1, keepdims=True))
    share: NDArray[np.float64] = grown / grown.sum(axis=-1, keepdims=True)
    return share


def _sigmoid(score: NDArray[np.float64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = 1 / (1 + np.exp(-score))
    return share
