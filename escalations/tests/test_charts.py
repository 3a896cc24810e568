"""Charts as data and as markup: where values stand, what is said, what the table shows."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.jinja import template
from config.tests.test_contrast import CSS, TOKENS, contrast
from config.tests.wellformed import problems_of
from escalations.charts.bars import bar, pareto, stacked
from escalations.charts.control import Watched, control
from escalations.charts.drawing import Drawing
from escalations.charts.heat import heat
from escalations.charts.lines import line, sparkline
from escalations.charts.scale import Plane, at, beneath, figure, path, percent, steps
from escalations.charts.values import About, Series, Value
from escalations.tests.gallery import drawings, gallery

ABOUT = About("chart", "Per day", "How many a day.", "escalations", "shift day")
SHADE = re.compile(
    r"\.ch-shade-([1-9]) \{ background: color-mix\(in srgb, var\(--accent\) (\d+)%, var\(--card\)\)"
)
QUICK = settings(deadline=None, max_examples=60, derandomize=True)


def values(*numbers):
    return [Value(f"day {n}", number, href=f"/log/?day={n}") for n, number in enumerate(numbers)]


def cells(drawing: Drawing) -> list[list[str]]:
    return [[cell.words for cell in row] for row in drawing.table.rows]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        *((0, "0"), (7, "7"), (1204, "1,204"), (12.34, "12.3"), (0.5, "0.5"), (0.123, "0.12")),
        *((0.0123, "0.012"), (0.00049, "0.00049"), (-3.5, "-3.5"), (2.0, "2")),
    ],
)
def test_figures_are_as_people_write_them(value, words):
    assert figure(value) == words


def test_shares_are_written_in_percent():
    assert [percent(share) for share in (0, 0.0123, 0.5, 1)] == ["0 %", "1.23 %", "50 %", "100 %"]


@QUICK
@given(st.floats(0, 1e9, allow_nan=False), st.booleans())
def test_an_axis_has_a_few_round_numbers_up_to_the_largest(most, whole):
    found = steps(most, whole=whole)
    assert found[0] == 0
    assert 2 <= len(found) <= 7
    assert found[-1] >= most * (1 - 1e-6)
    if whole:
        assert all(mark == int(mark) for mark in found)


@QUICK
@given(st.floats(-1e6, 1e6))
def test_a_coordinate_is_plain_and_near(value):
    assert re.fullmatch(r"-?\d+(\.\d)?", at(value))
    assert float(at(value)) == pytest.approx(value, abs=0.0501)


@QUICK
@given(st.lists(st.none() | st.integers(0, 5000), max_size=60))
def test_every_value_is_a_mark_within_the_picture_and_a_row_of_the_table(numbers):
    for drawing in (bar(ABOUT, values(*numbers)), line(ABOUT, values(*numbers))):
        assert len(drawing.marks) == len(drawing.table.rows) == len(numbers)
        for number, mark, row in zip(numbers, drawing.marks, cells(drawing), strict=True):
            assert row[1] == ("–" if number is None else f"{number:,}")
            assert ("no figure" in mark.said) == (number is None)
            for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", mark.d + mark.hit):
                assert 0 <= float(x) <= 640
                assert 0 <= float(y) <= 280


def test_a_bar_is_as_high_as_its_value_and_leads_to_its_rows():
    drawing = bar(ABOUT, values(5, 10, 0))
    heights = [re.search(r"v([\d.]+)", mark.d) for mark in drawing.marks]
    assert float(heights[1][1]) == pytest.approx(2 * float(heights[0][1]), abs=0.2)
    assert heights[2] is None
    assert [mark.href for mark in drawing.marks] == [f"/log/?day={n}" for n in range(3)]
    assert drawing.table.rows[0][1].href == "/log/?day=0"
    assert drawing.marks[0].said == "day 0: 5"
    assert not drawing.before


def test_intervals_are_whiskers_a_band_and_a_column():
    known = [Value("Mon", 0.1, low=0.05, high=0.2), Value("Tue", None), Value("Wed", 0.2)]
    about = About("rate", "Rate", "Rate.", "rate", "day", shown=percent)
    for drawing in (bar(about, known), line(about, known)):
        assert drawing.table.headings == ("day", "rate", "95 % interval")
        assert [row[2] for row in cells(drawing)] == ["5 % to 20 %", "–", "–"]
    assert len(bar(about, known).before) == 1
    assert [s.look for s in line(about, known).behind].count("band") == 1


def test_a_missing_value_is_a_gap_in_the_line():
    drawing = line(ABOUT, values(1, 2, None, 4, 5), usual=[1, 1, None, 1, 1])
    course = next(stroke.d for stroke in drawing.behind if stroke.look == "line-1")
    assert course.count("M") == 2
    assert drawing.marks[2].d == ""
    assert drawing.table.headings[-1] == "usually"
    assert [row[-1] for row in cells(drawing)] == ["1", "1", "–", "1", "1"]
    assert path([None, (1, 2), None]) == "M1 2"


def test_parts_of_a_column_differ_in_pattern_and_make_the_whole():
    series = [Series("resolved", values(3, 0)), Series("unresolved", values(1, None))]
    drawing = stacked(ABOUT, series)
    assert [mark.said for mark in drawing.marks] == ["day 0: 3 resolved", "day 0: 1 unresolved"]
    assert len({(mark.look, mark.pattern) for mark in drawing.marks}) == 2
    assert cells(drawing) == [["day 0", "3", "1"], ["day 1", "0", "–"]]
    assert [key.words for key in drawing.keys] == ["resolved", "unresolved"]
    with pytest.raises(ValueError, match="five"):
        stacked(ABOUT, series * 3)
    assert stacked(ABOUT, []).table.rows == ()


def test_pareto_ranks_and_adds_up():
    drawing = pareto(ABOUT, values(3, 6, 0, 1))
    assert cells(drawing) == [
        ["day 1", "6", "60 %", "60 %"],
        ["day 0", "3", "30 %", "90 %"],
        ["day 3", "1", "10 %", "100 %"],
        ["day 2", "0", "0 %", "100 %"],
    ]
    assert cells(pareto(ABOUT, values(0))) == [["day 0", "0", "0 %", "0 %"]]


def test_a_control_chart_says_its_signals_in_shape_words_and_table():
    told = [Watched(Value(f"{n}", 0.01, low=0.0, high=0.02)) for n in range(3)]
    told += [Watched(Value("3", 0.05, low=0.0, high=0.02), is_out=True, in_run=True)]
    told += [Watched(Value("4", None), is_aside=True), Watched(Value("5", 0.01), in_run=True)]
    drawing = control(ABOUT, told, centre=0.01, changed_at=5, changed="in force")
    looks = [mark.look for mark in drawing.marks]
    assert looks == ["dot-usual"] * 3 + ["dot-out", "dot-aside", "dot-run"]
    assert drawing.marks[3].said == "3: 0.05 · beyond a limit"
    assert [row[3] for row in cells(drawing)][2:] == [
        "–",
        "beyond a limit, eight or more on one side",
        "left out of the baseline",
        "eight or more on one side",
    ]
    assert "in force" in [label.words for label in drawing.labels]
    assert {key.look for key in drawing.keys} == {"limits", "centre", "dot-out", "dot-run"}
    bare = control(ABOUT, [], centre=None)
    assert (bare.marks, bare.keys) == ((), ())


def test_a_heat_table_shades_by_the_largest_and_keeps_zero_and_nothing_apart():
    warm = heat(ABOUT, [Series("Mon", values(0, 1, 10, None))])
    spots = warm.rows[0][1]
    assert [(spot.words, spot.shade) for spot in spots] == [
        ("0", 0),
        ("1", 1),
        ("10", 5),
        ("–", 0),
    ]
    assert spots[2].said == "Mon, day 2: 10"
    assert heat(ABOUT, []).rows == ()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_can_be_read_on_every_shade(theme):
    accent, card, ink = (TOKENS[name][theme] for name in ("accent", "card", "ink"))
    shades = SHADE.findall((CSS / "charts.css").read_text(encoding="utf-8"))
    assert [shade for shade, _ in shades] == ["1", "2", "3", "4", "5"]
    for share in (int(part) / 100 for _, part in shades):
        mixed = "#"
        for place in (1, 3, 5):
            one, other = (int(colour[place : place + 2], 16) for colour in (accent, card))
            mixed += f"{round(one * share + other * (1 - share)):02X}"
        assert contrast(ink, mixed) >= 4.5


def test_a_sparkline_ends_with_a_dot_unless_there_is_nothing():
    assert sparkline([1, 2, 4], "rising").d == "M0 12L40 8L80 0"
    assert sparkline([], "nothing").last == sparkline([None], "nothing").last == ""
    assert sparkline([0, 0], "nothing").d == "M0 16L80 16"


def test_words_under_an_axis_do_not_run_into_each_other():
    long = beneath(Plane(3, 1), ["Unauthorized changes on the account"] * 3)
    assert [label.words[-1] for label in long] == ["…"] * 3
    days = beneath(Plane(180, 1), [f"{n} Nov" for n in range(180)])
    assert 4 <= len(days) <= 12
    assert [label.look for label in days[:2]] == ["axis", "axis ch-spare"]


def test_the_markup_is_whole_and_escapes_what_people_wrote():
    page = gallery()
    assert problems_of(page, whole=False) == []
    assert "style=" not in page
    nasty = '<script>alert("x")</script>&\'"'
    about = About("nasty", nasty, nasty, nasty, nasty, nasty)
    drawn = [pareto(about, [Value(nasty, 3, href='/log/?q="><b>')]), bar(about, values(1))]
    html = "".join(template("charts/chart.jinja").render(chart=one) for one in drawn)
    html += template("charts/heat.jinja").render(heat=heat(about, [Series(nasty, values(1))]))
    assert "<script" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("drawing", drawings(), ids=lambda drawing: drawing.name)
def test_each_chart_has_a_name_a_sentence_a_legend_and_its_table(drawing):
    html = template("charts/chart.jinja").render(chart=drawing)
    assert f'<title id="{drawing.name}-title">{drawing.title}</title>' in html
    assert f'<desc id="{drawing.name}-desc">{drawing.summary}</desc>' in html
    assert html.count('class="ch-mark"') == len(drawing.marks)
    assert html.count("aria-label=") == len(drawing.marks) + 1
    assert html.count('<th scope="row">') == len(drawing.table.rows)
    assert ("nothing to show" in html) == (not any(mark.d for mark in drawing.marks))
    for pattern in drawing.patterns:
        assert f'id="{drawing.name}-{pattern}"' in html
