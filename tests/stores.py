"""A store that a test made, for other modules and other processes."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Store:
    """An empty store, and what tells another process where it is."""

    data: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "HAMSTRIDE_DATA": str(self.data), "HAMSTRIDE_DATABASE_URL": self.url}
