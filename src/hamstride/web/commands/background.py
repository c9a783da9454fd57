"""The process beside the web server: workers that do what is queued, until it is told to stop.

Run as `python -m hamstride.web.commands.background` on a store that was started, by somebody who
begins it anew when it ends by itself. A worker that dies may hold the lock that its successor waits
for, so that all of them end then, and what they had in hand goes back to the queue at once.
"""

import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import Value
from types import FrameType

import django

_LOOK_EVERY_S = 0.5
_END_WITHIN_S, _END_OTHERS_WITHIN_S = 10.0, 2.0
"""How long workers have to come to the end of a file, before they are killed."""


def main() -> None:
    """Do what is queued until told to stop, or until whoever started this is gone."""
    _lead()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamstride.web.settings")
    django.setup()
    from django_q.cluster import Cluster  # noqa: PLC0415 - read the settings when imported
    from django_q.conf import Conf  # noqa: PLC0415
    from django_q.signals import post_spawn  # noqa: PLC0415

    from hamstride.web import jobs  # noqa: PLC0415

    told_to_stop = threading.Event()
    workers = Value("i", 0)

    def count(**_: object) -> None:
        with workers.get_lock():
            workers.value += 1

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    post_spawn.connect(count, weak=False)
    jobs.tidy()
    parent = os.getppid()
    cluster = Cluster()
    cluster.start()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    while not told_to_stop.wait(_LOOK_EVERY_S):
        # A worker more than there should be stands in for one that died.
        if os.getppid() != parent or workers.value > Conf.WORKERS:
            break
        if not cluster.sentinel.is_alive():
            break
    jobs.asked_to_stop.set()
    _end(cluster.stop, _END_WITHIN_S if told_to_stop.is_set() else _END_OTHERS_WITHIN_S)


def _lead() -> None:
    """Lead a group of processes, which can be ended together and to which Ctrl-C is not sent."""
    if os.getpgrp() != os.getpid():
        os.setpgrp()


def _end(stop: Callable[[], object], within_s: float) -> None:
    """End everything: in good order while there is time, by force after that."""
    ending = threading.Thread(target=stop, daemon=True)
    ending.start()
    ending.join(within_s)
    if ending.is_alive():
        os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
