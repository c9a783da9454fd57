"""The whole answer in its order: one word, why, what to do, what would change it."""

from hamstride.decisions.judge import Action
from hamstride.explain.changing import changing_part
from hamstride.explain.day import Day
from hamstride.explain.gating import gate_part, title_of
from hamstride.explain.light import light
from hamstride.explain.parts import Line, Part, part, point
from hamstride.explain.questions import asked, questions_part
from hamstride.explain.safety import always_part, help_part
from hamstride.explain.sessions import run_words, session_of, session_part, week_part
from hamstride.explain.why import because, why_part


def page(day: Day, *, in_file: bool = True) -> tuple[Part, ...]:
    """Everything that is said of a day below its light, the most useful first.

    Without `in_file` the open questions are left out: whoever draws the page asks them itself,
    and need not say where in the runner's file an answer goes.
    """
    refers = day.today.action is Action.REFER
    parts = (
        help_part(day) if refers else None,
        questions_part(day) if in_file else None,
        why_part(day),
        session_part(day),
        None if refers else help_part(day),
        changing_part(day, in_file=in_file),
        gate_part(day),
        week_part(day),
        picture_part(day),
        unknown_part(day),
        always_part(day),
    )
    return tuple(each for each in parts if each is not None)


def short(day: Day) -> tuple[str, str]:
    """The day in two lines: the word with its reason, and what to do."""
    shown = light(day)
    session = session_of(day)
    if session is None:
        do = "No training until a clinician has had a look."
    elif session.kind == "rest":
        do = "Rest is today's session."
    else:
        names = [item.exercise.name for item in session.items if item.dose.group != "warm_up"]
        first = [run_words(session.run)] if session.run else []
        do = f"{'; '.join(first + names)}."
    if day.gate.action in ("advance", "step_back"):
        way = "The gate is open" if day.gate.action == "advance" else "One phase back"
        do = f"{do} {way}: {title_of(day, day.gate.to)}."
    return f"{shown.word}. {shown.reason}", do


def picture_part(day: Day) -> Part | None:
    """What the answers look like, and what may lie behind; never what somebody has."""
    looks = day.suggested.say
    severity = {
        "mild": "The answers look mild." if day.protocol is not None else "",
        "moderate": "The answers look like more than something mild.",
        "severe": "Some signs are strong.",
        "unknown": "How mild it is stays open until a few more answers are in.",
    }[day.picture.severity]
    said = " ".join(each for each in (looks, severity, "Only a clinician can tell.") if each)
    causes = [
        point(_cause(found.cause.title, [because(r, day) for r in found.speaks_for]))
        for found in day.causes
    ]
    title = "What your answers look like"
    head = [Line(said)]
    if causes:
        head.append(Line("Worth a look, since one of these may have had a part in it:"))
    return part(title, *head, *causes)


def _cause(title: str, speaks_for: list[str]) -> str:
    return f"{title}. {' '.join(speaks_for)}"


def _answered_today(day: Day) -> list[str]:
    """Answers of today's check-in: what is still not known then needs other days, not this one."""
    known = [
        fact_id for (fact_id, within), fact in day.facts.known.items() if within == 0 and fact.known
    ]
    return [
        key
        for fact_id in known
        for key in day.library.definitions[fact_id].asks
        if key.startswith("check_ins.")
    ]


def unknown_part(day: Day) -> Part | None:
    """What was not written down, and would sharpen the answer."""
    if day.today.action is Action.REFER:
        return None  # a clinician asks now
    keys: dict[str, None] = dict.fromkeys(day.picture.missing)
    for reason in day.today.examined:
        if reason.unknown and reason not in day.today.deciding:
            keys.update(dict.fromkeys(reason.answers))
    for key in (*day.today.answer_first, *_answered_today(day)):
        keys.pop(key, None)
    asks = [asked(key, day.library).ask for key in keys]
    return part("Not written down", *(point(ask) for ask in asks))
