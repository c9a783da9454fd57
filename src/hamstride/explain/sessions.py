"""What to do: the run, the exercises with their amounts, and the week."""

from collections.abc import Iterator
from datetime import date, timedelta

from hamstride.decisions.judge import Action
from hamstride.explain.day import Day
from hamstride.explain.light import state_of
from hamstride.explain.numbers import listed, number, week_day
from hamstride.explain.parts import Line, Part, part, point
from hamstride.explain.run_followed import harder_words
from hamstride.explain.sources import cited
from hamstride.plan.model import Item, PlannedDay, RunPlan, Session
from hamstride.protocols.library import Library
from hamstride.protocols.model import Adaptation, Protocol

REST = Session("rest", (), None, 0)
DAYS = 7

_STEP = {
    "first": "This is where the ladder starts.",
    "climb": "One step up: the last one went well, and the morning after was quiet.",
    "repeat": "The same step once more before the next one.",
    "partly": "The same step again: the last one was done in part.",
    "harder": "The same step again, as it is planned.",
    "too_much": "One step down: the last two were cut short or felt; that was too much for now.",
    "waits": "The same step again: how the last one settled is not known yet.",
    "down": "One step down, until it goes well again.",
    "restart": "A gentler start after the time off.",
    "last_clean": "Back to what went well last, because today goes easier.",
    "easy": "",
    "after_jump": "No longer than the last: it was a jump over the runs before it.",
    "after_speed": "Easy today: the last fast running is too close.",
}
_TITLE = {"strength": "Strength", "mobility": "Mobility", "rest": "Rest"}


def days_of(day: Day) -> tuple[PlannedDay, ...]:
    """The plan of seven days; all of rest where there is no plan."""
    if day.week and day.today.action is not Action.REFER:
        return day.week
    return tuple(PlannedDay(day.as_of + timedelta(days=ahead), REST) for ahead in range(DAYS))


def session_of(day: Day) -> Session | None:
    """Today's session; None where a clinician comes first or no protocol fits."""
    if day.today.action is Action.REFER or not day.week:
        return None
    return day.week[0].session


# In one line


def run_words(run: RunPlan) -> str:
    """A run in one line, its intervals written out.

    Notes
    -----
    "5 times: walk 2 min, run 2 min (20 min)", "Run easily for 24 min", "4 strides of 50 m, at
    about 60 % of your top speed".
    """
    effort = f", at about {run.effort_pct} % of your top speed" if run.effort_pct else ""
    if effort:
        return f"{run.title}{effort}"
    total = f"{number(run.minutes)} min"
    if run.walk_min and run.run_min:
        pair = f"walk {number(run.walk_min)} min, run {number(run.run_min)} min"
        times = f"{run.repeats} times: " if run.repeats > 1 else ""
        return f"{times}{pair} ({total})"
    if run.walk_min:
        return f"Walk briskly for {total}"
    return f"Run easily for {total}"


def session_title(session: Session) -> str:
    """A session in a few words, for a list or a calendar."""
    if session.run is None:
        return _TITLE[session.kind]
    beside = [each for each in session.items if each.dose.group != "warm_up"]
    return f"{run_words(session.run)}{'; then strength' if beside else ''}"


def item_words(item: Item) -> str:
    """An exercise with its amount.

    Notes
    -----
    "Single-leg RDL: 3 × 8 each side, lower for 3 seconds, 8 kg".
    """
    words = amount_words(item)
    return f"{item.exercise.name}: {words}" if words else item.exercise.name


def amount_words(item: Item) -> str:
    """The amount of an exercise; empty where it is told by nothing."""
    said = [_counted(item), _tempo(item.dose.tempo)]
    if item.load_kg:
        said.append(f"{number(item.load_kg)} kg")
    if item.dose.times_per_day > 1:
        said.append(f"{item.dose.times_per_day} times a day")
    return ", ".join(each for each in said if each)


def _counted(item: Item) -> str:
    dose = item.dose
    if item.hold_s:
        each = f"{item.hold_s} s"
    elif item.reps:
        each = str(item.reps)
    elif item.minutes:
        each = f"{item.minutes} min"
    elif dose.distance_m:
        each = f"{dose.distance_m} m"
    else:
        return f"{item.sets} sets" if item.sets else ""
    times = f"{item.sets} × " if item.sets and item.sets > 1 else ""
    hold = "hold " if item.hold_s else ""
    side = " each side" if item.exercise.amount.per_side else ""
    return f"{hold}{times}{each}{side}"


def _tempo(tempo: str) -> str:
    """The first figure of a tempo is the lowering."""
    down = tempo.partition("-")[0]
    if not down.isdigit() or down == "0":
        return tempo
    return f"lower for {down} second{'' if down == '1' else 's'}"


def adaptation_of(protocol: Protocol | None, library: Library) -> Adaptation:
    """How amounts change from what was logged: as the protocol says, else as the library does."""
    own = None if protocol is None else protocol.adaptation
    return own or library.plan.adaptation


def change_words(item: Item, terms: Adaptation) -> str:
    """Why the amount is another than last time; empty where it is the same."""
    match item.change:
        case "up":
            quiet = f"the last {terms.sessions_to_progress} times stayed quiet"
            return f"{_more(item, terms)}: {quiet}."
        case "at_limit":
            return "The same again: last time was right at the limit."
        case "down":
            return "Less than last time: it hurt more than the limit."
        case "easier":
            return f"In place of {item.instead_of}, which hurt more than the limit twice."
    return ""


def _more(item: Item, terms: Adaptation) -> str:
    if item.load_kg:
        return "A little more weight"
    if item.hold_s:
        return f"{terms.hold_up_s} seconds more"
    return "One repetition more" if terms.reps_up == 1 else f"{terms.reps_up} repetitions more"


# The parts of a page


def session_part(day: Day) -> Part | None:
    """What to do today."""
    session = session_of(day)
    if session is None:
        return _no_session(day)
    if session.kind == "rest":
        return part("Today", *_no_run(day), *_rest(day))
    about = f"About {session.minutes} minutes in all." if session.minutes else ""
    return part("Today", *_no_run(day), *run_lines(session), *_items(day, session), Line(about))


def _no_run(day: Day) -> Iterator[Line]:
    """A day on which running is fine and the plan has none: when the next one is."""
    if day.today.action is Action.REST or day.week[0].session.run is not None:
        return
    ahead = next((planned for planned in day.week if planned.session.run is not None), None)
    then = f"the next one is on {week_day(ahead.on)}" if ahead else "none in the six days after it"
    yield Line(f"No run today; {then}.")


def run_lines(session: Session) -> Iterator[Line]:
    """The run of a session, why it is this one, and when to stop; nothing without a run."""
    run = session.run
    if run is None:
        return
    yield Line(f"{run_words(run)}.")
    where = ["Keep it flat." if run.flat else "", _harder(run), _STEP[run.change]]
    if session.may_add_distance is False and run.change == "easy":
        where.append("No longer than the last one: it was felt, or how it settled is not known.")
    yield Line(" ".join(each for each in where if each))
    yield Line("Stop when it hurts more as you go, or when your stride changes.")


def _harder(run: RunPlan) -> str:
    """In what ways the last step was harder than planned; empty where it was not."""
    if not run.last_harder:
        return ""
    return f"The last one was harder than planned: {listed(harder_words(run.last_harder))}."


def _items(day: Day, session: Session) -> Iterator[Line]:
    terms = adaptation_of(day.protocol, day.library)
    limits = {item.dose.pain_limit_nrs for item in session.items}
    for item in session.items:
        own = f", pain up to {item.dose.pain_limit_nrs}" if len(limits) > 1 else ""
        said = [f"{item_words(item)}{own}.", change_words(item, terms)]
        yield point(" ".join(each for each in said if each), cited(item.dose, day.library))
    if len(limits) == 1:
        yield Line(pain_words(limits.pop()))


def pain_words(pain_nrs: int) -> str:
    """When to ease an exercise or leave it out."""
    if pain_nrs == 0:
        return "Leave out an exercise that hurts."
    return f"Ease an exercise, or leave it out, when it hurts more than {pain_nrs}."


def _rest(day: Day) -> Iterator[Line]:
    if state_of(day.today) == "answer_first":
        yield Line("Rest until these answers are in; then ask again.")
    elif day.today.rests_for_pain:
        yield Line("Rest is today's session. Look again tomorrow, after your check-in.")
    elif day.today.asks_first:
        yield Line("Rest is today's session, and some answers are open.")
    else:
        yield Line("Rest is today's session. An early night is a good way to spend it.")


def _no_session(day: Day) -> Part | None:
    if day.today.action is Action.REFER:
        return part("Today", Line("No training until a clinician has had a look."))
    return part("Today", Line("There is no plan for this: rest, and ask a clinician."))


def week_part(day: Day) -> Part | None:
    """The week to come, a line a day."""
    if not day.week or day.today.action is Action.REFER:
        return None
    said = (f"{week_day(planned.on)}  {_day_words(planned, day.as_of)}" for planned in day.week)
    return part("The week, as it looks today", *(Line(text) for text in said))


def _day_words(planned: PlannedDay, today: date) -> str:
    session = planned.session
    title = session_title(session)
    minutes = f", about {session.minutes} min" if session.minutes else ""
    now = " (today)" if planned.on == today else ""
    return f"{title}{minutes}{now}"
