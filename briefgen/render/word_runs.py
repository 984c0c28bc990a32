"""Runs of letters in a Word document: few of them, and each with its language and direction."""

import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from itertools import groupby
from typing import Any

from lxml import etree

from briefgen.render.word_styles import language_tags

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AFTER_RTL = (f"{_W}cs", f"{_W}em", f"{_W}lang")


def mend(root: Any, language: str) -> None:
    """Join what pandoc cuts at spaces, part what runs from right to left from what does not.

    Word gives a run one direction and one font; words of the other direction need their own.
    """
    for run in root.iter(f"{_W}r"):
        _mend_language(run, language)
    for holder in {run.getparent(): None for run in root.iter(f"{_W}r")}:
        _join(holder)
    for run in list(root.iter(f"{_W}r")):
        _part(run)


def _mend_language(run: Any, language: str) -> None:
    """Word keeps a language for each of its three groups of scripts; pandoc names one."""
    for tag in run.findall(f"{_W}rPr/{_W}lang"):
        own = tag.get(f"{_W}val") or ""
        properties = tag.getparent()
        properties.remove(tag)
        if own and own != language:
            properties.append(
                etree.fromstring(f'<w:lang xmlns:w="{_W[1:-1]}" {language_tags(own)}/>')
            )
        if not len(properties):
            run.remove(properties)


def _join(holder: Any) -> None:
    last = None
    for run in list(holder):
        if last is not None and _is_text(last) and _is_text(run) and _same_letters(last, run):
            text = last.find(f"{_W}t")
            text.text = (text.text or "") + (run.findtext(f"{_W}t") or "")
            text.set(_SPACE, "preserve")
            holder.remove(run)
        else:
            last = run


def _is_text(run: Any) -> bool:
    if run.tag != f"{_W}r":
        return False
    return [child.tag for child in run if child.tag != f"{_W}rPr"] == [f"{_W}t"]


def _same_letters(left: Any, right: Any) -> bool:
    first, second = left.find(f"{_W}rPr"), right.find(f"{_W}rPr")
    return _content(first) == _content(second)


def _content(properties: Any) -> bytes:
    if properties is None:
        return b""
    return b"".join(etree.tostring(child, method="c14n", with_tail=False) for child in properties)


def _part(run: Any) -> None:
    if not _is_text(run):
        return
    words = run.findtext(f"{_W}t") or ""
    pieces = [(is_right, "".join(letters)) for is_right, letters in _stretches(words)]
    if not any(is_right for is_right, _ in pieces):
        return
    for is_right, piece in pieces:
        part = deepcopy(run)
        part.tail = None
        text = part.find(f"{_W}t")
        text.text = piece
        text.set(_SPACE, "preserve")
        _direct(part, is_right)
        run.addprevious(part)
    run.getparent().remove(run)


def _direct(run: Any, is_right: bool) -> None:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
        run.insert(0, properties)
    for mark in properties.findall(f"{_W}rtl"):
        properties.remove(mark)
    if is_right:
        place = next(
            (i for i, child in enumerate(properties) if child.tag in _AFTER_RTL), len(properties)
        )
        properties.insert(place, etree.Element(f"{_W}rtl"))
    if not len(properties):
        run.remove(properties)


def _stretches(words: str) -> Iterator[tuple[bool, Iterator[str]]]:
    """The words cut where their direction turns; what has none goes with the words around it."""
    sides = [_is_right(letter) for letter in words]
    settled: list[bool] = []
    for place, side in enumerate(sides):
        if side is None:
            before = next((s for s in reversed(sides[:place]) if s is not None), False)
            after = next((s for s in sides[place:] if s is not None), False)
            side = before and after
        settled.append(side)
    for is_right, group in groupby(zip(settled, words, strict=True), key=lambda pair: pair[0]):
        yield is_right, (letter for _, letter in group)


def _is_right(letter: str) -> bool | None:
    match unicodedata.bidirectional(letter):
        case "R" | "AL" | "AN":
            return True
        case "L":
            return False
        case _:
            return None
