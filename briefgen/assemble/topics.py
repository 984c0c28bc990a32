"""Place findings under the analyst's topics, by words."""

import re
from collections.abc import Iterable, Mapping

from briefgen.model import Finding, Review


class Topics:
    """Topics in the order of the YAML."""

    def __init__(self, topics: Mapping[str, Iterable[str]], review: Review | None = None) -> None:
        """Take the YAML's ``topics:``: a name, and the words that place a finding under it.

        What an analyst says of one finding in ``review`` counts before its words.
        """
        self._marks = review.marks if review else {}
        self._patterns = {name: whole_words(words) for name, words in topics.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The topics' names."""
        return tuple(self._patterns)

    def of(self, finding: Finding) -> tuple[str, ...]:
        """Every topic with a word in what is stated, else in its sentence."""
        mark = self._marks.get(finding.id)
        if mark and mark.topics is not None:
            return mark.topics
        stated = " ".join(quote.text for quote in finding.content)
        for words in (stated, finding.sentence.text):
            line = " ".join(words.split())
            found = tuple(name for name, p in self._patterns.items() if p.search(line))
            if found:
                return found
        return ()


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words; capitals count only in words that are all capitals, so that US is not us."""
    forms = sorted(words, key=len, reverse=True)
    exact = [re.escape(w) for w in forms if w.isupper()]
    loose = [re.escape(w) for w in forms if not w.isupper()]
    parts = [rf"(?:{'|'.join(exact)})"] if exact else []
    parts += [rf"(?i:{'|'.join(loose)})"] if loose else []
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else re.compile(r"(?!)")
