"""What holds whatever the plan: red-flag questions, the rules of all plans, and disputes."""

from collections.abc import Iterator

from hamstride.explain.numbers import lower_first
from hamstride.explain.parts import Line, Part, part, point
from hamstride.explain.sheet import LIST_WORDS, Section, criteria_lines
from hamstride.explain.sources import cited
from hamstride.protocols.disagreements import Disagreement, disagreements
from hamstride.protocols.library import Library
from hamstride.protocols.model import Lists

SOON = {
    "emergency": "Call your emergency number now",
    "same_day": "Be seen the same day",
    "urgent": "Be seen within days",
    "routine": "Mention it at the next chance",
}


def every_plan(library: Library) -> tuple[Section, ...]:
    """The rules that no plan can leave out, and those that our own plans share."""
    return (
        Section("Asked before everything else", "red-flags", tuple(red_flags(library))),
        Section("In every plan", "every-plan", tuple(_rules(library.always, library))),
        Section("In all our own plans", "our-plans", tuple(_rules(library.ours, library))),
    )


def red_flags(library: Library) -> Iterator[Part]:
    """The red-flag questions by how soon a yes is to be looked at, the most urgent first."""
    for urgency, words in SOON.items():
        asked = [each for each in library.questions.values() if each.urgency == urgency]
        lines = (point(each.ask, cited(each, library), f"flag-{each.key}") for each in asked)
        yield Part(words, tuple(lines))


def _rules(lists: Lists, library: Library) -> Iterator[Part]:
    for name, words in LIST_WORDS.items():
        rules = part(words, *criteria_lines(getattr(lists, name), library))
        if rules is not None:
            yield rules


def disputes(library: Library) -> tuple[Section, ...]:
    """Where the articles do not agree: who says what, what our own plans do, and why."""
    return tuple(_dispute(each, library) for each in disagreements())


def _dispute(each: Disagreement, library: Library) -> Section:
    sides = (point(f"“{library.sources[s.who].title}” {lower_first(s.says)}") for s in each.sides)
    why = (point(ground.say, cited(ground, library)) for ground in each.why)
    unchecked = (point(ground.say, cited(ground, library)) for ground in each.unchecked)
    parts = (
        part("What they say", *sides),
        part("What our own plans do", *(point(said) for said in each.follow)),
        part("Why", *why),
        part("Remembered, not checked yet; nothing rests on it", *unchecked),
    )
    return Section(each.title, each.id.lower(), tuple(each for each in parts if each is not None))


def see_whom(library: Library) -> Iterator[Part]:
    """What each yes means and whom to see about it, for a page that asks nothing."""
    for urgency, words in SOON.items():
        asked = [each for each in library.questions.values() if each.urgency == urgency]
        yield Part(words, tuple(Line(each.say, "point", cited(each, library)) for each in asked))
