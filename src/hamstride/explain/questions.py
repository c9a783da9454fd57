"""The answers to ask for, as plain questions, and where each one goes in the runner's file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hamstride.explain.day import Day
from hamstride.explain.parts import Line, Part, part, point
from hamstride.protocols.library import Library
from hamstride.vocabulary import Verdict

YES_NO = "true or false"
RATING = "0 to 10"
ALL_CLEAR = "screenings.all_clear"

# key: the question, and how the answer is written
_CHECK_INS = {
    "pain_morning": ("How much did the first steps of the day hurt, 0 to 10?", RATING),
    "pain_rest": ("How much does it hurt at rest, 0 to 10?", RATING),
    "pain_walking": ("How much does walking hurt, 0 to 10?", RATING),
    "limp": ("Do you limp when you walk?", YES_NO),
    "bears_weight": ("Can you put your weight on the leg?", YES_NO),
    "new_bruise": ("Is there a new bruise?", YES_NO),
    "new_symptoms": ("Is there anything new, such as numbness, weakness or swelling?", YES_NO),
    "sleep_h": ("How many hours did you sleep?", "hours"),
    "fatigue": ("How tired are you, 0 to 10?", RATING),
    "readiness": ("How much do you trust the leg today, 0 to 10?", RATING),
}
_RUNS = {
    "pain_during": ("How much did your last run hurt at its worst, 0 to 10?", RATING),
    "pain_after": ("How much did it hurt an hour or two after your last run, 0 to 10?", RATING),
    "pain_trend": (
        "Did the pain ease, stay or get worse as the run went on?",
        '"eased", "steady" or "worse"',
    ),
    "limped": ("Did you limp in your last run?", YES_NO),
    "form_changed": ("Did your stride change in your last run?", YES_NO),
    "sharp": ("Was there a sharp or grabbing pain in your last run?", YES_NO),
    "stopped_early": ("Did you stop your last run early?", YES_NO),
    "hesitated": ("Did you hold back at speed?", YES_NO),
    "kind": (
        "What kind of run was it?",
        '"easy", "walk_run", "strides", "hills", "intervals", "sprints", "race" or "drills"',
    ),
    "longest_continuous_s": ("How long was your longest stretch without walking?", "seconds"),
    "top_speed_pct": ("How fast was it, in per cent of your own top speed?", "0 to 120"),
    "shoes": ("Which shoes did you run in?", "their name"),
}
_EPISODE = {
    "onset": ("Did it begin suddenly, or bit by bit?", '"sudden" or "gradual"'),
    "site": (
        "Where does it hurt most?",
        '"sit_bone", "upper_thigh", "mid_thigh", "lower_thigh", "buttock" or "below_knee"',
    ),
    "mechanism": (
        "What brought it on?",
        '"sprinting", "stretch", "blow", "overuse" or "unknown"',
    ),
    "quality": ("What does it feel like?", '"sharp", "dull", "tight" or "burning"'),
    "bruise": ("Was there a bruise?", '"none", "small" or "large"'),
    "popped": ("Did you feel or hear a pop when it began?", YES_NO),
    "had_to_stop": ("Did you have to stop within five minutes?", YES_NO),
    "sitting_hurts": ("Does sitting hurt?", YES_NO),
    "days_to_pain_free_walk": ("After how many days could you walk without pain?", "days"),
    "previous_strains_12_months": (
        "How many strains did this leg have in the 12 months before?",
        "a number",
    ),
    "previous_strain_ended_on": ("When was the last strain of this leg over?", "a date"),
    "previous_strain_reached_speed": (
        "Had you run close to your top speed before the last strain was over?",
        YES_NO,
    ),
    "clinician_grade": ("Did a clinician give a grade, and which?", "1, 2 or 3"),
}
_RUNNER = {"born": ("In which year were you born?", "a year")}
_PLAIN = {"check_ins": _CHECK_INS, "runs": _RUNS, "episode": _EPISODE, "runner": _RUNNER}
_ITEM_PAIN = ("How much did each exercise of your last sessions hurt, 0 to 10?", RATING)


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer to ask for: the question, and how it is written in the runner's file."""

    key: str
    ask: str
    write: str
    help: str = ""

    @property
    def table(self) -> str:
        """The table of the runner's file."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The key within its table."""
        return self.key.partition(".")[2]


def asked(key: str, library: Library) -> Asked:
    """The question behind a key of `answer_first`.

    Raises
    ------
    KeyError
        Nobody has written a question for that key.
    """
    table, _, name = key.partition(".")
    if key == ALL_CLEAR:
        return Asked(key, "Is the answer to every red-flag question no?", YES_NO)
    if table == "screenings":
        question = library.questions[name]
        return Asked(key, question.ask, YES_NO, question.help)
    if table == "tests":
        test = library.tests[name]
        return Asked(key, f"Do the test “{test.title}”.", "left and right", test.how)
    if table == "sessions":
        exercise = library.exercises.get(name)
        if exercise is None:
            return Asked(key, *_ITEM_PAIN)
        return Asked(key, f"How much did “{exercise.name}” hurt, 0 to 10?", RATING)
    return Asked(key, *_PLAIN[table][name])


def questions_part(day: Day) -> Part | None:
    """What is asked first, and how to write the answers down."""
    keys = _keys(day)
    if not keys:
        return None
    rows = [asked(key, day.library) for key in keys]
    said = [point(_said(row, whole=ALL_CLEAR in keys)) for row in rows if row.key != ALL_CLEAR]
    return part("Answer these first", *said, *_how(rows, day))


def _run_meant(day: Day) -> str:
    """The start of the run that the open questions are about, as the file writes it."""
    marks = [
        mark.removeprefix("runs ")
        for reason in day.today.deciding
        for used in reason.facts
        if used.verdict is Verdict.UNKNOWN
        for mark in used.basis
        if mark.startswith("runs ")
    ]
    return max(marks, default="...")


def _keys(day: Day) -> list[str]:
    """The open keys; one that stands for all red-flag questions brings each of them."""
    found: dict[str, None] = {}
    for key in day.today.answer_first:
        if key == ALL_CLEAR:
            found.update({f"screenings.{name}": None for name in day.library.questions})
        found[key] = None
    return list(found)


def _said(row: Asked, *, whole: bool) -> str:
    """A question with its help, and its key where only a yes has to be named."""
    named = f"[{row.name}]" if whole and row.table == "screenings" else ""
    return " ".join(each for each in (row.ask, row.help, named) if each)


def _how(rows: list[Asked], day: Day) -> Iterator[Line]:
    yield Line("Write the answers into your file, each in place of its dots:")
    tables = list(dict.fromkeys(row.table for row in rows))
    for table in tables:
        own = [row for row in rows if row.table == table]
        if table == "runs":
            typed = _typed_run(own, _run_meant(day))
        else:
            typed = _typed(table, own, day.as_of)
        yield from (Line(text, "type") for text in typed)


def _typed_run(rows: list[Asked], start: str) -> Iterator[str]:
    """The run that is meant, by its start: a run of a watch file needs no more to be known."""
    yield "[[runs]]  # or add them to the run of this start, where your file has it"
    yield f"start = {start}"
    yield from _assigned(rows)


def _typed(table: str, rows: list[Asked], on: date) -> Iterator[str]:
    """What to type; dots are no TOML, so nothing is answered by leaving it as it stands."""
    if table in ("runner", "episode"):
        yield f"[{table}]  # or add them to yours"
        yield from _assigned(rows)
    elif table == "check_ins":
        yield "[[check_ins]]  # or add them to today's"
        yield f"on = {on}"
        yield from _assigned(rows)
    elif table == "screenings":
        yield "[[screenings]]"
        yield f"on = {on}"
        yield from _screening(rows)
    elif table == "tests":
        for row in rows:
            yield "[[tests]]"
            yield f"on = {on}"
            yield f'test = "{row.name}"'
            yield from ("left = ...", "right = ...", "pain_left = ...", "pain_right = ...")
    else:
        yield "[[sessions]]  # in items, the pain of each exercise"
        yield "pain = ...  # 0 to 10"


def _screening(rows: list[Asked]) -> Iterator[str]:
    if any(row.key == ALL_CLEAR for row in rows):
        yield "all_clear = ...  # true when every answer is no"
        yield "# else leave all_clear out, and name each question: dark_urine = true or false"
    else:
        yield from _assigned(rows)


def _assigned(rows: Iterable[Asked]) -> Iterator[str]:
    for row in rows:
        yield f"{row.name} = ...  # {row.write}"
