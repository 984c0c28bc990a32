"""Small sites, made by hand: nothing is read, found or set."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from briefgen.config import theme as themes
from briefgen.config.site import SiteConfig, SiteSettings
from briefgen.model import (
    Artifact,
    Aspect,
    Changes,
    Claim,
    ClaimChange,
    Edit,
    Kind,
    Piece,
    Record,
    Source,
    Stance,
    TextChange,
)
from briefgen.publish.catalogue import Catalogue, Edition, File, Published
from briefgen.publish.views import Views
from briefgen.render.templates import Templates

BASE = "https://estuary.example/site/"
NASTY = "Tides & <b>“dredging”</b> ]]> \x00\x0b\u202e\ufffe\ud800 …"
LETTER = Source("letter", "letter.docx", "Open letter", "A. Fisher", published="2024-06")
PAPER = Source("paper", "paper.pdf", "Paper & pulp", None, "Ministry of Ports", "2024-07-10")
PDF = File("brief.pdf", "application/pdf", 12_345)

FOR = Claim(
    "p-1",
    Kind.POSITION,
    ("a deeper channel", "is needed"),
    "Ministry of Ports",
    Stance.SUPPORT,
    topics=("Dredging", "Trade & tides"),
    date="2024-07-10",
    notes=(1, 2),
    sources=("paper", "letter"),
)
AGAINST = replace(FOR, stance=Stance.OPPOSE)
RISK = Claim("r-1", Kind.RISK, ("the bank could slide",), topics=("Dredging",), likelihood="likely")

RECORD = Record(
    "Deepening the Sound",
    "The channel",
    "Policy Brief 12/2024",
    "2024-08-02",
    ("Ada van der Linden", "Fishers’ Union"),
    "Institute of Tides",
    "en-GB",
    doi="10.5555/tides",
    licence="CC BY 4.0",
    description="Who wants a deeper channel.",
    sections=("positions",),
    claims=(FOR,),
    sources=(PAPER, LETTER),
)
CHANGES = Changes(
    claims=(
        ClaimChange((Aspect.STANCE, Aspect.WORDS), FOR, AGAINST),
        ClaimChange((Aspect.APPEARED,), None, RISK),
    ),
    texts=(TextChange("text", (Piece(Edit.KEPT, "Dig "), Piece(Edit.ADDED, "less"))),),
    front=(TextChange("title", (Piece(Edit.TAKEN, "Deep"),)),),
    sources_added=(LETTER,),
    order=True,
)

FIRST = Edition("2024-08-02", 1, RECORD, files=(PDF,))
SECOND = Edition(
    "2024-08-02-2",
    2,
    replace(RECORD, claims=(AGAINST, RISK)),
    CHANGES,
    "The ministry is against it.",
    (PDF, File("cite.bib", "application/x-bibtex", 300)),
)
THIRD = Edition("2024-09-01", 3, replace(RECORD, title=NASTY, claims=(RISK,)), CHANGES)

SOUND = Published("sound", (FIRST, SECOND, THIRD))
GERMAN = Published(
    "sund",
    (Edition("2024-08-03", 1, replace(RECORD, title="Vertiefung", language="de")),),
    translation_of="sound",
)
GONE = Published(
    "gone", (Edition("2024-08-04", 1, replace(RECORD, title="Sand")),), "Its figures were wrong."
)
OLD = Published("old", (Edition("2024-01-01", 1, replace(RECORD, title="Sand, early")),))
HEIR = Published(
    "heir", (Edition("2024-02-01", 1, replace(RECORD, title="Silt")),), formerly=("old",)
)
ALL = (SOUND, GERMAN, GONE, OLD, HEIR)


def views(
    briefs: Sequence[Published] = ALL, base: str | None = BASE, folder: Path = Path("/nowhere")
) -> Views:
    settings = SiteSettings(
        title="Estuary & sea",
        description="What is said of <tides>.",
        organisation="Institute of Tides",
        base_url=base,
    )
    site = SiteConfig(settings, folder, themes.standard(folder))
    return Views(Catalogue({brief.slug: brief for brief in briefs}), site, templates(folder))


@cache
def templates(folder: Path) -> Templates:
    """Those of a folder, compiled once."""
    return Templates(folder)


def made(kind: Callable[[Views], Iterator[Artifact]], of: Views) -> dict[str, bytes]:
    """The files of one kind by their paths."""
    return {artifact.path.as_posix(): artifact.content for artifact in kind(of)}
