"""Number the captions of the tables and images in the analyst's Markdown."""

import re

from briefgen.assemble.captions import Captions
from briefgen.model import Caption, Captioned

FENCED_OR_HIDDEN = r"""
    ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z)
    | <!--.*?(?:-->|\Z)
"""
"""Blocks of code, and comments: nothing in them is the analyst's word to a reader."""

_OWN = re.compile(
    rf"""
    {FENCED_OR_HIDDEN}
    | ^(?P<row>[^\n]*\|[^\n]*)\n (?:[ \t]*\n)?
      Table:[ \t]+ (?P<words>\S[^\n]*?) (?:[ \t]*\{{\#tab:(?P<table>[\w-]+)\}})? [ \t]*$
    | (?:\A|(?<=\n\n)) (?P<image>!\[[^\]\n]*\]\([^\n"]+?) [ \t]+ "(?P<title>[^"\n]*\S[^"\n]*)"\)
      (?:\{{\#fig:(?P<figure>[\w-]+)\}})? [ \t]* (?=\n[ \t]*\n|\n?\Z)
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
"""What is left alone; a table's last row with ``Table: words`` below it; an image with a title that
is a paragraph of its own. Either can have a name to refer to, ``{#tab:costs}``."""


def captioned(markdown: str, captions: Captions) -> tuple[str, tuple[Caption, ...]]:
    """The Markdown with each caption made a paragraph that starts with ``[^table-1]``."""
    own: list[Caption] = []

    def number(found: re.Match[str]) -> str:
        if found["row"] is not None:
            own.append(captions.take(Captioned.TABLE, found["table"]))
            return f"{found['row']}\n\n[^{own[-1].anchor}] {found['words']}\n"
        if found["image"] is not None:
            own.append(captions.take(Captioned.FIGURE, found["figure"]))
            return f"{found['image']})\n\n[^{own[-1].anchor}] {found['title']}"
        return found[0]

    return _OWN.sub(number, markdown), tuple(own)
