"""Look words up in the sources: as they stand there, or the nearest that do."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from briefgen.model import Document, Quote, Span

_MARKS = str.maketrans(dict.fromkeys('“”„«»"‘’‚‹›', "'"))
"""Every mark as one: a quotation inside another changes its marks."""

_LEFT_OUT = re.compile(r"\[[^\]]*\]|…|\.\.\.")
"""Where whoever quotes leaves words out or puts in some of their own: “the […] plan”."""

_MARKDOWN = re.compile(r"\\(?=[^\w\s])|[*_]")
_AROUND = " \t\n.,;:!?'\"()"
_WORD = re.compile(r"\w+(?:['’-]\w+)*")

_ALIKE = 0.5
"""Least share of words that the nearest wording has in common; below it, none is near."""

_CANDIDATES = 5
"""Stretches of a source that are compared word by word, the most alike by their words."""


class Wordings:
    """The texts of the sources, in the shape in which quotations are looked up."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        """Take the sources by their ids; nothing is done with them before it is asked for."""
        self._documents = documents

    def has(self, words: str) -> bool:
        """Whether one source has the words, in their order.

        White space and the shape of quotation marks don't count, nor does the case of the first
        letter, nor punctuation at either end. An ellipsis or words in brackets stand for any.
        """
        pieces = [piece for part in _LEFT_OUT.split(_plain(words)) if (piece := _trimmed(part))]
        return bool(pieces) and any(_in_order(pieces, text) for text in self._texts)

    def nearest(self, words: str) -> Quote | None:
        """The source's own words that are most like these; None where none are like them."""
        asked = [word.lower() for word in _WORD.findall(_plain(words))]
        best: tuple[float, Quote] | None = None
        for text in self._tokens:
            for span, share in text.most_alike(asked):
                if share >= _ALIKE and (best is None or share > best[0]):
                    best = share, text.document.quote(span)
        return best[1] if best else None

    @cached_property
    def _texts(self) -> list[str]:
        return [_plain(document.text) for document in self._documents.values()]

    @cached_property
    def _tokens(self) -> list["_Tokens"]:
        return [_Tokens.of(document) for document in self._documents.values()]


def _plain(words: str) -> str:
    """Words with one space between them and one shape of quotation mark, without emphasis."""
    return " ".join(_MARKDOWN.sub("", words).translate(_MARKS).split())


def _trimmed(piece: str) -> str:
    return piece.strip(_AROUND)


def _in_order(pieces: Sequence[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        first = piece[0]
        start = f"[{re.escape(first.lower() + first.upper())}]"
        found = re.compile(rf"(?<!\w){start}{re.escape(piece[1:])}(?!\w)").search(text, at)
        if found is None:
            return False
        at = found.end()
    return True


@dataclass(frozen=True)
class _Tokens:
    """The words of a document in small letters, and where they stand."""

    document: Document
    words: Sequence[str]
    spans: Sequence[Span]

    @classmethod
    def of(cls, document: Document) -> "_Tokens":
        found = list(_WORD.finditer(document.text))
        words = [word[0].translate(_MARKS).lower() for word in found]
        return cls(document, words, [Span(*word.span()) for word in found])

    def most_alike(self, asked: Sequence[str]) -> Iterator[tuple[Span, float]]:
        """Stretches that are most like the words asked for, with the share of words in common."""
        for start in self._starts(asked):
            begin, end = max(0, start - 3), min(len(self.words), start + len(asked) + 3)
            window = self.words[begin:end]
            blocks = SequenceMatcher(None, asked, window, autojunk=False).get_matching_blocks()
            common = [block for block in blocks if block.size]
            if not common:
                continue
            first, last = common[0], common[-1]
            # What the quotation has before its first match has its counterpart in the source.
            lead = max(0, first.b - first.a)
            tail = min(len(window), last.b + last.size + len(asked) - last.a - last.size)
            length = max(len(asked), tail - lead)
            share = sum(block.size for block in common) / length
            yield Span(self.spans[begin + lead].start, self.spans[begin + tail - 1].end), share

    def _starts(self, asked: Sequence[str]) -> list[int]:
        """Where the windows start that share the most words with those asked for."""
        wanted, size = Counter(asked), len(asked)
        held: Counter[str] = Counter()
        window: deque[str] = deque()
        shared, counts = 0, []
        for at, word in enumerate(self.words):
            window.append(word)
            held[word] += 1
            shared += held[word] <= wanted[word]
            if len(window) > size:
                gone = window.popleft()
                shared -= held[gone] <= wanted[gone]
                held[gone] -= 1
            if len(window) == size or at + 1 == len(self.words):
                counts.append((shared, at + 1 - len(window)))
        best = sorted(counts, key=lambda pair: (-pair[0], pair[1]))
        return [start for share, start in best[:_CANDIDATES] if share]
