"""A picture of a page with at most 256 colours: a third of the size, and the same to the eye."""

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

MOST_COLOURS = 256
KEPT_EXACTLY = 64
"""So many of the commonest colours: those of the paper, the cards and the ink."""
_PIXELS = """async (png) => {
  const answer = await fetch(`data:image/png;base64,${png}`);
  const picture = await createImageBitmap(await answer.blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const drawn = canvas.getContext("2d");
  drawn.drawImage(picture, 0, 0);
  const { data } = drawn.getImageData(0, 0, picture.width, picture.height);
  const reader = new FileReader();
  await new Promise((done) => {
    reader.onload = done;
    reader.readAsDataURL(new Blob([data]));
  });
  return { width: picture.width, base64: reader.result.split(",")[1] };
}"""


def small(png: bytes, blank: Page) -> bytes:
    """The picture again, with fewer colours; a blank page reads its pixels."""
    read = blank.evaluate(_PIXELS, base64.b64encode(png).decode())
    pixels = np.frombuffer(base64.b64decode(read["base64"]), np.uint8)
    return _encoded(pixels.reshape(-1, read["width"], 4)[..., :3].astype(np.int64))


def _encoded(pixels: NDArray[np.int64]) -> bytes:
    height, width, _ = pixels.shape
    red, green, blue = (pixels[..., each] for each in range(3))
    colours, chosen = _palette(red * 0x10000 + green * 0x100 + blue)
    lines = np.zeros((height, width + 1), np.uint8)  # each begins with 0: it is not filtered
    lines[:, 1:] = chosen.reshape(height, width)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    table = b"".join(int(each).to_bytes(3, "big") for each in colours)
    parts = ((b"IHDR", head), (b"PLTE", table), (b"IDAT", zlib.compress(lines.tobytes(), 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in (*parts, (b"IEND", b"")))


def _palette(pixels: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The colours that are kept, and of each pixel which: like ones become the commonest."""
    exact, which, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    rare_first = np.argsort(counts)
    common = rare_first[-KEPT_EXACTLY:]
    bits = 8
    while True:
        mask = (0xFF00 >> bits) & 0xFF
        like = exact & (mask << 16 | mask << 8 | mask)
        like[common] = exact[common] | 1 << 24
        groups, group = np.unique(like, return_inverse=True)
        if len(groups) <= MOST_COLOURS:
            break
        bits -= 1
    kept = np.zeros(len(groups), np.int64)
    kept[group[rare_first]] = exact[rare_first]
    return kept, group[which.ravel()]


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
