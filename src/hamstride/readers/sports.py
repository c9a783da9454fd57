"""What a sport is called, whatever the file calls it."""

# Strava writes the number of its own list into the GPX it exports.
_NUMBERS = {"1": "cycling", "4": "hiking", "9": "running", "10": "walking", "16": "swimming"}
_SAME = {
    "run": "running",
    "jog": "running",
    "jogging": "running",
    "bike": "cycling",
    "biking": "cycling",
    "ride": "cycling",
    "walk": "walking",
    "hike": "hiking",
    "swim": "swimming",
    "": "unknown",
}
_FAMILIES = {
    "trail_running": ("running", "trail"),
    "trailrun": ("running", "trail"),
    "trail_run": ("running", "trail"),
    "treadmill_running": ("running", "treadmill"),
    "track_running": ("running", "track"),
    "street_running": ("running", "street"),
    "virtual_run": ("running", "virtual"),
    "virtualrun": ("running", "virtual"),
    "indoor_running": ("running", "indoor_running"),
}


def sport_of(text: str) -> tuple[str, str | None]:
    """Sport and kind of it, in lower case with underscores.

    Examples
    --------
    >>> sport_of("9"), sport_of("Biking"), sport_of("Trail Run"), sport_of("Kayaking")
    (('running', None), ('cycling', None), ('running', 'trail'), ('kayaking', None))
    """
    word = "_".join(text.lower().split())[:60]
    if word in _FAMILIES:
        return _FAMILIES[word]
    return _NUMBERS.get(word) or _SAME.get(word, word), None


def family(sport: str, sub_sport: str | None) -> str | None:
    """What can be the same run; None where the file does not say enough.

    Garmin writes walks as "other" into TCX, and GPX often says nothing at all.
    """
    if sub_sport in {"treadmill", "indoor_running"}:
        return "running"
    if sport in {"unknown", "other", "generic", "all", "fitness_equipment", "training"}:
        return None
    return {"hiking": "walking", "e_biking": "cycling"}.get(sport, sport)
