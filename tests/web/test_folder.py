"""The key that signs cookies: made once, for its owner's eyes."""

import stat
from pathlib import Path

import pytest

from hamstride.web import folder


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    folder.make_secret(tmp_path)
    first = folder.secret(tmp_path)
    folder.make_secret(tmp_path)

    assert folder.secret(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / folder.SECRET_NAME).stat().st_mode) == 0o600


def test_the_key_of_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.make_secret(tmp_path)
    monkeypatch.setenv("HAMSTRIDE_SECRET_KEY", "from outside")

    assert folder.secret(tmp_path) == "from outside"


def test_before_there_is_a_key_each_process_has_one_of_its_own(tmp_path: Path) -> None:
    assert folder.secret(tmp_path) != folder.secret(tmp_path)
