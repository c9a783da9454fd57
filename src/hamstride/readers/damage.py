"""What to do when a file is damaged."""

from enum import Enum


class Damage(Enum):
    """How lenient a reader is; a runner's history is worth more than a clean exit code."""

    KEEP = "keep what was read before the damage, and list what was found"
    REFUSE = "raise UnreadableFileError at the first finding"


def named(file: str, say: str) -> str:
    """What a finding says, behind the name of its file."""
    return f"{file}: {say[:1].lower()}{say[1:]}"
