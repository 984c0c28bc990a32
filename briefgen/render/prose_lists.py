"""The analyst's lists as code hosts nest them, put so that Python-Markdown nests them too."""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from briefgen.render import blocks


class Lists(Extension):
    """Has Python-Markdown read lists, and what may interrupt a paragraph, as CommonMark does."""

    def extendMarkdown(self, md: Markdown) -> None:
        # after fenced code (25) and HTML (20) have been put aside
        md.preprocessors.register(_InFours(md), "lists in fours", 19)
        md.treeprocessors.register(_Together(md), "no partings", 18)  # after "inline" (20)


class _InFours(Preprocessor):
    """Indents lists by fours, as Python-Markdown wants them, and parts them from other blocks.

    A list may follow its introduction at once, as on code hosts. Code between fences inside a list
    becomes indented code: Python-Markdown knows fences only where no list is.
    """

    def run(self, lines: list[str]) -> list[str]:
        written: list[str] = []
        open_lists: list[str] = []  # the last letter of each one's markers
        first: blocks.Line | None = None  # of what stands together without a blank line
        last = None
        for line in blocks.read(list(self._quoted(lines))):
            ended = open_lists[line.depth] if len(open_lists) > line.depth else ""
            if line.kind is blocks.Kind.BLANK:
                first = None
            else:
                if line.marker and ended not in ("", line.marker[-1]):
                    written += ["", *_between(ended, line), ""]
                    first = None
                elif line.kind is blocks.Kind.CODE and ended:
                    written += ["", f"{'    ' * line.depth}{_PARTING}", ""]
                elif first and last and _parts(first, last, line):
                    written.append("")
                    first = None
                first = first or line
                open_lists[line.depth :] = [line.marker[-1]] if line.marker else []
            written.append(_in_fours(line))
            last = line
        return written

    def _quoted(self, lines: list[str]) -> Iterator[str]:
        """The lines with the same done inside each quotation."""
        for is_quote, group in groupby(lines, key=lambda line: bool(_QUOTED.match(line))):
            if is_quote:
                whole = list(group)
                sign = whole[0][: whole[0].index(">")] + "> "
                yield from (sign + line for line in self.run([_QUOTED.sub("", o) for o in whole]))
            else:
                yield from group


_QUOTED = re.compile(r"^ {0,3}> ?")

_PARTING = "\ue010"
"""A paragraph of this alone parts what Python-Markdown would join; _Together takes it out."""


def _between(ended: str, line: blocks.Line) -> list[str]:
    """What parts a list from one with other markers; of bullets and numbers it knows itself."""
    alike = (ended in ".)") == (line.marker[-1] in ".)")
    return [f"{'    ' * line.depth}{_PARTING}"] if alike else []


def _parts(first: blocks.Line, last: blocks.Line, line: blocks.Line) -> bool:
    """Whether Python-Markdown needs a blank line here that its writer left out."""
    if line.kind is blocks.Kind.BLANK:
        return False
    for kind in (blocks.Kind.FENCE, blocks.Kind.START, blocks.Kind.QUOTE):
        if line.kind is kind or last.kind is kind:
            lazy = last.kind is blocks.Kind.QUOTE and line.kind is blocks.Kind.TEXT
            return line.kind is not last.kind and not lazy
    if line.kind is blocks.Kind.TABLE:
        return line.goes_on
    if line.marker:
        return not first.marker or line.depth < first.depth
    return line.depth < first.depth + bool(first.marker)


def _in_fours(line: blocks.Line) -> str:
    match line.kind:
        case blocks.Kind.BLANK:
            return ""
        case blocks.Kind.ITEM:
            marker = "-" if line.marker in ("-", "*", "+") else f"{line.marker[:-1]}."
            return f"{'    ' * line.depth}{marker} {line.text}"
        case blocks.Kind.CODE:
            return f"{'    ' * (line.depth + 1)}{line.text}"
        case blocks.Kind.FENCE:
            is_fence = not line.text.strip("`~ ")
            return "" if is_fence else f"{'    ' * (line.depth + 1)}{line.text}"
        case blocks.Kind.TEXT:
            return f"{'    ' * line.depth}{_SEEMING.sub(_escaped, line.text)}"
        case _:
            return f"{'    ' * line.depth}{line.text}"


_SEEMING = re.compile(
    r"^(\d{0,9})(?:\.(?= |$)|[-*+](?= |$)|#(?=#{0,5}(?: |$))|>|`(?=``)|\*(?=\*\*))"
)


def _escaped(found: re.Match[str]) -> str:
    """What begins a line of a paragraph like a list, a heading or a quotation, but is none."""
    return f"{found[1]}\\{found[0][len(found[1]) :]}"


class _Together(Treeprocessor):
    """Takes out the paragraphs that parted lists."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in [c for c in parent if c.tag == "p" and c.text == _PARTING]:
                parent.remove(child)
