"""GPX, TCX and zip files for the tests of the readers, made up byte by byte."""

import struct
import zlib
from dataclasses import dataclass

GPX_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Made up">\n'
TCX_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase>\n<Activities>\n'
TCX_TAIL = "</Activities>\n</TrainingCenterDatabase>\n"


def point(second: int, *, lat: str = "38.7", lon: str = "-9.1", extra: str = "") -> str:
    """One GPX point, so many seconds after 06:00 on 20 October 2026."""
    return f'<trkpt lat="{lat}" lon="{lon}"><ele>12.5</ele>{when(second)}{extra}</trkpt>\n'


def when(second: int) -> str:
    """The GPX element of a time, so many seconds after 06:00."""
    hours, rest = divmod(second, 3600)
    return f"<time>2026-10-20T{6 + hours:02d}:{rest // 60:02d}:{rest % 60:02d}Z</time>"


def track(points: str, *, kind: str = "running", name: str = "Morning run") -> str:
    """One GPX track of one segment."""
    return f"<trk><name>{name}</name><type>{kind}</type><trkseg>{points}</trkseg></trk>\n"


def gpx(body: str | None = None, *, head: str = GPX_HEAD) -> bytes:
    """A GPX file; without a body, one track of ten points, a second apart."""
    if body is None:
        body = track("".join(point(second) for second in range(10)))
    return f"{head}{body}</gpx>\n".encode()


def trackpoint(second: int, inside: str = "") -> str:
    """One TCX point, so many seconds after 06:00 on 20 October 2026."""
    moment = f"2026-10-20T06:{second // 60:02d}:{second % 60:02d}Z"
    return f"<Trackpoint><Time>{moment}</Time>{inside}</Trackpoint>\n"


def lap(points: str, *, seconds: str = "600", metres: str = "2000", second: int = 0) -> str:
    """One TCX lap with one track."""
    start = f"2026-10-20T06:{second // 60:02d}:{second % 60:02d}Z"
    return (
        f'<Lap StartTime="{start}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
        f"<DistanceMeters>{metres}</DistanceMeters>"
        f"{f'<Track>{points}</Track>' if points else ''}</Lap>\n"
    )


def tcx(laps: str, *, sport: str = "Running") -> bytes:
    """A TCX file of one activity."""
    activity = f'<Activity Sport="{sport}"><Id>2026-10-20T06:00:00Z</Id>{laps}</Activity>\n'
    return f"{TCX_HEAD}{activity}{TCX_TAIL}".encode()


@dataclass
class Member:
    """One entry of a zip; whatever is given here is written, true or not."""

    name: str | bytes
    data: bytes
    method: int = 8
    flags: int = 0
    says_bytes: int | None = None
    system: int = 0
    outer: int = 0
    crc: int | None = None
    extra: bytes = b""
    offset: int | None = None
    dos_time: int = 0


def zipped(*members: Member, entries: int | None = None, comment: bytes = b"") -> bytes:
    """A zip written by hand, so that it can be wrong in any place."""
    body = b""
    directory = b""
    for member in members:
        name = member.name.encode() if isinstance(member.name, str) else member.name
        crc = zlib.crc32(member.data) if member.crc is None else member.crc
        packed = deflated(member.data) if member.method == 8 else member.data
        says = len(member.data) if member.says_bytes is None else member.says_bytes
        flags = member.flags | 0x800
        sizes = struct.pack("<LLL", crc, len(packed), says)
        offset = len(body) if member.offset is None else member.offset
        body += struct.pack("<4sHHHL", b"PK\3\4", 20, flags, member.method, member.dos_time) + sizes
        body += struct.pack("<HH", len(name), 0) + name + packed
        directory += struct.pack(
            "<4sBBHHHL", b"PK\1\2", 20, member.system, 20, flags, member.method, member.dos_time
        )
        directory += sizes + struct.pack(
            "<HHHHHLL", len(name), len(member.extra), 0, 0, 0, member.outer, offset
        )
        directory += name + member.extra
    count = len(members) if entries is None else entries
    end = struct.pack(
        "<4sHHHHLLH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), len(comment)
    )
    return body + directory + end + comment


def deflated(data: bytes) -> bytes:
    """Deflated without a header, as zips have it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()
