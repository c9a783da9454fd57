"""Today: run, modify, rest or refer."""

from dataclasses import dataclass

from hamstride.decisions.judge import Action, Reason, highest, judge_all
from hamstride.protocols.library import Rules
from hamstride.protocols.model import Urgency
from hamstride.vocabulary import Facts


@dataclass(frozen=True, slots=True)
class Decision:
    """One day's action, the reasons that decided, and every reason that was examined.

    `mentions` are words that cap nothing. `answer_first` are the answers to ask for, in order.
    """

    action: Action
    urgency: Urgency | None
    deciding: tuple[Reason, ...]
    examined: tuple[Reason, ...]
    mentions: tuple[Reason, ...]
    answer_first: tuple[str, ...]

    @property
    def asks_first(self) -> bool:
        """Whether the day waits for an answer."""
        return self.action is Action.REST and bool(self.answer_first)

    @property
    def rests_for_pain(self) -> bool:
        """Whether a row about pain, a limp or a change of form rests the day."""
        return any(reason.met and reason.criterion.pain for reason in self.examined)

    @property
    def rests_for_phase_only(self) -> bool:
        """Whether the day rests for nothing but a phase without running."""
        return (
            self.action is Action.REST
            and not self.answer_first
            and all(reason.criterion.phase for reason in self.deciding)
        )


def today(rules: Rules, facts: Facts) -> Decision:
    """The most restrictive row that is met wins; run is what is left.

    Notes
    -----
    An unknown row of the refer and rest lists rests the day and asks its question. An unknown
    row of the modify list adds nothing: a fact that stands only there adds caution when it is
    known.
    """
    refer = judge_all(rules.refer, facts)
    rest = judge_all(rules.rest, facts)
    modify = judge_all(rules.modify, facts)
    mentions = [reason for reason in judge_all(rules.mention, facts) if reason.met]
    examined = tuple(refer + rest + modify)
    deciding, action = _choose(refer, rest, modify)
    said = [*deciding, *mentions, *(r for r in rest + modify if r.met)]
    return Decision(
        action=action,
        urgency=highest(r.criterion.urgency for r in (deciding if action is Action.REFER else said)
                        if r.met),
        deciding=tuple(deciding),
        examined=examined,
        mentions=tuple(mentions),
        answer_first=() if action is Action.REFER else _answers(refer + rest),
    )  # fmt: skip


def _choose(
    refer: list[Reason], rest: list[Reason], modify: list[Reason]
) -> tuple[list[Reason], Action]:
    urgent = [reason for reason in refer if reason.met]
    if urgent:
        top = highest(reason.criterion.urgency for reason in urgent)
        # The most urgent first: that is the one a runner has to read.
        return sorted(urgent, key=lambda r: r.criterion.urgency != top), Action.REFER
    resting = [reason for reason in rest if reason.met]
    open_questions = [reason for reason in refer + rest if reason.unknown]
    if resting or open_questions:
        return resting + open_questions, Action.REST
    easing = [reason for reason in modify if reason.met]
    return (easing, Action.MODIFY) if easing else ([], Action.RUN)


def _answers(reasons: list[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer for reason in reasons for answer in reason.answers))
