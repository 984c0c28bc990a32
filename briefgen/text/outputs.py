"""Where each answer of the tagging network stands among the numbers it gives for a word piece."""

from briefgen.model import Kind, Stance, Status

HEADS = (
    *("source", "broad cue", "content"),
    *("actor", "cue", "statement", "action", "proposer", "risk", "voice", "bearer"),
)
"""What is tagged word by word: outside, begin or inside. The first three are of attributions in
PolNeAR's wide sense, where “seems” and “faith in” count; the rest are of findings."""

KINDS = tuple(Kind)
"""Which kinds of finding a sentence holds."""

SPANS = ("content", "statement", "action", "risk")
"""What is scored as whole spans, from a first word to a last."""

STANCES, STATUSES = tuple(Stance), tuple(Status)

DEPTH = 32
"""Length of the vectors whose products score spans and holders."""


def _layout() -> dict[str, slice]:
    sizes = {
        "tags": 3 * len(HEADS),
        "kinds": len(KINDS),
        # A span scores first · last / √DEPTH + opens(first) + closes(last) + Σ inside(words).
        "first": DEPTH * len(SPANS),
        "last": DEPTH * len(SPANS),
        "opens": len(SPANS),
        "closes": len(SPANS),
        "inside": len(SPANS),
        # A word is a span's holder by asks(span) · answers(word) / √DEPTH, nobody by nobody(span),
        # each the mean over the words of the span.
        "asks": DEPTH * len(SPANS),
        "nobody": len(SPANS),
        "answers": DEPTH,
        # Means over the statement and its cue; over the action and its sentence.
        "stance of statement": len(STANCES),
        "stance of cue": len(STANCES),
        "status of action": len(STATUSES),
        "status of sentence": len(STATUSES),
    }
    slices, at = {}, 0
    for name, size in sizes.items():
        slices[name] = slice(at, at + size)
        at += size
    return slices


LAYOUT = _layout()
"""Columns of each answer."""

OUTPUTS = max(part.stop for part in LAYOUT.values())
"""Numbers a word piece."""
