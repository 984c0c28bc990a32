"""Stage 3, from findings to what an analyst lets stand: kept, dropped, edited, joined, added."""

from briefgen.review.adding import add
from briefgen.review.applying import Reviewed, review
from briefgen.review.deciding import Order, decide
from briefgen.review.file import ENDING, Decisions, beside, load
from briefgen.review.saving import Step
from briefgen.review.undoing import undo

__all__ = [
    "ENDING",
    "Decisions",
    "Order",
    "Reviewed",
    "Step",
    "add",
    "beside",
    "decide",
    "load",
    "review",
    "undo",
]
