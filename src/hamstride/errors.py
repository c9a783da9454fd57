"""Every error raised on purpose. All of them can be caught as HamstrideError."""


class HamstrideError(Exception):
    """Something a person can put right; the message says what was found and what to do."""


# Activity files


class UnreadableFileError(HamstrideError):
    """A file claims to be an activity and nothing of it can be read."""


class NotAnActivityError(HamstrideError):
    """A sound file of another kind: settings, a photo, an empty page."""


class TooLargeError(HamstrideError):
    """A file is larger, deeper or more tightly packed than the limits allow."""


class UnsupportedFileError(HamstrideError):
    """A file of a kind that is known and not read, such as an encrypted zip."""


# The runner's file and the protocol library


class CaseFileError(HamstrideError):
    """A runner's file cannot be used; `faults` holds one line for each fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class ProtocolError(HamstrideError):
    """A protocol file is refused; `faults` holds one line for each fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


# The store


class StoreError(HamstrideError):
    """What is stored cannot be read, or nothing can be stored; the message says the cure."""
