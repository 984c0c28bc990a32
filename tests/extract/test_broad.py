from briefgen.extract import attributions
from briefgen.text.tagger import Tagger
from tests.helpers import document


def test_an_attribution_has_its_source_its_cue_and_its_content(tagger: Tagger) -> None:
    source = document("The Harbour Council said that the outer quays are full.")
    (found,) = attributions(source, tagger)
    assert found.source is not None
    assert found.cue is not None
    assert found.source.text == "The Harbour Council"
    assert found.cue.text == "said"
    assert "the outer quays are full" in found.content[0].text


def test_a_quotation_has_its_marks(tagger: Tagger) -> None:
    source = document("“The outer quays are full and nobody comes to clear them,” she said.")
    (found,) = attributions(source, tagger)
    (content,) = found.content
    assert content.text == "“The outer quays are full and nobody comes to clear them,”"


def test_a_document_without_words_has_none(tagger: Tagger) -> None:
    assert attributions(document(""), tagger) == ()


def test_a_text_may_open_with_what_somebody_says(tagger: Tagger) -> None:
    source = document(
        "# Dredging of outer quays to begin by end of month, says harbour chief\n\n"
        "MARLOW - The dues will rise from January 2027, the port authority said on Thursday."
    )
    (found, *_) = attributions(source, tagger)
    assert "Dredging of outer quays" in found.content[0].text
