"""Settings, and deleting everything so that no trace is left."""

import re
from datetime import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ, Task
from django_q.tasks import async_task

from hamstride.errors import StoreError
from hamstride.web import bridge
from hamstride.web.bridge import forgetting, uploads
from hamstride.web.bridge.preferring import preferences_of, set_injury_day, units_of
from hamstride.web.importing import take_in
from hamstride.web.models import Account, Activity, Episode, Preferences, Runner, Upload
from hamstride.web.quantities import Units
from made_up_takeouts import fit, takeout

PASSWORD = "a long walk by the river"  # noqa: S105 - of a made-up runner
CANARY = "canary-8f3a1c"
PLAIN = {
    "distance": "mi", "pace": "min_mi", "height": "ft", "mass": "lb", "language": "en",
    "timezone": "Europe/Lisbon", "injured_on": "", "quiet_from": "21:30", "quiet_until": "07:00",
    "shoes": "Blue 8 mm\n\n Trail \nBlue 8 mm",
}  # fmt: skip


# Settings


def test_nothing_is_chosen_before_it_is_and_looking_stores_nothing(browser: Client) -> None:
    page = browser.get("/settings/").content.decode()

    assert "Nobody else can see your data." in page
    assert "Hamstride sends nothing yet." in page
    assert not Preferences.objects.exists()


def test_what_is_chosen_is_kept_and_shown_again(browser: Client, runner: Runner) -> None:
    assert browser.post("/settings/", PLAIN).headers["Location"] == "/settings/"

    chosen = preferences_of(runner)
    assert units_of(runner) == Units("mi", "ft", "lb", "min_mi")
    assert chosen.shoes == ["Blue 8 mm", "Trail"]
    assert (chosen.quiet_from, chosen.quiet_until) == (time(21, 30), time(7, 0))
    page = browser.get("/settings/").content.decode()
    assert re.search(r'value="mi"[^>]* checked', page)
    assert 'value="21:30"' in page
    assert "Settings saved." in page
    browser.post("/settings/", PLAIN)
    assert Preferences.objects.count() == 1


def test_another_time_zone_moves_every_run_to_its_day_there(browser: Client, ana: Episode) -> None:
    before = dict(Activity.objects.values_list("pk", "day"))

    browser.post("/settings/", {**PLAIN, "timezone": "Pacific/Kiritimati"})

    ana.runner.refresh_from_db()
    assert ana.runner.timezone == "Pacific/Kiritimati"
    after = dict(Activity.objects.values_list("pk", "day"))
    assert any(after[pk] != day for pk, day in before.items())


def test_the_day_of_the_injury_is_set_and_taken_away(browser: Client, ana: Episode) -> None:
    was = ana.runner.injured_on
    assert was is not None
    set_injury_day(ana.runner, was)
    browser.post("/settings/", {**PLAIN, "injured_on": "2026-09-01"})
    ana.runner.refresh_from_db()
    assert str(ana.runner.injured_on) == "2026-09-01"

    browser.post("/settings/", PLAIN)

    ana.runner.refresh_from_db()
    assert ana.runner.injured_on is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"timezone": "Mars/Base"}, "Mars/Base"),
        ({"distance": "furlong"}, "furlong"),
        ({"quiet_until": ""}, "Quiet hours want both times, or none."),
        ({"quiet_from": ""}, "Quiet hours want both times, or none."),
        ({"quiet_from": "25:99"}, "Enter a valid time."),
        ({"shoes": "\n".join(map(str, range(21)))}, "Up to 20 pairs fit here"),
        ({"shoes": "x" * 81}, "with up to 80 letters a name"),
        ({"injured_on": "2026-02-30"}, "Enter a valid date."),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_said_and_nothing_typed_is_lost(
    browser: Client, runner: Runner, change: dict[str, str], said: str
) -> None:
    page = browser.post("/settings/", {**PLAIN, "shoes": "Kept", **change})

    assert page.status_code == 200
    told = page.content.decode()
    assert said in told
    assert "nothing is lost" in told
    if "shoes" not in change:
        assert "Kept" in told
    assert not Preferences.objects.exists()


def test_settings_take_few_queries_and_little_room(browser: Client, ana: Episode) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = browser.get("/settings/")

    assert len(queries) <= 12
    assert len(page.content) < 150_000


def test_a_page_tells_quantities_in_the_runners_units(browser: Client, runner: Runner) -> None:
    browser.post("/settings/", PLAIN)
    template = Template(
        "{% load quantities %}{% own_units as units %}{{ 5000|distance:units }} "
        "{{ 3.0|pace:units }} {{ 100|height:units }} {{ 20|mass:units }}{% own_units as again %}"
        "{{ again.mass }}"
    )
    request = RequestFactory().get("/")
    request.user = runner.account  # type: ignore[assignment]

    # 5000 / 1609.344 = 3.107; 1609.344 / 3 = 536.4 s; 100 / 0.3048 = 328.1; 20 / 0.45359 = 44.1
    assert template.render(Context({"request": request})) == "3.1 mi 8:56 /mi 328 ft 44 lblb"
    assert template.render(Context({})) == "5.0 km 5:33 /km 100 m 20 kgkg"


def test_an_account_without_a_runner_reads_metres(runner: Runner) -> None:
    request = RequestFactory().get("/")
    request.user = Account.objects.create_user("ben@example.org", PASSWORD)
    told = Template("{% load quantities %}{% own_units as units %}{{ 900|distance:units }}")

    assert told.render(Context({"request": request})) == "900 m"


# Delete me


@pytest.fixture
def planted(browser: Client, ana: Episode, account: Account, tmp_path: Path) -> Runner:
    """Ana's store with a canary in every kind of thing that it holds."""
    runner = ana.runner
    account.email = f"{CANARY}@example.org"
    account.save()
    runner.name = CANARY
    runner.save()
    browser.post("/settings/", {**PLAIN, "shoes": CANARY})
    last = bridge.rows_of(ana, "check_ins")[-1]
    for number in range(50):
        body = {**(last.body or {}), "note": f"{CANARY} {number}"}
        bridge.add(runner, "check_ins", body, on=last.on, episode=ana)
    bridge.answer_of(ana, bridge.today_of(runner))
    take_in(takeout(tmp_path / f"{CANARY}.zip", {f"{CANARY}.fit": fit(3)}), runner, workers=0)
    gpx = f"<gpx><trk><name>{CANARY}</name></trk></gpx>".encode()
    take_in(takeout(tmp_path / "other.zip", {"a.gpx": gpx}), runner, workers=0)
    upload = Upload.objects.create(
        runner=runner, name=CANARY, names={"1": CANARY}, size_bytes=7, error=CANARY
    )
    uploads.folder_of(upload).mkdir(parents=True)
    (uploads.folder_of(upload) / "1").write_text(CANARY)
    async_task(uploads.TASK, upload.pk)
    Task.objects.create(
        id=uuid4().hex, name="t", func=uploads.TASK, args=(upload.pk,), result=CANARY,
        started=upload.created_at, stopped=upload.created_at, success=False,
    )  # fmt: skip
    browser.get("/", headers={"user-agent": CANARY})
    session = browser.session
    session["note"] = CANARY
    session.save()
    return runner


def every_file(data: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in data.rglob("*") if path.is_file()}


def every_row() -> dict[str, list[str]]:
    """Every row of every table of the database, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of our own
            found[table] = [
                " ".join(
                    bytes(value).decode("latin-1")
                    if isinstance(value, bytes | memoryview)
                    else str(value)
                    for value in row
                )
                for row in cursor.fetchall()
            ]
    return found


def with_canary(runner: Runner) -> list[str]:
    """Where the canary, or the runner's id, can be found."""
    marks = (CANARY.encode(), runner.uid.hex.encode(), b"ana@example.org")
    files = [
        path
        for path, data in every_file(Path(settings.DATA)).items()
        if any(mark in data for mark in marks) or runner.uid.hex in path
    ]
    rows = [
        f"{table}: {row[:80]}"
        for table, found in every_row().items()
        for row in found
        if any(mark.decode() in row for mark in marks)
    ]
    return files + rows


def test_delete_me_leaves_no_trace(planted: Runner, browser: Client, account: Account) -> None:
    account.refresh_from_db()
    uid = planted.uid
    assert len(with_canary(planted)) > 5
    other = Account.objects.create_user("ben@example.org", PASSWORD)
    Runner.objects.create(account=other, timezone="UTC")
    his = Client(headers={"host": "localhost"})
    his.force_login(other)
    async_task(uploads.TASK, 0)
    async_task("hamstride.web.jobs.tidy")
    Task.objects.create(
        id=uuid4().hex, name="his", func=uploads.TASK, args=(0,), success=True,
        started=account.joined_at, stopped=account.joined_at,
    )  # fmt: skip

    page = browser.post("/settings/delete/", {"word": "Delete", "password": PASSWORD})

    assert "Everything is deleted" in page.content.decode()
    planted.uid = uid
    assert with_canary(planted) == []
    assert list(Account.objects.values_list("email", flat=True)) == ["ben@example.org"]
    assert Runner.objects.count() == 1
    assert not Activity.objects.exists()
    assert OrmQ.objects.count() == 2
    assert Task.objects.get().name == "his"
    assert his.get("/settings/").status_code == 200
    assert browser.get("/settings/").status_code == 302


def test_delete_me_says_what_goes_and_offers_an_export(browser: Client, ana: Episode) -> None:
    page = browser.get("/settings/delete/").content.decode()

    goes = forgetting.what_goes(ana.runner)
    assert f"{goes['records']} records" in page
    assert f"{goes['originals']} files as the watch wrote them" in page
    assert 'href="/settings/export/"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"word": "delete", "password": "not hers at all"}, "This is not your password."),
        ({"word": "detele", "password": PASSWORD}, "This says “detele”."),
        ({}, "This field is required."),
    ],
)
def test_a_slip_deletes_nothing(
    browser: Client, ana: Episode, typed: dict[str, str], said: str
) -> None:
    page = browser.post("/settings/delete/", typed)

    assert said in page.content.decode()
    assert Runner.objects.filter(pk=ana.runner.pk).exists()
    assert PASSWORD not in page.content.decode()


def test_passwords_cannot_be_tried_out_on_this_page(browser: Client, ana: Episode) -> None:
    for _ in range(10):
        browser.post("/settings/delete/", {"word": "delete", "password": "a wrong one again"})

    page = browser.post("/settings/delete/", {"word": "delete", "password": PASSWORD})

    assert page.status_code == 429
    assert "A short rest" in page.content.decode()
    assert Runner.objects.filter(pk=ana.runner.pk).exists()


def test_files_of_a_runner_that_is_gone_are_swept_up(runner: Runner) -> None:
    home = Path(settings.DATA) / "media" / "originals"
    for name in (uuid4().hex, runner.uid.hex):
        (home / name / "ab").mkdir(parents=True)

    assert forgetting.sweep_strangers(Path(settings.DATA)) == 1

    assert [each.name for each in home.iterdir()] == [runner.uid.hex]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_database_that_is_too_busy_to_be_rewritten_is_told(
    browser: Client, ana: Episode, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    run = forgetting._run

    def busy(statement: str) -> tuple[int, ...]:
        ran.append(statement)
        if statement == "VACUUM" and ran.count("VACUUM") == 1:
            raise OperationalError("database is locked")
        return (1,) if "checkpoint" in statement else run(statement)

    monkeypatch.setattr(forgetting, "_run", busy)
    monkeypatch.setattr(forgetting, "_WAIT_S", 0.0)

    page = browser.post("/settings/delete/", {"word": "delete", "password": PASSWORD})

    assert "doctor --tidy" in page.content.decode()
    assert not Account.objects.exists()
    with pytest.raises(StoreError, match="Everything is deleted"):
        forgetting.rewrite()
