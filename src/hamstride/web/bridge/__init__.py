"""The only place where records become rows, and rows records again.

Every write of a runner happens under a lock of that runner's row, so that two imports at once
agree on which of two files of one run counts.
"""

from hamstride.web.bridge.as_it_was import case_of
from hamstride.web.bridge.asking import activity_of, bests_of, runs_of
from hamstride.web.bridge.deciding import (
    advice_of,
    answer_of,
    answers_of,
    answers_today,
    enter_phase,
    today_of,
)
from hamstride.web.bridge.keeping import ALREADY, begin, finish, keep, keep_known, reread, undo
from hamstride.web.bridge.log import add, open_episode, rows_of, withdraw
from hamstride.web.bridge.reporting import (
    Report,
    Told,
    batch_named,
    extent,
    finished_before,
    report,
    reports,
)
from hamstride.web.bridge.running import (
    move_to,
    owner,
    renew_top_speed,
    set_injured_on,
    the_owner,
)

__all__ = [
    "ALREADY",
    "Report",
    "Told",
    "activity_of",
    "add",
    "advice_of",
    "answer_of",
    "answers_of",
    "answers_today",
    "batch_named",
    "begin",
    "bests_of",
    "case_of",
    "enter_phase",
    "extent",
    "finish",
    "finished_before",
    "keep",
    "keep_known",
    "move_to",
    "open_episode",
    "owner",
    "renew_top_speed",
    "report",
    "reports",
    "reread",
    "rows_of",
    "runs_of",
    "set_injured_on",
    "the_owner",
    "today_of",
    "undo",
    "withdraw",
]
