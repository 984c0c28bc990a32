from briefgen.model import Kind, Span
from briefgen.text.outputs import HEADS, KINDS, SPANS
from briefgen.text.tagger import Tagger
from tests.helpers import document
from training.corpora import Labelled, Record
from training.targets import IGNORED, read

TEXT = "Ana Lovell said that ports must close. It rained."


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def position(*, optional: bool = False) -> Record:
    return Record(
        kind=Kind.POSITION,
        content=(place("ports must close"),),
        holder=(place("Ana Lovell"),),
        named=True,
        cue=(place("said"),),
        label="support",
        optional=optional,
    )


def window(tagger: Tagger, record: Record):
    example = Labelled("one", document(TEXT), findings=(record,))
    (only,) = read([example], tagger._tokenizer, 192)
    return only


def test_a_record_tags_its_words_and_its_sentence(tagger: Tagger) -> None:
    found = window(tagger, position())
    labels = {head: found.tags[:, column].tolist() for column, head in enumerate(HEADS)}
    assert labels["actor"][:4] == [1, 2, 0, 0]
    assert labels["cue"][:4] == [0, 0, 1, 0]
    assert labels["statement"][4:8] == [1, 2, 2, 0]
    assert found.kinds[:, KINDS.index(Kind.POSITION)].tolist() == [1, 0]
    (item,) = found.items
    assert (SPANS[item.span], item.first, item.last) == ("statement", 4, 6)
    assert item.holder is not None
    assert item.holder.tolist() == [0, 1]


def test_an_optional_record_is_neither_right_nor_wrong(tagger: Tagger) -> None:
    found = window(tagger, position(optional=True))
    assert set(found.tags[4:7, HEADS.index("statement")].tolist()) == {IGNORED}
    assert str(found.kinds[0, KINDS.index(Kind.POSITION)]) == "nan"


def test_labels_of_findings_say_nothing_of_attributions(tagger: Tagger) -> None:
    found = window(tagger, position())
    assert set(found.tags[:, HEADS.index("broad cue")].tolist()) == {IGNORED}
    assert not found.asked[SPANS.index("content")]
    assert found.asked[SPANS.index("risk")]


def test_a_document_labelled_in_both_senses_asks_for_both(tagger: Tagger) -> None:
    wide = Record(None, (place("ports must close"),), (place("Ana Lovell"),), named=True)
    both = Labelled("one", document(TEXT), findings=(position(),), attributions=(wide,))
    (found,) = read([both], tagger._tokenizer, 192)
    assert found.asked.all()
    assert sorted(SPANS[item.span] for item in found.items) == ["content", "statement"]
    assert found.tags[:2, HEADS.index("source")].tolist() == [1, 2]
    assert found.tags[:2, HEADS.index("actor")].tolist() == [1, 2]
