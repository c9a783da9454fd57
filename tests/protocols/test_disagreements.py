"""Where sources disagree: each side is an article, and nothing rests on memory."""

from hamstride.protocols.disagreements import disagreements
from hamstride.protocols.loading import load


def test_each_side_is_what_one_of_the_articles_says() -> None:
    sources = load().sources

    for each in disagreements():
        assert {sources[side.who].kind for side in each.sides} == {"article"}, each.id


def test_what_speaks_for_our_side_was_read_or_is_quoted_elsewhere() -> None:
    sources = load().sources

    grounds = [ground for each in disagreements() for ground in each.why]
    assert [ground for ground in grounds if sources[ground.source].read == "memory"] == []


def test_what_is_not_checked_yet_names_a_known_source() -> None:
    unchecked = [ground for each in disagreements() for ground in each.unchecked]

    assert len(unchecked) > 8
    assert {ground.source for ground in unchecked} <= set(load().sources)
