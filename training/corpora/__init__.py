"""Labelled documents to train on, each kind of label in a module of its own."""

from training.corpora.findings import findings
from training.corpora.labelled import Labelled, Record, find
from training.corpora.news import news
from training.corpora.polnear import polnear
from training.corpora.written import written

__all__ = ["Labelled", "Record", "find", "findings", "news", "polnear", "written"]
