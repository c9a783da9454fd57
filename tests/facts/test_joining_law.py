"""Joining looks only at runs that may be one; the plain way looks at every pair. They agree."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from hamstride.facts import joining
from hamstride.records import Run

NOON = datetime(2026, 10, 19, 12, 0, tzinfo=UTC)

# Few different times, lengths and paths: so most runs have a rival or two.
starts = st.one_of(
    st.integers(-40, 40).map(lambda half: NOON + timedelta(seconds=450 * half)),
    st.floats(-20_000, 20_000).map(lambda late_s: NOON + timedelta(seconds=late_s)),
).flatmap(
    lambda at: st.sampled_from([0, 1, -8]).map(
        lambda hours: at.astimezone(timezone(timedelta(hours=hours)))
    )
)
lengths_s = st.sampled_from([None, 0.0, 300.0, 899.5, 900.0, 1000.0, 1800.0, 7200.0, 90_000.0])
paths = st.sampled_from(
    [None, "a.fit", "x/a.fit", "y/a.fit", "./x/a.fit.gz", "y\\b.fit", "b.fit", "/", "..", "a"]
)
runs = st.builds(
    Run,
    start=starts,
    duration_s=lengths_s,
    file=paths,
    rpe=st.sampled_from([None, 2, 3]),
    distance_m=st.sampled_from([None, 5000.0]),
)
some_runs = st.lists(runs, max_size=8).map(tuple)


def joined_pair_by_pair(runs: tuple[Run, ...], measured: tuple[Run, ...]) -> tuple[Run, ...]:
    def order(run: Run) -> tuple[float, str]:
        return run.start.timestamp(), repr(run)

    typed, watched = sorted(runs, key=order), sorted(measured, key=order)
    claims = sorted(
        (claim, t, m)
        for t, run in enumerate(typed)
        for m, other in enumerate(watched)
        if (claim := joining._claim(run, other)) is not None
    )
    partner: dict[int, int] = {}
    for _, t, m in claims:
        if t not in partner and m not in partner.values():
            partner[t] = m
    joined = [
        filled(run, watched[partner[t]]) if t in partner else run for t, run in enumerate(typed)
    ]
    added = [run for m, run in enumerate(watched) if m not in partner.values()]
    return tuple(sorted([*joined, *added], key=order))


def filled(typed: Run, measured: Run) -> Run:
    gaps = [each.name for each in fields(Run) if getattr(typed, each.name) is None]
    return replace(typed, **{name: getattr(measured, name) for name in gaps})


@settings(max_examples=400)
@given(some_runs, some_runs)
def test_joining_is_what_looking_at_every_pair_makes_of_it(
    typed: tuple[Run, ...], measured: tuple[Run, ...]
) -> None:
    assert joining.join(typed, measured) == joined_pair_by_pair(typed, measured)
