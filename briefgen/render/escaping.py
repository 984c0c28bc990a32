"""Plain words for Markdown: nothing in them can be read as markup."""

import re
from collections.abc import Iterable
from typing import Any

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Concat
from markupsafe import Markup

from briefgen.render.characters import collapsed
from briefgen.render.sandbox import Sandbox

_ALWAYS = re.compile(r"[\\`*_\[\]<|~$^{]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_EMOJI = re.compile(r":(?=[\w+-]+:)")  # code hosts draw :tada:
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp)(?=://)|\b(www)(?=\.)")  # code hosts link bare addresses
_TYPOGRAPHY = re.compile(r"-(?=-)|\.(?=\.\.)")  # pandoc would draw a dash, an ellipsis
_CITATION = re.compile(r"(?<![\w@])@(?=\w)")  # pandoc's @key
_HEADING_END = re.compile(r"(?<= )#")
_LINE_START = re.compile(r"^( ?\d*)(?=[#>]|[=-]{2}|(?<! )(?<!\d)[+=-](?: |$)|(?<=\d)[.)](?: |$))")
_PANDOC_START = re.compile(
    r"^ ?(?:(?=:(?::| +\S)|\((?:[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|\d+)\)(?: |$))"
    r"|(?:[a-z]|[ivxlcdm]+|[IVXLCDM]{2,}|[A-Z](?=\)))(?=[.)](?: |$))|[Tt]able(?=:))"
)
"""Where a list by letters, a definition or a caption begins, which only pandoc knows.

“A. Smith” is none: after one capital and a full stop pandoc asks for two spaces.
"""

_BEFORE_BRACKET = re.compile(r"!$")  # "Stop!" before a note call would start an image


def escape_markdown(value: Any) -> Markup:
    """The value's words on one line, marked as safe; what is marked already stays as it is.

    ``Markup`` here means “this is Markdown already”: Jinja marks what macros return with it.
    """
    if hasattr(value, "__html__"):
        return Markup(value)
    text = _ALWAYS.sub(r"\\\g<0>", collapsed(str(value)))
    text = _ENTITY.sub(r"\&", text)
    text = _EMOJI.sub(r"\:", text)
    text = _AUTOLINK.sub(lambda found: found[0] + "\\", text)
    text = _HEADING_END.sub(r"\#", text)
    text = _TYPOGRAPHY.sub(r"\\\g<0>", text)
    text = _CITATION.sub(r"\@", text)
    text = begin_unmarked(text)
    text = _LINE_START.sub(lambda found: found[0] + "\\", text)
    return Markup(_BEFORE_BRACKET.sub(r"\!", text))


def begin_unmarked(words: str) -> str:
    """The words without a beginning that only pandoc would take for a list or the like."""
    return _PANDOC_START.sub(lambda found: found[0] + "\\", words)


class _MarkdownCode(CodeGenerator):
    def visit_Concat(self, node: Concat, frame: Frame) -> None:
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class MarkdownEnvironment(Sandbox):
    """A sandbox where every value is escaped for Markdown, however a template puts it together.

    Left alone, Jinja would escape for HTML where safe and unsafe words are joined, which leaves
    ``*`` and ``[`` alive.
    """

    code_generator_class = _MarkdownCode
    intercepted_binops = frozenset("+%")

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, finalize=escape_markdown, **options)
        self.filters.update(e=escape_markdown, escape=escape_markdown, join=self._join)

    def joined(self, parts: Iterable[Any]) -> str:
        """What ``~`` makes of its parts."""
        return self._join(parts)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """What ``+`` and ``%`` make of theirs."""
        if hasattr(left, "__html__") or hasattr(right, "__html__"):
            left = escape_markdown(left)
            if operator == "%" and isinstance(right, tuple):
                right = tuple(escape_markdown(part) for part in right)
            else:
                right = escape_markdown(right)
        return super().call_binop(context, operator, left, right)

    def _join(self, value: Iterable[Any], d: Any = "", attribute: str | None = None) -> str:
        parts = list(value) if attribute is None else [self.getattr(v, attribute) for v in value]
        if any(hasattr(part, "__html__") for part in (d, *parts)):
            return escape_markdown(d).join(escape_markdown(part) for part in parts)
        return str(d).join(str(part) for part in parts)
