"""How it decides: every plan and rule with who says so, for whoever is signed in."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamstride.explain import rule_anchor
from hamstride.protocols.disagreements import disagreements
from hamstride.protocols.loading import load
from hamstride.web.models import Account, Episode

PLANS = sorted(load().protocols)
PAGES = (
    "/how-it-decides/",
    *(f"/how-it-decides/{plan}/" for plan in PLANS),
    "/how-it-decides/compare/",
    "/how-it-decides/compare/?a=strain&b=steady_state",
    "/how-it-decides/sources/",
    "/how-it-decides/our-choices/",
)


def _shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def stranger(store: object) -> Client:
    """The browser of somebody else, who has no injury."""
    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.create_user("cy@example.org", "a very quiet library"))
    return client


def test_every_page_is_small_asks_little_and_names_each_thing_once(
    browser: Client, ana: Episode
) -> None:
    browser.get("/")

    for address in PAGES:
        with CaptureQueriesContext(connection) as asked:
            page = _shown(browser, address)
        assert len(asked) <= 12, address
        assert len(page.encode()) < 150_000, address
        assert page.count("<h1>") == 1, address
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids)), address
        # What is linked to on a page stands on it; nothing leads to another host.
        assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids), address
        assert "://" not in re.sub(r"<title>.*?</title>", "", page), address
        assert " style=" not in page, address


def test_every_plan_is_told_with_whom_it_is_for_and_which_one_is_the_runners(
    browser: Client, ana: Episode
) -> None:
    page = _shown(browser, "/how-it-decides/")

    for plan in load().protocols.values():
        assert f'href="/how-it-decides/{plan.id}/"' in page
    assert page.count("<b>For:</b>") == page.count("<b>Not for:</b>") == len(PLANS)
    # Ana strained a hamstring: hamstride.demo.story.
    own = page[page.index("A sudden strain</strong>") :]
    assert own.index("Your plan") < own.index("</li>")
    assert page.count("Your plan") == 1


def test_somebody_without_an_injury_has_no_plan_and_sees_all_rules(stranger: Client) -> None:
    assert "Your plan" not in _shown(stranger, "/how-it-decides/")
    assert "Your plan" not in _shown(stranger, "/how-it-decides/strain/")


def test_what_holds_in_every_plan_and_every_dispute_stand_on_the_first_page(
    browser: Client,
) -> None:
    page = _shown(browser, "/how-it-decides/")

    library = load()
    for question in library.questions.values():
        assert f'id="flag-{question.key}"' in page
    for lists in (library.always, library.ours):
        for rule in (*lists.refer_if, *lists.rest_if, *lists.modify_if, *lists.mention_if):
            assert f'id="{rule.id}"' in page
    for each in disagreements():
        assert f'id="{each.id.lower()}"' in page


@pytest.mark.parametrize("name", PLANS)
def test_every_rule_that_may_decide_a_day_has_a_place_to_link_to(
    browser: Client, name: str
) -> None:
    page = _shown(browser, f"/how-it-decides/{name}/")

    library = load()
    plan = library.protocols[name]
    for phase in plan.phases:
        rules = library.rules(plan, phase)
        gate = (*phase.advance_when, *phase.recommend, *phase.step_back_if)
        for rule in (*rules.all, *gate):
            if rule.id not in library.questions:
                assert f'id="{rule_anchor(rule.id, phase)}"' in page


def test_a_rule_says_how_much_weight_it_has_and_leads_to_its_source(browser: Client) -> None:
    page = _shown(browser, "/how-it-decides/strain/")

    rule = page[page.index('id="return_to_running-jog_30_min_pain_free"') :]
    row = rule[: rule.index("</li>")]
    # strain/3_return_to_running.toml: the article of San Diego, phase 3.
    assert '<span class="badge">Article</span>' in row
    assert 'href="#source-without_reinjury"' in row
    assert 'id="source-without_reinjury"' in page


def test_a_plan_that_does_not_exist_is_not_found(browser: Client) -> None:
    assert browser.get("/how-it-decides/elsewhere/").status_code == 404


def test_two_plans_stand_side_by_side(browser: Client) -> None:
    page = _shown(browser, "/how-it-decides/compare/?a=strain&b=steady_state")

    # always.toml stands on neither side; the ladder of `strain` is told in test_sheets.
    assert "R1: 5 times: walk 3 min, run 1 min" in page
    assert '<option value="strain" selected>' in page
    assert '<option value="steady_state" selected>' in page
    assert "stands on neither side." in page


def test_before_two_plans_are_chosen_the_runners_own_is(browser: Client, ana: Episode) -> None:
    page = _shown(browser, "/how-it-decides/compare/")

    assert '<option value="strain" selected>' in page
    assert "Choose two plans" in page


def test_an_unknown_plan_is_named_and_the_other_choice_is_kept(browser: Client) -> None:
    page = _shown(browser, "/how-it-decides/compare/?a=tendon&b=%3Cb%3E")

    assert "There is no plan called “&lt;b&gt;”. Choose one from the list." in page
    assert '<option value="tendon" selected>' in page


def test_every_source_says_how_it_was_read_and_the_doubtful_ones_stand_out(
    browser: Client,
) -> None:
    page = _shown(browser, "/how-it-decides/sources/")

    sources = [each for each in load().sources.values() if each.kind != "our_choice"]
    assert all(f'id="{each.id}"' in page for each in sources)
    remembered = [each for each in sources if each.read == "memory"]
    assert page.count("To be checked") == len(remembered)
    assert "Read in full" in page


def test_our_own_choices_are_one_list_in_words(browser: Client) -> None:
    page = _shown(browser, "/how-it-decides/our-choices/")

    # plan.toml: session times; strain/1_calm.toml: its week.
    assert "Week: hamstring 3 days, hamstring gap 2 days" in page
    listed = page[page.index("<main") : page.index("</main>")]
    assert "`" not in listed
    assert "_" not in re.sub(r"<[^>]*>", "", listed)
