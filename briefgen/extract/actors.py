"""Say who the words for an actor mean, from what the document itself says."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefgen.extract.issuers import imprint, issuer_of, signatories
from briefgen.extract.names import (
    CAPITAL,
    GROUP_PRONOUNS,
    OWN_PRONOUNS,
    PERSON_PRONOUNS,
    ROLE,
    is_named,
    is_plural,
    person,
    plain,
    pronoun,
    role,
)
from briefgen.extract.quotations import Quotations, is_speech
from briefgen.model import Actor, BlockKind, Document, Span
from briefgen.text.sentences import flatten

_PARTED = 60
"""Characters that a sentence end counts between a quotation and a name, as from cue to actor."""

_FAR = 1500
"""Characters: how far back a pronoun may point. About three paragraphs."""

_KNOWN_BODIES = {
    "alliance": ("NATO", "North Atlantic Treaty Organization", "North Atlantic Alliance"),
    "bloc": ("EU", "European Union", "ASEAN", "Mercosur", "African Union", "BRICS"),
    "union": ("EU", "European Union", "African Union"),
    "group": ("G7", "G20", "Group of Seven", "BRICS"),
}
"""What well-known bodies are called by their kind; only one that the document names counts."""


_DESCRIBED = re.compile(r"[Tt]h(?:e|is|at)\s+(?:[a-z][\w’'-]*\s+){0,3}\w[\w’'-]*$")
"""“the ministry”, “the Ministry”, “this foreign minister”; two capitals make a name."""

_REACH = 80
"""Characters before an office in which a full name and a comma may stand."""

_NAMED_BEFORE = re.compile(
    rf"((?:{CAPITAL}[\w’'.-]+ +){{1,2}}{CAPITAL}[\w’'-]+), +(?:the +|its +|an? +)?$"
)
_OPENING_BODY = re.compile(
    r"(?:(?<=[.!?] )|(?<=\n)|^)The (?:Government|Ministry|Department|Committee|Commission|Council"
    r"|Court|Board|Agency|Authority|Chamber|Institute|Association|Administration|Parliament|Senate"
    r"|House|Bank|Union|Alliance|Company|Office)\b"
)
_TOP, _LINE = 8, 150
"""Blocks among which an imprint stands, and characters from which one is a paragraph of prose."""

_SENTENCE_END = re.compile(r"[.!?][”\"')\]]*\s+[A-Z“\"]|\n")
_TAKEN_UP = frozenset({"he", "she", "they"})

_COMMA = re.compile(r", +(?:the +|its +|an? +)?")

_FULL_NAMES = re.compile(rf"{CAPITAL}[\w’'-]+(?: {CAPITAL}\.?)? {CAPITAL}[\w’'-]+")

_TITLED = re.compile(
    rf"\b(?:{ROLE}|[Ss]pokes(?:person|man|woman)) +"
    rf"(?:{CAPITAL}[\w’'-]+ +){{1,2}}{CAPITAL}[\w’'-]+"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place where somebody is named who may act."""

    span: Span
    words: str
    person: str | None


class Cast:
    """The people and bodies that one document names as actors."""

    def __init__(self, document: Document, actors: Iterable[Span], quotations: Quotations) -> None:
        """Take the spans that the tagger marked as actors, proposers or voices."""
        self._document = document
        self._text = flatten(document)
        self._quotations = quotations
        # Capitals in a heading are no names: “Weaknesses Limit Education Oversight”.
        tagged = sorted(span for span in set(actors) if not self._is_heading(span))
        named = [span for span in tagged if is_named(self._text[span.start : span.end])]
        self._mentions = [
            _Mention(span, words, self._person(words))
            for span in sorted([*named, *self._untagged(named)])
            if is_named(words := self._text[span.start : span.end])
        ]
        meant = {s for s in tagged if self._text[s.start : s.end].lower() in _TAKEN_UP}
        self._named_or_meant = sorted({*meant, *(mention.span for mention in self._mentions)})
        self._persons = [mention.span for mention in self._mentions if mention.person]
        self._bodies = [mention.span for mention in self._mentions if not mention.person]
        self._groups = [span for span in tagged if is_plural(self._text[span.start : span.end])]
        self._starts = [mention.span.start for mention in self._mentions]
        self._known: dict[str, str] = {}

    def actor(self, span: Span) -> Actor:
        """Resolve the words at a span."""
        return Actor(self.name(span), self._document.quote(span))

    def name(self, span: Span) -> str:
        """Full name for the words at a span, or the words themselves where nothing is known."""
        words = " ".join(self._text[span.start : span.end].split())
        if found := person(words):
            return self._full(found)
        if meant := pronoun(words):
            return self._meant(meant, span) or plain(words)
        if role(words) and (beside := self._apposed(span)):
            return self._full(beside)
        if _DESCRIBED.match(words) and (found := self._description(words, span)):
            return found
        name = plain(words)
        if len(name.split()) == 1 and name[:1].isupper() and not name.isupper():
            return self._full(name)
        return self._spelled_out(name)

    def holder(self, named: Span | None, content: Span) -> Actor | None:
        """Resolve the actor at ``named``; without one, whoever speaks the quotation around."""
        if named:
            return self.actor(named)
        speaker = self.speaker(content)
        return Actor(speaker, None) if speaker else None

    def speaker(self, span: Span) -> str | None:
        """Who says the quotation that a span begins in: the nearest actor outside it."""
        quotation = self._quotations.at(span)
        if quotation is None or not is_speech(quotation):
            return None
        block = self._document.block_at(quotation.start)
        inside = self._between(block.span) if block else ()
        beside = [span for span in inside if self._quotations.at(span) is None]
        nearest = min(beside, key=lambda s: self._apart(s, quotation), default=None)
        nearest = nearest or self._last(quotation.start, outside=True)
        return self.name(nearest) if nearest else None

    def _apart(self, span: Span, quotation: Span) -> int:
        """Characters between a name and a quotation; a sentence that ends there counts as many."""
        low, high = sorted((span, quotation))
        parted = _SENTENCE_END.search(self._text, max(low.start, low.end - 2), high.start + 1)
        return high.start - low.end + (_PARTED if parted else 0)

    @cached_property
    def issuer(self) -> str | None:
        """Who “we” is where the document speaks as itself."""
        source = self._document.source
        stated = signatories(self._text) or issuer_of(source.title)
        stated = stated or next(filter(None, map(issuer_of, self._top.splitlines())), None)
        # A name in small letters in front matter, such as “sam”, is who typed the text in.
        author = None if (source.author or "").islower() else source.author
        if found := stated or source.publisher or author or imprint(self._top):
            return found
        # A statement without an imprint names its issuers before anybody else.
        return self.name(self._mentions[0].span) if self._mentions else None

    @cached_property
    def _top(self) -> str:
        """What stands above the first paragraph, a line each, without the title."""
        lines = []
        for block in self._document.blocks[:_TOP]:
            line = self._text[block.span.start : block.span.end]
            if block.kind is BlockKind.PARAGRAPH and len(line) > _LINE:
                break
            if self._document.source.title not in line:
                lines.append(line)
        return "\n".join(lines)

    def _meant(self, word: str, span: Span) -> str | None:
        if word in OWN_PRONOUNS:
            return self.speaker(span) or self.issuer
        if word in PERSON_PRONOUNS:
            found = self._taken_up(self._persons, span) or self._last(span.start)
        elif word in GROUP_PRONOUNS:
            found = self._taken_up(self._groups, span) or self._taken_up(self._bodies, span)
        else:
            found = self._taken_up(self._bodies, span)
        return self.name(found) if found else None

    def _taken_up(self, named: Sequence[Span], at: Span) -> Span | None:
        """Whom a pronoun takes up: the first one named in the nearest sentence that names any.

        Who opens a sentence is its subject more often than not, and subjects are taken up first
        (centering: Grosz, Joshi and Weinstein 1995); in the pronoun's own sentence it is the
        nearest. A pronoun outside a quotation means nobody whom only the speaker names.
        """
        outside = self._quotations.at(at) is None
        found: Span | None = None
        for span in reversed(named[: bisect_left(named, at)]):
            if at.start - span.end > _FAR:
                break
            if span.end > at.start or (outside and self._quotations.at(span)):
                continue
            parted = _SENTENCE_END.search(self._text[span.end : (found or at).start + 1])
            if found is None and not parted:
                return span
            if found and parted:
                break
            found = span
        return found

    def _person(self, words: str) -> str | None:
        """A person's name in words; a lone one counts where the text has it in full too."""
        if found := person(words):
            return found
        alone = plain(words)
        return alone if alone in self._surnames else None

    @cached_property
    def _surnames(self) -> frozenset[str]:
        """Last words of the names in full that the text has, in any place."""
        return frozenset(
            match.group(0).split()[-1]
            for match in _FULL_NAMES.finditer(self._text)
            if person(match.group(0)) and not self._is_heading(Span(*match.span()))
        )

    def _last(self, offset: int, *, outside: bool = False) -> Span | None:
        """Whoever is named nearest before an offset; ``outside`` leaves quotations out."""
        for mention in reversed(self._mentions[: bisect_left(self._starts, offset)]):
            if offset - mention.span.end > _FAR:
                return None
            if mention.span.end <= offset and not (outside and self._quotations.at(mention.span)):
                return mention.span
        return None

    def _full(self, name: str) -> str:
        """The longest form of a person's name in the document that ends or begins with it."""
        if len(name.split()) > 1:
            return name
        if name not in self._known:
            self._known[name] = self._longest(name)
        return self._known[name]

    def _longest(self, name: str) -> str:
        longer = [p for p in self._people if p.split()[-1] == name]
        longer = longer or [p for p in self._people if p.split()[0] == name]
        longer = longer or self._elsewhere(name)
        if longer:
            return max(longer, key=lambda p: (self._people[p], len(p.split())))
        return self._spelled_out(name)

    def _elsewhere(self, surname: str) -> list[str]:
        """Full names that end in a surname inside a sentence of the text.

        What opens a sentence is no evidence: “Despite Chinese protests” names nobody.
        """
        pattern = re.compile(
            rf"(?<=[\w,;] )((?:{CAPITAL}[\w’'.-]*[ ]+){{1,2}}){re.escape(surname)}\b"
        )
        found = (
            person(match.group(0))
            for match in pattern.finditer(self._text)
            if not self._is_heading(Span(*match.span()))
        )
        return [name for name in found if name and len(name.split()) > 1]

    @cached_property
    def _people(self) -> Counter[str]:
        """Full names of people, with how often each is named, alone or beside others."""
        return Counter(
            name
            for mention in self._mentions
            for part in (mention.words, *re.split(r",\s*|\s+and\s+", mention.words))
            if (name := person(part)) and len(name.split()) > 1
        )

    def _untagged(self, tagged: Sequence[Span]) -> Iterator[Span]:
        """Who is named where the tagger marks no actor: “Minister Ana Lovell met …”.

        That is full names behind a title, and bodies such as “The Ministry” that open a sentence.
        """
        for match in (*_TITLED.finditer(self._text), *_OPENING_BODY.finditer(self._text)):
            span = Span(*match.span())
            at = bisect_left(tagged, span)
            beside = tagged[max(0, at - 1) : at + 2]
            if self._is_heading(span) or any(span.overlaps(other) for other in beside):
                continue
            if match.re is _OPENING_BODY or person(match.group(0)):
                yield span

    def _description(self, words: str, span: Span) -> str | None:
        """Who “the ministry” or “the minister” is: the last one named by that word."""
        noun = words.lower().split()[-1]
        if noun.endswith("s") and not noun.endswith("ss"):
            return None  # “the leaders” are seldom the last leaders named
        for index in reversed(self._by_word.get(noun, ())):
            mention = self._mentions[index]
            # “the ministry” is no more than “this ministry” was; only a name tells.
            if mention.span.start >= span.start or _DESCRIBED.match(mention.words):
                continue
            return self.name(mention.span)
        for own in (self._document.source.publisher, self._document.source.author):
            if own and noun in own.lower().split():
                return plain(own)
        known = [b for b in _KNOWN_BODIES.get(noun, ()) if re.search(rf"\b{b}\b", self._text)]
        if known:
            return known[0]
        return None

    def _apposed(self, span: Span) -> str | None:
        """The person whom an office beside a name is said of: “Ana Lovell, the minister, …”."""
        at = bisect_left(self._starts, span.start)
        for mention in self._mentions[max(0, at - 1) : at + 2]:
            between = self._text[
                min(mention.span.end, span.end) : max(mention.span.start, span.start)
            ]
            if mention.person and _COMMA.fullmatch(between):
                return mention.person
        before = _NAMED_BEFORE.search(self._text[max(0, span.start - _REACH) : span.start])
        return person(before.group(1)) if before else None

    def _is_heading(self, span: Span) -> bool:
        block = self._document.block_at(span.start)
        return block is not None and block.kind is BlockKind.HEADING

    def _between(self, span: Span) -> Sequence[Span]:
        """Whoever is named within a span, or meant by a pronoun."""
        named = self._named_or_meant
        first, last = (bisect_left(named, Span(at, at)) for at in (span.start, span.end))
        return named[first:last]

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[int]]:
        """Indices of mentions by each word that they may be described with later."""
        found: dict[str, list[int]] = {}
        for index, mention in enumerate(self._mentions):
            words = [role(mention.words)] if mention.person else mention.words.lower().split()
            for word in {word for word in words if word}:
                found.setdefault(word, []).append(index)
        return found

    def _spelled_out(self, name: str) -> str:
        """The long form that the document gives for an abbreviation, if it does."""
        if not re.fullmatch(r"[A-Z][A-Za-z&]{1,6}", name) or sum(c.isupper() for c in name) < 2:
            return name
        match = re.search(
            rf"((?:[A-Z][\w’'-]+\s+|(?:of|for|and|the|on|in)\s+){{2,9}})\(\s*(?:the\s+)?[“\"]?"
            rf"{re.escape(name)}\b",
            self._text,
        )
        if not match:
            return name
        long = match.group(1).split()
        # The long form starts at the word that carries the abbreviation's first letter.
        for at, word in enumerate(long):
            initials = "".join(w[0] for w in long[at:] if w[0].isupper())
            if word[0] == name[0] and initials == "".join(c for c in name if c.isupper()):
                return " ".join(long[at:])
        return name
