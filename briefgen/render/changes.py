"""Changes between two versions of a brief, as words for a terminal."""

import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefgen.config.templates import roots
from briefgen.model import Changes, Record
from briefgen.render import wording
from briefgen.render.faults import template_errors

_CITATION = re.compile(r" ?\[(-?@[^\]\n]*)\]")
_ID = re.compile(r"-?@([\w-]+)")

_SHOWN = 12
"""Words kept at each end of what did not change: enough to find the place."""


def as_text(before: Record, after: Record, changes: Changes, folder: Path) -> str:
    """What changed, for eyes; templates in ``folder`` win over the shipped ones.

    Raises TemplateError.
    """
    places = roots(folder)
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(root) for root in places]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update({**wording.FILTERS, **FILTERS})
    environment.tests.update(wording.TESTS)
    values = {"before": before, "after": after, "changes": changes}
    with template_errors(environment, places, values):
        return environment.get_template("changes/changes.txt.j2").render(values)


def gap(text: str) -> str:
    """Words that did not change, shortened in the middle to what shows the place."""
    words = text.split()
    if len(words) <= 2 * _SHOWN + 4:
        return text
    start = text[: len(text) - len(text.lstrip())]
    end = text[len(text.rstrip()) :]
    return f"{start}{' '.join(words[:_SHOWN])} … {' '.join(words[-_SHOWN:])}{end}"


def titled(text: str, titles: Mapping[str, str]) -> str:
    """An analyst's words with the titles of sources in place of the ids that they cite."""

    def named(found: re.Match[str]) -> str:
        return " [" + _ID.sub(lambda id_: titles.get(id_[1], id_[1]), found[1]) + "]"

    return _CITATION.sub(named, text)


FILTERS = {"gap": gap, "titled": titled}
"""What templates of changes may ask for."""
