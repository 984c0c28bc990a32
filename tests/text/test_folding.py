import pytest

from briefgen.text.folding import fold, folded


@pytest.mark.parametrize(
    "forms",
    [
        "close closes closed closing",
        "policy policies",
        "ban bans banned banning",
        "tax taxes taxed taxing",
        "labour labor",
        "organise organised organize organizing",
        "centre center centres",
        "defence defense",
        "pass passes passing",
        "three 3",
    ],
)
def test_forms_of_a_word_fold_to_one(forms: str) -> None:
    assert len(set(map(fold, forms.split()))) == 1


@pytest.mark.parametrize("pair", ["import export", "universe university", "likely unlikely"])
def test_other_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$3bn", "3 billion dollars"),
        ("€40m a year", "40 million euros a year"),
        ("12,000 jobs", "12000 jobs"),
        ("20%", "20 per cent"),
        ("the U.S. and the EU", "the United States and the European Union"),
        ("the islands can’t wait", "the islands cannot wait"),
        ("they won't and don't", "they will not and do not"),
        ("the pilots’ boat and Ellery’s", "the pilots boat and Ellery"),
    ],
)
def test_ways_to_write_one_thing_fold_to_one(one: str, other: str) -> None:
    assert [form for _, form in folded(one)] == [form for _, form in folded(other)]


def test_who_is_asked_is_no_country() -> None:
    assert ("us", "us") in list(folded("they told us"))
