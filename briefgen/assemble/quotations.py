"""Hold the analyst's own text against the sources: its quotations, its figures and its dates."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from briefgen.assemble.figures_in_text import figures
from briefgen.assemble.own_captions import FENCED_OR_HIDDEN
from briefgen.assemble.wording import Wordings
from briefgen.config import Config, TextSection
from briefgen.model import Block, BlockKind, Document, Source, Span
from briefgen.text.sentences import sentences

LEAST_WORDS = 4
"""Words of a quotation that is looked up: shorter ones are terms as often as somebody's words."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the analyst's text that no source bears out."""

    place: str
    """``file:line``, or ``file:line:column, line 3`` for the third line of a value of the YAML."""
    problem: str
    way_out: str

    def __str__(self) -> str:
        """One line: the place, the problem and the way out."""
        return f"{self.place}: {self.problem} ({self.way_out})"


def doubts(config: Config, documents: Mapping[str, Document]) -> list[Doubt]:
    """What an analyst should look at again in text sections, intros and messages, in their order.

    A quotation of ``LEAST_WORDS`` words or more that stands in no source word for word, with the
    nearest words of a source; and a figure or a date, in a sentence that cites sources, that none
    of these has. ``documents`` are the sources by their ids.
    """
    wordings = Wordings(documents)
    return [doubt for text in own_texts(config) for doubt in _doubts(text, wordings, documents)]


def own_texts(config: Config) -> list["OwnText"]:
    """The analyst's text sections, intros and messages, in their order."""
    return [OwnText(place, markdown) for place, markdown in _texts(config)]


def _texts(config: Config) -> Iterator[tuple[str, str]]:
    """The analyst's Markdown, each with its place."""
    for index, section in enumerate(config.settings.sections):
        where = ("sections", index, section.section)
        if isinstance(section, TextSection) and section.file is not None:
            yield str(config.home((*where, "file")) / section.file), config.texts[section.file]
        for key in ("intro", "text"):
            if markdown := getattr(section, key, None):
                yield config.error((*where, key), "").removesuffix(": "), markdown
        for at, message in enumerate(getattr(section, "messages", ())):
            yield config.error((*where, "messages", at), "").removesuffix(": "), message


_IN_YAML = re.compile(r":\d+:\d+\Z")

_NO_WORDS = re.compile(
    rf"""
    {FENCED_OR_HIDDEN}
    | (?P<ticks>(?<!`)`+(?!`)).*?(?<!`)(?P=ticks)(?!`)
    | (?<=\])\([^()\n]*\)
    | <[A-Za-z/][^<>]*>
    | (?P<cited>\[@[^\]\[]+\])
    | ^[ ]{{0,3}}(?:\d+[.)]|[-*+]|\#{{1,6}})(?=\s)
    | (?:^Table:|\{{\#(?:tab|fig):[\w-]+\}})
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
"""Code, comments, addresses with their titles, tags, citations and markers: nobody's words."""

_CITED = re.compile(r"@([\w-]+)")

_QUOTATION = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|(?<![\w\"])\"([^\"]+)\"(?!\w)")

_BLOCK = re.compile(r"\S(?:.|\n(?![ \t]*\n| {0,3}(?:[-*+]|\d+[.)]|#{1,6})\s))*")


class OwnText:
    """One piece of the analyst's Markdown, what is nobody's words made blank."""

    def __init__(self, place: str, markdown: str) -> None:
        self._place = place
        self._markdown = markdown
        self._cited = [
            (found.start(), found["cited"])
            for found in _NO_WORDS.finditer(markdown)
            if found["cited"]
        ]
        self.words = _NO_WORDS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), markdown)

    def at(self, offset: int) -> str:
        """Where an offset stands, for messages."""
        line = self._markdown.count("\n", 0, offset) + 1
        if _IN_YAML.search(self._place):
            return f"{self._place}, line {line}" if "\n" in self._markdown.strip() else self._place
        return f"{self._place}:{line}"

    def column_of(self, offset: int) -> str:
        """Where an offset stands, with its column where the text has a file of its own."""
        before = self._markdown[:offset].rpartition("\n")[2]
        in_yaml = _IN_YAML.search(self._place)
        return self.at(offset) if in_yaml else f"{self.at(offset)}:{len(before) + 1}"

    @property
    def document(self) -> Document:
        """The words to look for findings in; what they count in is the Markdown."""
        paragraphs = tuple(Block(BlockKind.PARAGRAPH, span) for span in self.blocks())
        return Document(Source("", self._place, ""), self.words, paragraphs)

    def blocks(self) -> list[Span]:
        """Paragraphs, list items and headings."""
        return [Span(*block.span()) for block in _BLOCK.finditer(self._markdown)]

    def sentences(self) -> Iterator[Span]:
        """Sentences, each with the citations that stand between it and the next."""
        document = self.document
        found = sentences(document)
        for sentence, following in zip_longest(found, found[1:]):
            block = document.block_at(sentence.start)
            end = block.span.end if block else sentence.end
            yield Span(sentence.start, min(end, following.start) if following else end)

    def cited_in(self, span: Span) -> list[str]:
        """Ids of the sources that are cited there, figures and tables left out."""
        first = bisect_left(self._cited, (span.start, ""))
        last = bisect_left(self._cited, (span.end, ""))
        return [id_ for _, words in self._cited[first:last] for id_ in _CITED.findall(words)]


def _doubts(
    text: OwnText, wordings: Wordings, documents: Mapping[str, Document]
) -> Iterator[Doubt]:
    found = [*_misquoted(text, wordings), *_unsourced(text, documents)]
    yield from (doubt for _, doubt in sorted(found, key=lambda pair: pair[0]))


def _misquoted(text: OwnText, wordings: Wordings) -> Iterator[tuple[int, Doubt]]:
    for block in text.blocks():
        for quotation in _QUOTATION.finditer(text.words, block.start, block.end):
            words = next(group for group in quotation.groups() if group is not None)
            if len(words.split()) < LEAST_WORDS or wordings.has(words):
                continue
            shown = " ".join(words.split())
            problem = f"“{shortened(shown)}” stands in no source word for word"
            near = wordings.nearest(words)
            way_out = "nothing like it is there: quote what a source says, or leave the marks out"
            if near:
                way_out = f"nearest, in {near.source_id}: “{' '.join(near.text.split())}”"
            yield quotation.start(), Doubt(text.at(quotation.start()), problem, way_out)


def _unsourced(text: OwnText, documents: Mapping[str, Document]) -> Iterator[tuple[int, Doubt]]:
    for sentence in text.sentences():
        cited = [documents[id_] for id_ in text.cited_in(sentence) if id_ in documents]
        if not cited:
            continue
        stated = figures(text.words[sentence.start : sentence.end])
        for figure in stated:
            if any(figure.is_in(document) for document in cited):
                continue
            at = sentence.start + figure.start
            problem = f"{figure.text} stands in no source that this sentence cites"
            yield at, Doubt(text.at(at), problem, f"cited: {_listed(cited)}; check the figure")


def _listed(documents: Sequence[Document]) -> str:
    return ", ".join(dict.fromkeys(document.source.id for document in documents))


def shortened(words: str) -> str:
    """The words, or the first of them with a sign that there are more."""
    words = " ".join(words.split())
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"
