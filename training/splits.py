"""What each network trains on and what it leaves out, to be judged by."""

import random
from collections.abc import Sequence

from training.corpora.labelled import Labelled
from training.targets import Window

FOLDS = 5


def folds(labelled: Sequence[Labelled], seed: int) -> list[tuple[list[Labelled], list[Labelled]]]:
    """Documents to train on and documents left out, five times; no document is split."""
    order = list(labelled)
    random.Random(seed).shuffle(order)
    return [
        ([d for at, d in enumerate(order) if at % FOLDS != fold], order[fold::FOLDS])
        for fold in range(FOLDS)
    ]


def mixed(ours: Sequence[Window], theirs: Sequence[Window], seed: int) -> list[Window]:
    """What stands beside the findings folder: all that we wrote, less of the political news."""
    draw = random.Random(seed)
    return [*ours, *draw.sample(theirs, min(len(theirs), len(ours) // 3))]
