"""The front door of this room: facts by id and window, for one day."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from hamstride.facts.before_onset import BEFORE_ONSET
from hamstride.facts.counted import counted
from hamstride.facts.episode import EPISODE
from hamstride.facts.flags import FLAGS, question
from hamstride.facts.log import Log
from hamstride.facts.running import RUNNING
from hamstride.facts.strength import test_facts
from hamstride.facts.symptoms import SYMPTOMS, Function
from hamstride.vocabulary import Declared, Fact, FactDefinition, Facts, Key

COMPUTED_HERE: Mapping[str, Function] = {
    **SYMPTOMS,
    **FLAGS,
    **RUNNING,
    **EPISODE,
    **BEFORE_ONSET,
}
"""Facts that code computes; the library declares the rest."""


@lru_cache(maxsize=64)
def functions(declared: Declared) -> Mapping[str, Function]:
    """What computes each fact, by its id."""
    found = dict(COMPUTED_HERE)
    found |= {f"red_flag_{key}": question(key, how) for key, how in declared.flags.items()}
    for terms in declared.tests.values():
        found |= test_facts(terms)
    found |= {count.id: counted(count) for count in declared.counts.values()}
    return found


def compute(
    log: Log, day: date, keys: Iterable[Key], definitions: Mapping[str, FactDefinition]
) -> Facts:
    """The facts that some rules name, on a day.

    Facts that no record holds (severity, the phase's running) are left out; `decisions` adds
    them. A fact that is not known carries the answers that would make it so.
    """
    by_id = functions(log.declared)
    known: dict[Key, Fact] = {}
    for key in keys:
        fact_id, within = key
        if key in known or fact_id not in by_id:
            continue
        fact = by_id[fact_id](log, day, within)
        if fact.value is None and not fact.asks:
            fact = replace(fact, asks=definitions[fact_id].asks)
        known[key] = fact
    return Facts(day, known)
