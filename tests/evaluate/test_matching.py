import pytest

from briefgen.evaluate.likeness import holders_agree, likeness, same_sentence
from briefgen.evaluate.matching import compare_sentences, match
from tests.evaluate.helpers import record

PLAN = "the dredging plan for the outer harbour"


def test_likeness_is_by_content_words_in_any_setting() -> None:
    assert likeness(record(PLAN), record("Dredging plan,\nouter HARBOUR")) == 1
    assert likeness(record(PLAN), record("the plan")) == 1 / 4
    assert likeness(record("it"), record("this")) == 0


def test_pieces_count_as_one_text() -> None:
    whole = record(PLAN)
    parts = record("x", "y").__class__(
        whole.kind, "s", ("dredging plan", "outer harbour"), None, None
    )
    assert likeness(whole, parts) == 1


def test_a_finding_belongs_to_one_label_the_most_alike_first() -> None:
    near, exact = record("dredging plan outer"), record(PLAN)
    matching = match([near, exact], [record(PLAN)])
    assert matching.pairs == ((exact, record(PLAN)),)
    assert matching.missed == (near,)


def test_half_of_the_words_are_enough_and_less_is_not() -> None:
    label = record("dredging plan", "The dredging plan is off.")
    half = record("dredging plan outer harbour", label.sentence)
    third = record("dredging plan outer harbour today tomorrow", label.sentence)
    assert match([label], [half]).pairs == ((label, half),)
    assert match([label], [third]).pairs == ()
    assert match([label], [third]).cut == ((label, third),)


def test_two_statements_of_one_sentence_are_one_missed_and_one_invented() -> None:
    sentence = "She praised the quay and feared the winter."
    label, finding = record("the quay", sentence), record("the winter", sentence)
    matching = match([label], [finding])
    assert (matching.missed, matching.invented) == ((label,), (finding,))


def test_like_words_in_another_sentence_are_not_cut_differently() -> None:
    label = record("the quay", "Ships left the quay at noon.")
    finding = record(
        "a quay of granite, new and wide", "They want a quay of granite, new and wide."
    )
    matching = match([label], [finding])
    assert (matching.cut, matching.missed, matching.invented) == ((), (label,), (finding,))


def test_an_optional_label_counts_neither_way() -> None:
    optional = record(PLAN, optional=True)
    found = match([optional], [record(PLAN)])
    assert (found.pairs, found.excused, found.invented) == ((), 1, ())
    silent = match([optional], [])
    assert (silent.excused, silent.missed) == (0, ())


def test_a_firm_label_wins_over_an_optional_one_that_is_as_alike() -> None:
    firm, optional = record(PLAN), record(PLAN, optional=True)
    for labels in ([firm, optional], [optional, firm]):
        assert match(labels, [record(PLAN)]).pairs == ((firm, record(PLAN)),)


def test_sentences_are_counted_once_and_may_be_cut_differently() -> None:
    long = "The Council opposes the plan for the outer harbour, Ana Lovell said on Monday."
    short = "The Council opposes the plan for the outer harbour"
    counts = compare_sentences([record("a", long), record("b", long)], [record("a", short)])
    assert (counts.labelled, counts.labelled_hit, counts.found, counts.found_hit) == (1, 1, 1, 1)


def test_a_sentence_with_an_optional_label_alone_is_not_held_against_anyone() -> None:
    labels = [record("a", "One two three.", optional=True)]
    counts = compare_sentences(labels, [record("a", "One two three."), record("b", "Four five.")])
    assert (counts.labelled, counts.found, counts.found_hit) == (0, 1, 0)


def test_a_few_words_of_a_long_sentence_are_not_that_sentence() -> None:
    assert not same_sentence("The plan", "The plan was read aloud to ninety people in the hall")
    assert not same_sentence("…", "The plan")


@pytest.mark.parametrize(
    ("label", "finding", "agree"),
    [
        (("the minister", "Ana Lovell"), ("Lovell", "Lovell"), True),
        (("the minister", "Ana Lovell"), ("The Minister", "Kurt Amsel"), True),
        (("the minister", "Ana Lovell"), ("Amsel", "Kurt Amsel"), False),
        (("the minister", "Ana Lovell"), (None, None), False),
        ((None, "Ana Lovell"), (None, None), True),
        ((None, "Ana Lovell"), ("Amsel", "Kurt Amsel"), False),
        ((None, None), (None, None), True),
        ((None, None), ("Amsel", "Kurt Amsel"), False),
        (("Mr A", None), ("Mr B", None), False),
    ],
)
def test_holders_agree_on_a_word_of_the_mention_or_the_name(
    label: tuple[str | None, str | None], finding: tuple[str | None, str | None], agree: bool
) -> None:
    (holder, name), (found, called) = label, finding
    assert (
        holders_agree(record("x", holder=holder, name=name), record("x", holder=found, name=called))
        is agree
    )
