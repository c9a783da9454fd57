"""The answers to ask for first, and the page on which each is given."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hamstride.explain import asked
from hamstride.explain.questions import Asked
from hamstride.protocols.loading import load
from hamstride.web.bridge.running_log import unanswered
from hamstride.web.models import Decision

SCREENINGS = "screenings"
CHECK_INS = "check_ins"

_PLACE = frozenset({"side", "site", "started_on"})


@dataclass(frozen=True, slots=True)
class Door:
    """A question, and where to answer it."""

    ask: str
    url: str


def doors(decision: Decision) -> list[Door]:
    """The open questions of an answer, the first to be asked first.

    What is asked on one page has one door: the red-flag questions, and several of the check-in.
    """
    library = load()
    questions = [asked(key, library) for key in decision.answer["today"]["answer_first"]]
    mornings = len({question.ask for question in questions if question.table == CHECK_INS})
    found: dict[str, Door] = {}
    for question in questions:
        door = _door(question, decision, mornings)
        found.setdefault(door.ask, door)
    return list(found.values())


def _door(question: Asked, decision: Decision, mornings: int) -> Door:
    """The door of a question; `mornings` is how many the check-in has to ask."""
    if question.table == SCREENINGS:
        return Door(_("Answer the red-flag questions"), f"{reverse('red_flags')}?only=open")
    if question.table == CHECK_INS and mornings > 1:
        ask = _("Check in: %(n)d short questions about this morning") % {"n": mornings}
        return Door(ask, reverse("check_in"))
    return Door(question.ask, _where(question, decision))


def _where(question: Asked, decision: Decision) -> str:
    """The page of a question, at its own field where it has one."""
    match question.table:
        case "episode" | "runner":
            page = "assessment_place" if question.name in _PLACE else "assessment_history"
            where = reverse(page, args=[decision.episode.uid])
        case "runs":
            where = _run_meant(decision)
        case "tests":
            return reverse("test", args=[question.name])
        case "sessions":
            return reverse("session")
        case _:
            where = reverse("check_in")
    return f"{where}#field-{question.name}"


def _run_meant(decision: Decision) -> str:
    """The answers of the last run that says too little; else all runs."""
    waiting = unanswered(decision.episode.runner, decision.day)
    return reverse("run_answers", args=[waiting[0].uid]) if waiting else reverse("runs")
