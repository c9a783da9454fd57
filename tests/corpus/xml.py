"""Rows B24 to B46: GPX and TCX files."""

from collections.abc import Callable, Iterable

from corpus.rows import NUMBERS, Row
from hamstride.readers import Outcome
from hamstride.records import MISSING
from made_up_files import gpx, lap, point, tcx, track, trackpoint

LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DOCTYPES = {
    24: f'<!DOCTYPE gpx [<!ENTITY a "ha">{LAUGHS}]>',
    25: f'<!DOCTYPE gpx [<!ENTITY a "{"x" * 50_000}">]>',
    26: '<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    27: '<!DOCTYPE gpx SYSTEM "http://example.org/gpx.dtd">',
}


def with_doctype(doctype: str) -> bytes:
    """A run whose heart rate is an entity."""
    data = gpx(track(point(0, extra="<hr>&i;&a;</hr>")))
    return data.replace(b"<gpx", doctype.encode() + b"<gpx", 1)


def run(seconds: Iterable[int]) -> bytes:
    """A run north with one point at each of these seconds, three metres from one to the next."""
    points = (point(second, lat=f"{38.7 + i * 27e-6:.6f}") for i, second in enumerate(seconds))
    return gpx(track("".join(points)))


def swapped(pairs: int) -> list[int]:
    """200 seconds, of which so many pairs stand the wrong way round."""
    seconds = list(range(200))
    for first in range(0, 2 * pairs, 2):
        seconds[first : first + 2] = seconds[first + 1], seconds[first]
    return seconds


def one_position(lat: str, lon: str = "-9.1", *, of: int = 30) -> bytes:
    """A run with one odd position among its points."""
    points = "".join(point(second) for second in range(of - 1))
    return gpx(track(points + point(of - 1, lat=lat, lon=lon)))


def two_days() -> bytes:
    """48 hours at one point a second."""
    moments = (
        f"2026-10-{20 + second // 86_400}T{second // 3600 % 24:02d}:{second // 60 % 60:02d}:"
        f"{second % 60:02d}Z"
        for second in range(2 * 86_400)
    )
    points = (f'<trkpt lat="38.7" lon="-9.1"><time>{each}</time></trkpt>' for each in moments)
    return gpx(track("".join(points)))


def beats(rate: int) -> bytes:
    """A TCX run of two points, of which the first has this heart rate."""
    inside = f"<HeartRateBpm><Value>{rate}</Value></HeartRateBpm>"
    return tcx(lap(trackpoint(0, inside) + trackpoint(1)))


def broken_near_its_end() -> bytes:
    """A run that is not well formed at its last point."""
    data = run(range(100))
    at = data.rindex(b"<trkpt")
    return data[:at] + b"<<" + data[at:]


def first_is_missing(channel: str) -> Callable[[list[Outcome]], bool]:
    """Whether the first value of a channel was left out."""
    return lambda outcomes: outcomes[0].activities[0].channels[channel].raw[0] == MISSING


def has_laps_only(outcomes: list[Outcome]) -> bool:
    """Whether a run without a track keeps the totals of its lap: 2,000 m in 600 s."""
    (found,) = outcomes[0].activities
    return (found.samples, found.distance_m, found.duration_s) == (0, 2000, 600)


def lasts(seconds: float) -> Callable[[list[Outcome]], bool]:
    """Whether the times were put in order before the length was told."""
    return lambda outcomes: outcomes[0].activities[0].duration_s == seconds


NO_ALTITUDE = gpx().replace(b"<ele>12.5</ele>", b"<ele>99999</ele>", 1)
KEPT = "what was read before the damage is worth more than nothing, and the line is named"
ASKED = "the watch's clock was not set; the run is kept, and its day is asked for"
DEEP, WIDE = "<x>" * 200_000, " ".join(f'a{number}=""' for number in range(1_000_000))

ROWS = (
    *(
        Row(no, "R", lambda doctype=doctype: with_doctype(doctype), "unsupported", "a DOCTYPE")  # type: ignore[misc]
        for no, doctype in DOCTYPES.items()
    ),
    Row(28, "R", lambda: gpx(track(point(0, extra=DEEP))), "too_large", "more than 64 deep"),
    Row(29, "R", lambda: gpx(f"<trk {WIDE}>"), "too_large", "more than 64 kB of attributes"),
    Row(30, "A", lambda: ("\ufeff" + gpx().decode()).encode("utf-16-le")),
    Row(30, "R", lambda: gpx().replace(b"UTF-8", b"UTF-7"), "unsupported", "'UTF-7'", about="7"),
    Row(31, "R", lambda: gpx().replace(b"UTF-8", b"UTF-16"), "unreadable", "written in UTF-16"),
    Row(
        31,
        "W",
        lambda: gpx(track(point(0)) + track(point(60), name="\xe9")).decode().encode("latin-1"),
        "wrong_encoding",
        "written in UTF-8, and at line 5",
        about="read in part",
        why=KEPT,
    ),
    Row(32, "R", lambda: gpx()[:70] + b"<<" + gpx()[70:], "unreadable", "at line 2"),
    Row(32, "W", broken_near_its_end, "syntax", "at line 102", about="at 99 %", why=KEPT),
    Row(
        33,
        "R",
        lambda: gpx("<trk><trkseg></trkseg></trk>"),
        "not_an_activity",
        "no track, so there is no run in it",
        why="there is nothing to accept; it is told apart from damage by its reason code",
    ),
    Row(34, "A", lambda: gpx(head='<gpx xmlns="urn:other">'), about="wrong"),
    Row(34, "A", lambda: gpx(head="<gpx>"), about="none"),
    *(
        Row(35, "W", lambda lat=lat: one_position(lat), "bad_position", repr(lat)[1:-1], about=lat)  # type: ignore[misc]
        for lat in ("91", "NaN", "Inf", "1e309")
    ),
    Row(35, "W", lambda: one_position("38.7", "181"), "bad_position", "181", about="longitude"),
    Row(35, "R", lambda: one_position("91", of=19), "unreadable", "1 of its 19", about="over 5 %"),
    Row(36, "R", lambda: one_position("38,7", "-9,1", of=1), "unreadable", "decimal commas"),
    Row(
        37,
        "Q",
        lambda: gpx(track('<trkpt lat="1" lon="2"/><trkpt lat="1.1" lon="2"/>')),
        "no_times",
        "duration and speed are not known",
        leaves_out=(),
    ),
    Row(38, "W", lambda: run(swapped(1)), "time_backwards", "at 1 of 200", also=lasts(199)),
    Row(
        38,
        "Q",
        lambda: run(swapped(21)),
        "time_disordered",
        "Look whether the duration is right",
        about="over 10 %",
    ),
    Row(39, "Q", lambda: run([0] * 200), "no_duration", "duration and speed are not known"),
    *(
        Row(
            40,
            "Q",
            lambda year=year: gpx().replace(b"2026-10", f"{year}-10".encode()),  # type: ignore[misc]
            "impossible_date",
            "On which day was it?",
            about=year,
            leaves_out=(),
            why=ASKED,
        )
        for year in ("1970", "2099", "0001")
    ),
    Row(41, "W", lambda: gpx().replace(b"Z</time>", b"</time>"), "no_zone", "read as UTC"),
    Row(42, "A", two_days, also=lasts(172_799)),
    Row(
        43,
        "Q",
        lambda: gpx(track(point(0) + point(1, lat="43.2") + point(2, lat="43.2"))),
        "position_jump",
        "the distance may be wrong",
        leaves_out=NUMBERS[:1],
    ),
    Row(44, "W", lambda: NO_ALTITUDE, "bad_altitude", "'99999'", also=first_is_missing("altitude")),
    Row(45, "A", lambda: tcx(lap("")), name="treadmill.tcx", also=has_laps_only),
    *(
        Row(
            46,
            "A",
            lambda rate=rate: beats(rate),  # type: ignore[misc]
            name="run.tcx",
            about=str(rate),
            also=lambda outcomes: "heart_rate" not in outcomes[0].activities[0].channels,
        )
        for rate in (0, 255)
    ),
)
