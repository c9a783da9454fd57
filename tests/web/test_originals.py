"""Files are kept byte for byte, whole or not at all."""

import hashlib
import os
from pathlib import Path
from uuid import UUID

import pytest

from hamstride.errors import StoreError
from hamstride.web import originals

DATA = b"\x0e\x10 a run"
SHA256 = hashlib.sha256(DATA).hexdigest()
HOUR_S = 3600.0


def names(home: Path) -> list[str]:
    return sorted(path.name for path in home.glob("*/*"))


def test_a_file_comes_back_byte_for_byte_from_under_its_hash(tmp_path: Path) -> None:
    originals.keep(tmp_path, DATA, SHA256)

    assert originals.read(tmp_path, SHA256) == DATA
    assert (tmp_path / SHA256[:2] / SHA256).read_bytes() == DATA


def test_each_runner_has_a_folder_of_her_own(tmp_path: Path) -> None:
    one, other = UUID(int=1), UUID(int=2)

    originals.keep(originals.folder(tmp_path, one), DATA, SHA256)

    assert names(originals.folder(tmp_path, other)) == []
    assert names(originals.folder(tmp_path, one)) == [SHA256]


def test_keeping_twice_writes_once(tmp_path: Path) -> None:
    originals.keep(tmp_path, DATA, SHA256)
    first = originals.place(tmp_path, SHA256).stat()
    originals.keep(tmp_path, DATA, SHA256)

    assert originals.place(tmp_path, SHA256).stat().st_ino == first.st_ino


def test_a_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(StoreError, match=r"No space left on device.*import again"):
        originals.keep(tmp_path, DATA, SHA256)
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / SHA256[:2]).write_text("a file where the folder belongs")

    with pytest.raises(StoreError, match="could not be kept"):
        originals.keep(tmp_path, DATA, SHA256)


def test_bytes_that_changed_on_disk_are_not_given_out(tmp_path: Path) -> None:
    originals.keep(tmp_path, DATA, SHA256)
    originals.place(tmp_path, SHA256).write_bytes(DATA + b"!")

    with pytest.raises(StoreError, match=r"damaged on disk.*backup"):
        originals.read(tmp_path, SHA256)


def test_bytes_that_are_gone_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be read.*No such file"):
        originals.read(tmp_path, SHA256)


def test_removing_twice_is_no_fault(tmp_path: Path) -> None:
    originals.keep(tmp_path, DATA, SHA256)
    originals.remove(tmp_path, SHA256)
    originals.remove(tmp_path, SHA256)

    assert names(tmp_path) == []


def test_sweeping_takes_what_is_old_and_has_no_row(tmp_path: Path) -> None:
    for data in (b"named", b"old", b"new"):
        originals.keep(tmp_path, data, hashlib.sha256(data).hexdigest())
    writing = tmp_path / "aa" / ".writing-1"
    writing.parent.mkdir(exist_ok=True)
    writing.write_bytes(b"half a fi")
    for path in tmp_path.glob("*/*"):
        if path.name != hashlib.sha256(b"new").hexdigest():
            os.utime(path, (0, 0))

    named = {hashlib.sha256(b"named").hexdigest()}
    assert originals.sweep(tmp_path, named) == 2
    assert names(tmp_path) == sorted(named | {hashlib.sha256(b"new").hexdigest()})
    assert originals.sweep(tmp_path, named, older_than_s=-HOUR_S) == 1
