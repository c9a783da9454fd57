"""Where the lines of a chart lie; expected places are worked out by hand."""

import re

from hamstride.explain.run_page import Column
from hamstride.explain.run_shown import StretchShown
from hamstride.web.run_drawing import LEFT, RIGHT, drawn


def column(
    start_s: float,
    speed_mps: float | None = 2.5,
    height_m: float | None = None,
    hlu_min: float | None = None,
) -> Column:
    return Column(start_s, start_s + 60, "run", speed_mps, None, height_m, None, hlu_min)


def test_a_line_stands_in_the_middle_of_its_column_and_on_its_scale() -> None:
    drawing = drawn([column(0), column(60), column(120, 0.0), column(180)], ())

    assert drawing is not None
    (speed,) = drawing.panels
    # 2.5 m/s is 9 km/h. Steps of 5 make a scale up to 10: 110 units of paper from 32 to 142.
    assert [(tick.at, tick.label) for tick in speed.ticks] == [(142, "0"), (87, "5"), (32, "10")]
    # 320 units wide, four columns: their middles at 34 + 40, + 120, + 200 and + 280.
    assert speed.path == "M74 43h0L154 43L234 142L314 43"


def test_a_line_breaks_where_nothing_is_known_and_a_lone_point_is_a_dot() -> None:
    drawing = drawn([column(0, None), column(60), column(120, None), column(180)], ())

    assert drawing is not None
    assert drawing.panels[0].path == "M154 43h0M314 43h0"


def test_running_and_walking_are_shaded_over_their_time() -> None:
    stretches = [
        StretchShown("run", 0, 120), StretchShown("walk", 120, 180), StretchShown("stand", 180, 240)
    ]  # fmt: skip
    drawing = drawn([column(60.0 * i) for i in range(4)], stretches)

    assert drawing is not None
    assert drawing.run == "M34 32V142H194V32Z"
    assert drawing.walk == "M194 32V142H274V32Z"


def test_height_and_load_have_panels_of_their_own_where_they_are_known() -> None:
    columns = [column(0, 2.5, 92, 1.0), column(60, 2.5, 101, 1.5)]
    drawing = drawn(columns, ())

    assert drawing is not None
    _, height, load = drawing.panels
    # A rise of less than 10 m is drawn as 10: steps of 5, so that the noise of a watch stays flat.
    assert [tick.label for tick in height.ticks] == ["90", "95", "100", "105"]
    assert (height.top, height.bottom, height.title_at) == (174, 224, 161)
    assert [tick.label for tick in load.ticks] == ["0", "1", "2"]
    # Bars from the foot at 306; 1.0 of 2 is half of 50 units, 1.5 three quarters.
    assert load.path == "M34 306V281H194V306ZM194 306V268.5H354V306Z"
    assert (drawing.axis, drawing.height) == (326, 332)


def test_a_run_without_load_has_no_panel_for_it() -> None:
    drawing = drawn([column(0, 2.5, None, 0.0), column(60, 2.5, None, None)], ())

    assert drawing is not None
    assert [panel.name for panel in drawing.panels] == ["speed"]


def test_without_speed_nothing_is_drawn() -> None:
    assert drawn([], ()) is None
    assert drawn([column(0, None), column(60, 0.0)], ()) is None


def test_times_are_few_and_round() -> None:
    drawing = drawn([column(60.0 * i) for i in range(62)], ())

    assert drawing is not None
    # 62 minutes: every 15 of them.
    assert [tick.label for tick in drawing.times] == ["0:00", "15:00", "30:00", "45:00", "1:00:00"]
    assert drawing.times[0].at == LEFT
    assert drawing.times[-1].at < RIGHT


def test_a_scale_has_few_labels_however_fast_or_high() -> None:
    fast = drawn([column(0, 3000.0, -400, 9.0), column(60, 1.0, 8000, 400.0)], ())

    assert fast is not None
    for panel in fast.panels:
        assert 2 <= len(panel.ticks) <= 11
        numbers = [float(each) for each in re.findall(r"[\d.]+", panel.path)]
        assert max(numbers) <= RIGHT
