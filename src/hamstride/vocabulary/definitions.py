"""The facts that code computes: what each means, its unit, its range, and who can answer it."""

from collections.abc import Mapping

from hamstride.vocabulary.fact import FactDefinition

_NRS = "nrs"
_DAYS = "days"


def _yes_no(fact_id: str, meaning: str, *asks: str) -> FactDefinition:
    return FactDefinition(fact_id, "true_false", meaning, asks=asks)


def _choice(fact_id: str, meaning: str, choices: str, *asks: str) -> FactDefinition:
    return FactDefinition(fact_id, "choice", meaning, choices=tuple(choices.split()), asks=asks)


def _pain(fact_id: str, meaning: str, *asks: str) -> FactDefinition:
    return FactDefinition(fact_id, "number", meaning, _NRS, 0, 10, 1, asks=asks)


def _change(fact_id: str, meaning: str, *asks: str) -> FactDefinition:
    return FactDefinition(fact_id, "number", meaning, _NRS, -10, 10, 0.5, asks=asks)


def _count(fact_id: str, meaning: str, unit: str, highest: float, *asks: str) -> FactDefinition:
    return FactDefinition(fact_id, "number", meaning, unit, 0, highest, 1, asks=asks)


_TODAY = (
    _yes_no("limp", "limps when walking", "check_ins.limp"),
    _yes_no("bears_weight", "can put weight on the leg", "check_ins.bears_weight"),
    _pain("pain_morning_nrs", "pain on the first steps of the day", "check_ins.pain_morning"),
    _pain("pain_walking_nrs", "pain when walking", "check_ins.pain_walking"),
    _pain("pain_rest_nrs", "pain at rest", "check_ins.pain_rest"),
    _yes_no("new_bruise", "a new bruise", "check_ins.new_bruise"),
    _yes_no("new_symptoms", "a new symptom", "check_ins.new_symptoms"),
    _count("readiness", "confidence in the leg, 0-10", "of 10", 10, "check_ins.readiness"),
    _count("fatigue", "tiredness, 0-10", "of 10", 10, "check_ins.fatigue"),
    FactDefinition(
        "sleep_h", "number", "hours slept", "h", 0, 24, 0.5, asks=("check_ins.sleep_h",)
    ),
    _change(
        "pain_morning_over_usual_nrs",
        "morning pain above the runner's usual, which is the median of the week before",
        "check_ins.pain_morning",
    ),
    _change(
        "pain_morning_week_change_nrs",
        "median morning pain of these 7 days above that of the 7 days before",
        "check_ins.pain_morning",
    ),
    _change("pain_morning_week_nrs", "median morning pain of these 7 days"),
    _count(
        "mornings_without_limp_in_a_row",
        "mornings in a row, up to today, known to be without a limp",
        _DAYS,
        400,
        "check_ins.limp",
    ),
    _count("days_without_pain_in_a_row", "days in a row, up to today, known to be free of pain",
           _DAYS, 400),
    _count(
        "rest_for_pain_days",
        "days that rested for pain, a limp or a change of form; one bad run counts once",
        _DAYS,
        400,
        "check_ins.pain_morning",
    ),
)  # fmt: skip

_AFTER_RUNS = (
    _pain(
        "pain_morning_after_run_nrs",
        "worst morning pain on a day after a run",
        "check_ins.pain_morning",
    ),
    _yes_no(
        "unsettled_after_run",
        "mornings rose above the usual after a run and have not settled since",
        "check_ins.pain_morning",
    ),
    _change(
        "morning_after_last_run_over_usual_nrs",
        "morning pain above the usual on the day after the last run",
        "check_ins.pain_morning",
    ),
)

_FLAGS = (
    _yes_no(
        "red_flag_questions_open",
        "some red-flag question has not been asked or answered",
        "screenings.all_clear",
    ),
    _yes_no(
        "new_signs_since_asked",
        "a new bruise or a new symptom since the red-flag questions were asked",
        "screenings.all_clear",
    ),
    _yes_no(
        "red_flag_popped_with_sign",
        "a pop at the onset, together with no weight on the leg, no walk without a limp, a large "
        "bruise or marked weakness",
        "episode.popped",
        "episode.bruise",
    ),
    _yes_no(
        "red_flag_large_bruise",
        "a large bruise after a sudden onset",
        "episode.onset",
        "episode.bruise",
    ),
    _yes_no("red_flag_grade_3", "a clinician gave grade 3"),
    _yes_no(
        "red_flag_cannot_bear_weight_today",
        "a check-in said that the leg bears no weight",
        "check_ins.bears_weight",
    ),
    _yes_no(
        "red_flag_three_limping_mornings", "limped on three mornings in a row", "check_ins.limp"
    ),
    _yes_no(
        "severe_sign_cleared", "a strong sign of this episode was ended by a clinician's clearing"
    ),
    _yes_no(
        "asked_again_after_onset", "the red-flag questions were asked on the third day or later"
    ),
    _count("age_years", "age in the year of the day", "years", 120, "runner.born"),
)

_EPISODE = (
    _choice("side", "the injured side", "left right both"),
    _choice("onset", "how it began", "sudden gradual", "episode.onset"),
    _choice(
        "site",
        "where it hurts",
        "sit_bone upper_thigh mid_thigh lower_thigh buttock below_knee",
        "episode.site",
    ),
    _choice(
        "mechanism",
        "what brought it on",
        "sprinting stretch blow overuse unknown",
        "episode.mechanism",
    ),
    _choice("quality", "what it feels like", "sharp dull tight burning", "episode.quality"),
    _choice("bruise", "a bruise", "none small large", "episode.bruise"),
    _yes_no("popped", "felt or heard a pop", "episode.popped"),
    _yes_no("had_to_stop", "had to stop within five minutes", "episode.had_to_stop"),
    _yes_no("sitting_hurts", "sitting hurts", "episode.sitting_hurts"),
    _count(
        "days_to_pain_free_walk",
        "days until walking was free of pain",
        _DAYS,
        400,
        "episode.days_to_pain_free_walk",
    ),
    _yes_no(
        "limped_second_morning",
        "limped on the second morning after the onset",
        "check_ins.limp",
        "episode.days_to_pain_free_walk",
    ),
    _count("clinician_grade", "the grade a clinician gave; 0 when none did", "of 3", 3),
    _count("days_since_onset", "days since it began", _DAYS, 400),
    _count("strains_12_months", "strains of this leg in 12 months, this one counted", "strains", 51,
           "episode.previous_strains_12_months"),
    _count(
        "days_since_previous_strain",
        "days from the end of the last strain to the onset of this one; 400 when that was longer "
        "ago or there was none",
        _DAYS,
        400,
        "episode.previous_strain_ended_on",
    ),
    _yes_no(
        "previous_strain_reached_speed",
        "ran at 90 % or more of top speed before the last strain was over",
        "episode.previous_strain_reached_speed",
    ),
    _yes_no("ever_limped", "a limp was ever recorded in this episode", "check_ins.limp"),
    _pain("worst_pain_nrs", "the worst pain recorded in this episode", "check_ins.pain_morning"),
    _yes_no(
        "pain_eased_in_a_run", "pain eased as a run went on", "runs.pain_trend"
    ),
)  # fmt: skip

_BEFORE_ONSET = (
    FactDefinition(
        "speed_runs_over_usual",
        "number",
        "speed sessions in the week before the onset above the weekly usual of the weeks before",
        "runs", -10, 50, 0.25,
    ),
    FactDefinition(
        "fast_m_over_usual",
        "number",
        "fast metres in the 7 days up to the onset, as measured, above the usual week before them",
        "m", -50000, 50000, 1,
    ),
    FactDefinition(
        "fast_spreads_over_usual",
        "number",
        "those fast metres above the usual week in spreads, which are how far the weeks lie apart",
        "spreads", -1000, 1000, 0.25,
    ),
    FactDefinition(
        "ascent_over_most_m",
        "number",
        "ascent in the week before the onset above the most in any of the four weeks before it",
        "m", -20000, 20000, 1,
    ),
    FactDefinition(
        "steep_over_most_s",
        "number",
        "running on steep slopes in the week before the onset, as measured, above the most in any "
        "of the four weeks before it",
        "s", -100000, 100000, 1,
    ),
    FactDefinition(
        "run_over_longest_pct_before_onset",
        "number",
        "the longest run of the week before the onset, in percent of the longest in the 30 days "
        "before it",
        "%", 0, 1000, 1,
    ),
    FactDefinition(
        "week_over_previous_pct_before_onset",
        "number",
        "distance of the week before the onset in percent of the week before that",
        "%", 0, 1000, 1,
    ),
    FactDefinition(
        "fast_running_cadence_spm",
        "number",
        "lowest cadence of a run at more than an easy speed in the weeks before the onset",
        "steps/min", 0, 300, 1,
    ),
    FactDefinition(
        "step_length_over_usual_pct",
        "number",
        "step length in the week before the onset in percent of what the same speed took before",
        "%", 0, 1000, 1,
    ),
    _yes_no("new_shoes_before_onset", "other shoes in the weeks before the onset", "runs.shoes"),
    _yes_no("warmed_up_before_onset_run", "a warm-up logged on the day of the onset"),
    FactDefinition("sleep_average_h", "number", "average sleep of the 14 days before", "h", 0, 24,
                   0.25, asks=("check_ins.sleep_h",)),
)  # fmt: skip

_RUNS = (
    _yes_no("ran", "a run was recorded"),
    _yes_no("speed_session", "a speed session was recorded"),
    _pain("last_run_pain_nrs", "worst pain during the last run", "runs.pain_during"),
    _pain(
        "last_speed_session_pain_nrs",
        "worst pain during the last run, if that was a speed session; else 0",
        "runs.pain_during",
    ),
    _yes_no("last_run_limped", "limped in the last run", "runs.limped"),
    _yes_no("last_run_form_changed", "form changed in the last run", "runs.form_changed"),
    _yes_no("last_run_got_worse", "pain got worse as the last run went on", "runs.pain_trend"),
    _yes_no("last_run_sharp", "a sharp or grabbing pain in the last run", "runs.sharp"),
    _change(
        "last_run_rise_nrs", "pain after the last run above pain before it", "runs.pain_after"
    ),
    _yes_no(
        "last_run_not_silent",
        "pain during the last run, after it or on the morning after",
        "runs.pain_during",
        "runs.pain_after",
        "check_ins.pain_morning",
    ),
    FactDefinition(
        "last_run_over_longest_pct", "number",
        "the last run in percent of the longest in the 30 days before it; ladder steps run as "
        "prescribed and short runs count as 100",
        "%", 0, 1000, 1,
    ),
    _yes_no(
        "last_run_jumped",
        "the last day with a run jumped over the days before it, in distance or in load",
    ),
    _yes_no("limped_in_a_run", "limped in a run", "runs.limped"),
    _yes_no("sharp_in_a_speed_session", "a sharp pain in a speed session", "runs.sharp"),
    _yes_no(
        "sharp_and_stopped_early",
        "a sharp pain and a run that was stopped early",
        "runs.sharp",
        "runs.stopped_early",
    ),
    _count("sharp_runs_on_one_step", "runs with a sharp pain on the same step", "runs", 400),
    _count("days_since_step_climbed",
           "days since a higher step than any before was run; 400 when that was longer ago",
           _DAYS, 400),
    _count("days_since_last_run", "days since the last run; 400 when there was none", _DAYS, 400),
    FactDefinition(
        "last_run_longest_min", "number",
        "longest stretch of the last run without a walk break, as the watch recorded it",
        "min", 0, 3000, 0.25,
    ),
    _count("last_run_walk_breaks", "walk breaks of the last run", "breaks", 400),
    FactDefinition("last_run_ascent_m", "number", "ascent of the last run", "m", 0, 50000, 1),
    FactDefinition(
        "last_run_cadence_spm", "number", "cadence while running, in the last run", "steps/min",
        0, 300, 1,
    ),
    FactDefinition(
        "best_speed_mps", "number", "fastest ten seconds of the last 30 days", "m/s", 0, 15, 0.01
    ),
    FactDefinition("longest_run_m", "number", "longest run of the last 30 days", "m", 0, 300000, 1),
    FactDefinition(
        "longest_run_min", "number", "longest run of the last 30 days", "min", 0, 3000, 1
    ),
    FactDefinition("week_distance_m", "number", "distance of the last 7 days", "m", 0, 1000000, 1),
    FactDefinition(
        "previous_week_distance_m", "number", "distance of the 7 days before those", "m", 0,
        1000000, 1,
    ),
)  # fmt: skip

_PHASE = (
    _count("days_in_phase", "days since the phase was entered", _DAYS, 400),
    _choice("phase_running", "the running of the phase", "none walk_run continuous speed"),
    _yes_no("phase_has_running", "the phase has running"),
    _yes_no("phase_is_last", "the phase is the last: watching after return"),
    _choice("severity", "how severe the answers look", "mild moderate severe"),
    _choice("pattern", "what the answers look like", "strain tendon neural overload unclear"),
    _yes_no("protocol_fits", "the assessment found a plan that fits"),
    _yes_no("clinician_let_run", "a clinician's word let running begin"),
)

COMPUTED: Mapping[str, FactDefinition] = {
    definition.id: definition
    for group in (_TODAY, _AFTER_RUNS, _FLAGS, _EPISODE, _BEFORE_ONSET, _RUNS, _PHASE)
    for definition in group
}
"""Every fact that code computes, by id. `loading` adds those that the library declares."""
