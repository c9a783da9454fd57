"""Learn: cards that are true to their sources, short, and readable by whoever is tired."""

import re
import tomllib
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamstride.errors import ProtocolError
from hamstride.protocols.loading import load
from hamstride.web.learn import Card, cards, curves, read_cards, words

ROOT = Path(__file__).parents[2]
SLUGS = tuple(cards())
WORDS_A_MINUTE = 200
"""About what adults read of plain prose, silently; our own figure for a tired reader."""


def _shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _prose(card: Card) -> str:
    return " ".join((card.in_short, *(said.say for said in card.says)))


# What they say


@pytest.mark.parametrize("slug", SLUGS)
def test_each_sentence_names_a_source_that_was_looked_at(slug: str) -> None:
    sources = load().sources

    for said in cards()[slug].says:
        assert sources[said.source].read != "memory", said.say
        assert said.where, said.say


@pytest.mark.parametrize("slug", SLUGS)
def test_a_card_is_read_in_a_minute_and_a_half(slug: str) -> None:
    assert len(_prose(cards()[slug]).split()) <= 1.5 * WORDS_A_MINUTE


def _syllables(word: str) -> int:
    """Vowels in a row count once, and a silent e at the end does not: the usual rule of thumb."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, groups - silent)


def _school_grade(text: str) -> float:
    """Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = len(re.findall(r"[.:?](?:\s|$)", text))
    found = re.findall(r"[A-Za-z']+", text)
    syllables = sum(map(_syllables, found))
    return 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59


def test_the_school_grade_is_that_of_its_formula() -> None:
    # 6 words, 6 syllables, one sentence: 0.39 * 6 + 11.8 - 15.59.
    assert _school_grade("The cat sat on the mat.") == pytest.approx(-1.45)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_card_asks_for_no_more_than_eight_years_of_school(slug: str) -> None:
    assert _school_grade(_prose(cards()[slug])) <= 8


def test_what_a_card_teaches_is_asked_for_by_the_ledger() -> None:
    ledger = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text(encoding="utf-8"))

    asked = {each for card in cards().values() for said in card.says for each in said.asks}
    assert asked - ledger.keys() == set()
    # Claims that the ledger leaves to the cards, each with its studies.
    assert {"S0-12", "S0-13", "S0-14", "S0-15", "S0-16", "S1-38", "S4-02"} <= asked


def test_the_muscles_are_named_with_where_they_begin_and_end() -> None:
    asked = {each for said in cards()["anatomy"].says for each in said.asks}

    assert {"S3-15", "S3-16", "S3-17", "S3-18", "S3-19"} <= asked


# How they are shown


def test_every_card_is_small_and_leads_on(browser: Client) -> None:
    for slug in SLUGS:
        with CaptureQueriesContext(connection) as asked:
            page = _shown(browser, f"/learn/{slug}/")
        assert len(asked) <= 12, slug
        assert len(page.encode()) < 150_000, slug
        assert page.count("<h1>") == 1, slug
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids)), slug
        assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids), slug
        assert "://" not in page, slug
        assert " style=" not in page, slug
        assert "Looked over on 25 November 2026." in page, slug


def test_each_sentence_shows_who_says_so(browser: Client) -> None:
    page = _shown(browser, "/learn/pain-and-damage/")

    # 06_pain_and_damage.toml, and sources.toml on Hickey 2020.
    said = page[page.index("Of 43 men") :]
    assert said.index("Trial, 2020") < said.index("</section>")
    assert 'href="/how-it-decides/sources/#hickey_2020"' in said
    assert page.count('<details class="cited">') == len(tuple(cards()["pain-and-damage"].says))


def test_all_cards_are_offered_and_each_leads_to_the_next(browser: Client) -> None:
    page = _shown(browser, "/learn/")

    assert re.findall(r'href="/learn/([\w-]+)/"><strong>', page) == [*SLUGS, "words"]
    assert f'href="/learn/{SLUGS[1]}/">Next: ' in _shown(browser, f"/learn/{SLUGS[0]}/")
    assert "Next: " not in _shown(browser, f"/learn/{SLUGS[-1]}/")


def test_a_card_that_does_not_exist_is_not_found(browser: Client) -> None:
    assert browser.get("/learn/elsewhere/").status_code == 404


def test_each_part_of_the_drawing_leads_to_its_words(browser: Client) -> None:
    page = _shown(browser, "/learn/anatomy/")

    drawing = page[page.index("<svg class") : page.index("</svg>", page.index("<svg class"))]
    parts = re.findall(r'<a href="#([\w-]+)" class="part', drawing)
    assert sorted(parts) == sorted(
        ["long-head", "short-head", "middle", "inner", "sit-bone", "nerve"]
    )
    assert drawing.count("<title>") == len(parts)
    assert all(f'<section class="card" id="{part}">' in page for part in parts)


def test_the_load_over_speed_has_its_table(browser: Client) -> None:
    page = _shown(browser, "/learn/speed/")

    # load.toml: one load unit is a minute at 10 km/h on the level.
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="number">(.*?)</td>', page)
    assert rows[1] == ("10 km/h", "1.0")
    assert len(rows) == len(curves.SPEEDS_KM_H)
    assert "asks about 7 times as much as one at 21 km/h" in page


def test_the_load_grows_with_speed_and_uphill() -> None:
    by_speed = [each.hlu for each in curves.by_speed()]
    uphill = [each.hlu for each in curves.by_slope() if each.grade_pct >= 0]

    assert by_speed == sorted(by_speed)
    assert uphill == sorted(uphill)
    assert all(each.low <= each.hlu <= each.high for each in curves.by_speed())


def test_the_curve_stays_within_its_drawing() -> None:
    curve = curves.speed_curve()

    for path in (curve.line, curve.band):
        points = [tuple(map(float, pair.split())) for pair in path.strip("MZ").split("L")]
        assert all(curves.LEFT <= x <= curves.WIDTH - curves.RIGHT for x, _ in points)
        assert all(curves.TOP <= y <= curves.HEIGHT - curves.BOTTOM for _, y in points)


def test_whom_to_see_is_told_by_how_soon_with_every_sign(browser: Client) -> None:
    page = _shown(browser, "/learn/when-to-see-whom/")

    order = ["Call your emergency number now<", "Be seen the same day", "Be seen within days",
             "Mention it at the next chance"]  # fmt: skip
    places = [page.index(f"<h2>{words}") for words in order]
    assert places == sorted(places)
    assert page.count('<li class="point"') == len(load().questions)


def test_the_words_are_sorted_and_lead_to_their_cards(browser: Client) -> None:
    page = _shown(browser, "/learn/words/")

    told = re.findall(r'<dt id="[\w-]+">(.*?)</dt>', page)
    assert told == sorted(told, key=str.lower)
    assert len(set(told)) == len(words()) > 25
    assert {each.card for each in words()} - {""} <= set(SLUGS)
    assert '<a href="/learn/grades/">What a grade means</a>' in page


# What is refused

GOOD = """
title = "A card"
in_short = "In short."
reviewed_on = 2026-11-25

[[pieces]]
heading = "One"
says = [{ say = "It rests.", source = "dubois_2020", where = "summary" }]
"""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.replace("dubois_2020", "dubois_2021"), "01_a.toml: there is no source 'dubois_2021'"),
        # sources.toml: Dorn 2012 is cited from memory.
        (GOOD.replace("dubois_2020", "dorn_2012"), "01_a.toml: 'dorn_2012' is cited from memory."),
        (GOOD.replace("in_short", "short"), "01_a.toml: 'in_short' is missing."),
        ("title = ", "01_a.toml, "),
    ],
)
def test_a_card_that_cannot_be_told_is_named(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "01_a.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ProtocolError) as raised:
        read_cards(tmp_path, load().sources)

    assert raised.value.faults[0].startswith(fault)


def test_cards_stand_in_the_order_of_their_files(tmp_path: Path) -> None:
    for name in ("02_first_aid.toml", "01_z.toml", "notes.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")

    assert list(read_cards(tmp_path, load().sources)) == ["z", "first-aid"]
