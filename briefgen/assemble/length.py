"""How many items a section shows where its own options do not say."""

from collections.abc import Mapping

from briefgen.model import Preset

LIMITS: Mapping[Preset, Mapping[str, int]] = {
    Preset.GLANCE: {"key_messages": 3, "positions": 4, "proposals": 3, "risks": 3},
    Preset.BRIEF: {"key_messages": 4, "positions": 14, "proposals": 9, "risks": 7},
    Preset.BRIEFING: {"key_messages": 6, "positions": 45, "proposals": 30, "risks": 20},
}
"""Items of each section by preset, set so that the example brief has 2, 4 and 10 pages of A4."""

KEY_MESSAGES = 5
"""Messages picked where there is no preset: more are not remembered."""


def limit(preset: Preset | None, section: str, asked: int | None) -> int | None:
    """How many items to show at most: what the section asks for, else the preset's; None is all."""
    if asked is not None:
        return asked
    if preset is not None:
        return LIMITS[preset].get(section)
    return KEY_MESSAGES if section == "key_messages" else None
