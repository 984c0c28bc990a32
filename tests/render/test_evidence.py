"""Notes of the page: the sentence where it stands, and no more of a source than may be shown."""

import random
import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from briefgen.model import Brief, Location, Show, Span
from briefgen.render.passages import LONGEST, address_at, passage
from briefgen.render.templates import Templates
from tests.helpers import document
from tests.render import cited


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("work"))


def plain(text: str) -> str:
    return " ".join(text.split())


def page(templates: Templates, brief: Brief) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(templates.html(brief, "screen"))


def test_a_note_marks_its_sentence_in_its_paragraph(templates: Templates) -> None:
    tree = page(templates, cited.ferry())
    (first,) = tree.xpath("//li[@id='note-1']//blockquote")
    assert first.text_content() == plain(cited.FERRY.split("\n\n")[0])
    assert first.get("cite") == "https://ferry.example/a?b=1"
    assert (first.get("lang"), first.get("dir")) == ("en", "auto")
    marks = [mark.text_content() for mark in tree.xpath("//blockquote/mark")]
    assert marks == [plain(note.quote.text) for note in cited.ferry().notes if note.quote]


def test_a_note_of_a_source_that_may_only_be_quoted(templates: Templates) -> None:
    text = templates.html(cited.ferry(Show.QUOTE), "screen")
    tree = lxml_html.fromstring(text)
    (third,) = tree.xpath("//li[@id='note-3']//blockquote")
    assert third.text_content() == "He refused."
    assert "Nobody" not in text
    assert not tree.xpath("//mark | //details")


def test_a_source_in_full_stands_folded_with_every_sentence_marked(templates: Templates) -> None:
    tree = page(templates, cited.ferry(Show.FULL))
    (details,) = tree.xpath("//section[@aria-labelledby='doc-full-texts']/details")
    assert details.get("open") is None
    words = [p.text_content() for p in details.xpath(".//p")]
    for call in details.xpath(".//sup"):
        call.drop_tree()
    shown = [p.text_content() for p in details.xpath(".//p")]
    assert shown == [plain(part) for part in cited.FERRY.split("\n\n")]
    assert words[1] == "He refused.3 Nobody asked why."
    for note in cited.ferry().notes:
        (mark,) = details.xpath(f".//mark[@id='sentence-{note.number}']")
        assert note.quote
        assert mark.text_content() == plain(note.quote.text)
        (link,) = tree.xpath(f"//li[@id='note-{note.number}']//a[.='In the full text']")
        assert link.get("href") == f"#sentence-{note.number}"


def test_markdown_and_paper_show_the_sentence_alone(templates: Templates) -> None:
    brief = cited.ferry(Show.FULL)
    for text in (templates.markdown(brief), templates.html(brief, "print")):
        assert "Nobody" not in text
        assert ":~:" not in text
        assert "He refused." in text


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0])
def test_a_long_paragraph_is_cut_around_its_sentence_at_word_borders(share: float) -> None:
    words = [f"word{number}" for number in range(1_000)]
    at = round(share * len(words))
    text = " ".join([*words[:at], "Here it is said.", *words[at:]])
    read = document(text)
    (note,) = cited.brief([(read, [cited.span(read, "Here it is said.")])]).notes
    shown = passage(note)
    assert shown
    whole = shown.before + shown.sentence + shown.after
    assert LONGEST - 20 <= len(whole) <= LONGEST
    assert shown.sentence == "Here it is said."
    assert set(whole.split()) <= set(text.split())
    assert shown.cut_before == (share > 0.02)
    assert shown.cut_after == (share < 1.0)


def test_a_paragraph_without_spaces_is_cut_too(templates: Templates) -> None:
    read = cited.source(cited.TOLL * 200, "toll", language="zh")
    start = len(cited.TOLL) * 100
    brief = cited.brief([(read, [Span(start, start + 9)])])
    (quoted,) = page(templates, brief).xpath("//blockquote")
    assert quoted.xpath("string(mark)") == "道路通行费将提高。"
    assert quoted.text_content().startswith("… ")
    assert quoted.text_content().endswith(" …")
    assert len(quoted.text_content()) <= LONGEST + 4


def test_the_link_of_a_note_names_its_sentence() -> None:
    long, short, shortest = (address_at(note) for note in cited.ferry().notes)
    start = "https://ferry.example/a?b=1#:~:text="
    assert long == (
        f"{start}The%20Council%20opposes%20any%20rise,lights%20at%20Osmund%20Point%20work."
    )
    assert short == f"{start}It%20will%20vote%20in%20May."
    assert shortest == f"{start}He%20refused.,-Nobody%20asked%20why."


def test_signs_of_the_fragment_itself_are_encoded() -> None:
    read = cited.source(
        "Yes & no, re-read – soon. And?", "signs", url="https://x.example/#top:~:text=old"
    )
    (note,) = cited.brief([(read, [cited.span(read, "Yes & no, re-read – soon.")])]).notes
    assert address_at(note) == (
        "https://x.example/#top:~:text=Yes%20%26%20no%2C%20re%2Dread%20%E2%80%93%20soon."
    )


def test_only_web_pages_are_looked_into() -> None:
    for url, place in (
        ("https://x.example/a.pdf?download=1", None),
        ("https://x.example/a.DOCX", None),
        ("https://x.example/landing", Location(3, 1)),
    ):
        note = cited.ferry(url=url).notes[0]
        changed = type(note)(1, note.source, note.quote, place or note.location, note.passage)
        assert address_at(changed) == url
    assert address_at(cited.ferry(url=None).notes[0]) is None


SENTENCES = st.lists(
    st.lists(st.integers(1, 25), min_size=1, max_size=6), min_size=1, max_size=5
)  # words of each sentence of each paragraph


@given(SENTENCES, st.sampled_from(Show), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_no_word_is_shown_that_a_source_keeps_to_itself(
    templates: Templates, lengths: list[list[int]], show: Show, chance: random.Random
) -> None:
    """Every word of the source is one of a kind: those that are shown can be told."""
    text, spans, number = "", [], 0
    for paragraph in lengths:
        for length in paragraph:
            gaps = [chance.choice((" ", "\n", "  ")) for _ in range(length)]
            start = len(text)
            for gap in gaps:
                text += f"qz{number}x{gap}"
                number += 1
            text = text.rstrip() + "."
            spans.append(Span(start, len(text)))
            text += " "
        text = text.rstrip() + "\n\n"
    read = cited.source(text, "source", show, url="https://x.example/page")
    chosen = chance.sample(spans, min(3, len(spans)))
    brief = cited.brief([(read, chosen)])
    made = templates.html(brief, "screen")
    tree = lxml_html.fromstring(made)

    sentences = [plain(text[span.start : span.end]) for span in chosen]
    marks = [mark.text_content() for mark in tree.xpath("//blockquote/mark")]
    shown = [quoted.text_content() for quoted in tree.xpath("//blockquote")]
    assert all(sentence in words for sentence, words in zip(sentences, shown, strict=True))
    assert set(marks) <= set(sentences)
    inside = {word for sentence in sentences for word in re.findall(r"qz\d+x", sentence)}
    found = set(re.findall(r"qz\d+x", made))
    if show is Show.QUOTE:
        assert found == inside
    else:
        assert found >= inside
        assert len(marks) == sum(words != one for words, one in zip(shown, sentences, strict=True))
    if show is Show.FULL:
        assert found == set(re.findall(r"qz\d+x", text))
        full = [mark.text_content() for mark in tree.xpath("//details//mark")]
        assert sorted(full) == sorted(sentences)
    for href, sentence in zip(
        tree.xpath("//section[@role='doc-endnotes']//cite/a/@href"), sentences, strict=True
    ):
        ends = [
            unquote(part)
            for part in href.split(":~:text=")[1].split(",")
            if not part.startswith("-") and not part.endswith("-")
        ]
        assert sentence.startswith(ends[0])
        assert sentence.endswith(ends[-1])
