"""Read stance, status and likelihood off the words of a finding; unsure is neutral or none."""

import re
from collections.abc import Sequence

from briefgen.model import Level, Span, Stance, Status


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_NEGATED = re.compile(
    r"(?:\b(?:not|never|no longer|neither|nor|cannot|hardly|without)|n['’]t)"
    r"(?:\s+(?!but\b)[\w’'-]+){0,2}\s*$",
    re.IGNORECASE,
)
"""A negation at most two words before what it negates."""

_BEFORE = 40
"""Characters before a word in which its negation stands."""

_STANCES: Sequence[tuple[Stance, re.Pattern[str]]] = (
    (
        Stance.OPPOSE,
        _words(
            r"oppos(?:e|es|ed|ing|ition)|reject(?:s|ed|ing|ion)?|denounc\w+|condemn\w*"
            r"|critici[sz]\w*|castigat\w*|accus\w*|blam(?:e|es|ed|ing)|blast(?:s|ed|ing)?|slam(?:s|med|ming)?"
            r"|attack(?:s|ed|ing)?|object(?:s|ed|ing|ion|ions) to|objected|refus\w+"
            r"|den(?:y|ies|ied)|dismiss\w*|decri\w+|deplor\w*|complain\w*|protest(?:s|ed|ing)?|against|disagree\w*"
            r"|disput(?:e|es|ed|ing)|resist(?:s|ed|ing|ance)?|rebuk\w*|rebuff\w*|veto\w*|ridicul\w*"
            r"|scold\w*|rul(?:e|es|ed|ing) out|unwilling|resent\w*|threaten(?:s|ed|ing) to"
        ),
    ),
    (
        Stance.CONCERN,
        _words(
            r"fear(?:s|ed|ing|ful)?|worr(?:y|ies|ied|ying)|concern(?:s|ed)?|warn(?:s|ed|ing|ings)?"
            r"|caution(?:s|ed|ing)|alarm(?:ed)?|anxi\w+|afraid|sceptic\w*|skeptic\w*|regret(?:s|ted)?"
            r"|lament\w*"
        ),
    ),
    (
        Stance.SUPPORT,
        _words(
            r"support(?:s|ed|ing|ive)?|welcom\w+|back(?:s|ed|ing)|endors\w+|prais\w+|applaud\w*"
            r"|favou?r(?:s|ed|ing)?|agree(?:s|d|ing)?(?: (?:to|that|on|with))?|concur(?:s|red)?"
            r"|commit(?:s|ted|ting|ment)?|pledg\w+|propos(?:e|es|ed|ing)|recommend(?:s|ed|ing)?|urg(?:e|es|ed|ing)"
            r"|call(?:s|ed|ing)? (?:for|on|upon)|advocat\w*|encourag\w*|reaffirm\w*|affirm\w*"
            r"|promis(?:e|es|ed|ing)|vow(?:s|ed|ing)? to|plan(?:s|ned|ning)? to|want(?:s|ed|ing)?"
            r"|hop(?:e|es|ed|ing)|intend\w*|aim(?:s|ed|ing)?|seek(?:s|ing)?|sought|commend\w*"
            r"|celebrat\w*|approv(?:e|es|ed|al)|embrac\w*|prefer\w*|demand\w*|insist\w*"
            r"|emphasi[sz]\w*|underscor\w*|look(?:s|ing)? forward|hail(?:s|ed)?|request\w*|eager"
            r"|optimistic|confident|pleased|will|must"
        ),
    ),
)
"""Words of a cue, or at the opening of a statement, that say how a holder stands.

On the labelled training documents they settle a quarter of the positions, and are right for 85 % of
those that support, 91 % that oppose and 89 % that are concerned. Words that judge anywhere in a
statement (“threat”, “unacceptable”) settled as many again but were right for half, so that they are
left out: an unsure stance is neutral.
"""

_HEAD = re.compile(
    r"[\s“\"]*(?:that\s+)?(?:it|he|she|they|we|I|who|which)\s+"
    r"(?:(?:strongly|fully|firmly|also|still|would|will|does|do|did|had|has|have|not)\s+){0,3}"
    r"(?:oppos|reject|condemn|denounc|support|welcom|back|endors|favou?r|fear|worr|concur|agree"
    r"|disagree|prefer)\w*",
    re.IGNORECASE,
)
"""Opening of a statement that says how the holder stands: “said that it opposes …”."""


def stance(
    text: str, sentence: Span, actor: Span | None, cue: Span | None, statement: Sequence[Span]
) -> Stance:
    """How a holder stands, by the cue, then by the statement's opening; neutral when unsure."""
    opening = _HEAD.match(text, statement[0].start, statement[0].end)
    head = Span(*opening.span()) if opening else None
    for place in (cue, head):
        if place and (found := _said(text, sentence, place)):
            return _turned(found) if _is_nobody(text, actor) else found
    return Stance.NEUTRAL


def _said(text: str, sentence: Span, place: Span) -> Stance | None:
    """The stance that the words of a place give, turned round by a negation before them."""
    for found, pattern in _STANCES:
        if match := pattern.search(text, place.start, place.end):
            before = text[max(sentence.start, match.start() - _BEFORE) : match.start()]
            return _turned(found) if _NEGATED.search(before) else found
    return None


def _turned(found: Stance) -> Stance:
    """What a negation makes of a stance: who does not support opposes, not the other way."""
    return Stance.OPPOSE if found is Stance.SUPPORT else Stance.NEUTRAL


def _is_nobody(text: str, actor: Span | None) -> bool:
    """Whether an actor negates what follows: “Neither NATO nor its partners plan to …”."""
    return actor is not None and _NOBODY_OF.match(text, actor.start, actor.end) is not None


_NOBODY_OF = re.compile(r"(?:neither|no|none|nobody|no one|few)\b", re.IGNORECASE)


_STATUSES: Sequence[tuple[Status, re.Pattern[str]]] = (
    (
        Status.REJECTED,
        _words(
            r"reject(?:s|ed|ing)?|oppos(?:e|es|ed|ing)|refus(?:e|es|ed|ing)|rul(?:e|es|ed|ing) out"
            r"|declin(?:e|es|ed) to|against|vetoed|blocked|scrapped|abandoned"
        ),
    ),
    (
        Status.AGREED,
        _words(
            r"agree(?:d|s)?(?: to| on)?|approved|adopted|sign(?:ed|s)|endorsed|passed|enacted"
            r"|resolve[sd]?|settled|are to"
        ),
    ),
    (
        Status.DEMANDED,
        _words(
            r"demand(?:s|ed|ing)?|urg(?:e|es|ed|ing)|insist(?:s|ed|ing)?"
            r"|call(?:s|ed|ing)? (?:on|upon|for)|press(?:es|ed|ing)?|ask(?:s|ed|ing)?"
            r"|want(?:s|ed|ing)?|pressur(?:e|ed|ing)|order(?:s|ed|ing)|appeal(?:s|ed|ing)?"
        ),
    ),
    (
        Status.CONSIDERED,
        _words(
            r"consider(?:s|ed|ing)?|could|may|might|options?|explor(?:e|es|ed|ing)|weigh(?:s|ed|ing)?"
            r"|discuss(?:es|ed|ing)?|propos(?:al|als|e|es|ed|ing)|float(?:s|ed|ing)?"
            r"|suggest(?:s|ed|ing)?|examin(?:e|es|ed|ing)|possib(?:le|ility)|debat(?:e|es|ed|ing)"
            r"|mull(?:s|ed|ing)?|look(?:s|ed|ing)? at|draft"
        ),
    ),
    (
        Status.PLANNED,
        _words(
            r"plan(?:s|ned|ning)?|will|intend(?:s|ed|ing)?|pledg(?:e|es|ed|ing)|commit(?:s|ted|ting)?"
            r"|commitment|promis(?:e|es|ed|ing)|vow(?:s|ed|ing)?|aim(?:s|ed|ing)?|prepar(?:es|ed|ing)"
            r"|going to|set to|announc(?:e|es|ed|ing)|launch(?:es|ed|ing)?|seek(?:s|ing)?"
            r"|work(?:s|ing)? to|threaten(?:s|ed|ing) to"
        ),
    ),
    (
        Status.RECOMMENDED,
        _words(
            r"recommend(?:s|ed|ing|ation|ations)?|should|ought|advis(?:e|es|ed|ing)"
            r"|advocat(?:e|es|ed|ing)|encourag(?:e|es|ed|ing)|essential|imperative|crucial"
            r"|importan(?:t|ce)|time to|vital|favou?r(?:s|ed|ing)?|support(?:s|ed|ing)?|solution"
            r"|prefer(?:s|red|ring)?"
        ),
    ),
)
"""Words that say how far a proposal has come.

On the labelled training documents they settle three in four, and six in ten of those are right:
annotators see “planned” and “agreed”, or “recommended” and “considered”, behind the same words.
“Rejected” is the least sure, right for 18 of 50.
"""

_OBLIGATION = _words(r"must|need(?:s|ed)?(?: to)?|has to|have to|requires?")
"""A demand in the mouth of somebody named, a recommendation in the author's own."""

_NEAR = 60
"""Characters before an action in which a word speaks of that action rather than of another."""

_OPENING = 60
"""Characters of an action in which its own modal stands: “interventions need to be deployed”."""


def status(text: str, sentence: Span, proposer: Span | None, action: Span) -> Status | None:
    """How far a proposal has come, by the words around its action."""
    before = Span(max(sentence.start, action.start - _NEAR), action.start)
    opening = Span(action.start, min(action.end, action.start + _OPENING))
    # Of several words the one next to the action governs it: “agreed to call for …”.
    # Inside the action it is the first: “NATO should rule out …” recommends.
    found = _governing(text, before) or _governing(text, opening, first=True)
    found = found or _governing(text, Span(sentence.start, before.start))
    if found is None:
        return None
    status, at = found
    if _NEGATED.search(text[max(sentence.start, at.start - _BEFORE) : at.start]) or re.match(
        r"\s+not\b", text[at.end : at.end + 5]
    ):
        return Status.REJECTED
    if _is_nobody(text, proposer):
        return Status.REJECTED
    if (
        status is Status.DEMANDED
        and proposer is None
        and _OBLIGATION.fullmatch(text[at.start : at.end])
    ):
        return Status.RECOMMENDED
    return status


def _governing(text: str, place: Span, *, first: bool = False) -> tuple[Status, Span] | None:
    """The last word in a place, or the first, that says how far something has come."""
    found = [
        (match.start(), match.end(), status)
        for status, pattern in (*_STATUSES, (Status.DEMANDED, _OBLIGATION))
        for match in pattern.finditer(text, place.start, place.end)
    ]
    if not found:
        return None
    start, end, status = min(found) if first else max(found)
    return status, Span(start, end)


_LIKELIHOODS: Sequence[tuple[Level, re.Pattern[str]]] = (
    (
        Level.UNLIKELY,
        _words(
            r"unlikely|improbable|remote|little (?:risk|chance|danger)|low (?:risk|probability)"
            r"|slim"
        ),
    ),
    (
        Level.LIKELY,
        _words(
            r"likely|probabl[ey]|expected to|set to|bound to|inevitabl[ey]|certain(?:ly)? to"
            r"|invariably|almost certain(?:ly)?|high risk|surely|undoubtedly|poised to"
        ),
    ),
    (
        Level.POSSIBLE,
        _words(
            r"could|may|might|possibl[ey]|potential(?:ly)?|risks?|risking|at risk|threatens? to"
            r"|threat|danger|fears?|feared|perhaps|conceivabl[ey]|vulnerable|in case"
        ),
    ),
)


def likelihood(text: str, sentence: Span, risk: Span) -> tuple[Level, Span] | None:
    """How likely a risk is and the word that says so, next to the risk rather than far from it."""
    for start, end in (
        (risk.start, risk.end),
        (max(sentence.start, risk.start - _NEAR), risk.start),
        (sentence.start, sentence.end),
    ):
        for level, pattern in _LIKELIHOODS:
            if match := pattern.search(text, start, end):
                return level, Span(match.start(), match.end())
    return None


_ADDRESSED = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:on|upon)|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|press(?:es|ed|ing)?"
    r"|demand(?:s|ed|ing)?\s+that|recommend(?:s|ed|ing)?\s+that|encourag(?:e|es|ed|ing)"
    r"|request(?:s|ed|ing)?(?:\s+that)?|advis(?:e|es|ed|ing)|want(?:s|ed)?)"
    r"\s+((?:the\s+)?(?:[\w’'.-]+\s+){0,5}?[\w’'.-]+)\s+(?:to\b|should\b|must\b|not\s+to\b|take\b)"
)
_OBLIGED = re.compile(
    r"^[\"“]?(?:(?:But|And|So|Yet|Instead|However|Therefore|Finally|Moreover|First|Second),?\s+)?"
    r"((?:The\s+|the\s+)?(?:[A-Z][\w’'.-]*|of|and|the|for)(?:\s+(?:[A-Z][\w’'.-]*|of|and"
    r"|the|for|government|governments|ministry|ministers|parliament|members|states|leaders"
    r"|partners|authorities|officials))*)\s+(?:should|must|ought\s+to|needs?\s+to|has\s+to|have\s+to)\b"
)


def addressee(text: str, sentence: Span) -> Span | None:
    """Who is asked to act: “urged Congress to”, “The ministry should”; None when unsure."""
    words = text[sentence.start : sentence.end]
    for pattern in (_ADDRESSED, _OBLIGED):
        if match := pattern.search(words):
            start, end = match.span(1)
            if words[start:end].lower().split()[0] not in _NOBODY:
                return Span(sentence.start + start, sentence.start + end)
    return None


_NOBODY = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "there",
        "we",
        "i",
        "he",
        "she",
        "they",
        "you",
        "them",
        "us",
        "him",
        "her",
        "what",
        "which",
        "who",
        "all",
        "more",
        "any",
    ]
)
