"""Read stance, status and likelihood off the words of a finding; unsure is neutral or none."""

import re
from collections.abc import Sequence

from briefgen.model import Level, Span, Stance, Status


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_CUE_STANCES: Sequence[tuple[Stance, re.Pattern[str]]] = (
    (
        Stance.CONCERN,
        _words(
            r"fear\w*|worr\w+|concern\w*|warn\w*|caution\w*|alarm\w*|anxi\w+|afraid|doubt\w*"
            r"|question\w*|sceptic\w*|skeptic\w*|regret\w*|lament\w*"
        ),
    ),
    (
        Stance.OPPOSE,
        _words(
            r"oppos\w+|reject\w*|denounc\w*|condemn\w*|criticis\w*|criticiz\w*|critique\w*"
            r"|castigat\w*|accus\w*|blam\w+|blast\w*|slam\w*|attack\w*|object\w*|refus\w*|den(?:y|ies|ied)"
            r"|dismiss\w*|decri\w+|deplor\w*|complain\w*|protest\w*|against|disagree\w*|disput\w*"
            r"|resist\w*|rebuk\w*|rebuff\w*|veto\w*|mock\w*|ridicul\w*|chid\w+|lash\w*|scold\w*|rail\w*"
        ),
    ),
    (
        Stance.SUPPORT,
        _words(
            r"support\w*|welcom\w*|back(?:s|ed|ing)?|endors\w*|prais\w*|applaud\w*|favou?r\w*"
            r"|agree\w*|commit\w*|pledg\w*|propos\w*|recommend\w*|urg\w+|call\w* (?:for|on)|advocat\w*"
            r"|encourag\w*|reaffirm\w*|affirm\w*|promis\w*|vow\w*|plan\w*|want\w*|hop\w+|intend\w*"
            r"|aim\w*|seek\w*|commend\w*|celebrat\w*|defend\w*|champion\w*|back|approv\w*|accept\w*"
            r"|embrac\w*|prefer\w*|demand\w*|ask\w*|will|resolv\w*|decid\w*|emphasi[sz]\w*|stress\w*"
            r"|underlin\w*|underscor\w*|recogni[sz]\w*|look\w* forward"
        ),
    ),
)

_STATEMENT_STANCES: Sequence[tuple[Stance, re.Pattern[str]]] = (
    (
        Stance.CONCERN,
        _words(
            r"risk\w*|threat\w*|danger\w*|worr\w+|concern\w*|fear\w*|crisis|alarm\w*|vulnerab\w*"
            r"|could (?:harm|hurt|damage|undermine|weaken|lead to)|may (?:harm|hurt|undermine)"
            r"|uncertain\w*|insecur\w*|at stake|catastroph\w*|disast\w*"
        ),
    ),
    (
        Stance.OPPOSE,
        _words(
            r"wrong|unlawful|illegal|unacceptable|unfair|unjust\w*|fail\w*|violat\w*|must not"
            r"|should not|shouldn['’]t|cannot accept|never|bad|worse|worst|blatant\w*|prejudice"
            r"|smear\w*|provocat\w*|lie|lies|lying|false\w*|misguid\w*|reckless\w*|hypocri\w*|coerc\w*"
            r"|hegemon\w*|aggress\w*|unconstitutional|disgrace\w*|shame\w*|unnecessary|terribl\w*"
        ),
    ),
    (
        Stance.SUPPORT,
        _words(
            r"should|must|need\w* to|will|support\w*|welcom\w*|committed|commitment|essential|vital"
            r"|important|benefit\w*|opportunit\w*|progress|strengthen\w*|improv\w*|good|great|right"
            r"|protect\w*|success\w*|cooperat\w*|help\w*|proud"
        ),
    ),
)


def stance(cue: str | None, statement: str) -> Stance:
    """How a holder stands, by the cue first and then by the statement's own words."""
    for words, table in ((cue, _CUE_STANCES), (statement, _STATEMENT_STANCES)):
        for found, pattern in table:
            if words and pattern.search(words):
                return found
    return Stance.NEUTRAL


_STATUSES: Sequence[tuple[Status, re.Pattern[str]]] = (
    (
        Status.REJECTED,
        _words(
            r"reject\w*|oppos\w+|refus\w*|rul\w+ out|declin\w+ to|against|should not|shouldn['’]t"
            r"|must not|will not|won['’]t|den(?:y|ies|ied)|veto\w*|not (?:plan\w*|intend\w*)"
        ),
    ),
    (
        Status.AGREED,
        _words(
            r"agree\w*|approv\w*|adopt\w*|sign\w*|endors\w*|passed|enacted|resolv\w*|accepted|settled"
        ),
    ),
    (
        Status.DEMANDED,
        _words(
            r"demand\w*|must|urg\w+|insist\w*|call(?:s|ed|ing)? (?:on|upon|for)|press(?:es|ed|ing)? for"
            r"|press(?:es|ed)?|requir\w*|ask(?:s|ed|ing)?|want\w*|pressur\w*|order\w*"
        ),
    ),
    (
        Status.CONSIDERED,
        _words(
            r"consider\w*|could|may|might|option\w*|explor\w*|weigh\w*|discuss\w*|propos\w*|would"
            r"|suggest\w*|examin\w*|study|studying|possib\w*|review\w*|debat\w*|mull\w*|look\w* at|draft\w*"
        ),
    ),
    (
        Status.PLANNED,
        _words(
            r"plan\w*|will|intend\w*|pledg\w*|commit\w*|promis\w*|vow\w*|aim\w*|prepar\w*|going to"
            r"|set to|announc\w*|launch\w*|schedul\w*|expect\w*|seek\w*|work\w* to"
        ),
    ),
    (
        Status.RECOMMENDED,
        _words(
            r"recommend\w*|should|ought|need\w*|advis\w*|advocat\w*|encourag\w*|essential|imperative"
            r"|crucial|necessary|important|time to|vital|had better|support\w*|prefer\w*|propose"
        ),
    ),
)

_NEAR = 60
"""Characters before an action in which a word speaks of that action rather than of another."""


def status(text: str, sentence: Span, action: Span) -> Status | None:
    """How far a proposal has come, by the words before its action, else those of its sentence."""
    before = text[max(sentence.start, action.start - _NEAR) : action.start]
    for words in (before, text[action.start : action.end], text[sentence.start : sentence.end]):
        nearest = [
            (match.start(), found)
            for found, pattern in _STATUSES
            if (match := _last(pattern, words)) is not None
        ]
        if nearest:
            # Of several words the one next to the action governs it: “agreed to call for”.
            return max(nearest, key=lambda pair: pair[0])[1] if words is before else nearest[0][1]
    return None


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(words):
        pass
    return found


_LIKELIHOODS: Sequence[tuple[Level, re.Pattern[str]]] = (
    (
        Level.UNLIKELY,
        _words(
            r"unlikely|improbable|remote|little (?:risk|chance|danger)|low (?:risk|probability)"
            r"|slim|hardly"
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
            r"could|may|might|can|possibl[ey]|potential(?:ly)?|risks?|risking|at risk|threatens? to"
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
    r"|request(?:s|ed|ing)?(?:\s+that)?|advis(?:e|es|ed|ing)|invit(?:e|es|ed|ing)|want(?:s|ed)?)"
    r"\s+((?:the\s+)?(?:[\w’'.-]+\s+){0,5}?[\w’'.-]+)\s+(?:to\b|should\b|must\b|not\s+to\b|take\b)"
)
_OBLIGED = re.compile(
    r"^[\"“]?((?:The\s+|the\s+)?(?:[A-Z][\w’'.-]*|of|and|the|for)(?:\s+(?:[A-Z][\w’'.-]*|of|and"
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
    ["it", "this", "that", "these", "those", "there", "we", "i", "he", "she", "they", "you", "them", "us", "him", "her", "what", "which", "who", "all", "more", "any"]
)
