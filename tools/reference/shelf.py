"""Pages on what stands beside the protocols: exercises, tests, questions, sources."""

from itertools import groupby

from hamstride.explain.amounts import amount_words
from hamstride.explain.sources import KINDS, cited
from hamstride.protocols.library import Library
from hamstride.protocols.shelf import Exercise, Question, Source, Test
from tools.reference.markdown import code, page, points, table

HOW_READ = {
    "read": "read: its text, abstract, table or page",
    "secondary": "known through other publications",
    "memory": "from memory; to be checked",
    "computed": "worked out, or our own",
}
SOON = {
    "emergency": "Emergency: call at once",
    "same_day": "The same day",
    "urgent": "Within days",
    "routine": "At the next chance",
}


def exercises_page(library: Library) -> str:
    """Every exercise, by what it works on."""
    blocks = []
    by_domain = sorted(library.exercises.values(), key=lambda each: each.domain)
    for domain, exercises in groupby(by_domain, key=lambda each: each.domain):
        blocks.append(f"## {domain.replace('_', ' ').capitalize()}")
        blocks += [_exercise(each, library) for each in exercises]
    waits = table(
        ("code", "an exercise waits when"),
        ((f"`{each.id}`", each.say) for each in library.avoid_codes.values()),
    )
    return page(
        "Exercises",
        "The amount is where to start when a plan says nothing else.",
        *blocks,
        "## When an exercise waits",
        waits,
    )


def _exercise(each: Exercise, library: Library) -> str:
    return f"### {each.code} {each.name}\n\n{each.how}\n\n" + points(
        f"Id: `{each.id}`.",
        f"Think of: {each.cue}",
        f"To start: {amount_words(each.amount)}.",
        f"With any of: {', '.join(each.kit).replace('_', ' ')}.",
        f"Easier: {code(each.easier)}." if each.easier else "",
        f"Harder: {code(each.harder)}." if each.harder else "",
        f"Instead: {code(each.swaps)}." if each.swaps else "",
        f"Waits on: {code(each.avoid)}." + (f" {each.avoid_note}" if each.avoid_note else ""),
        "" if each.self_guided else "With a clinician only.",
        f"_{cited(each, library)}_",
    )


def tests_page(library: Library) -> str:
    """Every test, how it is done and what it tells."""
    return page(
        "Tests",
        "Each is a `[[tests]]` row of the runner's file, with its id under `test`.\n"
        "Stop a test when it hurts more than you are happy with, and note that pain.",
        *(_test(each, library) for each in library.tests.values()),
    )


def _test(each: Test, library: Library) -> str:
    sides = "`left` and `right`" if each.sided else "`left` holds the one value"
    unit = "pain only" if each.measures == "pain_only" else f"{each.unit}, {each.better} is better"
    wait = f"Not before day {each.not_before_day} after a sudden start."
    return f"## {each.title}\n\n{each.how}\n\n" + points(
        f"Id: `{each.id}`.",
        f"Tells: {each.tells}",
        f"Records: {unit}; {sides}.",
        wait if each.not_before_day else "",
        "Also: `steady = true` or `false`." if each.judged_steady else "",
        f"_{cited(each, library)}_",
    )


def red_flags_page(library: Library) -> str:
    """The red-flag questions, the most urgent first."""
    blocks = []
    for urgency, title in SOON.items():
        asked = [each for each in library.questions.values() if each.urgency == urgency]
        rows = (_question(each, library) for each in asked)
        blocks += [f"## {title}", table(("key", "asks", "on a yes", "who says so"), rows)]
    return page(
        "Red-flag questions",
        "Each is a key of `[[screenings]]`; `all_clear = true` says that all were asked and "
        "every answer was no.\n"
        "A question that nobody answered never lets a runner run.",
        *blocks,
    )


def _question(each: Question, library: Library) -> tuple[str, str, str, str]:
    asked = f"{each.ask} {each.help}".strip()
    return f"`{each.key}`", asked, f"{each.say} {each.see}", str(cited(each, library))


def sources_page(library: Library) -> str:
    """Every source, and how it was read."""
    blocks = []
    for kind, title in KINDS.items():
        rows = [_source(each) for each in library.sources.values() if each.kind == kind]
        if rows:
            blocks += [f"## {title}", table(("id", "source", "how it was read", "says"), rows)]
    read: list[str] = [each.read for each in library.sources.values()]
    counted = points(*(f"{words}: {read.count(how)}" for how, words in HOW_READ.items()))
    return page(
        "Sources",
        "Who stands behind the rules, and how well each source was looked at.",
        counted,
        *blocks,
    )


def _source(each: Source) -> tuple[str, str, str, str]:
    year = str(each.year) if each.year else ""
    told = [each.authors, each.title, each.journal, year]
    text = ". ".join(part.rstrip(".") for part in told if part) + "."
    doi = f" [doi:{each.doi}](https://doi.org/{each.doi})" if each.doi else ""
    return f"`{each.id}`", text + doi, HOW_READ[each.read], each.says
