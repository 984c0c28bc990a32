import pytest

from briefgen.extract.issuers import imprint, issuer_of, signatories


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("Joint statement by the Northern Coastal States on fishing", "Northern Coastal States"),
        (
            "Joint Statement between Norvania and the Island Union on Ports",
            "Norvania and the Island Union",
        ),
        (
            "Fact Sheet: Lovell Administration Outlines a Plan for the Ports",
            "Lovell Administration",
        ),
        ("Fact sheet: President Ana Lovell to Sign the Port Act", "Ana Lovell"),
        ("Fact sheet: Act Now to Protect the Ports", None),
        ("Address at the launch of the Port Alliance - Dr Ana Lovell", "Ana Lovell"),
        ("Harbour Council’s declaration on free passage", "Harbour Council"),
        ("Dredging the outer harbour", None),
        ("A statement of intent", None),
    ],
)
def test_the_title_tells_who_issues_a_document(title: str, issuer: str | None) -> None:
    assert issuer_of(title) == issuer


def test_signatories_name_themselves() -> None:
    assert signatories("We, the ministers of the Northern Coastal States, reaffirm …") == (
        "the ministers of the Northern Coastal States"
    )
    assert signatories("We met.") is None


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("HOUSE OF DEPUTIES\nCommittee on Public Accounts", "Committee on Public Accounts"),
        (
            "*Research brief 7, Institute for Urban Movement, March 2024*",
            "Institute for Urban Movement",
        ),
        ("Harbour Council – minutes of 3 May", "Harbour Council"),
        ("Council told to mend the Harbour Bridge", None),
        ("By Ana Lovell", None),
        ("", None),
    ],
)
def test_an_imprint_is_a_body_that_has_a_part_of_a_line_to_itself(
    top: str, expected: str | None
) -> None:
    assert imprint(top) == expected
