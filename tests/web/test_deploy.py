"""Behind a proxy that speaks HTTPS, Django finds nothing to warn of."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_settings_for_a_server_pass_every_check(tmp_path: Path) -> None:
    settings = {
        # A browser in this process asks for what no server should set.
        **{name: value for name, value in os.environ.items() if "ASYNC_UNSAFE" not in name},
        "DJANGO_SETTINGS_MODULE": "hamstride.web.settings",
        "HAMSTRIDE_DATA": str(tmp_path),
        "HAMSTRIDE_DATABASE_URL": "",
        "HAMSTRIDE_HOSTS": "run.example.org",
        "HAMSTRIDE_HTTPS": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
