"""Everything briefgen raises on purpose: each names the place, the problem and the way out.

BriefgenError
├── ConfigError      the YAML has a problem; one line for each
├── SourceError      a document could not be fetched or read
├── LabelError       a label file has a problem, or no document to it
├── GroundingError   a quote is not in the document it names
├── TemplateError    a template is missing, misspelt or failed
├── RenderError      a page could not be set
└── OutputError      the outputs could not be written
"""

from collections.abc import Sequence


class BriefgenError(Exception):
    """Base of every error a user can mend; the command line prints its lines and exits 1."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines: Sequence[str] = lines
        """One problem a line, each ``place: problem (way out)``."""

    def __reduce__(self) -> tuple[type["BriefgenError"], tuple[str, ...]]:
        """Pass between processes with every line."""
        return type(self), tuple(self.lines)


class ConfigError(BriefgenError):
    """The YAML has one or more problems."""


class SourceError(BriefgenError):
    """A source document could not be fetched or read."""


class LabelError(BriefgenError):
    """Labelled documents have one or more problems."""


class GroundingError(BriefgenError):
    """A quote is not found in the document it names."""


class TemplateError(BriefgenError):
    """A template is missing, has a syntax error or uses an unknown name."""


class RenderError(BriefgenError):
    """A brief could not be set as pages."""


class OutputError(BriefgenError):
    """The outputs could not be written; what was there before is untouched."""
