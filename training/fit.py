"""Fit the network to windows: AdamW, a linear rise and fall of the learning rate."""

import logging
import random
import time
from collections.abc import Iterator, Sequence

import torch
from torch import nn

from training.network import Network, batch, losses
from training.targets import Window

log = logging.getLogger(__name__)

_BATCH = 8
_HIDDEN = 0.08
"""Share of word pieces that are hidden, so that the network learns from what stands around."""

_MASK = 103
"""[MASK] in BERT's uncased vocabulary."""

_HEADS = 3.0
"""Learning rate of the heads over the encoder's: they start from nothing."""


def fit(
    network: Network,
    windows: Sequence[Window],
    *,
    epochs: float,
    rate: float,
    seed: int,
    beside: Sequence[Window] = (),
    share: float = 0.0,
) -> None:
    """Train for so many passes over ``windows``.

    ``share`` of all batches come from ``beside``, so that what was learned there is kept. The same
    seed on the same machine and thread count gives the same weights.
    """
    torch.manual_seed(seed)
    order = random.Random(seed)
    steps = round(epochs * len(windows) / _BATCH / (1 - share))
    heads = list(network.heads.parameters())
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": rate * _HEADS}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.08 * steps), max(0.02, 1 - step / steps))
    )
    main, other = _stream(windows, order), _stream(beside, order)
    network.train()
    started, seen, mean = time.monotonic(), 0, 0.0
    for step in range(steps):
        chosen = next(other if order.random() < share else main)
        ids, mask = batch(chosen)
        ids = torch.where(torch.rand(ids.shape) < _HIDDEN, _MASK, ids)
        loss = losses(network(ids, mask), chosen)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(body + heads, 1.0)
        optimizer.step()
        schedule.step()
        seen += int(mask.sum())
        mean = loss.item() if step == 0 else 0.98 * mean + 0.02 * loss.item()
        if (step + 1) % 50 == 0 or step + 1 == steps:
            elapsed = time.monotonic() - started
            log.info(
                "step %d of %d, loss %.3f, %.0f pieces/s, %.0f s",
                step + 1,
                steps,
                mean,
                seen / elapsed,
                elapsed,
            )
    network.eval()


def _stream(windows: Sequence[Window], order: random.Random) -> Iterator[list[Window]]:
    """Batches of windows of like length, every window once a pass."""
    while windows:
        indices = list(range(len(windows)))
        order.shuffle(indices)
        batches = []
        for at in range(0, len(indices), 64 * _BATCH):
            pool = sorted(indices[at : at + 64 * _BATCH], key=lambda i: len(windows[i].ids))
            batches += [pool[k : k + _BATCH] for k in range(0, len(pool), _BATCH)]
        order.shuffle(batches)
        for chosen in batches:
            yield [windows[index] for index in chosen]
