from tests.helpers import document
from training.corpora import Labelled
from training.splits import FOLDS, folds, mixed

LABELLED = [Labelled(f"d{at}", document("Ports close.")) for at in range(13)]


def test_every_document_is_left_out_once_and_never_trained_on_then() -> None:
    splits = folds(LABELLED, seed=1)
    assert len(splits) == FOLDS
    assert sorted(d.name for _, out in splits for d in out) == sorted(d.name for d in LABELLED)
    for kept, out in splits:
        assert {d.name for d in kept} | {d.name for d in out} == {d.name for d in LABELLED}
        assert not {d.name for d in kept} & {d.name for d in out}


def test_news_stands_beside_one_third_as_often_as_what_we_wrote() -> None:
    ours, theirs = [f"o{at}" for at in range(9)], [f"t{at}" for at in range(20)]
    both = mixed(ours, theirs, seed=1)  # type: ignore[arg-type]
    assert both[:9] == ours
    assert len(set(both[9:])) == 3
    assert set(both[9:]) < set(theirs)


def test_the_same_seed_makes_the_same_choice() -> None:
    theirs = [f"t{at}" for at in range(20)]
    first, again = (mixed(theirs[:6], theirs, seed=7) for _ in range(2))  # type: ignore[arg-type]
    assert first == again
