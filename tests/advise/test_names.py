"""A case names only what the library holds; else it is told, with the nearest name."""

from dataclasses import replace

import pytest

from hamstride.advise import check_names
from hamstride.errors import CaseFileError
from hamstride.records import Case, Override, PhaseEntry, Session, SessionItem, TestResult
from made_up_days import MILD, ON, case_of, library


def _word(advance_to: str | None) -> Override:
    return Override(on=ON, by="Ben", reason="Seen in the practice.", advance_to=advance_to)


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        (
            replace(case_of(), episode=replace(MILD, protocol="strian")),
            "episode.protocol: 'strian' is not known. Did you mean 'strain'?",
        ),
        (
            replace(case_of(), phases=(PhaseEntry(on=ON, id="strenght"),)),
            "phases (2026-11-25): 'strenght' is not known. Did you mean 'strength'?",
        ),
        (
            replace(case_of(), overrides=(_word("streng"),)),
            "overrides (2026-11-25), advance_to: 'streng' is not known. Did you mean 'strength'?",
        ),
        (
            replace(case_of(), tests=(TestResult(on=ON, test="brisk_wlak"),)),
            "tests (2026-11-25): 'brisk_wlak' is not known. Did you mean 'brisk_walk'?",
        ),
        (
            replace(
                case_of(),
                sessions=(Session(on=ON, kind="strength", items=(SessionItem(exercise="rld"),)),),
            ),
            "sessions (2026-11-25): 'rld' is not known. Did you mean 'rdl'?",
        ),
    ],
)
def test_a_name_that_is_in_no_library_is_told_with_the_nearest(case: Case, fault: str) -> None:
    with pytest.raises(CaseFileError) as caught:
        check_names(case, library())

    assert caught.value.faults == (fault,)


def test_without_a_near_name_all_are_listed() -> None:
    case = replace(case_of(), episode=replace(MILD, protocol="xyz"))

    with pytest.raises(CaseFileError) as caught:
        check_names(case, library())

    (fault,) = caught.value.faults
    assert fault.startswith("episode.protocol: 'xyz' is not known. Known are: maintenance, niggle,")


def test_names_of_the_library_pass_and_a_plan_may_be_advanced_to() -> None:
    words = (_word(None), _word("strength"), _word("maintenance"))
    items = (SessionItem(exercise="rdl"),)
    case = replace(
        case_of(episode=replace(MILD, protocol="strain")),
        overrides=words,
        sessions=(Session(on=ON, kind="strength", items=items),),
    )

    check_names(case, library())

    assert len(case.overrides) == 3
