"""What was recorded, in words: one label and one value for each key of the runner's file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from hamstride.explain.numbers import amount, full_day, number
from hamstride.protocols.library import Library
from hamstride.units import M_PER_KM, clock

Row = tuple[str, str]
Table = Mapping[str, Any]

TITLES = {
    "check_ins": "Check-in",
    "runs": "A run",
    "tests": "A test",
    "sessions": "A session",
    "screenings": "Red-flag questions",
    "phases": "A phase",
    "overrides": "What a clinician said",
}
SESSIONS = {
    "strength": "Strength",
    "mobility": "Mobility",
    "warm_up": "Warm-up",
    "cross_training": "Other training",
}
RUNS = {
    "easy": "Easy run",
    "walk_run": "Walk-run",
    "strides": "Strides",
    "hills": "Hills",
    "intervals": "Intervals",
    "sprints": "Sprints",
    "race": "Race",
    "drills": "Drills",
}
NOTED = frozenset({"check_ins", "runs", "tests", "sessions"})
"""Kinds of records that hold a note of their own."""
_TREND = {"eased": "eased as you went", "steady": "stayed the same", "worse": "got worse"}
_BY = {"rule": "its checks were met", "runner": "you", "clinician": "a clinician"}


def _yes_no(value: Any) -> str:
    return "yes" if value else "no"


def _rating(value: Any) -> str:
    return f"{value} of 10"


def _word(words: Mapping[str, str]) -> Callable[[Any], str]:
    return lambda value: words.get(value, str(value))


def _in(unit: str) -> Callable[[Any], str]:
    return lambda value: amount(value, unit)


def _distance(value: Any) -> str:
    return f"{value / M_PER_KM:.2f} km"


def _day(value: Any) -> str:
    return full_day(date.fromisoformat(value))


_KEYS: Mapping[str, Mapping[str, tuple[str, Callable[[Any], str]]]] = {
    "check_ins": {
        "pain_morning": ("Pain on the first steps", _rating),
        "pain_walking": ("Pain when walking", _rating),
        "pain_rest": ("Pain at rest", _rating),
        "limp": ("A limp", _yes_no),
        "bears_weight": ("The leg takes weight", _yes_no),
        "stiff_min": ("Stiff for", _in("min")),
        "new_bruise": ("A new bruise", _yes_no),
        "new_symptoms": ("Something new", _yes_no),
        "sleep_h": ("Sleep", _in("h")),
        "fatigue": ("Tiredness", _rating),
        "readiness": ("Trust in the leg", _rating),
        "protein": ("Enough protein", _yes_no),
        "hydrated": ("Drank steadily", _yes_no),
    },
    "runs": {
        "kind": ("Kind", _word(RUNS)),
        "step": ("Step of the ladder", str),
        "treadmill": ("On a treadmill", _yes_no),
        "distance_m": ("Distance", _distance),
        "duration_s": ("Time", clock),
        "longest_continuous_s": ("Longest without walking", clock),
        "ascent_m": ("Up", _in("m")),
        "top_speed_pct": ("Of your own top speed", _in("%")),
        "rpe": ("Effort", _rating),
        "pain_before": ("Pain before", _rating),
        "pain_during": ("Pain during, at its worst", _rating),
        "pain_after": ("Pain an hour or two later", _rating),
        "pain_trend": ("As the run went on, pain", _word(_TREND)),
        "limped": ("A limp", _yes_no),
        "form_changed": ("The stride changed", _yes_no),
        "stopped_early": ("Stopped early", _yes_no),
        "hesitated": ("Held back at speed", _yes_no),
        "sharp": ("A sharp or grabbing pain", _yes_no),
        "shoes": ("Shoes", str),
    },
    "sessions": {"minutes": ("Time", _in("min"))},
    "overrides": {
        "by": ("Who", str),
        "reason": ("Why", str),
        "hold_until": ("Stay here until", _day),
        "clear_red_flags": ("The red flags were looked at", _yes_no),
    },
}


def record_title(kind: str, body: Table, library: Library) -> str:
    """What a record is, in a few words."""
    if kind == "tests":
        test = library.tests.get(body["test"])
        return body["test"] if test is None else test.title
    if kind == "sessions":
        return SESSIONS[body["kind"]]
    if kind == "runs":
        return RUNS.get(body.get("kind", ""), "A run")
    if kind == "phases":
        titles = phase_titles(library)
        return f"Entered “{titles.get(body['id'], body['id'])}”"
    return TITLES[kind]


def record_rows(kind: str, body: Table, library: Library) -> list[Row]:
    """What a record says, one row a key; what was not answered is not there."""
    keys = _KEYS.get(kind, {})
    rows = [(label, say(body[key])) for key, (label, say) in keys.items() if key in body]
    return [*rows, *_further(kind, body, library)]


def phase_titles(library: Library) -> dict[str, str]:
    """The titles of all phases by their ids."""
    return {
        phase.id: phase.title
        for protocol in library.protocols.values()
        for phase in protocol.phases
    }


def _further(kind: str, body: Table, library: Library) -> Iterator[Row]:
    if kind == "tests":
        yield from _sides(body, library)
    elif kind == "sessions":
        for item in body.get("items", ()):
            yield _item(item, library)
    elif kind == "screenings":
        yield from _screening(body, library)
    elif kind == "phases":
        if "by" in body:
            yield "Because", str(body.get("reason") or _BY[body["by"]])
    elif "advance_to" in body:
        phase = str(body["advance_to"])
        yield "Go on to", phase_titles(library).get(phase, phase)


def _sides(body: Table, library: Library) -> Iterator[Row]:
    test = library.tests.get(body["test"])
    sided = test is None or test.sided
    unit = "" if test is None else test.unit.replace(" ", "_")
    for side, label in (("left", "Left" if sided else "Result"), ("right", "Right")):
        said = [amount(body[side], unit)] if side in body else []
        if f"pain_{side}" in body:
            said.append(f"pain {body[f'pain_{side}']} of 10")
        if said:
            yield label, ", ".join(said)
    if "steady" in body:
        yield "Steady", _yes_no(body["steady"])


def _item(item: Table, library: Library) -> Row:
    exercise = library.exercises.get(item["exercise"])
    name = item["exercise"] if exercise is None else exercise.name
    if item.get("skipped"):
        return name, "left out"
    times = f"{item['sets']} × " if "sets" in item else ""
    each = str(item["reps"]) if "reps" in item else ""
    if "hold_s" in item:
        each = amount(item["hold_s"], "s")
    said = [f"{times}{each}" if each else f"{item['sets']} sets" if times else ""]
    said.append(amount(item["minutes"], "min") if "minutes" in item else "")
    said.append(amount(item["load_kg"], "kg") if item.get("load_kg") else "")
    said.append(f"pain {item['pain']}" if "pain" in item else "")
    said.append(f"effort {number(item['rpe'])}" if "rpe" in item else "")
    said.append(item.get("note", ""))
    return name, ", ".join(each for each in said if each) or "done"


def _screening(body: Table, library: Library) -> Iterator[Row]:
    if body.get("all_clear"):
        yield "Every question", "no"
        return
    yes = [library.questions[key].ask for key in library.questions if body.get(key) is True]
    for ask in yes:
        yield ask, "yes"
    no = sum(body.get(key) is False for key in library.questions)
    if no:
        yield "Other questions", f"no, {no} of them"
