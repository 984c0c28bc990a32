"""What WeasyPrint's tag tree leaves out and a reader needs, added before the file is written.

WeasyPrint 70 tags page by page: a paragraph, list or table that runs over a page is cut in two, and
running heads are content. Here the pieces are joined again, so that a brief is read as its HTML is,
with all notes last, however its pages fall.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

_SVG = "{http://www.w3.org/2000/svg}"

_MARKS: Mapping[str, str] = {"footnote-call": "/Reference", "footnote-marker": "/Lbl"}
"""Types of the marks that tie a footnote to its place in the text."""

_TYPES: Mapping[str, str] = {
    "header": "/Sect",
    "nav": "/Sect",
    "footer": "/Sect",
    "aside": "/Sect",
    "figure": "/Div",
}
"""Types of HTML elements that WeasyPrint gives none."""


_HEADER: Mapping[str, str] = {"Type": "/Pagination", "Subtype": "/Header"}
_FOOTER: Mapping[str, str] = {"Type": "/Pagination", "Subtype": "/Footer"}
_LAYOUT: Mapping[str, str] = {"Type": "/Layout"}
"""Kinds of artifact (ISO 32000-1, 14.8.2.2.2)."""


@dataclass(slots=True)
class Record:
    """What was laid out where, by the number of the tag tree's element."""

    boxes: dict[int, Any] = field(default_factory=dict)
    margins: dict[int, Mapping[str, str]] = field(default_factory=dict)
    """Kind of artifact that each element of a running head or foot is."""


@contextmanager
def recorded() -> Iterator[Record]:
    """Remember which box each element of a tag tree is made from while a PDF is written.

    WeasyPrint has no hook for it; its one recursive function is wrapped for that time.
    """
    record = Record()
    build = tags._build_box_tree

    def remember(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
        first = len(pdf.objects)
        for element in build(box, parent, pdf, *rest):
            record.boxes.setdefault(element.number, box)
            yield element
        if isinstance(box, boxes.MarginBox):
            kind = _HEADER if box.at_keyword.startswith("@top") else _FOOTER
            record.margins.update(dict.fromkeys(range(first, len(pdf.objects)), kind))

    tags._build_box_tree = remember
    try:
        yield record
    finally:
        tags._build_box_tree = build


def refine(pdf: Any, record: Record) -> None:
    """Complete the tag tree of a file that WeasyPrint is about to write.

    What a page break parted is joined, table headers say what they head (ISO 32000-1, 14.8.5.7),
    words in another language say which (14.9.2), list items hold a label and a body (14.8.4.3.3),
    footnotes are notes with an identifier of their own (ISO 14289-1, 7.9), pictures are described
    in full (7.3), and running heads, page numbers and repeated table heads are artifacts (7.8).
    """
    tree = _Tree(pdf, record)
    for element in [one for one in pdf.objects if tree.is_element(one)]:
        tree.describe(element)
    tree.join()
    for element in [one for one in pdf.objects if tree.is_element(one) and one["S"] == "/LI"]:
        tree.fill_body(element)
    tree.set_apart()


class _Tree:
    """The tag tree of one file and what its elements were made from."""

    def __init__(self, pdf: Any, record: Record) -> None:
        self.pdf = pdf
        self.boxes = record.boxes
        self.apart = dict(record.margins)
        self.moved: dict[bytes, bytes] = {}
        """Elements that another took in, for the map from content to elements."""
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.document = self.at(self.root["K"][0])
        self.language = pdf.catalog["Lang"].string

    def at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def is_element(self, thing: Any) -> bool:
        return isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"

    def kids(self, element: Any) -> Iterator[Any]:
        """Elements right below one."""
        for kid in element["K"]:
            if not isinstance(kid, int) and self.is_element(child := self.at(kid)):
                yield child

    def made_from(self, element: Any) -> Any:
        """HTML element that one of the tree comes from; None for an anonymous or generated one."""
        box = self.boxes.get(element.number)
        return None if box is None or "::" in (box.element_tag or "") else box.element

    # One element at a time

    def describe(self, element: Any) -> None:
        """Give an element the type, language, scope and description of its HTML."""
        box = self.boxes.get(element.number)
        if box is None:
            return
        tag = box.element_tag or ""
        if "::" in tag:
            element["S"] = _MARKS.get(tag.split("::")[1], element["S"])
        elif element["S"] == "/NonStruct":
            element["S"] = _TYPES.get(tag, element["S"])
        elif isinstance(self._box_above(element), boxes.FootnoteAreaBox):
            element["S"] = "/Note"
            element["ID"] = pydyf.String(f"note-{element.number}")
        elif element["S"] == "/TH":
            across = box.element is not None and box.element.get("scope", "col").startswith("col")
            element["A"]["Scope"] = "/Column" if across else "/Row"
        elif element["S"] == "/Figure" and (told := _told(box.element)):
            element["Alt"] = pydyf.String(told)
        if element["S"] in ("/TH", "/TD"):
            # Scopes say it all, and a rowspan over a page would lack its header here.
            element["A"].pop("Headers", None)
        parent = self._box_above(element)
        above = parent.style["lang"] if parent is not None else self.language
        if (spoken := box.style["lang"]) and spoken != above:
            element["Lang"] = pydyf.String(spoken)

    def _box_above(self, element: Any) -> Any:
        return self.boxes.get(int(element["P"].split()[0]))

    # What a page break parted

    def join(self) -> None:
        """Make one element of the pieces that pages and lines hold of one HTML element."""
        found: dict[int, Any] = {}
        text: list[bytes] = []
        notes: list[bytes] = []
        for kid in list(self.kids(self.document)):
            if isinstance(self.boxes.get(kid.number), boxes.FootnoteAreaBox):
                for note in list(self.kids(kid)):
                    notes += self._placed(note, self.document, found)
            else:
                text += self._placed(kid, self.document, found)
        # Notes stand below each page's text and are read after all of it.
        self.document["K"] = pydyf.Array([*text, *notes])

    def _placed(self, element: Any, parent: Any, found: dict[int, Any]) -> list[bytes]:
        """What stands for an element below its parent: itself, what it holds, or nothing.

        ``found`` has the first piece of each HTML element so far.
        """
        element["P"] = parent.reference
        origin = self.made_from(element)
        first = found.get(id(origin)) if origin is not None else None
        if first is parent and first["S"] == element["S"]:
            # An anonymous box inside its own element: a column, or a block beside inline text.
            return self._held(element, parent, found)
        if first is not None and first["S"] == element["S"] and element["S"] not in _WHOLE:
            if element["S"] == "/THead":
                self._make_artifact(element)
            else:
                first["K"].extend(self._held(element, first, found))
            return []
        if element["S"] == "/Link" == parent["S"]:
            return self._taken_in(element, parent, found)
        if first is None and origin is not None:
            found[id(origin)] = element
        element["K"] = pydyf.Array(self._held(element, element, found))
        return [] if element["S"] in _INLINE and not element["K"] else [element.reference]

    def _taken_in(self, link: Any, parent: Any, found: dict[int, Any]) -> list[Any]:
        """What a generated part of a link holds: a page number, but no dotted leader."""
        self.moved[link.reference] = parent.reference
        held = self._held(link, parent, found)
        if not getattr(self.boxes[link.number], "is_leader", False):
            return held
        self.apart[link.number] = _LAYOUT
        return [kid for kid in held if not isinstance(kid, int)]

    def _held(self, element: Any, parent: Any, found: dict[int, Any]) -> list[Any]:
        """Content and placed elements below an element, or below what takes its place."""
        held: list[Any] = []
        for kid in element["K"]:
            if not isinstance(kid, int) and self.is_element(child := self.at(kid)):
                held += self._placed(child, parent, found)
            else:
                held.append(kid)
        return held

    def _make_artifact(self, element: Any) -> None:
        self.apart[element.number] = _HEADER
        for kid in self.kids(element):
            self._make_artifact(kid)

    # Lists

    def fill_body(self, item: Any) -> None:
        """Put whatever a list item holds beside its label into its body."""
        kids = list(self.kids(item))
        body = next((kid for kid in kids if kid["S"] == "/LBody"), None)
        loose = [kid for kid in kids if kid["S"] not in ("/Lbl", "/LBody")]
        if not loose:
            return
        if body is None:
            body = pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": "/LBody",
                    "K": pydyf.Array(),
                    "Pg": item["Pg"],
                    "P": item.reference,
                }
            )
            self.pdf.add_object(body)
            item["K"].append(body.reference)
        for kid in loose:
            item["K"].remove(kid.reference)
            kid["P"] = body.reference
            body["K"].append(kid.reference)

    # What is no part of the text

    def set_apart(self) -> None:
        """Mark running heads, page numbers and repeated table heads as artifacts."""
        nums = self.at(self.root["ParentTree"])["Nums"]
        for number, reference in enumerate(self.pdf.page_references):
            elements = nums[2 * number + 1]
            kinds = {
                mcid: self.apart[int(element.split()[0])]
                for mcid, element in enumerate(elements)
                if int(element.split()[0]) in self.apart
            }
            content = self.at(self.at(reference)["Contents"])
            for index, item in enumerate(content.stream):
                if isinstance(item, pydyf.Dictionary) and item.get("MCID") in kinds:
                    kind = pydyf.Dictionary(kinds[item["MCID"]])
                    content.stream[index - 1 : index + 1] = [b"/Artifact", kind]
            for mcid, element in enumerate(elements):
                elements[mcid] = b"null" if mcid in kinds else self.moved.get(element, element)
        for index, entry in enumerate(nums):
            if isinstance(entry, bytes):
                nums[index] = self.moved.get(entry, entry)


_INLINE = frozenset({"/Span", "/NonStruct"})
"""Types that say nothing where they hold nothing."""

_WHOLE = frozenset({"/Link", "/Figure", "/Note", "/Reference", "/Lbl"})
"""Types whose pieces stay apart: they hold marked content or annotations of their own page."""


def _told(element: Any) -> str | None:
    """Title and description of a drawing, which WeasyPrint would cut to its title."""
    if element is None or element.tag != f"{_SVG}svg":
        return None
    words = (element.findtext(f"{_SVG}{part}") or "" for part in ("title", "desc"))
    return ". ".join(part for part in (" ".join(w.split()).rstrip(".") for w in words) if part)
