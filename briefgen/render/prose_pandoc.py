"""The analyst's Markdown for pandoc's own reader, which asks for more than code hosts do."""

from briefgen.render import blocks
from briefgen.render.escaping import begin_unmarked


def for_pandoc(text: str) -> str:
    """The text with blank lines and backslashes that tell pandoc what code hosts know without.

    Code hosts read it as before.
    """
    written: list[str] = []
    lines = text.split("\n")
    last = blocks.Line(blocks.Kind.BLANK, 0, "")
    for number, line in enumerate(blocks.read(lines)):
        if line.goes_on and _needs_blank(last, line):
            written.append("")
        own = lines[number]
        begins = line.kind is blocks.Kind.TEXT and not line.goes_on
        if (begins or line.marker) and own.endswith(line.text):
            own = own.removesuffix(line.text) + begin_unmarked(line.text)
        written.append(own)
        last = line
    return "\n".join(written)


def _needs_blank(last: blocks.Line, line: blocks.Line) -> bool:
    """Whether pandoc would take a new block for more words of the paragraph above."""
    if line.kind is blocks.Kind.ITEM:
        return not last.depth and not last.marker
    return line.kind in (blocks.Kind.START, blocks.Kind.QUOTE, blocks.Kind.TABLE)
