"""Taking in a whole history: newest first, in two processes, and gone on with when it is killed."""

from hamstride.web.importing.reading_again import read_again
from hamstride.web.importing.taking import Progress, Source, take_in

__all__ = ["Progress", "Source", "read_again", "take_in"]
