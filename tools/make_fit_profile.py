"""Write `src/hamstride/readers/fit_profile.py` from the profile that fitdecode carries.

    python tools/make_fit_profile.py > src/hamstride/readers/fit_profile.py

Only facts are taken over: numbers, names, scales, offsets and units of the messages that are
read, and the names of a few numbered lists. Base types are not, because every FIT file states
them itself.
"""

import inspect
import re
import sys
import textwrap
from collections.abc import Iterable

from fitdecode import profile

MESSAGES = (
    "file_id",
    "sport",
    "session",
    "lap",
    "record",
    "event",
    "device_info",
    "workout_step",
    "activity",
    "length",
    "hr",
    "field_description",
    "developer_data_id",
    "set",
)
NAMES = ("file", "sport", "sub_sport", "manufacturer", "garmin_product")

HEAD = '''\
"""Numbers, names, scales and units of the FIT messages that are read.

Generated, do not edit: `python tools/make_fit_profile.py` writes this module.
Made from FIT profile {version}, exported {date}, as carried by fitdecode (MIT).
"""

# fmt: off

PROFILE_VERSION = "{version}"
PROFILE_DATE = "{date}"

Field = tuple[str, float, float, str]
"""Name, scale, offset and unit: physical value = raw / scale - offset."""
'''


def packed(items: Iterable[str]) -> str:
    """Entries of a dict literal, as many to a line as fit."""
    # A blank inside an entry may not become a line break, so it hides behind a NUL.
    text = " ".join(item.replace(" ", "\0") + "," for item in items)
    lines = textwrap.wrap(text, 96, break_long_words=False, break_on_hyphens=False)
    return "\n".join("    " + line.replace("\0", " ") for line in lines)


def messages() -> Iterable[str]:
    """One dict for each message, then the table of them."""
    by_name = {kind.name: kind for kind in profile.MESSAGE_TYPES.values()}
    for name in MESSAGES:
        fields = (
            f'{number}: ("{field.name}", {float(field.scale or 1)}, '
            f'{float(field.offset or 0)}, "{field.units or ""}")'
            for number, field in sorted(by_name[name].fields.items())
        )
        yield f"{name.upper()}: dict[int, Field] = {{\n{packed(fields)}\n}}\n"
    rows = (f'{by_name[name].mesg_num}: ("{name}", {name.upper()})' for name in MESSAGES)
    yield f"MESSAGES: dict[int, tuple[str, dict[int, Field]]] = {{\n{packed(rows)}\n}}\n"


def names() -> Iterable[str]:
    """One dict for each numbered list."""
    for name in NAMES:
        rows = (f'{n}: "{text}"' for n, text in sorted(profile.FIELD_TYPES[name].enum.items()))
        yield f"{name.upper()}_NAMES: dict[int, str] = {{\n{packed(rows)}\n}}\n"


def main() -> None:
    """Print the module."""
    stamp = re.search(r"SDK VERSION ([\d.]+) ON ([\d-]+)", inspect.getsource(profile))
    if stamp is None:
        sys.exit("fitdecode's profile does not say which version it was made from.")
    head = HEAD.format(version=stamp[1], date=stamp[2])
    sys.stdout.write("\n".join((head, *messages(), *names())))


if __name__ == "__main__":
    main()
