"""How fast the app answers, and how much it takes, for a runner with three years of records.

    python -m bench.app

On SQLite and on PostgreSQL. The app is served as it is for a runner, with the work behind it, and
asked for each page 20 times a second; what a request took is counted from when it was due, so
that one that waits for another is not let off. Beside each page stands one of the same size by the
least that Django can do behind the same server.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

# The server of the tests, and their way to look at processes.
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

import postgresql
import processes
from bench import three_years

REQUESTS, OF_BARE, A_SECOND = 100, 40, 20
BROWSERS = 8
NEW_ANSWERS, STARTS = 5, 3
IDLE_AFTER_S = 3.0
GOALS = {"bytes": 150_000, "queries": 12, "p95_ms": 60, "idle_mb": 350, "start_s": 5}

Pages = Mapping[str, str]
"""The address of each page."""


def compare() -> dict[str, Any]:
    """Each database in a process of its own: Django knows one store in its life."""
    found: dict[str, Any] = {"goals_below": GOALS, "load_average_before": os.getloadavg()}
    with tempfile.TemporaryDirectory() as place:
        found["sqlite"] = _apart(Path(place), "")
    programs = postgresql.programs()
    if programs is None:
        return found | {"postgresql": "not measured: it is not installed"}
    with (
        postgresql.running(programs, is_durable=True) as server,
        tempfile.TemporaryDirectory() as place,
    ):
        found["postgresql"] = _apart(Path(place), server.url("postgres"))
    return found | {"load_average_after": os.getloadavg()}


def _apart(folder: Path, url: str) -> dict[str, Any]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measured, folder, url).result()


def measured(folder: Path, url: str) -> dict[str, Any]:
    """Everything of one database."""
    os.environ["HAMSTRIDE_DATABASE_URL"] = url
    from hamstride.web.start import start  # noqa: PLC0415 - Django's own, for this process

    start(folder / "data")
    return of_store(three_years.fill(folder), folder / "data")


def of_store(account: Any, data: Path) -> dict[str, Any]:
    """What holds for a store that is filled."""
    from django.test import Client  # noqa: PLC0415 - needs a store that was started

    browser = Client(headers={"host": "localhost"})
    browser.force_login(account)
    pages = _pages(account.runner)
    counted = {name: _counted(browser, address) for name, address in pages.items()}
    headers = {"Cookie": "; ".join(f"{key}={each.value}" for key, each in browser.cookies.items())}
    starts_s = []
    for _ in range(STARTS):
        with served(data) as app:
            starts_s.append(app.first_page_s)
    with served(data) as app:
        new_ms = [_new_answer_ms(app.port, account.runner, headers) for _ in range(NEW_ANSWERS)]
        shown = {name: _shown(app, address, headers) for name, address in pages.items()}
        time.sleep(IDLE_AFTER_S)
        idle_mb = app.memory_mb()
    with bare() as port:
        least = {
            name: taken_ms(port, f"/{told['bytes']}", {}, OF_BARE)["p50_ms"]
            for name, told in counted.items()
        }
    return {
        "pages": {
            name: {
                **counted[name],
                **shown[name],
                "bare_p50_ms": least[name],
                "times_bare": round(shown[name]["p50_ms"] / least[name], 1),
            }
            for name in pages
        },
        "answer_after_a_check_in_ms": round(median(new_ms)),
        "idle_mb": round(idle_mb),
        "start_to_first_page_s": round(median(starts_s), 2),
        "missed": _missed(counted, shown),
    }


def _pages(runner: Any) -> Pages:
    from django.urls import reverse  # noqa: PLC0415 - needs a store that was started

    names = ("today", "check_in", "plan", "session", "runs", "progress", "journal", "settings",
             "decides")  # fmt: skip
    longest = runner.activities.order_by("-duration_s").values_list("uid", flat=True)[0]
    return {**{name: reverse(name) for name in names}, "run": reverse("run", args=[longest])}


def _counted(browser: Any, address: str) -> dict[str, Any]:
    """Bytes and queries of a page that was shown before."""
    from django.db import connection  # noqa: PLC0415 - needs a store that was started
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = browser.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return {"bytes": len(page.content), "queries": len(queries)}


def _new_answer_ms(port: int, runner: Any, headers: Mapping[str, str]) -> float:
    """The answer after a check-in, for which everything that was recorded is looked at."""
    from hamstride.web import bridge  # noqa: PLC0415 - needs a store that was started

    today, episode = bridge.today_of(runner), runner.episodes.get()
    morning = {**three_years.WELL, "on": today.isoformat()}
    bridge.add(runner, "check_ins", morning, on=today, episode=episode)
    connection = http.client.HTTPConnection("localhost", port)
    begun = time.perf_counter()
    _ask(connection, "/", headers)
    connection.close()
    return (time.perf_counter() - begun) * 1000


def _shown(app: "Served", address: str, headers: Mapping[str, str]) -> dict[str, float]:
    """What a page took, and how much of that a processor worked: that holds on a busy machine."""
    before_s = app.processor_s()
    took = taken_ms(app.port, address, headers)
    worked_ms = (app.processor_s() - before_s) * 1000 / REQUESTS
    busy = round(os.getloadavg()[0], 1)
    return {**took, "processor_ms": round(worked_ms, 1), "load_average": busy}


def _missed(counted: Mapping[str, Any], shown: Mapping[str, Any]) -> list[str]:
    found = []
    for name in counted:
        told = {**counted[name], **shown[name]}
        found += [f"{name}: {goal} {told[goal]}" for goal in ("bytes", "p95_ms")
                  if told[goal] >= GOALS[goal]]  # fmt: skip
        if told["queries"] > GOALS["queries"]:
            found.append(f"{name}: queries {told['queries']}")
    return found


# Asking


def taken_ms(
    port: int, address: str, headers: Mapping[str, str], requests: int = REQUESTS
) -> dict[str, float]:
    """Milliseconds of requests that are due one after another, whether or not those before end."""
    due_s = [number / A_SECOND for number in range(requests)]
    took_ms: list[float] = []
    next_of = iter(due_s)
    lock = threading.Lock()
    begun_s = time.perf_counter() + 0.1

    def browse() -> None:
        connection = http.client.HTTPConnection("localhost", port)
        while True:
            with lock:
                due = next(next_of, None)
            if due is None:
                break
            time.sleep(max(0.0, begun_s + due - time.perf_counter()))
            _ask(connection, address, headers)
            took_ms.append((time.perf_counter() - begun_s - due) * 1000)
        connection.close()

    browsers = [threading.Thread(target=browse) for _ in range(BROWSERS)]
    for each in browsers:
        each.start()
    for each in browsers:
        each.join()
    took_ms.sort()
    assert len(took_ms) == requests, f"{address} failed"
    return {
        "p50_ms": round(took_ms[requests // 2], 1),
        "p95_ms": round(took_ms[requests * 95 // 100], 1),
    }


def _ask(connection: http.client.HTTPConnection, address: str, headers: Mapping[str, str]) -> None:
    connection.request("GET", address, headers=dict(headers))
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, (address, answer.status)


# Serving


class Served:
    """An app that is served: its port, and how long it took to its first page."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, begun_s: float) -> None:
        self.process, self.port = process, port
        processes.wait_for(lambda: _answers(port, "/account/login/"))
        self.first_page_s = time.perf_counter() - begun_s

    def processor_s(self) -> float:
        """How long a processor worked for any of its processes."""
        return sum(map(processes.processor_s, processes.tree(self.process.pid)))

    def memory_mb(self) -> float:
        """All its processes, with what they share divided among them."""
        return sum(map(processes.proportional_mb, processes.tree(self.process.pid)))


def _answers(port: int, address: str) -> bool:
    connection = http.client.HTTPConnection("localhost", port)
    try:
        _ask(connection, address, {})
    except OSError:
        return False
    finally:
        connection.close()
    return True


@contextmanager
def served(data: Path) -> Iterator[Served]:
    """The app as its command serves it."""
    port = _free_port()
    words = ["hamstride", "serve", "--data", str(data), "--port", str(port)]
    begun_s = time.perf_counter()
    with _process(words) as process:
        yield Served(process, port, begun_s)


@contextmanager
def bare() -> Iterator[int]:
    """The port of what the app is compared with."""
    port = _free_port()
    with _process(["bench.bare", str(port)]) as process:
        processes.wait_for(lambda: _answers(port, "/1"))
        assert process.poll() is None
        yield port


@contextmanager
def _process(words: list[str]) -> "Iterator[subprocess.Popen[bytes]]":
    process = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-m", *words],
        stdout=subprocess.DEVNULL,
        cwd=Path(__file__).resolve().parents[1],
        start_new_session=True,
    )
    try:
        yield process
    finally:
        pids = processes.tree(process.pid)
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        for pid in reversed(pids):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(json.dumps(compare(), indent=2))
