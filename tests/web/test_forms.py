"""What was answered, and nothing else, under the keys of the runner's file."""

from hamstride.web.forms import NumberField, RatingField, TableForm, WordField, YesNoField


class Asked(TableForm):
    pain = RatingField(label="Pain")
    limp = YesNoField(label="A limp")
    side = WordField({"left": "Left", "right": "Right"}, label="Side")
    hours = NumberField(label="Hours", required=False)


def table(**posted: str) -> dict[str, object]:
    form = Asked(posted)
    assert form.is_valid(), form.errors
    return form.table()


def test_what_is_not_answered_is_not_there() -> None:
    assert table() == {}
    assert table(pain="", limp="", side="", hours="") == {}


def test_no_and_0_are_answers() -> None:
    assert table(pain="0", limp="no", side="left", hours="0") == {
        "pain": 0, "limp": False, "side": "left", "hours": 0,
    }  # fmt: skip


def test_a_whole_number_stays_whole() -> None:
    assert repr(table(hours="7")["hours"]) == "7"
    assert repr(table(hours="7.5")["hours"]) == "7.5"
