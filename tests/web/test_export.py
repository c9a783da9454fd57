"""Everything in one zip, and back: the same records, answers, files and ids."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client

from hamstride.cli import main
from hamstride.errors import StoreError
from hamstride.web import bridge, originals
from hamstride.web.bridge import exporting, giving_back
from hamstride.web.bridge.keeping import home
from hamstride.web.importing import exported, take_in
from hamstride.web.models import Account, Activity, Episode, Original, Record, Runner
from made_up_takeouts import fit, takeout
from store_contents import forget_all, kept, rows
from stores import Store

PAIN = {"on": "2026-11-20", "pain_morning": 2}
EMAIL = "ana@example.org"
on_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def exported_bytes(runner: Runner) -> bytes:
    return b"".join(exporting.zipped(runner))


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The export with some files changed, and a manifest that says so."""
    files = files_of(data)
    manifest = json.loads(files.pop("manifest.json"))
    change(files)
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(each).hexdigest(), "bytes": len(each)}
        for name, each in files.items()
    }
    return zip_of({**files, "manifest.json": json.dumps(manifest).encode()})


def zip_of(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, each in files.items():
            archive.writestr(name, each)
    return made.getvalue()


def emptied(account: Account) -> Runner:
    """The store with nothing in it but the account and a new runner of it."""
    forget_all()
    return Runner.objects.create(account=account, timezone="UTC")


@pytest.fixture
def written(ana: Episode, account: Account, tmp_path: Path) -> Path:
    """Ana's export, with a correction, an answer and an import that was taken back in it."""
    runner = ana.runner
    day = bridge.today_of(runner)
    bridge.answer_of(ana, day)
    last = bridge.rows_of(ana, "check_ins")[-1]
    bridge.add(
        runner, "check_ins", {**(last.body or {}), "note": "Zürich"}, on=last.on, episode=ana,
        corrects=last,
    )  # fmt: skip
    bridge.answer_of(ana, day)
    other = takeout(tmp_path / "other.zip", {"1.fit": fit(1)})
    bridge.undo(take_in(other, runner, workers=0))
    path = tmp_path / "export.zip"
    exporting.export_to(runner, path)
    return path


def test_export_import_export_gives_the_same_manifest(written: Path, account: Account) -> None:
    first = files_of(written.read_bytes())
    before = rows()
    runner = emptied(account)

    exported.take_back(written, runner, workers=0)

    second = files_of(exported_bytes(runner))
    assert json.loads(second["manifest.json"]) == json.loads(first["manifest.json"])
    assert second == first
    after = rows()
    assert after.keys() == before.keys()
    for table, found in before.items():
        assert after[table] == found, table


def test_the_manifest_names_every_file_with_its_hash(written: Path, account: Account) -> None:
    files = files_of(written.read_bytes())
    manifest = json.loads(files.pop("manifest.json"))

    assert manifest["hamstride_export"] == 1
    assert manifest["lost"] == []
    assert {name: told["sha256"] for name, told in manifest["files"].items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    sha256s = {name.split("/")[1].split(".")[0] for name in files if name.startswith("originals/")}
    assert sha256s == set(Original.objects.values_list("sha256", flat=True))
    assert len(sha256s) > 20  # Ana ran more often than that


def test_records_are_told_with_ids_corrections_and_when_they_were_written(
    written: Path, ana: Episode
) -> None:
    told = json.loads(files_of(written.read_bytes())["records.json"])

    assert len(told) == Record.objects.count()
    last = told[-1]
    row = Record.objects.order_by("pk").last()
    assert row is not None
    assert row.corrects is not None
    assert last["id"] == str(row.client)
    assert last["corrects"] == str(row.corrects.client)
    assert last["recorded_at"] == row.recorded_at.isoformat()
    assert last["body"]["note"] == "Zürich"


def test_answers_are_told_as_they_were_shown(written: Path, ana: Episode) -> None:
    told = json.loads(files_of(written.read_bytes())["decisions.json"])

    shown = list(ana.decisions.order_by("pk"))
    assert [each["id"] for each in told] == [str(each.uid) for each in shown]
    assert [each["answer"] for each in told] == [each.answer for each in shown]
    assert len(told) >= 2


def test_no_account_data_is_told_but_the_e_mail(written: Path, account: Account) -> None:
    files = files_of(written.read_bytes())

    assert json.loads(files["runner.json"])["email"] == EMAIL
    everything = b"".join(files.values())
    assert account.password.encode() not in everything
    assert b"argon2" not in everything


def test_the_runners_file_is_one_that_can_be_asked(written: Path, tmp_path: Path) -> None:
    (name,) = [each for each in files_of(written.read_bytes()) if each.startswith("runner-file/")]
    (tmp_path / "ana.toml").write_bytes(files_of(written.read_bytes())[name])

    done = CliRunner().invoke(main, ["advise", str(tmp_path / "ana.toml"), "--json"])

    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["today"]["action"]


def test_a_title_that_a_spreadsheet_would_run_is_kept_from_it(runner: Runner) -> None:
    assert exporting._cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert exporting._cell(-1.5) == "-1.5"
    assert exporting._cell(None) == ""
    assert exporting._cell(True) == "yes"
    assert exporting._cell(False) == "no"


def test_a_store_with_other_records_takes_no_export(written: Path, account: Account) -> None:
    runner = emptied(account)
    episode = bridge.open_episode(
        runner, {"started_on": "2026-11-01", "side": "left"}, on=bridge.today_of(runner)
    )
    before = rows(), kept()

    with pytest.raises(StoreError, match="into an empty one only"):
        exported.take_back(written, runner, workers=0)

    assert (rows(), kept()) == before
    assert Record.objects.get().episode == episode


def test_an_export_that_is_taken_back_twice_is_there_once(written: Path, account: Account) -> None:
    runner = emptied(account)
    exported.take_back(written, runner, workers=0)
    before = rows()

    exported.take_back(written, runner, workers=0)

    assert rows() == before


def test_taking_back_goes_on_where_it_was_broken_off(written: Path, account: Account) -> None:
    first = files_of(written.read_bytes())
    runner = emptied(account)

    def stop(done: int, of: int, file: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exported.take_back(written, runner, workers=0, tell=stop)
    assert Original.objects.filter(reader=giving_back.NEVER_READ).exists()

    exported.take_back(written, runner, workers=0)

    assert files_of(exported_bytes(runner)) == first


def test_another_account_of_the_store_cannot_take_the_same_ids(
    written: Path, account: Account
) -> None:
    other = Account.objects.create_user("ben@example.org", "a quiet hill at dawn")
    runner = Runner.objects.create(account=other, timezone="UTC")

    with pytest.raises(StoreError, match="under another account"):
        exported.take_back(written, runner, workers=0)

    assert not runner.records.exists()


def test_a_file_that_is_lost_is_named_and_keeps_nobody_from_the_others(
    written: Path, ana: Episode, account: Account, tmp_path: Path
) -> None:
    lost = ana.runner.originals.order_by("pk")[2].sha256
    originals.remove(home(ana.runner), lost)

    data = exported_bytes(ana.runner)
    manifest = json.loads(files_of(data)["manifest.json"])
    assert manifest["lost"] == [lost]
    path = tmp_path / "without.zip"
    path.write_bytes(data)
    many = Original.objects.count()
    runner = emptied(account)
    exported.take_back(path, runner, workers=0)

    assert runner.originals.count() == many - 1


@pytest.mark.parametrize(
    ("file", "spoil", "what"),
    [
        ("records.json", lambda _: b"[{}]", "one of its tables"),
        ("records.json", lambda _: b"not json", "records.json"),
        ("records.json", lambda _: b"{}", "one of its tables"),
        ("records.json", lambda told: told.replace(b'"check_ins"', b'"telepathy"'), "records.json"),
        ("runner.json", lambda told: told.replace(b'"km"', b'"furlong"'), "one of its tables"),
        ("runner.json", lambda told: told.replace(b"Europe/", b"Mars/"), "one of its tables"),
        ("decisions.json", lambda told: told.replace(b"+00:00", b""), "one of its tables"),
    ],
)  # fmt: skip
def test_an_export_that_somebody_changed_is_refused_and_nothing_is_stored(  # noqa: PLR0917
    written: Path,
    account: Account,
    tmp_path: Path,
    file: str,
    spoil: Callable[[bytes], bytes],
    what: str,
) -> None:
    def change(files: dict[str, bytes]) -> None:
        assert files[file] != spoil(files[file])
        files[file] = spoil(files[file])

    path = tmp_path / "changed.zip"
    path.write_bytes(changed(written.read_bytes(), change))
    runner = emptied(account)

    with pytest.raises(StoreError, match=f"not as it was written \\({what}"):
        exported.take_back(path, runner, workers=0)

    assert not runner.records.exists()
    assert not runner.episodes.exists()


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_text_that_is_too_long_for_its_column_is_refused(
    written: Path, account: Account, tmp_path: Path
) -> None:
    def change(files: dict[str, bytes]) -> None:
        files["imports.json"] = files["imports.json"].replace(b'"read"', b'"%s"' % (b"r" * 30))

    path = tmp_path / "changed.zip"
    path.write_bytes(changed(written.read_bytes(), change))

    with pytest.raises(StoreError, match=r"not as it was written \(one of its tables"):
        exported.take_back(path, emptied(account), workers=0)


@on_sqlite
def test_an_export_whose_bytes_changed_is_refused(
    written: Path, account: Account, tmp_path: Path
) -> None:
    files = files_of(written.read_bytes())
    some = next(name for name in files if name.startswith("originals/"))
    runner = emptied(account)
    spoilt: dict[str, dict[str, bytes]] = {
        some: {**files, some: files[some] + b"!"},
        "its list of files": {**files, "extra.txt": b"!"},
        "manifest.json": {**files, "manifest.json": b"[" * 100_000},
    }
    for what, each in spoilt.items():
        path = tmp_path / "spoilt.zip"
        path.write_bytes(zip_of(each))
        with pytest.raises(StoreError, match="not as it was written") as found:
            exported.take_back(path, runner, workers=0)
        assert what in str(found.value)


@on_sqlite
def test_a_zip_that_ends_early_is_refused(written: Path, account: Account, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(written.read_bytes()[:-100])

    assert not exported.is_export(path)
    with pytest.raises(StoreError, match=r"not as it was written \(cut.zip"):
        exported.take_back(path, emptied(account), workers=0)


@on_sqlite
def test_an_original_under_a_name_that_is_not_its_hash_is_refused(
    written: Path, account: Account, tmp_path: Path
) -> None:
    def change(files: dict[str, bytes]) -> None:
        some = next(name for name in files if name.startswith("originals/"))
        files["originals/../../escaped.fit"] = files.pop(some)

    path = tmp_path / "renamed.zip"
    path.write_bytes(changed(written.read_bytes(), change))

    with pytest.raises(StoreError, match="not as it was written"):
        exported.take_back(path, emptied(account), workers=0)
    assert not list(Path(settings.DATA).rglob("escaped*"))


@on_sqlite
def test_a_table_larger_than_any_is_not_unpacked(
    written: Path, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "_MOST_TABLE_BYTES", 1000)

    with pytest.raises(StoreError, match="not as it was written"):
        exported.take_back(written, emptied(account), workers=0)


@on_sqlite
def test_an_export_of_a_newer_hamstride_is_refused(
    written: Path, account: Account, tmp_path: Path
) -> None:
    files = files_of(written.read_bytes())
    manifest = {**json.loads(files["manifest.json"]), "hamstride_export": 2}
    path = tmp_path / "newer.zip"
    path.write_bytes(zip_of({**files, "manifest.json": json.dumps(manifest).encode()}))

    with pytest.raises(StoreError, match="newer Hamstride"):
        exported.take_back(path, emptied(account), workers=0)


@on_sqlite
def test_only_an_export_is_taken_for_one(written: Path, store: Store, tmp_path: Path) -> None:
    other = takeout(tmp_path / "strava.zip", {"1.fit": fit(1)})
    (tmp_path / "text.zip").write_text("no zip at all")
    (tmp_path / "list.zip").write_bytes(zip_of({"manifest.json": b"[1]"}))
    (tmp_path / "number.zip").write_bytes(zip_of({"manifest.json": b"1"}))
    broken = written.read_bytes().replace(b"manifest.json", b"manifest.yaml")
    (tmp_path / "broken.zip").write_bytes(broken)

    assert exported.is_export(written)
    for path in (
        other,
        *(tmp_path / f"{name}.zip" for name in ("text", "list", "number", "broken")),
    ):
        assert not exported.is_export(path)


# The command line


def hamstride(*arguments: object) -> Any:
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_command_line_exports_and_takes_back_the_same(
    written: Path, ana: Episode, account: Account, tmp_path: Path
) -> None:
    path = tmp_path / "mine.zip"
    told = hamstride("export", "--json", path)
    assert told["bytes"] == path.stat().st_size
    assert files_of(path.read_bytes()) == files_of(written.read_bytes())
    runner = emptied(account)

    (back,) = hamstride("import", "--json", path)

    assert back["records"] == runner.records.count() > 100
    assert files_of(exported_bytes(runner)) == files_of(written.read_bytes())


@on_sqlite
def test_no_file_is_written_over(ana: Episode, tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    path.write_bytes(b"mine")

    done = CliRunner().invoke(main, ["export", str(path)])

    assert done.exit_code == 2
    assert "is there already" in done.stderr
    assert path.read_bytes() == b"mine"


@on_sqlite
def test_a_place_that_cannot_be_written_to_is_told(ana: Episode, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="could not be written"):
        exporting.export_to(ana.runner, tmp_path / "nowhere" / "mine.zip")


def test_a_new_store_has_nothing_to_export_and_says_so(store: Store, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", str(tmp_path / "mine.zip")])

    assert done.exit_code == 2
    assert "Nothing is stored yet" in done.stderr


def test_an_export_without_an_answer_to_the_first_question_is_whole(
    runner: Runner, account: Account, tmp_path: Path
) -> None:
    Episode.objects.create(runner=runner)
    exporting.export_to(runner, tmp_path / "mine.zip")

    assert not [
        name
        for name in files_of((tmp_path / "mine.zip").read_bytes())
        if name.startswith("runner-file/")
    ]


# In the browser


def test_the_page_gives_the_zip_to_its_owner_alone(
    browser: Client, ana: Episode, written: Path
) -> None:
    page = browser.get("/settings/export/")
    assert "Export everything" in page.content.decode()

    got = browser.post("/settings/export/")

    assert got.headers["Content-Type"] == "application/zip"
    assert "attachment; filename=" in got.headers["Content-Disposition"]
    assert files_of(b"".join(got.streaming_content)) == files_of(written.read_bytes())  # type: ignore[attr-defined]
    ben = Account.objects.create_user("ben@example.org", "a quiet hill at dawn")
    Runner.objects.create(account=ben, timezone="UTC")
    stranger = Client(headers={"host": "localhost"})
    stranger.force_login(ben)
    his = files_of(b"".join(stranger.post("/settings/export/").streaming_content))  # type: ignore[attr-defined]
    assert json.loads(his["records.json"]) == []
    assert not [name for name in his if name.startswith("originals/")]
    assert str(uuid4()) not in str(his)
    assert Activity.objects.exists()
