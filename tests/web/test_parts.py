"""What templates draw rows of a table with."""

from hamstride.web.templatetags.parts import cells


def test_a_row_is_its_cells_in_order_and_nothing_in_them_is_markup() -> None:
    assert cells(("0:00", "run", "", "9 < 10 & <b>")) == (
        "<td>0:00<td>run<td><td>9 &lt; 10 &amp; &lt;b&gt;"
    )
