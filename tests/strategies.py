"""Hypothesis strategies for records, over everything that the runner's file may hold.

Each record comes whole or with any of its keys left out. Times have fixed offsets: equality of
times in a named zone is false in the repeated hour of autumn, whatever is done with them.
"""

from dataclasses import is_dataclass
from datetime import date, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st

from hamstride.casefile.models import written
from hamstride.records import (
    RED_FLAG_KEYS,
    Case,
    CheckIn,
    Episode,
    Override,
    PhaseEntry,
    Run,
    Runner,
    Screening,
    Session,
    SessionItem,
    TestResult,
)

ZONES = ("UTC", "Europe/Lisbon", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham")


def days(
    first: date = date(1900, 1, 1), last: date = date(2200, 12, 31)
) -> st.SearchStrategy[date]:
    """Days that a record may be about."""
    return st.dates(min_value=first, max_value=last)


def instants() -> st.SearchStrategy[datetime]:
    """Times with an offset of whole minutes, to the microsecond."""
    offsets = st.integers(-14 * 60, 14 * 60).map(lambda off: timezone(timedelta(minutes=off)))
    return st.datetimes(
        min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - the offset is drawn beside it
        max_value=datetime(2200, 12, 31),  # noqa: DTZ001
        timezones=offsets,
    )


def runners() -> st.SearchStrategy[Runner]:
    """Runners in several time zones."""
    return _records(Runner, timezone=st.sampled_from(ZONES))


def episodes() -> st.SearchStrategy[Episode]:
    """Injuries of any kind."""
    return _records(Episode)


def screenings() -> st.SearchStrategy[Screening]:
    """Screenings with any of the red-flag questions answered."""
    answers = st.dictionaries(st.sampled_from(RED_FLAG_KEYS), st.booleans())
    return _records(Screening, answers=answers)


def check_ins() -> st.SearchStrategy[CheckIn]:
    """Mornings."""
    return _records(CheckIn)


def runs() -> st.SearchStrategy[Run]:
    """Runs."""
    return _records(Run)


def tests() -> st.SearchStrategy[TestResult]:
    """Results of tests."""
    return _records(TestResult)


def sessions() -> st.SearchStrategy[Session]:
    """Sessions with up to four exercises."""
    items = st.lists(_records(SessionItem), max_size=4).map(tuple)
    return _records(Session, items=items)


def phases() -> st.SearchStrategy[PhaseEntry]:
    """Entries into phases."""
    return _records(PhaseEntry)


def overrides() -> st.SearchStrategy[Override]:
    """Words of clinicians."""
    return _records(Override)


def cases() -> st.SearchStrategy[Case]:
    """Whole cases with up to three records of each kind."""
    return st.builds(
        Case,
        episode=episodes(),
        runner=runners(),
        screenings=_few(screenings()),
        check_ins=_few(check_ins()),
        runs=_few(runs()),
        tests=_few(tests()),
        sessions=_few(sessions()),
        phases=_few(phases()),
        overrides=_few(overrides()),
    )


def _few(records: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(records, max_size=3).map(tuple)


def _records(kind: type[Any], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    known = {
        item.name: _values(hints[item.name]) for item in written(kind) if item.name not in given
    }
    return st.builds(kind, **known, **given)


def _values(hint: Any, *limits: Any) -> st.SearchStrategy[Any]:
    """Values of a field, by its type and its limits."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _values(inner[0], *limits, *hint.__metadata__)
    if origin in (Union, UnionType):
        # None comes first, so that a failing case shrinks to the keys that matter.
        return st.one_of(*(_values(option) for option in sorted(inner, key=_not_none)))
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        return st.lists(_values(inner[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and is_dataclass(hint):
        return _records(hint)
    return _plain(hint, limits)


def _not_none(option: object) -> bool:
    return option is not NoneType


def _plain(hint: Any, limits: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    low: Any = next((limit.ge for limit in limits if isinstance(limit, Ge)), None)
    high: Any = next((limit.le for limit in limits if isinstance(limit, Le)), None)
    shortest = next((limit.min_length for limit in limits if isinstance(limit, MinLen)), 0)
    longest = next((limit.max_length for limit in limits if isinstance(limit, MaxLen)), 40)
    found: dict[Any, st.SearchStrategy[Any]] = {
        NoneType: st.none(),
        bool: st.booleans(),
        date: days(),
        datetime: instants(),
        int: st.integers(low, high),
        float: st.floats(low, high, allow_nan=False),
        str: st.text(min_size=shortest, max_size=min(longest, 40)),
    }
    return found[hint]
