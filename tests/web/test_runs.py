"""Runs: the list, one run explained, and its file."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamstride.demo.ana import activity_bytes
from hamstride.demo.runs import Outing
from hamstride.demo.streams import Effort
from hamstride.records import Run
from hamstride.web import bridge, originals
from hamstride.web.bridge import running_log
from hamstride.web.importing import take_in
from hamstride.web.models import Account, Activity, Episode, Runner, Stream
from made_up_files import GPX_HEAD, gpx, point, track

LONG_AGO, FAR_AHEAD = date(2020, 1, 1), date(2100, 1, 1)
MOST_BYTES, MOST_QUERIES = 150_000, 12
SIX = datetime(2026, 10, 20, 6, tzinfo=UTC)
JOG = (Effort(600, 2.8), Effort(120, 1.4), Effort(600, 2.8))

Bring = Callable[[str, bytes], Activity]


@pytest.fixture
def bring(runner: Runner, tmp_path: Path) -> Bring:
    """Import one file, and answer with its activity."""

    def imported(name: str, data: bytes) -> Activity:
        folder = tmp_path / uuid4().hex
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(data)
        take_in(folder, runner, workers=0)
        sha256 = hashlib.sha256(data).hexdigest()
        return Activity.objects.get(runner=runner, original__sha256=sha256)

    return imported


def a_jog(start: datetime) -> bytes:
    return activity_bytes(Outing(JOG, Run(start=start), "fit"))


def every_line(runner: Runner) -> tuple[running_log.Line, ...]:
    return running_log.lines(runner, LONG_AGO, FAR_AHEAD)


def uids_in(page: str) -> list[UUID]:
    """The runs of a list, in its order."""
    return [UUID(each) for each in re.findall(r'run-row"><a href="/runs/([0-9a-f-]{36})/"', page)]


def text(browser: Client, url: str) -> str:
    """A page that is well."""
    found = browser.get(url)
    assert found.status_code == 200, url
    assert len(found.content) < MOST_BYTES
    page = found.content.decode()
    assert page.count("<h1") == 1
    assert not re.search(r'<[^>]* (style|onclick)="', page)
    return page


def queries_of(browser: Client, url: str) -> int:
    """How often a page reads the tables of Hamstride itself."""
    with CaptureQueriesContext(connection) as found:
        browser.get(url)
    return sum('"web_' in each["sql"] for each in found.captured_queries)


# All runs


def test_before_the_first_run_the_page_says_how_to_bring_one(browser: Client) -> None:
    page = text(browser, "/runs/")

    assert "No runs yet" in page
    assert 'href="/import/"' in page
    assert 'href="/runs/add/"' in page


def test_every_run_stands_once_the_newest_first_page_by_page(browser: Client, ana: Episode) -> None:
    known = [line.uid for line in every_line(ana.runner)]
    found: list[UUID] = []
    url = "/runs/"
    while url:
        page = text(browser, url)
        assert uids_in(page)
        found += uids_in(page)
        older = re.search(r'rel="next" href="(\?before=[\d-]+)"', page)
        url = f"/runs/{older[1]}" if older else ""

    assert found == known[::-1]
    assert len(set(found)) == len(found)


def test_a_line_tells_the_run_its_load_and_how_it_felt(browser: Client, ana: Episode) -> None:
    newest = every_line(ana.runner)[-1]

    page = text(browser, "/runs/")

    row = page[page.index(str(newest.uid)) :].partition("</li>")[0]
    # Ana's last run: 30 minutes at 2.65 m/s, on a file and in her own words.
    for told in ("Easy", "4.8 km", "30:06", "16 m up", "Load 29 (", "good data",
                 "Pain during <b>0</b>", "FIT and your words", "free"):  # fmt: skip
        assert told in row, told


def test_the_list_can_be_narrowed_to_a_month_and_a_kind(browser: Client, ana: Episode) -> None:
    known = every_line(ana.runner)
    month = known[0].on

    of_month = uids_in(text(browser, f"/runs/?month={month:%Y-%m}"))
    of_kind = uids_in(text(browser, "/runs/?kind=walk_run"))

    assert set(of_month) == {
        line.uid for line in known if (line.on.year, line.on.month) == (month.year, month.month)
    }
    assert set(of_kind) == {line.uid for line in known if line.run.kind == "walk_run"}
    assert "No run is like that." in text(browser, "/runs/?kind=race")


def test_what_an_address_asks_for_in_vain_is_left_out(browser: Client, ana: Episode) -> None:
    plain = uids_in(text(browser, "/runs/"))

    assert uids_in(text(browser, "/runs/?month=soon&kind=moonwalk&before=")) == plain


def test_runs_are_fetched_with_few_queries(browser: Client, ana: Episode) -> None:
    newest = every_line(ana.runner)[-1].uid

    for url in ("/runs/", f"/runs/{newest}/", f"/runs/{newest}/answers/", "/runs/add/"):
        browser.get(url)
        assert queries_of(browser, url) <= MOST_QUERIES, url


# One run


def test_every_run_is_explained_and_drawn_with_a_table_of_the_same(
    browser: Client, ana: Episode
) -> None:
    for line in every_line(ana.runner):
        if line.activity is None:
            continue
        page = text(browser, f"/runs/{line.uid}/")
        rows = re.search(r'class="twin">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
        assert rows is not None, line.on
        assert 20 < rows[1].count("<tr>") <= 200
        assert 'role="img"' in page


def test_a_run_tells_its_load_its_efforts_and_what_it_rests_on(
    browser: Client, ana: Episode
) -> None:
    steps = [line for line in every_line(ana.runner) if line.run.step == "R7"]

    page = text(browser, f"/runs/{steps[-1].uid}/")

    # Five times: walk a minute, run four; on a treadmill, so without a height.
    for told in ("step R7 of the plan: 5 times: walk 1 min, run 4 min", "Where the load came from",
                 "easy running", "Efforts", "What this rests on", "Beside the 30 days before",
                 'class="walked"', 'class="ran"'):  # fmt: skip
        assert told in page, told


def test_a_step_that_was_run_as_planned_is_no_jump(browser: Client, ana: Episode) -> None:
    browser.get("/")  # Today's answer names the plan.
    steps = [line for line in every_line(ana.runner) if line.run.step == "R7"]
    page = text(browser, f"/runs/{steps[0].uid}/")

    assert "as planned" in page
    assert 'class="jump"' not in page


def test_a_run_longer_than_those_before_says_so_in_numbers(
    browser: Client, runner: Runner, bring: Bring
) -> None:
    bring("a.fit", a_jog(SIX))
    twice = activity_bytes(Outing((Effort(2640, 2.8),), Run(start=SIX + timedelta(days=3)), "fit"))
    longer = bring("b.fit", twice)

    page = text(browser, f"/runs/{longer.uid}/")

    # 7.4 km against 3.5: over the 200 % of a very big jump.
    assert re.search(r'class="jump"><th scope="row">Distance</th>.*?a very big jump', page)


def test_an_old_id_of_a_copy_leads_to_the_file_that_counts(
    browser: Client, runner: Runner, bring: Bring
) -> None:
    counts = bring("a.fit", a_jog(SIX))
    copy = bring("a.gpx", activity_bytes(Outing(JOG, Run(start=SIX), "gpx")))

    assert browser.get(f"/runs/{copy.uid}/").headers["Location"] == f"/runs/{counts.uid}/"


def test_what_is_no_run_says_that_it_does_not_count(
    browser: Client, runner: Runner, bring: Bring
) -> None:
    points = "".join(point(second) for second in range(10))
    ride = bring("ride.gpx", gpx(track(points, kind="cycling", name="To the market")))
    timeless = re.sub(r"<time>.*?</time>", "", track(points, name="Some day"))
    no_day = bring("no_day.gpx", f"{GPX_HEAD}{timeless}</gpx>\n".encode())

    assert "it counts as no run" in text(browser, f"/runs/{ride.uid}/")
    assert "belongs to no day" in text(browser, f"/runs/{no_day.uid}/")
    assert browser.get(f"/runs/{ride.uid}/answers/").status_code == 404


def test_a_file_without_speed_has_no_chart_and_says_why(
    browser: Client, runner: Runner, bring: Bring
) -> None:
    still = "".join(
        f"<trkpt><time>2026-10-20T06:00:{second:02d}Z</time></trkpt>" for second in range(30)
    ).replace("<trkpt>", '<trkpt lat="0" lon="0">')
    stood = bring("stood.gpx", gpx(track(still)))

    page = text(browser, f"/runs/{stood.uid}/")

    assert "<figure" not in page
    assert "The file has no speed" in page


def test_damaged_samples_are_said_and_the_rest_is_shown(
    browser: Client, runner: Runner, bring: Bring
) -> None:
    activity = bring("a.fit", a_jog(SIX))
    Stream.objects.filter(activity=activity).update(blob=b"not what was packed")

    page = text(browser, f"/runs/{activity.uid}/")

    assert 'class="error" role="alert"' in page
    assert "Where the load came from" in page


def test_top_speed_of_one_sprinter_needs_no_range(
    browser: Client, runner: Runner, bring: Bring
) -> None:
    activity = bring("a.fit", a_jog(SIX))
    runner.top_mps, runner.top_at_least = 8.0, False
    runner.save()

    assert "The fastest that was seen is 28.8 km/h" in text(browser, f"/runs/{activity.uid}/")


# Its file


def test_the_file_of_a_run_comes_back_byte_for_byte(
    browser: Client, runner: Runner, bring: Bring
) -> None:
    data = a_jog(SIX)
    activity = bring("sub folder/früh am \\Morgen.fit", data)

    answer = browser.get(f"/runs/{activity.uid}/file/")

    assert hashlib.sha256(answer.content).hexdigest() == activity.original.sha256
    assert answer.content == data
    named = answer.headers["Content-Disposition"]
    assert named == "attachment; filename*=utf-8''Morgen.fit" or named.endswith('"Morgen.fit"')
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\runs\\1.fit", "1.fit"),
        ("takeout.zip/activities/1.fit.gz", "1.fit"),
        ('a"; filename=evil.exe\r\n.fit', 'a"; filename=evil.exe.fit'),
        ("..", "run.fit"),
        ("", "run.fit"),
    ],
)
def test_a_file_is_named_without_folders_and_without_tricks(
    browser: Client, runner: Runner, bring: Bring, file: str, name: str
) -> None:
    activity = bring("a.fit", a_jog(SIX))
    Activity.objects.filter(pk=activity.pk).update(file=file)

    named = browser.get(f"/runs/{activity.uid}/file/").headers["Content-Disposition"]

    quoted = name.replace('"', '\\"')
    assert named == f'attachment; filename="{quoted}"'


def test_a_file_that_is_gone_is_told_and_not_replaced(
    browser: Client, runner: Runner, bring: Bring
) -> None:
    activity = bring("a.fit", a_jog(SIX))
    originals.remove(bridge_home(runner), activity.original.sha256)

    answer = browser.get(f"/runs/{activity.uid}/file/")

    assert answer.status_code == 404
    assert "Restore it from a backup" in answer.content.decode()


def bridge_home(runner: Runner) -> Path:
    from hamstride.web.bridge.keeping import home  # noqa: PLC0415 - only here

    return home(runner)


# Somebody else


@pytest.fixture
def stranger(ana: Episode) -> Client:
    """A browser in which Cy has signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.create_user("cy@example.org", "nobody that Ana knows"))
    return client


def test_a_stranger_finds_nothing_and_changes_nothing(stranger: Client, ana: Episode) -> None:
    before = len(bridge.rows_of(ana, "runs"))
    newest = every_line(ana.runner)[-1]
    for uid in (newest.uid, newest.records[0].client, uuid4()):
        for page in ("", "file/", "answers/"):
            assert stranger.get(f"/runs/{uid}/{page}").status_code == 404
        sent = {"pain_during": "9", "client": str(uuid4())}
        assert stranger.post(f"/runs/{uid}/answers/", sent).status_code == 404
        assert stranger.post(f"/runs/{uid}/take-back/").status_code == 404

    assert uids_in(text(stranger, "/runs/")) == []
    assert len(bridge.rows_of(ana, "runs")) == before


def test_looking_at_runs_writes_no_record(browser: Client, ana: Episode) -> None:
    newest = every_line(ana.runner)[-1]
    before = ana.runner.records.count()
    for url in ("/runs/", f"/runs/{newest.uid}/", f"/runs/{newest.uid}/answers/", "/runs/add/"):
        browser.get(url)

    assert ana.runner.records.count() == before


def test_two_runs_of_one_start_are_one_as_for_every_fact(runner: Runner) -> None:
    body = {"start": SIX.isoformat(), "pain_during": 1}
    bridge.add(runner, "runs", body, on=SIX.date())
    bridge.add(runner, "runs", {**body, "pain_during": 4, "pain_after": 2}, on=SIX.date())

    (line,) = every_line(runner)

    assert (line.run.pain_during, line.run.pain_after) == (4, 2)
    assert len(line.records) == 2


def test_a_run_recorded_past_midnight_is_the_one_that_was_typed_before_it(
    runner: Runner, bring: Bring
) -> None:
    midnight = datetime(2026, 10, 20, 23, 10, tzinfo=UTC)  # 00:10 in Lisbon
    activity = bring("a.fit", a_jog(midnight))
    typed = (midnight - timedelta(minutes=12)).isoformat().replace("+00:00", "Z")
    bridge.add(runner, "runs", {"start": typed, "pain_during": 2}, on=date(2026, 10, 20))

    (line,) = every_line(runner)

    assert line.uid == activity.uid
    assert line.run.pain_during == 2
    assert replace(line.run, measured=None).distance_m == pytest.approx(3528, rel=0.02)
