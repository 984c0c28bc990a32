"""Who holds a statement, puts an action forward or warns of a risk.

The network reads a span's holder off the words around it, as a pointer: every word of the window
has a share, and so has nobody. The shares of the words of one name are summed. What the pointer
does not see is the text's layout: quotation marks, and lists.
"""

import math
from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from briefgen.extract.lists import lead_in
from briefgen.extract.names import OWN_PRONOUNS, pronoun
from briefgen.extract.quotations import is_speech
from briefgen.extract.reading import CONTENT_HEADS, Found, Reading
from briefgen.model import Actor, Span
from briefgen.text.outputs import DEPTH, SPANS
from briefgen.text.tagger import Tags

_ELSEWHERE = 0.2
"""What a name outside the finding's sentence counts: on 54 documents left out of training, holders
of positions gained 0.3 of F1 by it and those of risks 1.1, those of proposals lost 0.5."""


def holder(reading: Reading, found: Found, content: Span) -> Actor | None:
    """Who holds a finding, or the part of it that ``content`` is; None where nobody is named."""
    return reading.cast.holder(_named(reading, found), content)


def _named(reading: Reading, found: Found) -> Span | None:
    """The words that name the holder of a finding, if any do."""
    tags, names = reading.tags, reading.names
    rows, share, nobody = shares(tags, CONTENT_HEADS[found.kind], found.words)
    total = np.append(0.0, share.cumsum())
    low = bisect_left(names, Span(int(tags.start[rows.start]), 0))
    best, most, sentence = None, nobody, reading.sentence(found.sentence)
    for span in names[low:]:
        if span.end > tags.end[rows.stop - 1]:
            break
        of = reading.rows(span)
        part = float(total[of.stop - rows.start] - total[of.start - rows.start])
        if not sentence.holds(span):
            part *= _ELSEWHERE
        if part > most:
            best, most = span, part
    if best and _only_spoken_of(reading, best, found):
        return None
    if best is None or not sentence.holds(best):
        return _leading(reading, found.span) or best
    return best


def _only_spoken_of(reading: Reading, name: Span, found: Found) -> bool:
    """Whether a name stands in what somebody says between quotation marks and says nothing.

    In “the council has failed” it is not the council who says so; in “the council says that it has
    failed” it is. Of 135 labelled documents this mended 27 holders and broke 4.
    """
    content, quotation = found.span, reading.quotations.at(found.span)
    if quotation is None or not is_speech(quotation) or not quotation.holds(name):
        return False
    if pronoun(reading.text[name.start : name.end]) in OWN_PRONOUNS:
        return False
    cues = reading.role_spans("cue", found.sentence)
    return content.holds(name) or not any(
        quotation.holds(cue) and not content.holds(cue) for cue in cues
    )


def _leading(reading: Reading, content: Span) -> Span | None:
    """Who leads a list in, for an item that names nobody: 21 holders mended, 3 broken.

    That is the first one named in the last sentence of the lead-in that names any: “The council
    drew up a plan. Its measures include:”.
    """
    leading = lead_in(reading.document, content)
    names = [name for name in reading.names if leading and leading.holds(name)]
    if not names:
        return None
    sentence = reading.sentence(int(reading.tags.sentence[reading.rows(names[-1]).start]))
    return next(name for name in names if sentence.holds(name))


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
