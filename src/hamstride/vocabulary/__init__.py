"""The facts a protocol may name, how one compares, and the terms they are computed with."""

from hamstride.vocabulary.definitions import COMPUTED
from hamstride.vocabulary.fact import (
    Fact,
    FactDefinition,
    Facts,
    Key,
    Kind,
    Operator,
    Value,
    Verdict,
    all_of,
    bounded,
    compare,
)
from hamstride.vocabulary.following_terms import FollowingTerms
from hamstride.vocabulary.speed_terms import SpeedTerms
from hamstride.vocabulary.spikes_terms import SpikeTerms
from hamstride.vocabulary.terms import (
    Condition,
    Count,
    Declared,
    Done,
    ExerciseDone,
    LoadTerms,
    Place,
    RunTerms,
    SignalTerms,
    StepDone,
    StepTerms,
    SymptomTerms,
    Table,
    TestTerms,
)

__all__ = [
    "COMPUTED",
    "Condition",
    "Count",
    "Declared",
    "Done",
    "ExerciseDone",
    "Fact",
    "FactDefinition",
    "Facts",
    "FollowingTerms",
    "Key",
    "Kind",
    "LoadTerms",
    "Operator",
    "Place",
    "RunTerms",
    "SignalTerms",
    "SpeedTerms",
    "SpikeTerms",
    "StepDone",
    "StepTerms",
    "SymptomTerms",
    "Table",
    "TestTerms",
    "Value",
    "Verdict",
    "all_of",
    "bounded",
    "compare",
]
