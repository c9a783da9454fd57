"""Damage to bytes, the same for the same seed."""

import random

_SNIPPETS = (b"<", b">", b"&", b'"', b"e99", b"]]>", b"<!--", b"PK\1\2", b"PK\5\6", b"\xff\xff")


def mutated(data: bytes, seed: int) -> bytes:
    """One to twenty damages: a byte flipped, bytes cut, doubled, zeroed or put in."""
    dice = random.Random(seed)  # noqa: S311 - damage, no secret
    damaged = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 3, 20))):
        if not damaged:
            break
        at = dice.randrange(len(damaged))
        length = dice.choice((1, 1, 4, 60))
        kind = dice.randrange(5)
        if kind == 0:
            damaged[at] = dice.randrange(256)
        elif kind == 1:
            del damaged[at : at + length]
        elif kind == 2:
            damaged[at:at] = damaged[at : at + length]
        elif kind == 3:
            damaged[at : at + length] = bytes(len(damaged[at : at + length]))
        else:
            damaged[at : at + 1] = dice.choice(_SNIPPETS)
    return bytes(damaged)
