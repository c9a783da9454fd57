"""Speed and memory, as one JSON object.

    HAMSTRIDE_ACTIVITIES=FOLDER python -m bench

Never a timed test: figures differ from machine to machine, and a test may not. What could not be
measured stands under `not_measured` with the reason.
"""

import importlib
import json
import os
import platform
import sys
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path
from typing import Any

ACTIVITIES = "HAMSTRIDE_ACTIVITIES"

# Each has a `compare`; those that read files take the folder of activities.
ON_ACTIVITIES = ("fit", "xml_files")
ON_MADE_UP_RUNNERS = ("advise", "load", "importing", "app")

SHOWN = ("hamstride", "numpy", "pydantic", "fastcrc", "fitdecode", "gpxpy", "python-tcxparser")


def main() -> None:
    """Measure what can be measured here, and print it."""
    report: dict[str, Any] = {"machine": machine(), "versions": versions()}
    not_measured: dict[str, str] = {}
    folder, why_not = activities()
    for name in ON_ACTIVITIES:
        compare = comparison(name)
        if compare is None:
            not_measured[name] = f"there is no bench/{name}.py"
        elif folder is None:
            not_measured[name] = why_not
        else:
            report[name] = measured(name, compare, folder)
    for name in ON_MADE_UP_RUNNERS:
        compare = comparison(name)
        if compare is None:
            not_measured[name] = f"there is no bench/{name}.py"
        else:
            report[name] = measured(name, compare)
    for name, reason in not_measured.items():
        print(f"{name}: not measured, {reason}", file=sys.stderr)
    print(json.dumps(report | {"not_measured": not_measured}, indent=2))


def activities() -> tuple[Path | None, str]:
    """The folder of real activity files; else None and the reason."""
    named = os.environ.get(ACTIVITIES, "")
    if not named:
        return None, f"{ACTIVITIES} names no folder of activity files"
    folder = Path(named)
    return (folder, "") if folder.is_dir() else (None, f"there is no folder {named}")


def comparison(name: str) -> Callable[..., dict[str, Any]] | None:
    """The `compare` of one module of this folder, if there is such a module."""
    if util.find_spec(f"bench.{name}") is None:
        return None
    compare: Callable[..., dict[str, Any]] = importlib.import_module(f"bench.{name}").compare
    return compare


def measured(name: str, compare: Callable[..., dict[str, Any]], *given: Path) -> dict[str, Any]:
    """What a comparison found, with a word on the way, since some take a minute."""
    print(f"{name}: measuring ...", file=sys.stderr)
    return compare(*given)


def machine() -> dict[str, Any]:
    """The hardware and system that the figures hold for."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gib": memory_gib(),
        "system": platform.system(),
        "architecture": platform.machine(),
    }


def processor() -> str:
    """The processor's name, as far as the system tells it."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def memory_gib() -> float | None:
    """The main memory; None where the system does not tell."""
    try:
        size_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    return round(size_bytes / 2**30, 1)


def versions() -> dict[str, str]:
    """Python and the packages that the figures depend on; those that are absent are left out."""
    found = {"python": platform.python_version()}
    for name in SHOWN:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    main()
