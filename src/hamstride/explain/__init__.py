"""Every English sentence that code builds, and the answer as JSON.

Pure: nothing here prints, knows a colour or writes HTML. A page is parts, a part is a heading
and lines, and a line says what its mark means; the command line and the app draw them.
"""

from hamstride.explain.answer_json import answer
from hamstride.explain.comparing import Topic, compare
from hamstride.explain.day import Day
from hamstride.explain.gating import gate_part
from hamstride.explain.light import Light, light
from hamstride.explain.page import page, short
from hamstride.explain.parts import Line, Mark, Part
from hamstride.explain.questions import Asked, asked, questions_part
from hamstride.explain.safety import always_part
from hamstride.explain.sessions import session_part, session_title, week_part
from hamstride.explain.sheet import Section, rule_anchor, sections, sheet
from hamstride.explain.why import because, why_part

__all__ = [
    "Asked",
    "Day",
    "Light",
    "Line",
    "Mark",
    "Part",
    "Section",
    "Topic",
    "always_part",
    "answer",
    "asked",
    "because",
    "compare",
    "gate_part",
    "light",
    "page",
    "questions_part",
    "rule_anchor",
    "sections",
    "session_part",
    "session_title",
    "sheet",
    "short",
    "week_part",
    "why_part",
]
