"""The known word nearest to one that was typed."""

from collections.abc import Iterable
from difflib import get_close_matches
from zoneinfo import available_timezones

# Longer words are cut before they are compared: the comparison grows with the square of the length.
_LONGEST = 80


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that comes closest to `word`, or None where none resembles it.

    Examples
    --------
    >>> nearest("Pain-Mornin", ["pain_morning", "pain_rest"])
    'pain_morning'
    >>> nearest("shoe size", ["pain_morning", "pain_rest"])
    """
    by_plain_form = {_plain(name): name for name in sorted(known, reverse=True)}
    found = get_close_matches(_plain(word[:_LONGEST]), by_plain_form, n=1, cutoff=0.6)
    return by_plain_form[found[0]] if found else None


def nearest_zone(word: str) -> str | None:
    """The time zone that comes closest to `word`; a city alone finds its zone.

    Notes
    -----
    `Etc/GMT+1` and its kind are never offered: their sign is the reverse of what people mean.
    """
    zones = [name for name in available_timezones() if "/" in name and name[:4] != "Etc/"]
    by_city = {name.rsplit("/", 1)[1]: name for name in sorted(zones)}
    exact = {_plain(city): zone for city, zone in by_city.items()}.get(_plain(word[:_LONGEST]))
    if exact is not None:
        return exact
    whole = nearest(word, zones)
    if whole is not None:
        return whole
    city = nearest(word, by_city)
    return by_city[city] if city is not None else None


def _plain(word: str) -> str:
    return word.strip().lower().replace("-", "_").replace(" ", "_")
