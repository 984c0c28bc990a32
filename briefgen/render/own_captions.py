"""Captions of the analyst's own tables and images, put where HTML has them."""

from xml.etree.ElementTree import Element

OF_A_CAPTION = "\ue002"
"""Starts the mark of a caption's number, which starts the paragraph below a table or an image."""


def put_captions(root: Element) -> None:
    """Make each such paragraph the caption of what stands above it."""
    for parent in list(root.iter()):
        for above, paragraph in zip(list(parent), list(parent)[1:], strict=False):
            if paragraph.tag != "p" or not (paragraph.text or "").startswith(OF_A_CAPTION):
                continue
            if above.tag == "table":
                parent.remove(paragraph)
                paragraph.tag, paragraph.tail = "caption", None
                above.insert(0, paragraph)
            elif above.tag == "p" and len(above) == 1 and above[0].tag == "img":
                parent.remove(paragraph)
                paragraph.tag, paragraph.tail = "figcaption", None
                above.tag = "figure"
                above.append(paragraph)
