"""An invented brief on dredging a harbour, with every kind of section and both views."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefgen.model import (
    Actor,
    Bar,
    Bars,
    Bibliography,
    BibliographyEntry,
    Brief,
    Call,
    Caption,
    Captioned,
    Chronology,
    Counted,
    DatedStatement,
    Finding,
    FrontMatter,
    Grade,
    Group,
    Impact,
    Item,
    KeyMessages,
    Level,
    Likelihood,
    Location,
    Method,
    Note,
    Position,
    Positions,
    Proposal,
    Proposals,
    Prose,
    Quote,
    Risk,
    RiskMatrix,
    Risks,
    Source,
    Span,
    Speech,
    Stance,
    StanceCell,
    StanceMatrix,
    StanceRow,
    Status,
    Tendency,
    Text,
    Timeline,
    TimelineEntry,
)

MINISTRY = Source(
    "ministry-2024",
    "sources/ministry.pdf",
    "Deepening the Sound: consultation paper on the northern approach",
    author="Ministry of Ports and Inland Waterways",
    publisher="Ministry of Ports and Inland Waterways",
    published="2024-07-10",
    language="en",
    url="https://ports.example/consultations/sound?paper=3&lang=en",
)
FISHERS = Source(
    "fishers-2024",
    "sources/fishers.docx",
    "Open letter on spoil disposal",
    author="Association of Coastal Fishers",
    published="2024-06",
)
STUDY = Source(
    "study-2023",
    "sources/study.md",
    "Sediment, tides and the cost of depth",
    author="M. Okonkwo and L. Vestergaard",
    publisher="Institute for Estuary Research",
    published="2023",
    url="https://estuary.example/a-very-long-address/that-goes-on/and-on/until-it-must-break/somewhere-in-the-middle.html",
)
PORT = Source(
    "port-2024",
    "sources/hearing.txt",
    "Transcript of the hearing on channel depth",
    publisher="Harbour Board",
    published="2024-07-02",
)
PRESS = Source(
    "press-2024", "sources/press.html", "港口疏浚计划引发争议", publisher="海港日报", language="zh"
)
SOURCES = (MINISTRY, FISHERS, STUDY, PORT, PRESS)


@dataclass
class Maker:
    """Numbers notes and calls in the order they are asked for, as a brief's reader meets them."""

    notes: list[Note] = field(default_factory=list)
    called: dict[int, int] = field(default_factory=dict)

    def note(self, source: Source, sentence: str | None, place: Location | None) -> Note:
        quote = quoted(source, sentence) if sentence else None
        self.notes.append(Note(len(self.notes) + 1, source, quote, place))
        return self.notes[-1]

    def call(self, note: Note) -> Call:
        self.called[note.number] = self.called.get(note.number, 0) + 1
        return Call(note, self.called[note.number])

    def item(
        self,
        finding: Finding,
        *sources: Source,
        page: int = 3,
        notes: Sequence[Note] = (),
        label: str | None = None,
        impact: Impact | None = None,
    ) -> Item:
        fresh = [self.note(s, finding.sentence.text, Location(page, 12)) for s in sources]
        calls = tuple(self.call(note) for note in (*notes, *fresh))
        return Item(finding, finding.content, calls, label, (), impact)


def quoted(source: Source, text: str) -> Quote:
    return Quote(source.id, Span(0, len(text)), text)


def actor(name: str) -> Actor:
    return Actor(name, quoted(PORT, name))


def position(
    name: str | None, words: str | Sequence[str], stance: Stance, sentence: str | None = None
) -> Position:
    pieces = (words,) if isinstance(words, str) else tuple(words)
    whole = sentence or f"{name or 'Observers'} said that {' '.join(pieces)}."
    return Position(
        "p-1",
        quoted(PORT, whole),
        actor(name) if name else None,
        quoted(PORT, "said"),
        tuple(quoted(PORT, piece) for piece in pieces),
        Speech.INDIRECT,
        stance,
        "the deepening",
        0.9,
    )


def proposal(
    name: str | None, action: str, status: Status | None, addressee: str | None = None
) -> Proposal:
    whole = f"{name or 'The paper'} proposes to {action}."
    return Proposal(
        "a-1",
        quoted(MINISTRY, whole),
        actor(name) if name else None,
        quoted(MINISTRY, action),
        status,
        quoted(MINISTRY, addressee) if addressee else None,
        0.9,
    )


def risk(
    name: str | None, words: str, level: Level | None, signal: str = "", bearer: str | None = None
) -> Risk:
    whole = f"{name or 'The study'} warns: {words}."
    return Risk(
        "r-1",
        quoted(STUDY, whole),
        actor(name) if name else None,
        quoted(STUDY, words),
        quoted(STUDY, bearer) if bearer else None,
        Likelihood(level, quoted(STUDY, signal)) if level else None,
        0.9,
    )


FRONT = FrontMatter(
    "Deepening the Sound: who wants a deeper channel, and at what price",
    subtitle="Positions, proposals and risks in the debate on the northern approach",
    series="Policy Brief 12/2024",
    date="2024-08-02",
    authors=("Ada Lindqvist", "Tomás Ferreira"),
    organisation="Institute for Coastal Policy",
    language="en",
    status="Draft for comment",
    doi="10.5555/icp.2024.12",
    licence="CC BY 4.0",
    disclaimer="The views in this brief are those of the sources quoted. The Institute takes "
    "no position on the works described.",
)


def brief() -> Brief:
    """Five sources, some thirty notes, every section."""
    make = Maker()
    messages = _messages(make)
    why = _why(make)
    table = _positions_table(make, messages)
    listed = _positions_list(make)
    proposals = _proposals(make)
    more = _proposals_table(make)
    risks = _risks(make)
    notes = tuple(make.notes)
    sources = Bibliography(
        None,
        "sources",
        None,
        tuple(
            BibliographyEntry(source, tuple(note for note in notes if note.source is source))
            for source in SOURCES
        ),
    )
    method = Method(
        "How this brief was made",
        "method",
        None,
        5,
        41_250,
        {"positions": 31, "proposals": 14, "risks": 9},
        6,
        (),
        28,
        "0.1.0",
        "findings-tagger 3",
    )
    sections = (messages, why, table, listed, proposals, more, risks, sources, method)
    return Brief("deepening-the-sound", FRONT, sections, notes)


def _messages(make: Maker) -> KeyMessages:
    picked = (
        make.item(
            position(
                "Ministry of Ports",
                "a channel of 16.5 metres would let the largest vessels call at every tide",
                Stance.SUPPORT,
            ),
            MINISTRY,
            PORT,
        ),
        make.item(
            position(
                "Association of Coastal Fishers",
                ("dumping spoil on the eastern banks", "would end the spring fishery"),
                Stance.OPPOSE,
                "Dumping spoil on the eastern banks, the association wrote, “would end the "
                "spring fishery”.",
            ),
            FISHERS,
        ),
        make.item(
            proposal(
                "Harbour Board",
                "publish turbidity readings every hour while dredgers are at work",
                Status.AGREED,
            ),
            PORT,
        ),
        make.item(
            risk(None, "maintenance costs could double within ten years", Level.POSSIBLE, "could"),
            STUDY,
            page=41,
        ),
    )
    return KeyMessages("Key messages", "key-messages", None, (), picked)


def _why(make: Maker) -> Text:
    first = make.note(STUDY, None, Location(7, None))
    second = make.note(MINISTRY, None, None)
    body = """The Sound has been dredged since 1891, but never below twelve metres.[^6] Container
lines now ask for more, and the Ministry has put a plan out to consultation.[^7] The plan is
*not* a decision: it sets out three depths and asks which of them the coast can bear.

# What is planned

The consultation paper compares three depths. Figures are for the first five years:

| Depth | Spoil, million m³ | Cost, € million |
| :-- | --: | --: |
| 13.5 m | 4.2 | 88 |
| 15.0 m | 9.8 | 190 |
| 16.5 m | 17.1 | 345 |

## Who decides

- The **Harbour Board** grants the licence.
- The Ministry pays two thirds; see [the paper](https://ports.example/paper).

- Parliament has a veto until March.

> Depth is bought once and paid for every year.[^6]
"""
    calls = (make.call(first), make.call(second), make.call(first))
    return Text("Why now", "why-now", Prose(body, calls))


def _positions_table(make: Maker, messages: KeyMessages) -> Positions:
    again = [call.note for call in messages.picked[0].calls]
    ministry = (
        make.item(messages.picked[0].finding, notes=again),
        make.item(
            position(
                "Ministry of Ports", "the works can be finished in two winters", Stance.NEUTRAL
            ),
            MINISTRY,
        ),
        make.item(
            position(
                "Ministry of Ports",
                "the northern approach is the only one that does not cross the mussel beds",
                Stance.SUPPORT,
            ),
            MINISTRY,
            page=9,
        ),
    )
    fishers = (
        make.item(
            position(
                "Association of Coastal Fishers",
                "“We were not asked, and we were not told”",
                Stance.OPPOSE,
            ),
            FISHERS,
        ),
        make.item(
            position(
                "Association of Coastal Fishers",
                'the "temporary" dump site has been in use for nineteen years',
                Stance.CONCERN,
            ),
            FISHERS,
            PORT,
        ),
    )
    others = (
        Group(
            "海港日报",
            (make.item(position("海港日报", "疏浚工程将影响渔民的生计", Stance.CONCERN), PRESS),),
        ),
        Group(
            "نقابة عمال الميناء",
            (
                make.item(
                    position("نقابة عمال الميناء", "سنراقب الأشغال عن كثب", Stance.NEUTRAL), PORT
                ),
            ),
        ),
        Group(
            None,
            (
                make.item(
                    position(None, "no one has yet asked what the sea wants", Stance.NEUTRAL), PORT
                ),
            ),
        ),
    )
    groups = (
        Group("Ministry of Ports", ministry),
        Group("Association of Coastal Fishers", fishers),
        *others,
    )
    figure = StanceMatrix(
        Caption(Captioned.FIGURE, 1),
        ("Depth", "Spoil and fisheries"),
        False,
        (
            StanceRow(
                "Ministry of Ports", (StanceCell(Tendency.SUPPORT, {Stance.SUPPORT: 2}), None)
            ),
            StanceRow(
                "Association of Coastal Fishers",
                (None, StanceCell(Tendency.OPPOSE, {Stance.OPPOSE: 1, Stance.CONCERN: 1})),
            ),
            StanceRow("海港日报", (None, StanceCell(Tendency.CONCERN, {Stance.CONCERN: 1}))),
            StanceRow(
                "نقابة عمال الميناء", (StanceCell(Tendency.NEUTRAL, {Stance.NEUTRAL: 1}), None)
            ),
        ),
        0,
        1,
    )
    tables = (Caption(Captioned.TABLE, 1),)
    return Positions(
        "Who holds what", "who-holds-what", None, "table", "actor", groups, 12, 0, figure, tables
    )


def _positions_list(make: Maker) -> Positions:
    groups = (
        Group(
            "support",
            (
                make.item(
                    position(
                        "Line operators",
                        "every metre of depth takes four days out of the round trip",
                        Stance.SUPPORT,
                    ),
                    PORT,
                ),
                make.item(
                    position("City of Norrhaven", "the quays are ready", Stance.SUPPORT), PORT
                ),
            ),
        ),
        Group(
            "oppose",
            (
                make.item(
                    position(
                        "Bird Society",
                        "the terns have nowhere else to go, and the plan’s compensation area is "
                        "under water for most of the day",
                        Stance.OPPOSE,
                    ),
                    PORT,
                    FISHERS,
                ),
            ),
        ),
    )
    intro = Prose("What was said at the hearing, by stance.", ())
    return Positions("The hearing in July", "the-hearing", intro, "list", "stance", groups, 0, 0)


def _proposals(make: Maker) -> Proposals:
    groups = (
        Group(
            "recommended",
            (
                make.item(
                    proposal(
                        "M. Okonkwo",
                        "bring spoil ashore and use it to raise the western dyke",
                        Status.RECOMMENDED,
                        "the Ministry",
                    ),
                    STUDY,
                    page=52,
                ),
                make.item(
                    proposal(None, "close the channel to dredgers in April", Status.RECOMMENDED),
                    STUDY,
                ),
            ),
        ),
        Group(
            "demanded",
            (
                make.item(
                    proposal(
                        "Association of Coastal Fishers",
                        "pay for every day a boat cannot leave harbour",
                        Status.DEMANDED,
                        "Harbour Board",
                    ),
                    FISHERS,
                ),
            ),
        ),
    )
    counts = (Bar(Status.RECOMMENDED, 2), Bar(Status.AGREED, 0), Bar(Status.DEMANDED, 1))
    figure = Bars(Caption(Captioned.FIGURE, 2), Counted.STATUS, counts)
    return Proposals(
        "What is proposed", "what-is-proposed", None, "list", "status", groups, 3, 0, figure
    )


def _proposals_table(make: Maker) -> Proposals:
    items = (
        make.item(
            proposal("Harbour Board", "fix the dump site’s size by law", Status.PLANNED), PORT
        ),
        make.item(
            proposal("City of Norrhaven", "build a second pilot station", Status.CONSIDERED), PORT
        ),
        make.item(proposal(None, "do nothing before the tide model is done", None), STUDY),
        make.item(
            proposal("Line operators", "share the cost of pilots", Status.REJECTED, "the lines"),
            PORT,
        ),
    )
    groups = (Group(None, items),)
    tables = (Caption(Captioned.TABLE, 2),)
    return Proposals(
        "Other proposals", "other-proposals", None, "table", None, groups, 0, 0, None, tables
    )


def _risks(make: Maker) -> Risks:
    rated = (
        make.item(
            risk(
                "Institute for Estuary Research",
                "salt water could reach the intake of the waterworks in dry summers",
                Level.POSSIBLE,
                "could",
                "the waterworks",
            ),
            STUDY,
            page=33,
            label="R1",
            impact=Impact.HIGH,
        ),
        make.item(
            risk("Bird Society", "the colony will probably leave", Level.LIKELY, "will probably"),
            PORT,
            label="R2",
            impact=Impact.MEDIUM,
        ),
        make.item(
            risk(None, "a storm is unlikely to undo the work", Level.UNLIKELY, "unlikely"),
            STUDY,
            label="R3",
            impact=Impact.LOW,
        ),
        make.item(
            risk(None, "maintenance costs could double within ten years", Level.POSSIBLE, "could"),
            STUDY,
            label="R4",
            impact=Impact.HIGH,
        ),
    )
    unrated = (
        make.item(
            risk("Line operators", "traffic moves to Osthaven", None, bearer="the city"),
            PORT,
            label="R5",
        ),
    )
    matrix = {
        (Impact.HIGH, Grade.POSSIBLE): (rated[0], rated[3]),
        (Impact.MEDIUM, Grade.LIKELY): (rated[1],),
        (Impact.LOW, Grade.UNLIKELY): (rated[2],),
    }
    figure = RiskMatrix(
        Caption(Captioned.FIGURE, 3),
        (Impact.HIGH, Impact.MEDIUM, Impact.LOW),
        (Grade.UNLIKELY, Grade.POSSIBLE, Grade.LIKELY),
        {
            (Impact.HIGH, Grade.POSSIBLE): ("R1", "R4"),
            (Impact.MEDIUM, Grade.LIKELY): ("R2",),
            (Impact.LOW, Grade.UNLIKELY): ("R3",),
        },
    )
    groups = (Group(None, (*rated, *unrated)),)
    return Risks(
        "What could go wrong",
        "what-could-go-wrong",
        None,
        "matrix",
        None,
        groups,
        0,
        0,
        matrix,
        unrated,
        figure,
    )


def timeline() -> Timeline:
    """A section of its own, with dates of every exactness; no part of the sample brief."""
    make = Maker()
    dated = (
        ("2023", position("M. Okonkwo", "the tide will tell", Stance.NEUTRAL), STUDY),
        ("2024-06", position("Coastal Fishers", "we were not asked", Stance.OPPOSE), FISHERS),
        ("2024-07-02", position("Harbour Board", "the quays are ready", Stance.SUPPORT), PORT),
    )
    figure = Chronology(
        Caption(Captioned.FIGURE, 1),
        tuple(
            DatedStatement(date, finding.actor.name, finding.stance, finding.statement)
            for date, finding, _ in dated
            if finding.actor
        ),
    )
    entries = tuple(
        TimelineEntry(date, make.item(finding, source)) for date, finding, source in dated
    )
    tables = (Caption(Captioned.TABLE, 1),)
    return Timeline("When", "when", None, figure, entries, tables, 2, 0, 1)


def with_front(whole: Brief, **changes: object) -> Brief:
    return replace(whole, front=replace(whole.front, **changes))  # type: ignore[arg-type]
