"""What each key of the runner's file is called, in a sentence and in the schema."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One key in words.

    `noun` fits before "is a whole number from 0 to 10"; `unit` is None where there is none.
    """

    noun: str
    description: str
    unit: str | None = None


_PAIN = "0 is no pain, 10 the worst that can be imagined."
_RATED = "whole number, 0-10"


def _pain(when: str) -> Word:
    return Word("pain", f"Pain {when}. {_PAIN}", _RATED)


def _answer(key: str, description: str) -> Word:
    return Word(key, description)


_WORDS: Mapping[str, Word] = {
    # everywhere
    "on": Word("the day", "The day that this record is about."),
    "recorded_at": Word("the time of recording", "When this was written down, with its offset."),
    "note": Word("the note", "Anything worth remembering. It is kept, and decides nothing."),
    "rpe": Word("the effort", "How hard it felt. 0 is rest, 10 all that was possible.", _RATED),
    # runner
    "runner.name": Word("the name", "What the runner is called."),
    "runner.born": Word("the year of birth", "Year of birth.", "year"),
    "runner.timezone": Word("the time zone", "IANA name, such as Europe/Lisbon. Default UTC."),
    "runner.mass_kg": Word("the body mass", "Body mass.", "kg"),
    "runner.height_m": Word("the height", "Body height.", "m"),
    "runner.free_days": Word("the list of free days", "Weekdays on which there is time to train."),
    "runner.kit": Word("the list of kit", "What there is to train with."),
    # episode
    "episode.started_on": Word("the first day", "The first day of this injury."),
    "episode.side": Word("the side", "The leg that hurts."),
    "episode.site": Word("the site", "Where it hurts most."),
    "episode.onset": Word("the onset", "How it began."),
    "episode.mechanism": Word("the mechanism", "What was being done when it began."),
    "episode.popped": _answer("popped", "A pop was felt or heard."),
    "episode.bruise": Word("the bruise", "How large the bruise became."),
    "episode.had_to_stop": _answer("had_to_stop", "Had to stop within five minutes."),
    "episode.quality": Word("the quality of the pain", "What the pain feels like."),
    "episode.sitting_hurts": _answer("sitting_hurts", "Sitting on it hurts."),
    "episode.days_to_pain_free_walk": Word(
        "the number of days", "Days until walking was free of pain.", "days"
    ),
    "episode.previous_strains": Word(
        "the number of earlier strains", "Earlier strains of the same leg, ever.", "count"
    ),
    "episode.previous_strains_12_months": Word(
        "the number of earlier strains",
        "Earlier strains of the same leg in the last 12 months.",
        "count",
    ),
    "episode.previous_strain_ended_on": Word(
        "the last day", "Back to full running after the last strain."
    ),
    "episode.previous_strain_reached_speed": _answer(
        "previous_strain_reached_speed",
        "Ran at 90 % or more of top speed before the last strain was over.",
    ),
    "episode.clinician_grade": Word("the grade", "Grade, only if a clinician said so."),
    "episode.protocol": Word("the plan's id", "Id of the plan to follow; else one is suggested."),
    "episode.race_on": Word("the day of the race", "The day of the race that is aimed at."),
    "episode.goal": Word("the goal", "What the runner wants to get back to."),
    # screenings
    "screenings.all_clear": _answer(
        "all_clear", "Every red-flag question was asked, and every answer was no."
    ),
    # check-ins
    "check_ins.pain_morning": _pain("at the first steps of the day"),
    "check_ins.pain_rest": _pain("at rest"),
    "check_ins.pain_walking": _pain("while walking"),
    "check_ins.limp": _answer("limp", "Walks with a limp."),
    "check_ins.bears_weight": _answer("bears_weight", "Can take four steps on the leg."),
    "check_ins.stiff_min": Word("the stiffness", "Minutes until the leg is loose.", "min"),
    "check_ins.new_bruise": _answer("new_bruise", "A bruise that was not there before."),
    "check_ins.new_symptoms": _answer(
        "new_symptoms", "Something new; the red-flag questions are asked again."
    ),
    "check_ins.sleep_h": Word("sleep", "Hours of sleep last night.", "h"),
    "check_ins.fatigue": Word("fatigue", "How tired. 0 is fresh, 10 exhausted.", _RATED),
    "check_ins.readiness": Word("readiness", "Confidence in the leg. 10 is complete.", _RATED),
    "check_ins.protein": _answer("protein", "Ate enough protein yesterday."),
    "check_ins.hydrated": _answer("hydrated", "Drank enough yesterday."),
    # runs
    "runs.start": Word("the start", "When the run began, with its offset from UTC."),
    "runs.file": Word(
        "the file", "Path of the activity file, from this file. Numbers given here win over it."
    ),
    "runs.kind": Word("the kind of run", "What kind of run it was."),
    "runs.treadmill": _answer("treadmill", "On a treadmill."),
    "runs.duration_s": Word("the duration", "From the first second to the last.", "s"),
    "runs.distance_m": Word("the distance", "Distance covered.", "m"),
    "runs.ascent_m": Word("the ascent", "Metres climbed.", "m"),
    "runs.longest_continuous_s": Word(
        "the longest stretch", "Longest stretch of running without walking.", "s"
    ),
    "runs.top_speed_pct": Word(
        "the top speed", "Fastest moment, of own top speed, self-rated.", "percent"
    ),
    "runs.pain_before": _pain("before the run"),
    "runs.pain_during": _pain("during the run, at its worst"),
    "runs.pain_after": _pain("an hour or two after the run"),
    "runs.pain_trend": Word("the trend", "How the pain went as the run went on."),
    "runs.limped": _answer("limped", "Limped at some moment of the run."),
    "runs.form_changed": _answer("form_changed", "Ran differently from usual."),
    "runs.stopped_early": _answer("stopped_early", "Stopped before the end."),
    "runs.hesitated": _answer("hesitated", "Held back at speed."),
    "runs.sharp": _answer("sharp", "Felt a sharp or grabbing pain."),
    "runs.step": Word("the step", "The step of the plan that was followed, such as R3."),
    "runs.shoes": Word("the name of the shoes", "Which shoes."),
    "runs.timer_s": Word("the time on the watch", "Time with the timer running.", "s"),
    "runs.moving_s": Word("the moving time", "Time in motion.", "s"),
    "runs.running_s": Word("the running time", "Time of running that was found.", "s"),
    "runs.walk_breaks": Word("the number of walk breaks", "Walk breaks between runs.", "count"),
    "runs.cadence_spm": Word("the cadence", "Steps of both feet a minute.", "steps a minute"),
    "runs.best_speed_mps": Word("the best speed", "Fastest speed that was held.", "m/s"),
    # tests
    "tests.test": Word("the test's id", "Id in the tests library, such as hop_in_place."),
    "tests.left": Word("the left value", "Left leg, or the one value.", "the test's own"),
    "tests.right": Word("the right value", "Right leg.", "the test's own"),
    "tests.pain_left": _pain("in the left thigh during the test"),
    "tests.pain_right": _pain("in the right thigh during the test"),
    "tests.steady": _answer("steady", "It was done without wobbling."),
    # sessions
    "sessions.kind": Word("the kind of session", "What kind of session it was."),
    "sessions.items": Word("the list of exercises", "What was done, one table an exercise."),
    "sessions.minutes": Word("the length", "How long the session took.", "min"),
    "items.exercise": Word("the exercise's id", "Id in the exercise library."),
    "items.sets": Word("the number of sets", "Sets done.", "count"),
    "items.reps": Word("the number of repetitions", "Repetitions in each set.", "count"),
    "items.hold_s": Word("the hold", "How long each repetition was held.", "s"),
    "items.minutes": Word("the length", "How long it took.", "min"),
    "items.load_kg": Word("the load", "Weight added to the body's own.", "kg"),
    "items.pain": _pain("during the exercise, at its worst"),
    "items.skipped": _answer("skipped", "It was planned and left out."),
    # phases
    "phases.id": Word("the phase's id", "Id of the phase that was entered."),
    "phases.by": Word("the one who said so", "Who said so."),
    "phases.reason": Word("the reason", "Why the phase was entered."),
    # overrides
    "overrides.by": Word("the clinician's name", "Name and profession of the clinician."),
    "overrides.reason": Word("the reason", "What was seen, and what follows from it."),
    "overrides.advance_to": Word("the phase's id", "The phase to go to, at most one ahead."),
    "overrides.hold_until": Word("the last day of the hold", "Stay in this phase to this day."),
    "overrides.clear_red_flags": _answer(
        "clear_red_flags", "The clinician has looked into the red flags and closes them."
    ),
}

TABLES: Mapping[str, Word] = {
    "runner": Word("the runner", "Who runs."),
    "episode": Word("the episode", "One injury, from its first day."),
    "screenings": Word("a screening", "The red-flag questions of one day, with their answers."),
    "check_ins": Word("a check-in", "The morning's answers."),
    "runs": Word("a run", "One run: what the watch measured and what the runner felt."),
    "tests": Word("a test", "One test on one day, in the test's own unit."),
    "sessions": Word("a session", "Strength, mobility, warm-up or cross-training that was done."),
    "phases": Word("a phase", "The day on which a phase was entered, and who said so."),
    "overrides": Word("an override", "A clinician's word. It never beats an open red flag."),
    "items": Word("an exercise", "What was done of one exercise."),
}
"""The tables themselves; the noun is one record."""


def word(table: str, key: str) -> Word:
    """The key of a table in words; a key without words of its own is a red-flag question."""
    found = _WORDS.get(f"{table}.{key}") or _WORDS.get(key)
    return found or Word(key, "Red-flag question. True is yes, false is no.")
