"""What is stored, as tables. `bridge` alone turns rows into records and back."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

MISSING_TEXT = ""


class Accounts(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> "Account":
        """An account with a password; without one nobody can sign in with a password."""
        account = self.model(email=self.normalize_email(email), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, by an e-mail address to which nothing is ever sent."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class Runner(models.Model):
    """Whose runs they are, and her own top speed; null where it is not known."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.OneToOneField(Account, models.CASCADE, null=True, related_name="runner")
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


class Episode(models.Model):
    """One injury of one runner. What is known of it stands in records, as everything does."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    runner = models.ForeignKey(Runner, models.CASCADE, related_name="episodes")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True)


class Record(models.Model):
    """One row of the log: something that was recorded. Rows are added and never changed.

    `kind` and `body` are a table of the runner's file and its keys. `client` makes a write that
    is sent twice one row. A row that `corrects` another stands in its stead, and without a body
    takes it away.
    """

    runner = models.ForeignKey(Runner, models.CASCADE, related_name="records")
    episode = models.ForeignKey(Episode, models.CASCADE, null=True, related_name="records")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    body = models.JSONField(null=True)
    client = models.UUIDField()
    corrects = models.OneToOneField("self", models.CASCADE, null=True, related_name="corrected_by")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["runner", "client"], name="record_once_a_client"),
        )
        indexes = (models.Index(fields=["episode", "kind", "on"], name="record_by_day"),)


class Decision(models.Model):
    """What was answered for a day, as it was shown; a later answer stands beside it.

    `basis` tells what it was made from: while that is the same, so is the answer.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    episode = models.ForeignKey(Episode, models.CASCADE, related_name="decisions")
    day = models.DateField()
    basis = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.CharField(max_length=20)
    protocol = models.CharField(max_length=60, null=True)
    protocol_version = models.CharField(max_length=20, null=True)
    state = models.CharField(max_length=20)
    word = models.TextField()
    reason = models.TextField()
    parts = models.JSONField()
    answer = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["episode", "day", "basis"], name="decision_once_a_basis"
            ),
        )


class Preferences(models.Model):
    """How a runner likes to read and to be spoken to; nothing here changes an answer."""

    runner = models.OneToOneField(Runner, models.CASCADE, related_name="preferences")
    language = models.CharField(max_length=10, default="en")
    distance = models.CharField(max_length=10, default="km")
    height = models.CharField(max_length=10, default="m")
    mass = models.CharField(max_length=10, default="kg")
    pace = models.CharField(max_length=10, default="min_km")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    shoes = models.JSONField(default=list)


class Upload(models.Model):
    """Files that were given in the browser, until they are taken in or taken back.

    They lie in a folder of the upload's own, under names of ours: `names` says what each is
    called. `starts` counts how often the work was begun without coming to an orderly end, so
    that what kills its worker is given up. `begun_with` files were done at `begun_at`.
    """

    class State(models.TextChoices):
        """How far it is; `stopped` is gone on with when the runner says so."""

        WAITING = "waiting"
        RUNNING = "running"
        STOPPED = "stopped"
        DONE = "done"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    runner = models.ForeignKey(Runner, models.CASCADE, related_name="uploads")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="uploads")
    name = models.TextField()
    names = models.JSONField()
    size_bytes = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    starts = models.PositiveIntegerField(default=0)
    error = models.TextField(default=MISSING_TEXT)
    created_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True)
    begun_with = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["runner", "state"], name="upload_by_state"),)
