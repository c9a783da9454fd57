"""How severe the answers look and which picture they fit: the library's rows, tried by points."""

from datetime import date
from typing import Any

import pytest

from hamstride.decisions.assess import (
    Picture,
    causes,
    picture,
    picture_facts,
    presentation_keys,
    suggestion,
)
from hamstride.protocols.loading import load
from hamstride.vocabulary import Fact, Facts

ON = date(2026, 11, 25)

# Every answer that the assessment looks at, as of somebody whose answers look mild and fit
# nothing: a sudden onset alone is 2 points of the 3 that a picture needs.
PLAIN: dict[str, Any] = {
    "onset": "sudden",
    "clinician_grade": 0,
    "days_since_onset": 20,
    "days_to_pain_free_walk": 1,
    "limped_second_morning": False,
    "worst_pain_nrs": 4,
    "ever_limped": True,
    "bruise": "none",
}


def _facts(**answers: Any) -> Facts:
    """The facts of the assessment; what is not given is "no", and None is unknown."""
    laid = {**PLAIN, **answers}
    definitions = load().definitions
    known = {}
    for name, within in presentation_keys(load().presentations):
        kind = definitions[name].kind
        value = laid.get(name, False if kind == "true_false" else None)
        known[(name, within)] = Fact(name, value, ON, asks=definitions[name].asks)
    return Facts(ON, known)


def _picture(**answers: Any) -> Picture:
    return picture(load().presentations, _facts(**answers))


@pytest.mark.parametrize(
    ("answers", "severity"),
    [
        ({}, "mild"),
        ({"clinician_grade": 3}, "severe"),
        ({"clinician_grade": 2}, "moderate"),
        ({"red_flag_large_bruise": True}, "severe"),
        ({"bruise": "large"}, "mild"),  # by itself: a flag is one after a sudden onset
        ({"limped_second_morning": True}, "moderate"),
        ({"days_to_pain_free_walk": 3}, "mild"),
        ({"days_to_pain_free_walk": 4}, "moderate"),
        ({"site": "sit_bone"}, "moderate"),
        ({"bruise": None}, "unknown"),
        ({"bruise": None, "clinician_grade": 2}, "moderate"),  # what is known to hold decides
    ],
)
def test_severity_is_the_strictest_that_is_known_to_hold(
    answers: dict[str, Any], severity: str
) -> None:
    site = {"site": "mid_thigh", "popped": False}

    assert _picture(**{**site, **answers}).severity == severity


def test_an_unknown_severity_names_the_answers_that_are_missing() -> None:
    found = _picture(site="mid_thigh", popped=None, bruise=None)

    assert found.severity == "unknown"
    assert {"episode.popped", "episode.bruise"} <= set(found.missing)
    told = {fact.id: fact for fact in picture_facts(found)}
    assert told["severity"].value is None
    assert told["severity"].asks == found.missing


@pytest.mark.parametrize(
    ("answers", "pattern", "points"),
    [
        # B2.4: sudden 2; sprint, stretch or blow 1; in the thigh 1; had to stop 1; sharp 1.
        ({}, "unclear", 2),
        ({"mechanism": "sprinting"}, "strain", 3),
        ({"mechanism": "sprinting", "site": "mid_thigh", "had_to_stop": True, "quality": "sharp",
          "popped": True, "bruise": "small"}, "strain", 8),
        # At the sit bone 2; gradual 1; sitting hurts 1.
        ({"onset": "gradual", "site": "sit_bone", "sitting_hurts": True}, "tendon", 4),
        ({"onset": None, "site": "sit_bone"}, "unclear", 2),
        # A lead of one is needed: 3 points each.
        ({"mechanism": "sprinting", "site": "sit_bone", "sitting_hurts": True}, "unclear", 3),
    ],
)  # fmt: skip
def test_the_most_points_with_a_lead_are_the_picture(
    answers: dict[str, Any], pattern: str, points: int
) -> None:
    found = _picture(**answers)

    assert found.pattern == pattern
    assert found.points[0][1] == points


@pytest.mark.parametrize(
    ("answers", "protocol"),
    [
        ({"mechanism": "sprinting", "site": "mid_thigh"}, "strain"),
        ({"onset": "gradual", "site": "sit_bone", "sitting_hurts": True}, "tendon"),
        ({"clinician_grade": 3}, ""),  # none: their plan leads
        ({"onset": "gradual", "ever_limped": True}, "niggle"),
        ({"site": None}, "strain"),  # unclear, and a sudden onset never leads to `niggle`
    ],
)
def test_a_protocol_is_suggested_by_the_first_row_that_fits(
    answers: dict[str, Any], protocol: str
) -> None:
    facts = _facts(**{"popped": False, **answers})

    found = suggestion(load().presentations, facts, picture(load().presentations, facts))

    assert found.protocol == protocol


def test_a_cause_is_possible_when_something_speaks_for_it() -> None:
    library = load()
    names = {
        comparison.key
        for cause in library.causes
        for criterion in (*cause.speaks_for, *cause.speaks_against)
        for comparison in criterion.all
    }

    def facts(**known: Any) -> Facts:
        return Facts(ON, {key: Fact(key[0], known.get(key[0]), ON) for key in names})

    assert causes(library.causes, facts()) == ()
    short = causes(library.causes, facts(sleep_average_h=6.75))
    assert [found.cause.id for found in short] == ["poor_recovery"]
    assert [reason.met for reason in short[0].speaks_for] == [True]
