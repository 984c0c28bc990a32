"""Stage 3, from findings to what an analyst lets stand: kept, dropped, edited, joined, added."""

from briefgen.review.applying import Reviewed, review
from briefgen.review.deciding import Order, decide
from briefgen.review.file import ENDING, Decisions, beside, load

__all__ = [
    "ENDING",
    "Decisions",
    "Order",
    "Reviewed",
    "beside",
    "decide",
    "load",
    "review",
]
