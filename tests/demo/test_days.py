"""What Hamstride answers on the five days that the demo shows.

The expected words are the story's: each heading of `ana.days()` promises one of them.
"""

from datetime import date

import pytest

from hamstride.advise import advise
from hamstride.decisions.judge import Action
from hamstride.demo import story


@pytest.mark.parametrize(
    ("day", "action", "decided_by", "gate"),
    [
        (date(2026, 8, 31), Action.REST, "last_run_pain_4", "stay"),
        (date(2026, 9, 22), Action.REST, "phase_without_running", "advance"),
        (date(2026, 9, 29), Action.RUN, None, "stay"),
        (date(2026, 10, 4), Action.REST, "last_run_pain_4", "stay"),
        (date(2026, 10, 24), Action.MODIFY, "short_night", "stay"),
    ],
)
def test_each_shown_day_is_answered_as_its_heading_promises(
    day: date, action: Action, decided_by: str | None, gate: str
) -> None:
    advice = advise(story.case(), day)

    assert advice.today.action is action
    assert advice.today.answer_first == ()
    assert advice.gate is not None
    assert advice.gate.action == gate
    reasons = [reason.criterion.id for reason in advice.today.deciding]
    assert decided_by in reasons if decided_by else reasons == []
