"""`python -m hamstride` is the command line."""

import runpy
import sys

import pytest


def test_python_dash_m_is_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["hamstride", "--version"])

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("hamstride", run_name="__main__")

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("hamstride")
