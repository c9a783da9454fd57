"""What is stored, as tables. `bridge` alone turns rows into records and back."""

import uuid

from django.db import models

MISSING_TEXT = ""


class Runner(models.Model):
    """Whose runs they are, and her own top speed; null where it is not known."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, default="")
    timezone = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    injured_on = models.DateField(null=True)
    top_mps = models.FloatField(null=True)
    top_low_mps = models.FloatField(null=True)
    top_high_mps = models.FloatField(null=True)
    top_at_least = models.BooleanField(null=True)
    top_runs = models.PositiveIntegerField(null=True)
    top_on = models.DateField(null=True)


class Batch(models.Model):
    """One import of a file, a folder or a takeout.

    `fingerprint` is the same for the same files: an import that was broken off is gone on with,
    and one that was finished is not done again. `files` is how many there are.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    runner = models.ForeignKey(Runner, models.CASCADE, related_name="batches")
    source = models.TextField()
    fingerprint = models.CharField(max_length=64)
    files = models.PositiveIntegerField()
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)


class Original(models.Model):
    """A file as the watch wrote it; its bytes lie beside the database under their SHA-256.

    `batch` is the import that it goes with when that is undone. `whole`, `channels` and `samples`
    say how much it tells: where two files hold the same run, the richer one counts. `reader` is
    the version of the reader that read it.
    """

    runner = models.ForeignKey(Runner, models.CASCADE, related_name="originals")
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="originals")
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveBigIntegerField()
    format = models.CharField(max_length=8)
    whole = models.BooleanField()
    channels = models.PositiveIntegerField()
    samples = models.PositiveIntegerField()
    reader = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["runner", "sha256"], name="original_once_a_runner"),
        )


class Entry(models.Model):
    """What became of one file of an import; `place` is its order there."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="entries")
    place = models.PositiveIntegerField()
    file = models.TextField()
    status = models.CharField(max_length=20)
    message = models.TextField(default=MISSING_TEXT)
    original = models.ForeignKey(Original, models.SET_NULL, null=True, related_name="entries")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "place"], name="entry_once_a_place"),
        )


class Activity(models.Model):
    """One activity of a file: what it says of itself, and what was measured of it.

    Columns hold plain numbers, null where the file cannot tell: those of `records.Run`, then
    those of `records.Measured`, then what is fast against the runner's own top speed. `parts`
    holds what of `Measured` is no plain number, `written` what `records.Activity` has beside its
    channels. `begins`, `ends` and `family` tell whether another file holds the same; `same_as` is
    the activity that counts in its stead.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    runner = models.ForeignKey(Runner, models.CASCADE, related_name="activities")
    original = models.ForeignKey(Original, models.CASCADE, related_name="activities")
    part = models.PositiveIntegerField()
    file = models.TextField()
    format = models.CharField(max_length=8)
    sport = models.TextField()
    sub_sport = models.TextField(null=True)
    device = models.TextField(null=True)
    title = models.TextField(null=True)
    gear = models.TextField(null=True)
    is_run = models.BooleanField()
    start = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    begins = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    family = models.CharField(max_length=40, null=True)
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies")
    written = models.JSONField()

    treadmill = models.BooleanField(null=True)
    duration_s = models.FloatField(null=True)
    timer_s = models.FloatField(null=True)
    moving_s = models.FloatField(null=True)
    running_s = models.FloatField(null=True)
    longest_continuous_s = models.FloatField(null=True)
    walk_breaks = models.PositiveIntegerField(null=True)
    distance_m = models.FloatField(null=True)
    ascent_m = models.FloatField(null=True)
    cadence_spm = models.FloatField(null=True)
    best_speed_mps = models.FloatField(null=True)

    measured = models.BooleanField(default=False)
    quality = models.CharField(max_length=4, null=True)
    doubts = models.JSONField(default=list)
    load_hlu = models.FloatField(null=True)
    load_low = models.FloatField(null=True)
    load_high = models.FloatField(null=True)
    load_easy = models.FloatField(null=True)
    load_hills = models.FloatField(null=True)
    load_fast = models.FloatField(null=True)
    load_walking = models.FloatField(null=True)
    best_3s_mps = models.FloatField(null=True)
    best_20s_mps = models.FloatField(null=True)
    best_5k_mps = models.FloatField(null=True)
    descent_m = models.FloatField(null=True)
    steep_s = models.FloatField(null=True)
    hill_efforts = models.PositiveIntegerField(null=True)
    parts = models.JSONField(default=dict)

    fast_m = models.FloatField(null=True)
    sprint_m = models.FloatField(null=True)
    fast_efforts = models.PositiveIntegerField(null=True)
    sprints = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["original", "part"], name="activity_once_a_part"),
        )
        indexes = (
            models.Index(fields=["runner", "day"], name="activity_by_day"),
            models.Index(fields=["runner", "begins"], name="activity_by_time"),
        )


class Stream(models.Model):
    """One channel of an activity, packed; `codec` is a number of `streams.CODECS`."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="streams")
    channel = models.TextField()
    codec = models.PositiveSmallIntegerField()
    samples = models.PositiveIntegerField()
    unit = models.TextField()
    scale = models.FloatField()
    offset = models.FloatField()
    blob = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["activity", "channel"], name="stream_once_a_channel"),
        )
