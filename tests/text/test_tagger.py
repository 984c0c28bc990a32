import numpy as np

from briefgen.text.sentences import sentences
from briefgen.text.tagger import Tagger
from tests.helpers import document

LONG = " ".join(f"Sentence number {n} says that the harbour is full of ships." for n in range(80))


def test_every_word_is_tagged_once_and_in_order(tagger: Tagger) -> None:
    source = document(f"{LONG}\n\nShort one.\n\n{LONG}")
    tags = tagger.tag(source)
    words = [source.text[s:e] for s, e in zip(tags.start, tags.end, strict=True)]
    assert "".join(words) == "".join(source.text.split())
    assert (np.diff(tags.start) > 0).all()


def test_a_paragraph_longer_than_a_window_is_cut_between_sentences(tagger: Tagger) -> None:
    source = document(LONG)
    starts = {span.start for span in sentences(source)}
    seen: list[int] = []
    tagger.tag(source, lambda share: seen.append(share))
    assert len(seen) >= 2
    assert seen[-1] == 1.0
    tags = tagger.tag(source)
    assert set(tags.start[np.flatnonzero(np.diff(tags.sentence, prepend=-1))]) == starts


def test_what_is_found_does_not_depend_on_neighbouring_documents(tagger: Tagger) -> None:
    one, other = document("The council fears a flood."), document(LONG)
    before = tagger.tag(one)
    tagger.tag(other)
    after = tagger.tag(one)
    assert all((before.inside[h] == after.inside[h]).all() for h in before.inside)
