"""A line on standard error that tells how far a long reading is."""

from types import TracebackType

from rich.console import Console
from rich.markup import escape


class Reading:
    """How many files are done, and the last of them; it is gone when all are."""

    def __init__(self) -> None:
        self._status = Console(stderr=True).status("Reading…", spinner="line")

    def __enter__(self) -> "Reading":
        self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._status.stop()

    def __call__(self, done: int, file: str) -> None:
        """Show a new count."""
        self._status.update(f"Reading… {done} files, last {escape(file[-40:])}")
