import re
from pathlib import Path

import pytest

from briefgen.model import BlockKind
from tests.sources.helpers import SHARED, assert_sound, outline, read_bytes

CASES = Path(__file__).parents[1] / "fixtures" / "sources" / "layout.md"


def _cases() -> list[tuple[str, str, list[tuple[str, str]]]]:
    found = []
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        title = part.splitlines()[0]
        text = re.search(r"```text\n(.*?)\n```", part, re.DOTALL)
        assert text is not None, title
        expected = re.findall(r"^- ([a-z ]+): (.+)$", part[text.end() :], re.MULTILINE)
        found.append((title, text[1], expected))
    return found


@pytest.mark.parametrize(
    ("text", "expected"), [c[1:] for c in _cases()], ids=[c[0] for c in _cases()]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_layout(text, expected, newline, tmp_path):
    document = read_bytes(tmp_path, "case.txt", text.replace("\n", newline))
    assert_sound(document)
    assert document.text == text.replace("\n", newline)
    shown = []
    for (kind, words), (_, wanted) in zip(outline(document), expected, strict=False):
        begins, _, ends = wanted.partition(" … ")
        fits = words == wanted or (ends and words.startswith(begins) and words.endswith(ends))
        shown.append((kind, wanted if fits else words))
    assert shown == expected
    assert len(document.blocks) == len(expected)


def test_only_the_byte_order_mark_is_dropped(tmp_path):
    text = "One\r\nline\x0c and\u00a0a page break.\r"
    document = read_bytes(tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode())
    assert document.text == text


def test_front_matter_tells_the_facts_and_is_no_statement(tmp_path):
    document = read_bytes(
        tmp_path,
        "a.txt",
        "---\ntitle: Harbour plan\nauthors:\n  - Ana Lima\n  - Jo Berg\n"
        "date: 2023-03-14T10:00:00Z\n"
        "url: https://example.org/plan\nlang: en-GB\n---\nThe plan was adopted by one vote.\n",
    )
    source = document.source
    assert (source.title, source.author) == ("Harbour plan", "Ana Lima, Jo Berg")
    assert (source.published, source.language) == ("2023-03-14", "en-GB")
    assert source.url == "https://example.org/plan"
    assert outline(document)[0][0] == "boilerplate"
    assert outline(document)[1] == ("paragraph", "The plan was adopted by one vote.")


def test_front_matter_that_is_no_yaml_is_still_read(tmp_path):
    document = read_bytes(
        tmp_path, "a.txt", "---\ntitle: Ports: a plan\ndate: 2 May 2021\n---\n\nIt was adopted.\n"
    )
    assert (document.source.title, document.source.published) == ("Ports: a plan", "2021-05-02")


def test_front_matter_aliases_do_not_expand(tmp_path):
    bomb = "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [" + ", ".join([f"*{chr(97 + i)}"] * 9) + "]\n"
        for i in range(9)
    )
    document = read_bytes(tmp_path, "a.txt", bomb + "---\n\nThe plan was adopted.\n")
    assert outline(document)[-1][0] == "paragraph"


def test_a_rule_on_top_is_no_front_matter(tmp_path):
    document = read_bytes(tmp_path, "a.txt", "---\nThe plan was adopted.\n---\nAnd built.\n")
    assert ("paragraph", "The plan was adopted.") in outline(document)


def test_title_author_and_date_from_the_top(tmp_path):
    document = read_bytes(
        tmp_path,
        "plan-of-march_2023.txt",
        "News\n\nHarbour Plan Divides the Town\n\nBy Ana Lima\n\nMar 14, 2023\n\n"
        "The council voted on Tuesday for the plan of 2 May 2001 by one vote.\n",
    )
    source = document.source
    assert source.title == "Harbour Plan Divides the Town"
    assert (source.author, source.published) == ("Ana Lima", "2023-03-14")


def test_title_from_the_file_name_at_last(tmp_path):
    document = read_bytes(
        tmp_path, "plan-of-march_2023.txt", "the council voted on Tuesday for it by one vote.\n"
    )
    assert document.source.title == "Plan of march 2023"
    assert document.source.published is None


@pytest.mark.skipif(not SHARED.exists(), reason="needs the documents beside the checkout")
def test_labelled_sentences_lie_inside_one_block():
    import json

    from briefgen.sources import read

    good = all_ = 0
    for labels, texts in (("gold", "docs"), ("train", "train-docs")):
        for path in sorted((SHARED / "findings" / labels).glob("*.json")):
            document = read(SHARED / "findings" / texts / f"{path.stem}.txt")
            assert_sound(document)
            records = json.loads(path.read_text(encoding="utf-8"))
            kinds = ("positions", "proposals", "risks")
            for sentence in {r["sentence"] for kind in kinds for r in records.get(kind, [])}:
                pattern = r"\s+".join(map(re.escape, sentence.split()))
                blocks = [
                    (document.block_at(m.start()), document.block_at(m.end() - 1))
                    for m in re.finditer(pattern, document.text)
                ]
                unread = (BlockKind.BOILERPLATE, BlockKind.HEADING)
                good += any(a is b and a and a.kind not in unread for a, b in blocks)
                all_ += 1
    # Most of the others are headlines, which are headings.
    assert good / all_ > 0.975
