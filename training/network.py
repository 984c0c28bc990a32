"""The network: MiniLM's encoder and one linear layer, and what it loses on a batch of windows."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from briefgen.text.outputs import DEPTH, HEADS, LAYOUT, OUTPUTS, SPANS
from training.targets import IGNORED, Item, Window

SHARED = 2
"""Lowest layers of the encoder that findings and attributions share, which are costly to train and
change the least: both go on from what the network learned of attributions."""

_RARE = -6.0
"""Score of a span before training: fewer than one candidate in 400 is a record."""

_WEIGHTS = {
    "tags": 1.5,
    "kinds": 0.4,
    "spans": 0.4,
    "holder": 0.35,
    "stance": 0.5,
    "status": 0.4,
}
"""Share of each loss in the sum."""


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, base: Path) -> None:
        """Start from the encoder in the folder of all-MiniLM-L6-v2, with new heads."""
        super().__init__()
        from safetensors.torch import load_file
        from transformers import BertConfig, BertModel

        config = BertConfig.from_pretrained(base)
        # Drawing dropout masks doubles the forward pass on a CPU; dropout on the last layer alone
        # costs nothing.
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.encoder.load_state_dict(load_file(base / "model.safetensors"), strict=False)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(0.1)
        self.heads = nn.Linear(config.hidden_size, OUTPUTS)
        with torch.no_grad():
            self.heads.weight.mul_(0.5)
            self.heads.bias[LAYOUT["opens"]] = self.heads.bias[LAYOUT["closes"]] = _RARE / 2
            # Sums over a long span would start far from zero.
            self.heads.weight[LAYOUT["inside"]] = 0
            self.heads.bias[LAYOUT["inside"]] = 0

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.heads(self.drop(hidden))

    def freeze(self) -> None:
        """Keep the embeddings and the shared layers as they are."""
        self.encoder.embeddings.requires_grad_(False)
        self.encoder.encoder.layer[:SHARED].requires_grad_(False)

    @torch.no_grad()
    def narrow(self) -> None:
        """Start the heads of findings from those of attributions."""
        weight, bias = self.heads.weight, self.heads.bias
        for head, broad in (
            ("actor", "source"),
            ("proposer", "source"),
            ("voice", "source"),
            ("cue", "broad cue"),
            ("statement", "content"),
        ):
            to = LAYOUT["tags"].start + 3 * HEADS.index(head)
            at = LAYOUT["tags"].start + 3 * HEADS.index(broad)
            weight[to : to + 3], bias[to : to + 3] = weight[at : at + 3], bias[at : at + 3]
        for name in ("first", "last", "asks", "opens", "closes", "inside", "nobody"):
            part = LAYOUT[name]
            size = (part.stop - part.start) // len(SPANS)
            for index in range(1, len(SPANS)):
                to = part.start + index * size
                weight[to : to + size] = weight[part.start : part.start + size]
                bias[to : to + size] = bias[part.start : part.start + size]


def batch(windows: Sequence[Window]) -> tuple[Tensor, Tensor]:
    """Ids and mask of windows, padded to the longest."""
    longest = max(len(window.ids) for window in windows)
    ids = torch.zeros(len(windows), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.from_numpy(window.ids)
        mask[row, : len(window.ids)] = 1
    return ids, mask


def losses(output: Tensor, windows: Sequence[Window]) -> Tensor:
    """The weighted sum of every loss, from the outputs [windows, pieces, OUTPUTS]."""
    found: dict[str, list[Tensor]] = {name: [] for name in _WEIGHTS}
    for row, window in enumerate(windows):
        words = output[row, torch.from_numpy(window.first)]
        _window(words, window, found)
    return sum(
        (
            weight * torch.cat(found[name]).mean()
            for name, weight in _WEIGHTS.items()
            if found[name]
        ),
        torch.zeros(()),
    )


def _window(words: Tensor, window: Window, found: dict[str, list[Tensor]]) -> None:
    part = {name: words[:, columns] for name, columns in LAYOUT.items()}
    tags = part["tags"].reshape(-1, 3)
    wanted = torch.from_numpy(window.tags).reshape(-1)
    known = wanted != IGNORED
    found["tags"].append(functional.cross_entropy(tags[known], wanted[known], reduction="none"))

    sentence = torch.from_numpy(window.sentence)
    kinds = torch.from_numpy(window.kinds)
    if not torch.isnan(kinds).all():
        sums = torch.zeros_like(kinds).index_add(0, sentence, part["kinds"])
        mean = sums / torch.bincount(sentence, minlength=len(kinds)).unsqueeze(1)
        clear = ~torch.isnan(kinds)
        loss = functional.binary_cross_entropy_with_logits(
            mean[clear], kinds[clear], reduction="none"
        )
        found["kinds"].append(loss)

    found["spans"].append(_spans(part, window) / len(kinds))
    for item in window.items:
        if not item.optional:
            _item(part, sentence, item, found)


def _spans(part: Mapping[str, Tensor], window: Window) -> Tensor:
    """Loss of every candidate span, summed; one number a span head that the labels speak of."""
    sentence, solid = torch.from_numpy(window.sentence), torch.from_numpy(window.solid)
    candidate = (sentence[:, None] == sentence[None]) & solid[:, None] & solid[None]
    candidate = torch.triu(candidate)
    lost = []
    for index in np.flatnonzero(window.asked).tolist():
        scores = span_scores(part, index)
        target = torch.zeros_like(scores)
        unknown = torch.zeros_like(candidate)
        for item in window.items:
            if item.span == index and item.optional:
                low, high = item.first, item.last + 1
                size = high - low
                first = torch.arange(len(scores))[:, None]
                last = torch.arange(len(scores))[None]
                shared = (
                    torch.minimum(last + 1, torch.tensor(high))
                    - torch.maximum(first, torch.tensor(low))
                ).clamp(min=0)
                unknown |= shared * 2 >= (last + 1 - first) + size - shared
        for item in window.items:
            if item.span == index and not item.optional:
                target[item.first, item.last] = 1.0
                unknown[item.first, item.last] = False
        used = candidate & ~unknown
        lost.append(
            functional.binary_cross_entropy_with_logits(scores[used], target[used], reduction="sum")
        )
    return torch.stack(lost)


def span_scores(part: Mapping[str, Tensor], index: int) -> Tensor:
    """[words, words] score of the span from one word to another, for one span head."""
    vector = slice(index * DEPTH, (index + 1) * DEPTH)
    inside = part["inside"][:, index].cumsum(0)
    return (
        part["first"][:, vector] @ part["last"][:, vector].T / math.sqrt(DEPTH)
        + (part["opens"][:, index] - inside + part["inside"][:, index])[:, None]
        + (part["closes"][:, index] + inside)[None]
    )


def _item(
    part: Mapping[str, Tensor], sentence: Tensor, item: Item, found: dict[str, list[Tensor]]
) -> None:
    content = slice(item.first, item.last + 1)
    if item.holder is not None:
        found["holder"].append(_pointed(part, item.span, content, item.holder))
    if item.label == IGNORED:
        return
    label = torch.tensor([item.label])
    if SPANS[item.span] == "statement":
        score = part["stance of statement"][content].mean(0)
        if len(item.cue):
            score = score + part["stance of cue"][torch.from_numpy(item.cue)].mean(0)
        found["stance"].append(functional.cross_entropy(score[None], label, reduction="none"))
    else:
        whole = sentence == sentence[item.first]
        score = part["status of action"][content].mean(0) + part["status of sentence"][whole].mean(
            0
        )
        found["status"].append(functional.cross_entropy(score[None], label, reduction="none"))


def _pointed(part: Mapping[str, Tensor], span: int, content: slice, holder: NDArray[Any]) -> Tensor:
    """How surprised the span is by the words that name its holder, or by there being none."""
    query = part["asks"][content, span * DEPTH : (span + 1) * DEPTH].mean(0)
    nobody = part["nobody"][content, span].mean(0, keepdim=True)
    shares = torch.cat([nobody, part["answers"] @ query / math.sqrt(DEPTH)]).log_softmax(0)
    right = torch.from_numpy(holder) + 1 if len(holder) else torch.zeros(1, dtype=torch.long)
    return -shares[right].logsumexp(0, keepdim=True)
