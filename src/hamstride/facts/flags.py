"""Red flags: open from the day they were seen until a clinician ended them.

A routine one also ends with a later screening that answers no. Nothing here says how urgent a
flag is or what follows; that is data of the library.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from hamstride.facts.log import Log, days_before
from hamstride.facts.symptoms import Function
from hamstride.records import Screening
from hamstride.vocabulary import Fact


def _cleared_after(log: Log, day: date, seen_on: date) -> bool:
    """Whether a clinician ended every flag dated before some later day, up to this one."""
    return any(row.clear_red_flags and seen_on < row.on <= day for row in log.case.overrides)


def _screenings(log: Log, day: date) -> list[Screening]:
    return sorted((row for row in log.case.screenings if row.on <= day), key=lambda row: row.on)


def _answer(screening: Screening, key: str) -> bool | None:
    said = screening.answers.get(key)
    return False if said is None and screening.all_clear else said


def question(key: str, urgency: str) -> Function:
    """Whether the flag of one question is open."""
    fact_id = f"red_flag_{key}"

    def fact(log: Log, day: date, _: int | None) -> Fact:
        rows = _screenings(log, day)
        yes = [row.on for row in rows if _answer(row, key)]
        no = [row.on for row in rows if _answer(row, key) is False]
        for on in reversed(yes):
            ended = _cleared_after(log, day, on) or (
                urgency == "routine" and any(later > on for later in no)
            )
            if not ended:
                return Fact(fact_id, True, on, (f"screenings {on}",))
        if not rows:
            return Fact(fact_id, None)
        # Of several screenings only the latest counts; two on one date count together.
        latest = [row for row in rows if row.on == rows[-1].on]
        answers = [_answer(row, key) for row in latest]
        known = True in answers or False in answers
        return Fact(fact_id, False if known else None, rows[-1].on)

    return fact


def _questions_open(log: Log, day: date, _: int | None) -> Fact:
    """Whether some question has no answer; its `asks` name each one."""
    open_keys = tuple(
        f"screenings.{key}"
        for key, urgency in log.declared.flags.items()
        if question(key, urgency)(log, day, None).value is None
    )
    rows = _screenings(log, day)
    if not rows:
        open_keys = ("screenings.all_clear", *open_keys)
    on = rows[-1].on if rows else None
    return Fact("red_flag_questions_open", bool(open_keys), on, asks=open_keys)


def _new_signs(log: Log, day: date, _: int | None) -> Fact:
    """A new sign on the day of the last screening or later; today's answers must be known."""
    rows = _screenings(log, day)
    asked_on = rows[-1].on if rows else date.min
    asks = ("screenings.all_clear",)
    for on, check_in in log.check_ins.items():
        if asked_on <= on <= day and (check_in.new_bruise or check_in.new_symptoms):
            return Fact("new_signs_since_asked", True, on, (f"check_ins {on}",), asks=asks)
    today = _latest_check_in(log, day)
    missing = tuple(
        f"check_ins.{name}"
        for name in ("new_bruise", "new_symptoms")
        if today is None or getattr(log.check_ins[today], name) is None
    )
    return Fact("new_signs_since_asked", None if missing else False, today, asks=missing)


def _latest_check_in(log: Log, day: date) -> date | None:
    reach = log.place.check_in_reach if log.place is not None else 0
    for back in range(reach + 1):
        if days_before(day, back) in log.check_ins:
            return days_before(day, back)
    return None


def _of_episode(fact_id: str, log: Log, day: date, value: bool | None) -> Fact:
    """A flag of the episode is dated the day on which it began."""
    on = log.case.episode.started_on
    if value and _cleared_after(log, day, on):
        value = False
    return Fact(fact_id, value, on, ("episode",))


def any_true(answers: Iterable[bool | None]) -> bool | None:
    """One yes settles it; else one unknown leaves it open."""
    found = list(answers)
    return True if True in found else (None if None in found else False)


def all_true(answers: Iterable[bool | None]) -> bool | None:
    """One no settles it; else one unknown leaves it open."""
    found = list(answers)
    return False if False in found else (None if None in found else True)


def _large_bruise_seen(log: Log) -> bool | None:
    bruise = log.case.episode.bruise
    return None if bruise is None else bruise == "large"


def _ever(log: Log, day: date, key: str) -> bool | None:
    """Whether a screening ever answered yes; unknown when the question was never answered."""
    answers = [_answer(row, key) for row in _screenings(log, day)]
    return any_true(answers) if answers else None


def _seen(answers: Iterable[bool | None]) -> bool | None:
    """Whether any answer said yes; unknown only where nobody answered at all."""
    said = [answer for answer in answers if answer is not None]
    return any(said) if said else None


def _cannot_walk_without_limp(log: Log, day: date) -> bool | None:
    return _seen(row.limp for on, row in log.check_ins.items() if on <= day)


def _cannot_bear_weight(log: Log, day: date) -> bool | None:
    check_ins = [
        None if row.bears_weight is None else not row.bears_weight
        for on, row in log.check_ins.items()
        if on <= day
    ]
    return _seen([*check_ins, _ever(log, day, "cannot_bear_weight")])


def _popped_with_sign(log: Log, day: date, _: int | None) -> Fact:
    """Without any companion a pop alone is no flag, and neither is a companion without a pop."""
    companions = any_true(
        (
            _cannot_bear_weight(log, day),
            _cannot_walk_without_limp(log, day),
            _large_bruise_seen(log),
            _ever(log, day, "marked_weakness"),
        )
    )
    value = all_true((log.case.episode.popped, companions))
    return _of_episode("red_flag_popped_with_sign", log, day, value)


def _large_bruise(log: Log, day: date, _: int | None) -> Fact:
    onset = log.case.episode.onset
    sudden = None if onset is None else onset == "sudden"
    value = all_true((sudden, _large_bruise_seen(log)))
    return _of_episode("red_flag_large_bruise", log, day, value)


def _grade_3(log: Log, day: date, _: int | None) -> Fact:
    # No grade means that none was given: known.
    return _of_episode("red_flag_grade_3", log, day, log.case.episode.clinician_grade == 3)


def _no_weight_today(log: Log, day: date, _: int | None) -> Fact:
    """Latched: any check-in that said so, until a clinician ended it."""
    fact_id = "red_flag_cannot_bear_weight_today"
    for on, check_in in log.check_ins.items():
        if on <= day and check_in.bears_weight is False and not _cleared_after(log, day, on):
            return Fact(fact_id, True, on, (f"check_ins {on}",))
    today = _latest_check_in(log, day)
    answer = None if today is None else log.check_ins[today].bears_weight
    return Fact(fact_id, None if answer is None else False, today)


def _limping_mornings(log: Log, day: date, _: int | None) -> Fact:
    """Latched: calendar mornings in a row with a limp, ending on any day up to this one."""
    fact_id = "red_flag_three_limping_mornings"
    needed = log.declared.symptoms.three_mornings

    def limped(on: date) -> bool | None:
        if on < log.case.episode.started_on:
            return False
        check_in = log.morning(on)
        return None if check_in is None else check_in.limp

    def row_ending(on: date) -> bool | None:
        return all_true(limped(days_before(on, back)) for back in range(needed))

    for on in sorted(log.check_ins):
        if on <= day and row_ending(on) and not _cleared_after(log, day, on):
            return Fact(fact_id, True, on, (f"check_ins {on}",))
    value = row_ending(day)
    today = _latest_check_in(log, day)
    if value is None and today is not None and log.check_ins[today].limp is False:
        value = False
    # A row that a clinician ended is no longer open, even when it ends today.
    return Fact(fact_id, False if value else value, day)


def _severe_sign_cleared(log: Log, day: date, _: int | None) -> Fact:
    episode = log.case.episode
    bruised = episode.onset == "sudden" and episode.bruise == "large"
    seen = [episode.started_on] if bruised else []
    seen += [
        row.on
        for row in _screenings(log, day)
        if _answer(row, "gap_or_bunched_muscle") or _answer(row, "marked_weakness")
    ]
    cleared = any(_cleared_after(log, day, on) for on in seen)
    return Fact("severe_sign_cleared", cleared, day, ("overrides",) if cleared else ())


def _asked_again(log: Log, day: date, _: int | None) -> Fact:
    first = log.case.episode.started_on + timedelta(days=log.declared.symptoms.ask_again_day)
    asked = any(row.on >= first for row in _screenings(log, day))
    return Fact("asked_again_after_onset", asked, day)


def _age(log: Log, day: date, _: int | None) -> Fact:
    born = log.case.runner.born
    return Fact("age_years", None if born is None else max(0, day.year - born), day)


FLAGS: Mapping[str, Function] = {
    "red_flag_questions_open": _questions_open,
    "new_signs_since_asked": _new_signs,
    "red_flag_popped_with_sign": _popped_with_sign,
    "red_flag_large_bruise": _large_bruise,
    "red_flag_grade_3": _grade_3,
    "red_flag_cannot_bear_weight_today": _no_weight_today,
    "red_flag_three_limping_mornings": _limping_mornings,
    "severe_sign_cleared": _severe_sign_cleared,
    "asked_again_after_onset": _asked_again,
    "age_years": _age,
}
