"""Every stored answer made again, from what was known when it was shown.

The log is unwound from its end: what was recorded after an answer is taken away, the answer is
made, and at last everything is put back. So the same code answers as on the day.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

import hamstride
from hamstride.errors import HamstrideError
from hamstride.explain import answer
from hamstride.web.bridge.deciding import basis_of, judged
from hamstride.web.models import Activity, Decision, Original, Record, Runner


@dataclass(slots=True)
class Replay:
    """How many answers came out the same, and which did not.

    `older` were made by another version of Hamstride. `changed` came out otherwise, and what they
    stood on is no longer there: an import was taken back, or the runner moved to another zone.
    """

    same: int = 0
    older: int = 0
    changed: int = 0
    different: list[str] = field(default_factory=list)


def replay() -> Replay:
    """Make every answer of this version again and compare it with what was shown."""
    found = Replay()
    for runner in Runner.objects.order_by("pk"):
        with _put_back():
            _replay(runner, found)
    return found


@contextmanager
def _put_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _replay(runner: Runner, found: Replay) -> None:
    rows = Decision.objects.filter(episode__runner=runner).select_related("episode__runner")
    for decision in rows.order_by("-made_at", "-pk"):
        if decision.version != hamstride.__version__:
            found.older += 1
            continue
        _unwind(runner, decision.made_at)
        made = _made_again(decision)
        if made == decision.answer:
            found.same += 1
        elif basis_of(decision.episode) != decision.basis:
            found.changed += 1
        else:
            found.different.append(f"{decision.day} ({decision.uid})")


def _made_again(decision: Decision) -> object:
    try:
        made = answer(judged(decision.episode, decision.day).advice)
    except HamstrideError as error:
        return str(error)
    return json.loads(json.dumps(made))


def _unwind(runner: Runner, to: datetime) -> None:
    """Take away what came after a moment."""
    Record.objects.filter(runner=runner, recorded_at__gt=to).delete()
    later = Original.objects.filter(runner=runner, added_at__gt=to)
    Activity.objects.filter(same_as__original__in=later).update(same_as=None)
    Activity.objects.filter(original__in=later).update(is_run=False)
