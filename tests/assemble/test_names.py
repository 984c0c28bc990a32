import pytest

from briefgen.assemble.names import Names

TEXT = "China and the United States talked. Russian and British diplomats listened."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Beijing", "China"),
        ("PRC", "China"),
        ("the Chinese government", "China"),
        ("China's government", "China"),
        ("Washington", "United States"),
        ("the U.S.", "United States"),
        ("Moscow", "Russia"),
        ("the UK", "United Kingdom"),
        ("Brussels", "Brussels"),
        ("Chinese officials", "Chinese officials"),
        ("Wang Yi", "Wang Yi"),
    ],
)
def test_countries_have_one_name(name: str, expected: str) -> None:
    assert Names({}, [TEXT]).canonical(name) == expected


def test_a_capital_counts_only_where_the_country_is_named() -> None:
    assert Names({}, ["Kingston spoke last."]).canonical("Kingston") == "Kingston"
    assert Names({}, ["Jamaica spoke last."]).canonical("Kingston") == "Jamaica"


def test_the_analysts_names_come_first() -> None:
    names = Names({"PRC": ["Beijing", "China"], "NATO": ["the alliance"]}, [TEXT])
    assert names.canonical("Beijing") == "PRC"
    assert names.canonical("the Chinese government") == "PRC"
    assert names.canonical("The Alliance") == "NATO"


def test_the_words_of_the_sentence_count_where_the_name_is_unknown() -> None:
    names = Names({"Joe Biden": ["President Biden"]}, [TEXT])
    assert names.canonical("Biden", "President Biden") == "Joe Biden"


def test_a_surname_means_the_full_name_of_another_source() -> None:
    names = Names({}, [TEXT], ["Kurt Amsel", "Ana Lovell", "Marta Lovell", "China"])
    assert names.canonical("Amsel") == "Kurt Amsel"
    assert names.canonical("Lovell") == "Lovell"
    assert names.canonical("China") == "China"
    assert Names({"Deputy Minister": ["Kurt Amsel"]}, [], ["Kurt Amsel"]).canonical("Amsel") == (
        "Deputy Minister"
    )
