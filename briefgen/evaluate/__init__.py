"""How well extraction does on documents that somebody labelled by hand.

It stands above the stages: it measures what they do together, and no brief passes through it.
"""

from briefgen.evaluate.labels import Labelled, load
from briefgen.evaluate.measure import DocumentResult, Evaluation, measure

__all__ = ["DocumentResult", "Evaluation", "Labelled", "load", "measure"]
