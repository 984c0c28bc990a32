import pytest

from briefgen.errors import SourceError
from tests.sources.helpers import assert_sound, outline, read_bytes

PLAN = """---
title: Harbour plan
date: 2023-03-14
---

# Harbour **plan**

The council said that it "will [dredge](https://example.org/a_b) the
*northern* channel", and `nothing` else.[^1]

- a levy
    - on ferries
- a fund

1. First
2. Second

> Quoted words of the mayor.

| Port | Ships |
|------|------:|
| North | 120 |

<div onclick="x()"><script>alert(1)</script>Raw &amp; harmless</div>

[^1]: Minutes of 14 March.
"""


def test_the_text_is_what_a_reader_sees(tmp_path):
    document = read_bytes(tmp_path, "plan.md", PLAN)
    assert_sound(document)
    shown = outline(document)
    assert ("heading", "Harbour plan") in shown
    assert shown[1][1].startswith(
        'The council said that it "will dredge the northern channel", and nothing else.'
    )
    for pair in (
        ("list item", "a levy"),
        ("list item", "on ferries"),
        ("list item", "First"),
        ("paragraph", "Quoted words of the mayor."),
        ("table", "Port | Ships"),
        ("table", "North | 120"),
        ("paragraph", "Raw & harmless"),
    ):
        assert pair in shown
    assert "alert" not in document.text
    assert "**" not in document.text
    assert (document.source.title, document.source.published) == ("Harbour plan", "2023-03-14")


def test_the_first_heading_is_the_title(tmp_path):
    document = read_bytes(
        tmp_path, "plan.md", "# Harbour plan\r\n\r\nIt was adopted on Tuesday.\r\n"
    )
    assert document.source.title == "Harbour plan"
    assert outline(document)[1] == ("paragraph", "It was adopted on Tuesday.")


def test_nesting_without_end(tmp_path):
    with pytest.raises(SourceError, match="nests its elements too deeply"):
        read_bytes(tmp_path, "a.md", "> " * 3000 + "deep words")
    assert_sound(read_bytes(tmp_path, "a.md", "[" * 5000 + "words"))
