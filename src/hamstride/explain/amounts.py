"""Amounts of an exercise, in words."""

from hamstride.protocols.shelf import Amount


def amount_words(amount: Amount) -> str:
    """An amount, part by part."""
    said = [
        f"{amount.sets} sets" if amount.sets else "",
        f"{amount.reps} repetitions" if amount.reps else "",
        f"{amount.hold_s} s held" if amount.hold_s else "",
        f"{amount.minutes} min" if amount.minutes else "",
        f"{amount.distance_m} m" if amount.distance_m else "",
        "each side" if amount.per_side else "",
        f"tempo {amount.tempo}" if amount.tempo else "",
        f"{amount.times_per_day} times a day" if amount.times_per_day > 1 else "",
        f"{amount.days_per_week} days a week",
    ]
    return ", ".join(each for each in said if each)
