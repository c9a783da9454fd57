"""No page, no card and no sentence of a view says what no runner is to read."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import hamstride.web
from hamstride.protocols.disagreements import disagreements
from hamstride.web.learn import cards, words

WEB = Path(hamstride.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
MODULES = sorted(WEB.rglob("*.py"))

_TRANSLATED = re.compile(r"{%\s*trans(?:late)?\s+(?P<said>\"[^\"]*\"|'[^']*')[^%]*%}", re.DOTALL)
_CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
_HEARD = re.compile(r"\b(?:aria-label|title|alt|placeholder|value)=\"([^\"]*)\"")
_TAG = re.compile(r"<[^>]*>")
_GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


def _avoided() -> list[tuple[str, re.Pattern[str]]]:
    text = (files("hamstride.protocols") / "library" / "wording.toml").read_text(encoding="utf-8")
    phrases = [row["phrase"] for row in tomllib.loads(text)["avoid"]]
    return [(p, re.compile(rf"(?<!\w){re.escape(p)}(?!\w)", re.IGNORECASE)) for p in phrases]


AVOIDED = _avoided()


def _hits(text: str) -> set[str]:
    return {phrase for phrase, found in AVOIDED if found.search(text)}


def _read_aloud(template: str) -> str:
    """What a template says, to the eye and to a screen reader, without its code and its tags."""
    said = _TRANSLATED.sub(lambda found: found["said"][1:-1], template)
    said = _CODE.sub(" ", said)
    return " ".join(_TAG.sub(" ", f"{said} {' '.join(_HEARD.findall(said))}").split())


def _sentences(module: Path) -> Iterator[str]:
    """Every text that a module hands to gettext."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _GETTEXT:
            yield from (
                each.value
                for each in node.args
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def _named(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=_named)
def test_a_template_says_no_word_to_avoid(template: Path) -> None:
    assert _hits(_read_aloud(template.read_text(encoding="utf-8"))) == set()


def test_what_views_say_has_no_word_to_avoid() -> None:
    said = [(_named(module), text) for module in MODULES for text in _sentences(module)]

    assert len(said) > 10
    assert [(module, text) for module, text in said if _hits(text)] == []


@pytest.mark.parametrize("slug", cards())
def test_a_card_says_no_word_to_avoid(slug: str) -> None:
    card = cards()[slug]
    said = [card.title, card.in_short, *(piece.heading for piece in card.pieces)]
    said += [text for each in card.says for text in (each.say, each.where, each.note)]

    assert [text for text in said if _hits(text)] == []


def test_words_and_disputes_have_no_word_to_avoid() -> None:
    said = [text for each in words() for text in (each.word, each.means)]
    for each in disagreements():
        said += [each.title, *each.follow, *(side.says for side in each.sides)]
        said += [ground.say for ground in (*each.why, *each.unchecked)]

    assert [text for text in said if _hits(text)] == []


def test_the_search_reads_what_a_runner_reads_and_leaves_out_code() -> None:
    page = (
        "{% url 'protocol' plan.id %}{{ dose }}{# cure #}"
        '<p class="patient" title="Cleared to run">{% translate "We treat it" %}</p>'
        "{% blocktranslate %}safe to {{ go }}{% endblocktranslate %}"
    )

    said = _read_aloud(page)

    assert said == "We treat it safe to Cleared to run"
    assert _hits(said) == {"treat", "cleared", "safe to"}
