"""How many items a section shows where its own options do not say."""

from collections.abc import Mapping

from briefgen.model import Preset

LIMITS: Mapping[Preset, Mapping[str, int]] = {
    Preset.GLANCE: {"key_messages": 3, "positions": 3, "proposals": 2, "risks": 2},
    Preset.BRIEF: {"key_messages": 4, "positions": 7, "proposals": 5, "risks": 4},
    Preset.BRIEFING: {"key_messages": 6, "positions": 40, "proposals": 25, "risks": 15},
}
"""Items of each section by preset: with one section of each kind, and the one or two notes an item
that the example has, they fill 2, 4 and 11 pages of A4."""

KEY_MESSAGES = 5
"""Messages picked where there is no preset: more are not remembered."""


def limit(preset: Preset | None, section: str, asked: int | None) -> int | None:
    """How many items to show at most: what the section asks for, else the preset's; None is all."""
    if asked is not None:
        return asked
    if preset is not None:
        return LIMITS[preset].get(section)
    return KEY_MESSAGES if section == "key_messages" else None
