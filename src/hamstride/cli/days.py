"""Days, as they are written on the command line."""

from datetime import date

import click


def day(text: str | None, option: str) -> date | None:
    """The day that an option names; None without one."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(
            f"{option}: {text!r} is not a day of the calendar; write it as 2026-11-25."
        ) from None
