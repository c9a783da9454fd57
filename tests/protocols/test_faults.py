"""A key or value that does not fit is told with its file, its row, what is there and what fits."""

from pathlib import Path

import pytest

from small_protocols import FILES, Slip, change, faults, write_mine

HEAD, CALM, RUN = FILES
WOKE_UP = "mine/2_run.toml, modify_if 'woke_up_sore'"
WALKS = "mine/1_calm.toml, advance_when 'walks_well'"
ONE_CONSTANT = "a comparison has exactly one of at_least, at_most, above, below, equals"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The folder of a sound protocol of two phases, to put a slip in."""
    return write_mine(tmp_path)


KEYS: dict[str, Slip] = {
    "unknown": (
        CALM,
        "reps           = 12",
        "reps_          = 12",
        "mine/1_calm.toml, doses 'glute_bridge': there is no key 'reps_' here. "
        "Did you mean 'reps'?",
    ),
    "unknown in a comparison": (
        RUN,
        "within_days = 0",
        "within_day = 0",
        f"{WOKE_UP} all row 1: there is no key 'within_day' here. Did you mean 'within_days'?",
    ),
    "unlike any": (
        HEAD,
        "recent_days               = 60\n",
        "recent_days = 60\nzzz = 1\n",
        "mine/protocol.toml, ladder: there is no key 'zzz' here. Known: asks, clean_needed, "
        "clean_needed_after_recent, note, recent_days, restart_after_days, restart_at, source, "
        "start_at, unclean_to_step_down, where.",
    ),
    "of another table": (
        HEAD,
        'ours        = false\n',
        'ours        = false\nexercise = "rdl"\n',
        "mine/protocol.toml: there is no key 'exercise' here. Known: adaptation, advice, asks, "
        "for_whom, id, ladder, mention_if, modify_if, not_for, ours, phases, refer_if, rest_if, "
        "reviewed_on, silent_windows, source, title, version, week, where.",
    ),
    "text missing": (
        CALM,
        'say    = "Walk with pain of at most 1 for three days."\n',
        "",
        f"{WALKS}: 'say' is missing. Needed here: source, id, say, all.",
    ),
    "source missing": (
        CALM,
        'source = "three_questions"\n',
        "",
        f"{WALKS}: 'source' is missing. Needed here: source, id, say, all.",
    ),
    "id missing": (
        CALM,
        'id     = "walks_well"\n',
        "",
        "mine/1_calm.toml, advance_when row 1: 'id' is missing. Needed here: source, id, say, all.",
    ),
    "comparisons missing": (
        RUN,
        'all    = [{ fact = "pain_morning_nrs", at_least = 1, within_days = 0 }]\n',
        "",
        f"{WOKE_UP}: 'all' is missing. Needed here: source, id, say, all.",
    ),
    "title of a phase missing": (
        RUN,
        'title   = "Run again"\n',
        "",
        "mine/2_run.toml: 'title' is missing. Needed here: id, title, goal, running, source.",
    ),
    "text empty": (
        CALM,
        '"Walk with pain of at most 1 for three days."',
        '" "',
        f"{WALKS} say: this text is empty; write it, or take the row out.",
    ),
    "id of two words": (
        CALM,
        '"walks_well"',
        '"walks well"',
        "mine/1_calm.toml, advance_when 'walks well' id: found 'walks well'; an id is made of "
        "letters, digits and _.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", KEYS.values(), ids=KEYS)
def test_a_key_that_is_unknown_or_missing_is_named_with_those_that_fit(
    tmp_path: Path, mine: Path, slip: Slip
) -> None:
    file, old, new, said = slip
    change(mine / file, old, new)

    found = faults(tmp_path)

    assert found == [said]


AT_LEAST = f"{WOKE_UP} all row 1 at_least"
COMPARISONS = """[
    { fact = "pain_walking_nrs", at_most = 1, within_days = 2 },
    { fact = "days_in_phase", at_least = 3 },
]"""
TYPES: dict[str, Slip] = {
    "a number in quotes": (
        RUN,
        "at_least = 1",
        'at_least = "1"',
        f"{AT_LEAST}: found '1'; what fits is a number.",
    ),
    "true for a number": (
        RUN,
        "at_least = 1",
        "at_least = true",
        f"{AT_LEAST}: found true; what fits is a number.",
    ),
    "a list for a constant": (
        RUN,
        "at_least = 1",
        "equals = [1]",
        f"{WOKE_UP} all row 1 equals: found a list; what fits is true or false or a number or a "
        "text in quotes.",
    ),
    "a point where none is": (
        CALM,
        "= 12",
        "= 12.0",
        "mine/1_calm.toml, doses 'glute_bridge' reps: found 12.0; what fits is a whole number.",
    ),
    "too few": (
        CALM,
        "= 12",
        "= 0",
        "mine/1_calm.toml, doses 'glute_bridge' reps: found 0; what fits is 1 or more.",
    ),
    "too many": (
        CALM,
        "= 12",
        "= 101",
        "mine/1_calm.toml, doses 'glute_bridge' reps: found 101; what fits is 100 or less.",
    ),
    "a window of over a year": (
        RUN,
        "within_days = 0",
        "within_days = 401",
        f"{WOKE_UP} all row 1 within_days: found 401; what fits is 400 or less.",
    ),
    "infinite": (
        RUN,
        "at_least = 1",
        "at_least = inf",
        f"{AT_LEAST}: found inf; a number is finite.",
    ),
    "not a number": (
        RUN,
        "at_least = 1",
        "at_least = nan",
        f"{AT_LEAST}: found nan; a number is finite.",
    ),
    "2 to the 63rd": (
        RUN,
        "at_least = 1",
        "at_least = 9223372036854775808",
        f"{AT_LEAST}: found a number beyond 64 bits; no fact is that large.",
    ),
    "below minus 2 to the 63rd": (
        RUN,
        "at_least = 1",
        "at_least = -9223372036854775809",
        f"{AT_LEAST}: found a number beyond 64 bits; no fact is that large.",
    ),
    "5000 digits": (
        RUN,
        "at_least = 1",
        f"at_least = 1{'0' * 5000}",
        "mine/2_run.toml: a number has thousands of digits; whole numbers have 64 bits.",
    ),
    "a word of another list": (
        CALM,
        '"none"',
        '"walking"',
        "mine/1_calm.toml, running: found 'walking'; what fits is 'none', 'walk_run', "
        "'continuous' or 'speed'.",
    ),
    "a very long word": (
        CALM,
        '"none"',
        f'"{"n" * 70}"',
        f"mine/1_calm.toml, running: found '{'n' * 59}...; what fits is 'none', 'walk_run', "
        "'continuous' or 'speed'.",
    ),
    "a yes": (
        RUN,
        "last    = true",
        'last    = "yes"',
        "mine/2_run.toml, last: found 'yes'; what fits is true or false.",
    ),
    "a day in words": (
        HEAD,
        "2026-11-24",
        '"24 November"',
        "mine/protocol.toml, reviewed_on: found '24 November'; what fits is a day such as "
        "2026-11-24.",
    ),
    "a day for a text": (
        HEAD,
        '"1.0.0"',
        "2026-11-24",
        "mine/protocol.toml, version: found 2026-11-24; what fits is a text in quotes.",
    ),
    "a table for a text": (
        CALM,
        '"Calm down"',
        '{ en = "Calm down" }',
        "mine/1_calm.toml, title: found a table; what fits is a text in quotes.",
    ),
    "a text for a list": (
        CALM,
        '["S2-12"]',
        '"S2-12"',
        f"{WALKS} asks: found 'S2-12'; what fits is a list in [ ].",
    ),
    "a text for a table": (
        CALM,
        COMPARISONS,
        '["walks"]',
        f"{WALKS} all row 1: found 'walks'; what fits is a table.",
    ),
    "no comparison": (
        CALM,
        COMPARISONS,
        "[]",
        f"{WALKS} all: found an empty list; what fits is a list with 1 or more rows.",
    ),
    "no constant": (
        RUN,
        "at_least = 1, ",
        "",
        f"{WOKE_UP} all row 1: {ONE_CONSTANT}; this one has none.",
    ),
    "two constants": (
        RUN,
        "at_least = 1",
        "at_least = 1, below = 4",
        f"{WOKE_UP} all row 1: {ONE_CONSTANT}; this one has at_least and below.",
    ),
    "an urgency that is none": (
        HEAD,
        '"urgent"',
        '"soon"',
        "mine/protocol.toml, refer_if 'walking_pain_8' urgency: found 'soon'; what fits is "
        "'routine', 'urgent', 'same_day' or 'emergency'.",
    ),
}


@pytest.mark.parametrize("slip", TYPES.values(), ids=TYPES)
def test_a_value_of_another_kind_is_told_with_what_fits(
    tmp_path: Path, mine: Path, slip: Slip
) -> None:
    file, old, new, said = slip
    change(mine / file, old, new)

    found = faults(tmp_path)

    assert found == [said]
