"""A brief of some sixty pages, written from lists of words: the same bytes at every call."""

from pathlib import Path

DOCUMENTS = 34
"""With so many there are about 60 pages of paper."""

SENTENCES = 9
"""In each document."""

_PLACES = (
    "Arvenna Belmoor Carrowdale Dunmarsh Estrella Fenwick Galdenau Hollin Isenfeld Jorvale Kestrel "
    "Lomond Marrick Nordhavn Ostrava-Vale Pellworth Quarnby Rostock-Ems Selwick Tarnholm"
).split()
_BODIES = (
    "Ministry of Energy",
    "Grid Operator",
    "Chamber of Commerce",
    "Farmers' Union",
    "Court of Auditors",
    "Institute for Public Finance",
    "Coalition for Clean Rivers",
    "Municipal League",
    "Trade Union Council",
)
_SUBJECTS = (
    "the northern transmission line",
    "a levy on storage tanks",
    "the auction of river permits",
    "the reform of connection fees",
    "a common register of turbines",
    "the closure of the lignite plant",
    "subsidies for district heating",
    "the cap on balancing charges",
    "a joint reserve for dry winters",
    "the new rules on land leases",
    "the merger of two regulators",
    "cross-border trade in capacity",
    "the ban on gas boilers",
)
_YEARS = tuple(range(2025, 2042))
_REASONS = (
    "households could not bear the cost",
    "the figures have never been published",
    "small towns would gain most",
    "the courts might strike it down",
    "neighbours have already tried it",
    "the workers concerned were not heard",
    "supply would become safer",
)
_HARMS = (
    "delay repairs to the dykes",
    "drive up rents in coastal towns",
    "leave hospitals without reserve power",
    "cost four thousand jobs in the valleys",
    "end the salmon run on the lower river",
    "overload the substations in the east",
    "push small suppliers out of the market",
    "weaken trust in the regulator",
)
_STEPS = (
    "publish the cost of {subject} every quarter",
    "postpone {subject} until {year}",
    "submit {subject} to an independent review",
    "extend {subject} to the islands by {year}",
    "set aside a tenth of the revenue from {subject} for retraining",
    "exempt hospitals and schools from {subject}",
    "hold a hearing on {subject} in every province",
)
_FORMS = (
    "The {actor} opposes {subject} because {reason}.",
    "The {actor} said that {subject} would {harm} by {year}.",
    "The {actor} welcomes {subject}, since {reason}.",
    "According to the {actor}, {subject} should be decided before {year}, not after.",
    "The {actor} recommends that the government {step}.",
    "The {actor} warned that {subject} could {harm} in {year}.",
    "“We will not accept {subject} while {reason},” the {actor} said.",
    "The {actor} called on parliament to {step}.",
    "There is a risk that {subject} may {harm} before {year}.",
)


def write(folder: Path, documents: int = DOCUMENTS) -> Path:
    """Write the YAML and its sources into a folder, which is made; returns the YAML's path."""
    (folder / "sources").mkdir(parents=True)
    for number in range(documents):
        name = f"report-{number + 1:02}.txt"
        (folder / "sources" / name).write_text(document(number), "utf-8")
    (folder / "background.md").write_text(_background(documents * 4), "utf-8")
    path = folder / "long.yaml"
    path.write_text(_yaml(), "utf-8")
    return path


def document(number: int) -> str:
    """Text of one report; every number has another."""
    sentences = [_sentence(number * SENTENCES + at) for at in range(SENTENCES)]
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, SENTENCES, 3)]
    subject, place = _SUBJECTS[number * 5 % 13], _PLACES[number * 3 % 20]
    return f"{subject.capitalize()}, as {place} sees it\n\n" + "\n\n".join(paragraphs) + "\n"


def _sentence(number: int) -> str:
    # Lengths without common factors, walked in step: words meet anew in each sentence.
    subject, year = _SUBJECTS[number % 13], _YEARS[number * 3 % 17]
    step = _STEPS[(number + number // 9) % 7].format(subject=subject, year=year)
    return _FORMS[number % 9].format(
        actor=_actor(number),
        subject=subject,
        year=year,
        step=step,
        reason=_REASONS[number * 5 % 7],
        harm=_HARMS[(number + number // 13) % 8],
    )


def _actor(number: int) -> str:
    return f"{_PLACES[number * 7 % 20]} {_BODIES[(number * 2 + number // 9) % 9]}"


def _background(length: int) -> str:
    rows = "\n".join(
        f"| {_actor(number)} | {_YEARS[number % 17]} | {number * 37 % 900 + 100} |"
        for number in range(length)
    )
    return (
        "The plan has been debated since the dry winter [@report-01].\n\n"
        "# Who has been heard\n\n| Body | Year | Pages |\n| --- | :---: | ---: |\n" + rows + "\n"
    )


def _yaml() -> str:
    topics = "\n".join(f'  "{subject.capitalize()}": ["{subject}"]' for subject in _SUBJECTS)
    return f"""title: The energy plan of twenty provinces
subtitle: A brief that is as long as any should be
series: Stress 1
date: 2024-09-02
authors: [Signe Aldermoor]
organisation: Provincial Research Service
language: en-GB
sources: [sources/*.txt]
topics:
{topics}
sections:
  - key_messages
  - text: {{title: Background, file: background.md}}
  - positions: {{title: Positions by actor, view: table, group_by: actor}}
  - positions: {{title: Positions by topic, view: list, group_by: topic}}
  - proposals: {{title: Proposals by status, view: table, group_by: status}}
  - proposals: {{title: Proposals by topic, view: list, group_by: topic}}
  - risks: {{title: Risks, view: matrix}}
  - sources
  - method
"""
