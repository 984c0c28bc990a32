"""Citations, as reference managers read them."""

import json
import re
from dataclasses import replace
from typing import Any

import pypandoc
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import Parser

from briefgen.model import FrontMatter
from briefgen.publish.catalogue import File
from briefgen.publish.citations import bibtex, citations, csl, ris
from briefgen.publish.people import Person, person

ADDRESS = "https://estuary.example/briefs/sound/2024-08-02/?v=%20a_b&c#d"
FRONT = FrontMatter(
    "Deepening the Sound",
    "The channel",
    "Policy Brief 12/2024",
    "2024-08-02",
    ("Ada van der Linden", "Bo Moe", "Fishers’ Union, North & South"),
    "Institute of Tides & Sand",
    "en-GB",
    doi="https://doi.org/10.5555/tides_(1)<2>",
    description="Who wants a deeper channel.",
    url=ADDRESS,
)
AWKWARD = r"""100% {of} #1 & $2_a ^b ~c \d "e" 'f' <g> @h{i, j} – “k” É} 海"""


def by_pandoc(text: str, kind: str) -> dict[str, Any]:
    (item,) = json.loads(pypandoc.convert_text(text, "csljson", format=kind))
    # Braces keep capitals as they are, which comes out as markup.
    title = item["title"]
    item["title"] = re.sub(r'</?span( class="nocase")?>', "", title)
    return item


def read_bibtex(text: str) -> Any:
    """The one entry of a file."""
    (entry,) = Parser().parse_string(text).entries.values()
    return entry


@pytest.mark.parametrize("kind", ["bibtex", "biblatex", "csljson"])
def test_formats_say_the_same(kind: str) -> None:
    text = csl(FRONT, "sound-1") if kind == "csljson" else bibtex(FRONT, "sound-1")
    item = by_pandoc(text, kind)
    families = [(one.get("family"), one.get("given")) for one in item["author"][:2]]
    assert families == [("Linden", "Ada"), ("Moe", "Bo")]
    particles = {item["author"][0].get(f"{kind}dropping-particle") for kind in ("", "non-")}
    assert "van der" in particles
    assert item["author"][2] == {"literal": "Fishers’ Union, North & South"}
    assert item["id"] == "sound-1"
    assert item["type"] == "report"
    assert item["title"] == "Deepening the Sound: The channel"
    assert (item["genre"], item["number"]) == ("Policy Brief", "12/2024")
    assert item["publisher"] == "Institute of Tides & Sand"
    assert item["issued"] == {"date-parts": [[2024, 8, 2]]}
    assert item["DOI"] == "10.5555/tides_(1)<2>"
    assert item["URL"] == ADDRESS


def test_ris_is_read_with_every_fact() -> None:
    (item,) = rispy.loads(ris(FRONT))
    assert item == {
        "type_of_reference": "RPRT",
        "title": "Deepening the Sound: The channel",
        "authors": ["van der Linden, Ada", "Moe, Bo", "Fishers’ Union North & South,"],
        "year": "2024",
        "date": "2024/08/02",
        "publisher": "Institute of Tides & Sand",
        "secondary_title": "Policy Brief",
        "issn": "12/2024",
        "abstract": "Who wants a deeper channel.",
        "language": "en-GB",
        "doi": "10.5555/tides_(1)<2>",
        "urls": [ADDRESS],
    }
    assert by_pandoc(ris(FRONT), "ris")["author"][2] == {"family": "Fishers’ Union North & South"}


def test_bibtex_is_read_with_names_in_their_parts() -> None:
    entry = read_bibtex(bibtex(FRONT, "sound-1"))
    assert entry.type == "techreport"
    first, second, body = entry.persons["author"]
    assert (first.first_names, first.prelast_names) == (["Ada"], ["van", "der"])
    assert (first.last_names, second.last_names) == (["Linden"], ["Moe"])
    assert [len(body.first_names), len(body.last_names)] == [0, 1]
    assert (entry.fields["year"], entry.fields["month"]) == ("2024", "August")


@pytest.mark.parametrize("kind", ["bibtex", "ris", "csljson"])
def test_awkward_words_stay_as_they_are(kind: str) -> None:
    front = replace(FRONT, title=AWKWARD, subtitle=None, organisation=AWKWARD, authors=(AWKWARD,))
    text = {"bibtex": bibtex, "csljson": csl}.get(kind, lambda front, _: ris(front))(front, "a")
    item = by_pandoc(text, kind)
    for said in (item["publisher"], item["title"]):
        assert plain(said, kind) == plain(AWKWARD, kind)
    assert len(item["author"]) == 1


def plain(words: str, kind: str) -> str:
    """Without what pandoc itself changes: the shape of quotation marks, and braces from TeX."""
    return re.sub("[\"'‘’“”\u00a0 ]" + ("|[{}]" if kind == "bibtex" else ""), "", words)


def test_line_breaks_start_no_tag_of_their_own() -> None:
    front = replace(FRONT, title="One\nER  - \r\nTY  - BOOK", description="a\n\nb")
    (item,) = rispy.loads(ris(front))
    assert item["type_of_reference"] == "RPRT"
    assert item["title"].startswith("One ER - TY - BOOK: ")
    assert item["abstract"] == "a b"
    assert read_bibtex(bibtex(front, "a")).fields["title"].startswith("{One ER - TY - BOOK: ")


@settings(deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_any_words_make_one_entry(title: str, name: str) -> None:
    front = replace(FRONT, title=title, authors=(name, "Bo Moe"), organisation=name, doi=title)
    made = read_bibtex(bibtex(front, "a"))
    assert made.persons["author"][-1].last_names == ["Moe"]
    (item,) = rispy.loads(ris(front))
    assert item["authors"][-1] == "Moe, Bo"
    (told,) = json.loads(csl(front, "a"))
    assert told["author"][-1] == {"family": "Moe", "given": "Bo"}


def test_what_is_not_known_is_left_out() -> None:
    front = FrontMatter("Deepening")
    assert json.loads(csl(front, "a")) == [
        {"id": "a", "type": "report", "title": "Deepening", "language": "en"}
    ]
    assert bibtex(front, "a") == "@misc{a,\n  title = {{Deepening}},\n}\n"
    assert ris(front) == "TY  - RPRT\r\nTI  - Deepening\r\nLA  - en\r\nER  - \r\n"
    dated = replace(front, date="2024", organisation="NATO")
    assert json.loads(csl(dated, "a"))[0]["author"] == [{"literal": "NATO"}]
    assert "DA  - 2024//\r\n" in ris(dated)


def test_each_edition_has_a_file_of_each_format() -> None:
    made = citations(FRONT, "sound-2024-08-02")
    assert [File.of(one).name for one in made] == ["cite.bib", "cite.ris", "cite.csl.json"]
    assert all(b"2024" in one.content for one in made)
    assert citations(FRONT, "sound-2024-08-02") == made


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Clara Whitlock", ("Whitlock", "Clara")),
        ("Ursula von der Leyen", ("von der Leyen", "Ursula")),
        ("Jan Van Damme", ("Van Damme", "Jan")),
        ("J. R. O’Neill-Smith", ("O’Neill-Smith", "J. R.")),
        ("Linden, Ada", ("Linden", "Ada")),
        ("Łukasz Żak", ("Żak", "Łukasz")),
    ],
)
def test_a_persons_name_has_parts(name: str, parts: tuple[str, str]) -> None:
    assert person(name, "en", None) == Person(*parts)


def test_a_suffix_belongs_to_neither_name() -> None:
    assert person("Martin L. King Jr.", "en", None) == Person("King", "Martin L.", "Jr.")
    assert "King, Jr., Martin L." in bibtex(replace(FRONT, authors=("Martin L. King Jr.",)), "a")
    assert "AU  - King, Martin L., Jr." in ris(replace(FRONT, authors=("Martin L. King Jr.",)))


@pytest.mark.parametrize(
    "name",
    [
        *("NATO", "Ministry of Ports", "Northgate Institute", "Fishers and Farmers", "王毅"),
        *("Dr. Ada Linden", "ada lind", "Team 7", "Linden, Ada, Moe", "the Alliance"),
        "Wang Xi Li Bo Jun",
    ],
)
def test_a_name_that_cannot_be_told_into_parts_stays_whole(name: str) -> None:
    assert person(name, "en", None) is None


def test_where_the_order_of_names_is_not_known_they_stay_whole() -> None:
    assert person("Nagy Anna", "hu", None) is None
    assert person("José Rodríguez Zapatero", "es-ES", None) is None
    assert person("Ana Soler", "es", None) == Person("Soler", "Ana")
    assert person("Eastmere Policy", "en", "eastmere policy") is None
