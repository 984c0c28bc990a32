"""A preset says how long a brief is; a section's own limit wins."""

import pytest

from briefgen.assemble.length import limit
from briefgen.model import Preset


@pytest.mark.parametrize("section", ["key_messages", "positions", "proposals", "risks"])
def test_a_longer_preset_shows_more(section: str) -> None:
    glance, brief, briefing = (limit(preset, section, None) or 0 for preset in Preset)
    assert 0 < glance < brief < briefing


def test_a_section_that_says_how_many_gets_as_many() -> None:
    assert limit(Preset.GLANCE, "positions", 30) == 30
    assert limit(None, "key_messages", 8) == 8


def test_without_a_preset_all_is_shown_but_five_messages() -> None:
    assert limit(None, "positions", None) is None
    assert limit(None, "key_messages", None) == 5
    assert limit(Preset.BRIEF, "sources", None) is None
