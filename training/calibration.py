"""Choose how sure a finding is, and how sure it must be, on documents the network has not seen."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from briefgen.extract.reading import Reading
from briefgen.model import Kind
from briefgen.text.tagger import Decoding, Tagger, by_length
from briefgen.text.windows import Pieces
from briefgen.text.words import content_words, likeness
from training.corpora import Labelled
from training.network import Network

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_SAME = 0.5
"""Likeness at which a candidate is the record, as in the evaluation."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate of one document, or a record that has none, with what the labels say of it."""

    document: str
    kind: Kind
    known: tuple[float, ...]
    """What a confidence is computed from; empty for a record without a candidate."""
    record: int | None
    """Index of the record that it matches best, if it matches one."""
    optional: bool


class _Torch(Tagger):
    """The tagger on a network in memory."""

    def __init__(self, network: Network, tokenizer: "Tokenizer") -> None:
        super().__init__(Path())
        self._network = network
        self.__dict__["_tokenizer"] = tokenizer
        self.__dict__["decoding"] = OPEN

    def scores(self, cut: Sequence[Pieces], *_: Any) -> list[NDArray[np.float16]]:
        found: list[Any] = [None] * len(cut)
        order = iter(by_length(cut))
        with torch.inference_mode():
            for ids, mask in self.batches(cut):
                out = self._network(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
                for row, index in zip(out, order, strict=False):
                    found[index] = row[np.flatnonzero(cut[index].opens_word)].astype(np.float16)
        return found


OPEN = Decoding(
    name="open",
    max_pieces=192,
    least=dict.fromkeys(Kind, 0.0),
    confidence=dict.fromkeys(Kind, (0.0, 1.0, 0.0, 0.0)),
    roles=0.4,
    edge=0.1,
    stance=0.0,
    status=0.0,
)
"""Lets every candidate through."""


def judge(
    network: Network, labelled: Sequence[Labelled], tokenizer: "Tokenizer"
) -> Iterator[Judged]:
    """Hold what a network finds in documents against their labels."""
    tagger = _Torch(network, tokenizer)
    for example in labelled:
        reading = Reading(example.document, tagger.tag(example.document), OPEN)
        for kind in Kind:
            records = [
                (content_words(" ".join(reading.text[s.start : s.end] for s in r.content)), r)
                for r in example.findings or ()
                if r.kind is kind
            ]
            missed = set(range(len(records)))
            for found in reading.candidates(kind):
                words = content_words(reading.text[found.span.start : found.span.end])
                alike = [likeness(words, other) for other, _ in records]
                best = int(np.argmax(alike)) if alike else 0
                hit = bool(alike) and alike[best] >= _SAME
                missed -= {best} if hit else set()
                optional = hit and records[best][1].optional
                yield Judged(example.name, kind, found.known, best if hit else None, optional)
            for index in missed:
                yield Judged(example.name, kind, (), index, records[index][1].optional)


def calibrate(
    judged: Sequence[Judged],
) -> tuple[Mapping[Kind, list[float]], Mapping[Kind, float]]:
    """Bias and weights of each kind's confidence, and the least one: the best F1 of records."""
    from sklearn.linear_model import LogisticRegression

    confidence, least = {}, {}
    for kind in Kind:
        found = [j for j in judged if j.kind is kind and j.known and not j.optional]
        model = LogisticRegression().fit(
            [j.known for j in found], [j.record is not None for j in found]
        )
        confidence[kind] = [round(float(w), 2) for w in (model.intercept_[0], *model.coef_[0])]
        chance = model.predict_proba([j.known for j in found])[:, 1]
        sure = {id(j): p for j, p in zip(found, chance, strict=True)}
        rows = [j for j in judged if j.kind is kind]
        least[kind] = max(
            (round(t, 2) for t in np.arange(0.2, 0.7, 0.05)), key=lambda t: _f1(rows, sure, t)
        )
    return confidence, least


def _f1(judged: Sequence[Judged], sure: Mapping[int, float], threshold: float) -> float:
    """F1 of records: each is found once, what else is kept is wrong."""
    firm = {(j.document, j.record) for j in judged if j.record is not None and not j.optional}
    kept = [j for j in judged if sure.get(id(j), 0.0) >= threshold]
    hits: dict[tuple[str, int | None], int] = defaultdict(int)
    for j in kept:
        if j.record is not None:
            hits[j.document, j.record] += 1
    return 2 * len(hits) / (len(kept) + len(firm)) if kept else 0.0
