"""The YAML's one documented model: every key, its type, its default."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from briefgen.config.entries import (
    Confidence,
    ConfidenceEntry,
    Entry,
    FetchEntry,
    Format,
    SourceEntry,
    ThemeEntry,
    as_source,
    as_theme,
)
from briefgen.config.sections import (
    SECTIONS,
    CustomSection,
    SectionEntry,
    TextSection,
    TimelineSection,
    as_section,
)
from briefgen.config.values import (
    Contact,
    Id,
    IsoDate,
    Language,
    Moment,
    NotBlank,
    OneOrMore,
    OrLone,
    WebAddress,
    Words,
)
from briefgen.model import FrontMatter, Preset


def _distinct(actors: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Refuse a form that would mean two names."""
    taken: dict[str, str] = {}
    for name, forms in actors.items():
        for form in (name, *forms):
            other = taken.setdefault(" ".join(form.lower().split()), name)
            if other != name:
                raise ValueError(f"{form!r} stands under {other!r} and under {name!r}")
    return actors


def _one_of_each() -> Any:
    """Every section that needs no words of the analyst's and repeats no other."""
    return tuple(
        options.model_validate({"section": name})
        for name, options in SECTIONS.items()
        if options not in (TextSection, TimelineSection, CustomSection)
    )


class Settings(Entry):
    """Everything one YAML file says of one brief."""

    extends: Words | None = None
    """YAML file whose keys this one takes where it has none of its own, by its path from here."""
    defaults: dict[str, Any] = Field(default_factory=dict)
    """Options for every section that has them, and under a section's name for those of its kind."""
    title: Words
    """Title of the brief."""
    subtitle: Words | None = None
    """Line below the title."""
    series: Words | None = None
    """Series and number, such as ``Policy Brief 12/2024``."""
    date: IsoDate | None = None
    """Day of the brief, never the day of the build; no date is printed where it is left out."""
    authors: OneOrMore = ()
    """Who wrote the brief: a name or a list of names."""
    organisation: Words | None = None
    """Who publishes it."""
    language: Language = "en"
    """BCP 47 tag of the brief's own words."""
    status: Words | None = None
    """Such as ``draft``; printed in the title block."""
    doi: Words | None = None
    """Digital object identifier of the brief."""
    licence: Words | None = None
    """A licence's name, linked where it is a Creative Commons one, or its address."""
    disclaimer: Words | None = None
    """Small print, which stands last in every format."""
    description: Words | None = None
    """One sentence for search engines; else the subtitle, else the first key message."""
    url: WebAddress | None = None
    """Web address where ``brief.html`` will stand; its canonical link."""
    cite_as: Words | None = None
    """How to cite the brief; authors, year, title, series, organisation and DOI or ``url`` where it
    is left out."""
    corrections: Contact | None = None
    """Mail or web address for whoever finds a mistake."""
    slug: Id | None = None
    """Name of the output folder and of the brief's address on a site; the YAML's file name where it
    is left out."""
    embargo: Moment | None = None
    """Time before which ``publish`` holds the brief back."""
    correction: Words | None = None
    """What this edition puts right; ``publish`` marks the edition as a correction."""
    withdrawn: Words | None = None
    """Why the brief is withdrawn; its address then shows this notice in its place."""
    formerly: Annotated[tuple[Id, ...], OrLone()] = ()
    """Slugs under which the brief was published before; their addresses lead to the new one."""
    translation_of: Id | None = None
    """Slug of the brief that this one says in another language."""
    sources: Annotated[
        tuple[
            Annotated[
                SourceEntry,
                BeforeValidator(as_source, json_schema_input_type=NotBlank | SourceEntry),
            ],
            ...,
        ],
        Field(min_length=1),
    ]
    """Files, globs and web addresses, in the order of the bibliography."""
    actors: Annotated[dict[Words, OneOrMore], AfterValidator(_distinct)] = Field(
        default_factory=dict
    )
    """Names that mean the same: the name to print, and its other forms."""
    topics: dict[Words, OneOrMore] = Field(default_factory=dict)
    """What findings are about: a topic's name, and the words that place a finding in it."""
    confidence: Confidence = ConfidenceEntry()
    """Least confidence of a finding to show: one number, or one for each kind."""
    preset: Preset | None = None
    """How long the brief is on A4: ``glance`` (1–2 pages), ``brief`` (about 4) or ``briefing``
    (8–12). It sets the limits of sections that give none; without it, all that is sure enough is
    shown."""
    sections: tuple[Annotated[SectionEntry, BeforeValidator(as_section)], ...] = Field(
        default_factory=_one_of_each
    )
    """Sections in the order of the brief; the same section may stand twice."""
    outputs: Annotated[
        tuple[Format, ...],
        OrLone(),
    ] = (
        Format.MARKDOWN,
        Format.HTML,
        Format.PDF,
    )
    """Formats to write; docx, which needs the extra ``word``, only where it is named."""
    fetch: FetchEntry = FetchEntry()
    """How web addresses are fetched."""
    theme: Annotated[
        ThemeEntry, BeforeValidator(as_theme, json_schema_input_type=NotBlank | ThemeEntry)
    ] = ThemeEntry()
    """House style: a theme's name, or its options."""

    def front_matter(self) -> FrontMatter:
        """Collect what the title block and the documents' metadata say."""
        return FrontMatter(
            title=self.title,
            subtitle=self.subtitle,
            series=self.series,
            date=self.date,
            authors=self.authors,
            organisation=self.organisation,
            language=self.language,
            status=self.status,
            doi=self.doi,
            licence=self.licence,
            disclaimer=self.disclaimer,
            description=self.description,
            url=self.url,
            cite_as=self.cite_as,
            corrections=self.corrections,
        )
