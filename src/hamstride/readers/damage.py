"""What to do when a file is damaged."""

from enum import Enum


class Damage(Enum):
    """How lenient a reader is; a runner's history is worth more than a clean exit code."""

    KEEP = "keep what was read before the damage, and list what was found"
    REFUSE = "raise UnreadableFileError at the first finding"


def named(file: str, say: str) -> str:
    """What a finding says, behind the name of its file."""
    return f"{file}: {say[:1].lower()}{say[1:]}"


def without_rest(say: str) -> str:
    """What a finding says was found, without what became of the rest.

    Examples
    --------
    >>> without_rest("The file ends 5 bytes early, at byte 61. Everything before it was read.")
    'The file ends 5 bytes early, at byte 61.'
    """
    return f"{say.partition('. ')[0].removesuffix('.')}."
