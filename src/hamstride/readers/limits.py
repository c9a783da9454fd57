"""How large, how deep and how tightly packed a file may be.

Declared sizes are looked at first, because they cost nothing; the bytes that really come out
are counted always, because a declared size can lie.
"""

from dataclasses import dataclass, replace

MB = 1024 * 1024
GB = 1024 * MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call of `read` accepts.

    `takeout` holds the limits of an export of a whole account, told by its inside; None reads
    it under the same limits as any other zip.
    """

    file_bytes: int = 25 * MB
    zip_bytes: int = 200 * MB
    entries: int = 10_000
    entry_bytes: int = 25 * MB
    inflated_bytes: int = GB
    ratio: int = 100
    ratio_from_bytes: int = MB
    xml_depth: int = 64
    xml_elements: int = 2_000_000
    xml_attribute_bytes: int = 64 * 1024
    takeout: "Limits | None" = None


TAKEOUT = Limits(
    file_bytes=50 * MB,
    zip_bytes=8 * GB,
    entries=200_000,
    entry_bytes=50 * MB,
    inflated_bytes=20 * GB,
)
UPLOAD = replace(Limits(), takeout=TAKEOUT)


def size_text(size_bytes: int) -> str:
    """A size as people say it.

    Examples
    --------
    >>> size_text(26 * MB), size_text(8 * GB), size_text(300)
    ('26 MB', '8 GB', '300 bytes')
    """
    if size_bytes >= GB and size_bytes % GB == 0:
        return f"{size_bytes // GB} GB"
    if size_bytes >= MB:
        return f"{size_bytes / MB:.3g} MB" if size_bytes < 1000 * MB else f"{size_bytes // MB} MB"
    if size_bytes >= 10 * 1024:
        return f"{size_bytes // 1024} kB"
    return f"{size_bytes:,} bytes"
