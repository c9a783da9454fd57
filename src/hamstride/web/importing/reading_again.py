"""What an older reader read, read again from the originals."""

from collections.abc import Iterator

from hamstride.errors import StoreError
from hamstride.readers import Found
from hamstride.readers.takeouts import Described
from hamstride.web import bridge, originals
from hamstride.web.bridge.keeping import home
from hamstride.web.importing.pool import Pool
from hamstride.web.importing.taking import Progress
from hamstride.web.models import Original, Runner
from hamstride.web.prepared import READER
from hamstride.web.worker import Task, declared

_FEW = 6


def read_again(
    runner: Runner, *, workers: int, everything: bool = False, tell: Progress = lambda *_: None
) -> int:
    """Read again what an older reader read, or everything; how many files that were.

    Each file is put in place by itself, so that this may be broken off and begun again.

    Raises
    ------
    StoreError
        An original is gone or damaged. All others were read.
    """
    lost: list[StoreError] = []
    stale = runner.originals.order_by("-pk")
    if not everything:
        stale = stale.filter(reader__lt=READER)
    files = list(stale)
    with Pool(workers if len(files) > _FEW else 0) as pool:
        for done, (original, prepared) in enumerate(pool.read(_tasks(runner, files, lost)), 1):
            if prepared is not None:
                bridge.reread(original, prepared)
            tell(done, len(files), _name(original))
    if files:
        bridge.renew_top_speed(runner, declared())
    if lost:
        raise lost[0]
    return len(files)


def _tasks(
    runner: Runner, files: list[Original], lost: list[StoreError]
) -> Iterator[tuple[Original, Task]]:
    for original in files:
        try:
            data = originals.read(home(runner), original.sha256)
        except StoreError as error:
            # One whose import was undone since is no loss.
            if runner.originals.filter(pk=original.pk).exists():
                lost.append(error)
            continue
        # Titles and shoes come from the table of a takeout, and from no file of a run.
        first = original.activities.order_by("part").first()
        described = Described() if first is None else Described(first.title, first.gear)
        yield original, Task(Found(_name(original), data, (), described), runner.timezone)


def _name(original: Original) -> str:
    entry = original.entries.order_by("pk").first()
    return original.sha256 if entry is None else entry.file
