"""Ana's story in the store, as far as it is wanted."""

from datetime import date, timedelta

from hamstride.web import bridge
from hamstride.web.demo_data import fill
from hamstride.web.models import Activity, Record, Runner

GATE_DAY = date(2026, 9, 22)
"""The day the leg passed its last test (hamstride.demo.story.days)."""


def test_a_story_that_ends_early_knows_nothing_of_what_came_after(runner: Runner) -> None:
    day = bridge.today_of(runner)

    episode = fill(runner, day, last=GATE_DAY)

    # Her first day was 29 August.
    assert Record.objects.filter(kind="check_ins").count() == 24
    assert not Record.objects.filter(on__gt=day).exists()
    tomorrow = day + timedelta(days=1)
    assert not Activity.objects.filter(begins__date__gte=tomorrow).exists()
    assert bridge.answer_of(episode, day).answer["gate"]["to"] == "return_to_running"
