"""Which words name the holder of a statement, an action or a risk.

The network reads a span's holder off the words around it, as a pointer: every word of the window
has a share, and so has nobody. The shares of the words of one name are summed.
"""

import math

import numpy as np
from numpy.typing import NDArray

from briefgen.text.outputs import DEPTH, SPANS
from briefgen.text.tagger import Tags


def shares(tags: Tags, head: str, words: slice) -> tuple[slice, NDArray[np.float64], float]:
    """How likely each word of the window names the holder of a span, and how likely none does.

    Returns the window's rows, one probability a row, and that of nobody.
    """
    at = SPANS.index(head)
    window = tags.window[words.start]
    rows = slice(
        int(np.searchsorted(tags.window, window)),
        int(np.searchsorted(tags.window, window, "right")),
    )
    inside = slice(words.start, min(words.stop, rows.stop))
    query = tags.part("asks", inside, at, DEPTH).mean(axis=0)
    score = np.append(
        tags.part("answers", rows) @ query / math.sqrt(DEPTH),
        tags.part("nobody", inside, at, 1).mean(),
    )
    share = np.exp(score - score.max())
    share /= share.sum()
    return rows, share[:-1], float(share[-1])
