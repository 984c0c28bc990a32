"""What words for an actor name: a person, a body, nobody."""

import pytest

from briefgen.extract.names import names_somebody, person, plain, pronoun


@pytest.mark.parametrize(
    ("words", "somebody"),
    [
        ("Ana Lovell", True),
        ("critics/opponents", True),
        ("I", True),
        ("i", False),
        ("www.port.example/news)", False),
        ("port.example/news/2024/survey)", False),
        ("an", False),
        ("(R-Utah)", False),
        ("news.port.example/2024/survey", False),
    ],
)
def test_a_number_of_a_list_and_the_address_of_a_link_are_nobody(
    words: str, somebody: bool
) -> None:
    assert names_somebody(words) == somebody


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Senator Ana Lovell (Ind.)", "Ana Lovell"),
        ("Sen. Ana Lovell of Illinois", "Ana Lovell"),
        ("Foreign Minister Ana Lovell, who resigned", "Ana Lovell"),
        ("the mayor, Ana Lovell", "Ana Lovell"),
        ("Secretary of State Ana Lovell", "Ana Lovell"),
        ("President Lovell", "Lovell"),
        ("the Port of Arvenna", None),
    ],
)
def test_a_person_is_named_without_what_is_said_of_them(words: str, name: str | None) -> None:
    assert person(words) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the Harbour Council (HC)", "Harbour Council"),
        ("the Harbour Council’s (HC)", "Harbour Council"),
        ("the Harbour Council (with", "Harbour Council"),
        ("Port Watch, which owns no ship", "Port Watch"),
        ("Port Watch, a small charity based in Arvenna", "Port Watch"),
        ("Lovell, whose office is closed", "Lovell"),
        ("Some experts", "some experts"),
        ("Port Watch, Arvenna and Belmoor", "Port Watch, Arvenna and Belmoor"),
        ("(HC)", "(HC)"),
    ],
)
def test_a_body_is_named_without_what_is_said_of_it(words: str, name: str) -> None:
    assert plain(words) == name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We’re", "we"),
        ("We, the undersigned", "we"),
        ("They have", "they"),
        ("I", "i"),
        ("us", "us"),
        ("US", None),
        ("WHO, in a letter", None),
        ("our competitors", None),
        ("Wells", None),
    ],
)
def test_words_that_amount_to_a_pronoun(words: str, expected: str | None) -> None:
    assert pronoun(words) == expected
