"""From a file to rows, all of it or nothing; and back, import by import."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone as clock

from hamstride.errors import StoreError
from hamstride.protocols.loading import load
from hamstride.web import originals
from hamstride.web.bridge.electing import elect
from hamstride.web.bridge.running import renew_top_speed
from hamstride.web.models import Activity, Batch, Entry, Original, Runner, Stream
from hamstride.web.prepared import READER, Prepared, PreparedActivity, clean, day_of
from hamstride.web.streams import Packed

ALREADY = "already_there"
"""The status of an entry whose bytes an earlier file had."""


def home(runner: Runner) -> Path:
    """The folder of a runner's originals."""
    return originals.folder(Path(settings.DATA), runner.uid)


def _locked(runner: Runner) -> None:
    """Wait for whoever else writes for this runner, and keep them off to the end."""
    Runner.objects.select_for_update().get(pk=runner.pk)


def _locked_for(batch: Batch) -> None:
    """Lock for one more file of an import, which may have been taken back while it ran."""
    _locked(batch.runner)
    if not Batch.objects.filter(pk=batch.pk, undone_at=None).exists():
        raise StoreError(
            "This import was taken back while it ran, and nothing more of it is stored. To have "
            "it after all, import again."
        )


# An import


def begin(runner: Runner, source: str, fingerprint: str, files: int) -> Batch:
    """A new import of some files, or the one of the same files that was not undone."""
    with transaction.atomic():
        _locked(runner)
        known = runner.batches.filter(fingerprint=fingerprint, undone_at=None).first()
        return known or Batch.objects.create(
            runner=runner, source=clean(source), fingerprint=fingerprint, files=files
        )


def finish(batch: Batch) -> None:
    """Say that every file of an import has its entry; sweep up after those that were killed."""
    if batch.finished_at is None:
        batch.finished_at = clock.now()
        batch.save(update_fields=["finished_at"])
    with transaction.atomic():
        _locked(batch.runner)
        named = set(batch.runner.originals.values_list("sha256", flat=True))
        originals.sweep(home(batch.runner), named)


# One file


def keep(batch: Batch, place: int, prepared: Prepared, data: bytes) -> Entry:
    """Store one file with everything that was made of it, or nothing of it.

    Told twice it stores once: neither the place in the import nor the bytes come again.

    Raises
    ------
    StoreError
        The bytes cannot be written, or the import was undone.
    """
    runner, sha256 = batch.runner, prepared.sha256
    keeps = prepared.format is not None and sha256 is not None
    if keeps and sha256 is not None:
        # Outside the transaction, which is the shorter for it. Bytes without a row are swept up.
        originals.keep(home(runner), data, sha256)
    with transaction.atomic():
        _locked_for(batch)
        done = batch.entries.filter(place=place).first()
        if done is not None:
            return done
        entry = Entry(
            batch=batch,
            place=place,
            file=prepared.file,
            status=prepared.status,
            message=prepared.message,
        )
        if keeps and sha256 is not None and not _again(entry, sha256):
            # An import that was undone in between may have taken them away.
            originals.keep(home(runner), data, sha256)
            entry.original = _store(batch, prepared, len(data))
        entry.save()
    return entry


def keep_known(batch: Batch, place: int, file: str, sha256: str) -> Entry | None:
    """Note that a file is there already; None where its bytes are not known."""
    with transaction.atomic():
        _locked_for(batch)
        done = batch.entries.filter(place=place).first()
        if done is not None:
            return done
        entry = Entry(batch=batch, place=place, file=clean(file))
        if not _again(entry, sha256):
            return None
        entry.save()
    return entry


def _again(entry: Entry, sha256: str) -> bool:
    """Whether the bytes are there already; then the entry says so."""
    known = entry.batch.runner.originals.filter(sha256=sha256).first()
    if known is None:
        return False
    entry.original, entry.status, entry.message = known, ALREADY, ""
    return True


def _store(batch: Batch, prepared: Prepared, size: int) -> Original:
    original = Original(
        runner=batch.runner,
        batch=batch,
        sha256=prepared.sha256 or "",
        bytes=size,
        format=prepared.format or "",
    )
    _store_read(original, prepared)
    elect(batch.runner, [each.pk for each in _store_activities(original, prepared.activities)])
    return original


def _store_read(original: Original, prepared: Prepared) -> None:
    """What reading it told of a file as a whole."""
    rich = prepared.rich
    original.whole = prepared.status == "read"
    original.channels = 0 if rich is None else rich.channels
    original.samples = 0 if rich is None else rich.samples
    original.reader = READER
    original.save()


def _store_activities(original: Original, prepared: Iterable[PreparedActivity]) -> list[Activity]:
    stored = []
    # The runner may have moved to another zone since the file was read.
    zone = Runner.objects.get(pk=original.runner_id).timezone
    for each in prepared:
        columns = {**each.columns, "day": day_of(each.columns["start"], zone)}
        activity = Activity.objects.create(runner=original.runner, original=original, **columns)
        Stream.objects.bulk_create(_stream(activity, packed) for packed in each.streams)
        stored.append(activity)
    return stored


def _stream(activity: Activity, packed: Packed) -> Stream:
    columns = {name: getattr(packed, name) for name in Packed.__dataclass_fields__}
    return Stream(activity=activity, **columns)


# Again, by a newer reader


def reread(original: Original, prepared: Prepared) -> None:
    """Put what a newer reader made of an original in the place of what an older one made."""
    with transaction.atomic():
        _locked(original.runner)
        if not original.runner.originals.filter(pk=original.pk).exists():
            return  # Its import was undone since.
        uids = dict(original.activities.values_list("part", "uid"))
        freed = _in_the_shade_of(Original.objects.filter(pk=original.pk))
        original.activities.all().delete()
        _store_read(original, prepared)
        stored = _store_activities(original, prepared.activities)
        for each in stored:
            # What points to an activity from outside goes on pointing to it.
            each.uid = uids.get(each.part, each.uid)
            each.save(update_fields=["uid"])
        elect(original.runner, [*freed, *(each.pk for each in stored)])
        original.entries.exclude(status=ALREADY).update(
            status=prepared.status, message=prepared.message
        )


def _in_the_shade_of(going: QuerySet[Original]) -> list[int]:
    """The activities of other files that do not count because one of these has them."""
    shaded = Activity.objects.filter(same_as__original__in=going).exclude(original__in=going)
    return list(shaded.values_list("pk", flat=True))


# Undoing


def undo(batch: Batch) -> int:
    """Take back what an import brought, and nothing else; how many activities went.

    A file that another import had too stays, and is from then on that import's. The runner's own
    top speed is that of the runs that are left.
    """
    runner = batch.runner
    with transaction.atomic():
        _locked(runner)
        others = Batch.objects.filter(undone_at=None).exclude(pk=batch.pk)
        for original in batch.originals.filter(entries__batch__in=others).distinct():
            _pass_on(original, others)
        gone = set(batch.originals.values_list("sha256", flat=True))
        mine = Activity.objects.filter(original__batch=batch)
        activities, freed = mine.count(), _in_the_shade_of(batch.originals.all())
        # From the leaves on, each table in one go: a takeout of years is undone in a second.
        Stream.objects.filter(activity__original__batch=batch).delete()
        mine.delete()
        batch.originals.all().delete()
        elect(runner, freed)
        batch.undone_at = clock.now()
        batch.save(update_fields=["undone_at"])
        renew_top_speed(runner, load().declared)
    with transaction.atomic():
        _locked(runner)
        # Another import may have brought the same bytes in between.
        for sha256 in gone - set(runner.originals.values_list("sha256", flat=True)):
            originals.remove(home(runner), sha256)
    return activities


def _pass_on(original: Original, others: QuerySet[Batch]) -> None:
    """Give a file to the oldest other import that had it."""
    original.batch = others.filter(entries__original=original).earliest("started_at", "pk")
    original.save(update_fields=["batch"])
