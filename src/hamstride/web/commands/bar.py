"""How far an import is, on standard error, and how long it will take still."""

from contextlib import AbstractContextManager, nullcontext
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Bar:
    """How far an import is, and how long it will take still; gone when it is done."""

    def __init__(self, name: str) -> None:
        self.done, self.of = 0, 0
        self._shown = Progress(
            TextColumn(escape(name[-24:])),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._shown.add_task("", total=None)

    def __enter__(self) -> "Bar":
        self._shown.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Take it off the terminal."""
        self._shown.stop()

    def __call__(self, done: int, of: int, file: str) -> None:
        """Show how many are done."""
        del file
        self.done, self.of = done, of
        self._shown.update(self._task, completed=done, total=of)


class Count:
    """What a bar counts, where nobody looks."""

    done = of = 0

    def __call__(self, done: int, of: int, file: str) -> None:
        """Note how many are done."""
        del file
        self.done, self.of = done, of

    def stop(self) -> None:
        """Nothing is shown."""


def bar(name: str) -> AbstractContextManager[Bar | Count]:
    """A bar where somebody is looking, else only what it counts."""
    return Bar(name) if Console(stderr=True).is_terminal else nullcontext(Count())
