import pytest

from briefgen.assemble.captions import Captions
from briefgen.assemble.citations import Citations
from briefgen.assemble.notes import Notes
from briefgen.errors import ConfigError
from briefgen.model import Document, Source
from tests.helpers import document


def citations() -> tuple[Citations, Notes]:
    paged = Document(Source("memo", "memo.pdf", "Memo"), "one two", (), (0, 4))
    documents = {"minutes": document("It rained.", "minutes"), "memo": paged}
    notes = Notes(documents)
    return Citations(notes, documents, Captions()), notes


def test_citations_become_numbered_calls_that_hug_the_word_before() -> None:
    made, notes = citations()
    prose = made.prose("It rained [@minutes], twice [@memo, p. 2; @minutes].", "x")
    assert prose.markdown == "It rained[^1], twice[^2][^1]."
    assert [(c.note.number, c.occurrence) for c in prose.calls] == [(1, 1), (2, 1), (1, 2)]
    location = notes.notes[1].location
    assert location is not None
    assert location.page == 2


def test_code_and_links_are_left_alone() -> None:
    made, _ = citations()
    text = "Write `[@minutes]`.\n\n```\n[@nobody]\n```\n\n[a link](https://example.org/@x)"
    assert made.prose(text, "x").markdown == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### Heading\n\n[@minutes] says so.", "### Heading\n\n[^1] says so."),
        ("# Heading\n[@minutes] says so.", "# Heading\n[^1] says so."),
        ("- [@minutes] item\n- more [@minutes]", "- [^1] item\n- more[^1]"),
        ("1. [@minutes] item", "1. [^1] item"),
        ("> q\n> [@minutes]\n\n[@minutes]", "> q\n> [^1]\n\n[^1]"),
        ("```\ncode\n```\n\n[@minutes] shows it", "```\ncode\n```\n\n[^1] shows it"),
        ("```\n[@nobody]\nnever closed", "```\n[@nobody]\nnever closed"),
        ("A wrapped line\n[@minutes] goes on", "A wrapped line[^1] goes on"),
        ("<!-- hidden [@nobody] --> seen [@minutes]", "<!-- hidden [@nobody] --> seen[^1]"),
        (r"\[@nobody] is escaped", r"\[@nobody] is escaped"),
        ("*Emphasis* [@minutes].", "*Emphasis*[^1]."),
    ],
)
def test_markdown_around_a_citation_stays(text: str, expected: str) -> None:
    made, _ = citations()
    assert made.prose(text, "x").markdown == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "a\nb [@minuts]",
            "why.md:2: no source has the id 'minuts' (did you mean 'minutes'?)",
        ),
        ("[@memo, p. 9]", "why.md:1: 'memo' has 2 pages, so page 9 cannot be cited"),
        ("[@minutes, p. 1]", "why.md:1: 'minutes' has no pages, so page 1 cannot be cited"),
        ("[@memo, page 2]", "is not a citation (write [@source-id] or [@source-id, p. 3])"),
        ("A note[^1].\n\n[^1]: Mine.", "why.md:1: [^1] is a footnote of your own"),
    ],
)
def test_citations_of_what_is_not_there_are_named(text: str, problem: str) -> None:
    made, _ = citations()
    with pytest.raises(ConfigError) as caught:
        made.prose(text, "why.md")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a\n![](x.png)", "why.md:2: image x.png has no alt text (describe it in the brackets)"),
        ("![ ](x.png 'title')", "why.md:1: image x.png has no alt text"),
        ("![][pic]\n\n[pic]: x.png", "why.md:1: image pic has no alt text"),
        ('<img src="x.png" alt="">', 'why.md:1: image x.png has no alt text (add alt="…")'),
        ("<img src='x.png'>", "why.md:1: image x.png has no alt text"),
    ],
)
def test_an_image_must_say_what_it_shows(text: str, problem: str) -> None:
    made, _ = citations()
    with pytest.raises(ConfigError) as caught:
        made.prose(text, "why.md")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "![A chart](x.png) ![A map][pic] <img src=x.png alt=map> <img alt='a \"b\"' src='x.png'>",
        "`![](x.png)`",
        "```\n![](x.png)\n```",
        "<!-- ![](x.png) -->",
        r"\![](x.png)",
    ],
)
def test_described_images_and_code_pass(text: str) -> None:
    made, _ = citations()
    assert made.prose(text, "why.md").markdown == text


def test_a_cry_before_two_citations_is_no_image() -> None:
    made, _ = citations()
    assert made.prose("Stop![@minutes][@memo]", "x").markdown == "Stop![^1][^2]"
