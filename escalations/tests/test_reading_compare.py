"""Readings are held against the roster and the log; what does not fit is proposed."""

from datetime import UTC, datetime

from escalations.reading.compare import Known, compare, fingerprint_of, mark_of
from escalations.reading.repairs import Line, RowReading, undecided

AT = datetime(2026, 11, 20, 13, 15, tzinfo=UTC)


def rows_of(*agents, concern="fee", from_lines=()):
    rows = []
    for number, (name, employee_id) in enumerate(agents, start=2):
        line = Line(AT, concern, agent_name=name, agent_id=employee_id, resolution="credit")
        from_line = from_lines[number - 2] if from_lines else ""
        rows.append(RowReading(number, [], line=line, from_line=from_line))
    return rows


def compared(*agents, known=Known(), decisions=undecided, concerns=(), **more):  # noqa: B008
    rows = rows_of(*agents, **more)
    for row, concern in zip(rows, concerns, strict=False):
        row.line.concern = concern
    compare(rows, known=known, decisions=decisions)
    return rows


def kinds(row):
    return [repair.kind for repair in row.repairs]


def declining(kind):
    return lambda number, one: False if one == kind else None


TINA = Known(roster={"123456": ("123456", "Tina")})


def test_an_agent_on_the_roster_is_taken_with_the_roster_s_spelling():
    (row,) = compared(("  TINA", "123456"), known=TINA)
    assert (row.line.agent_name, kinds(row), row.left_out) == ("Tina", [], False)
    (row,) = compared(("", "123456"), known=TINA)
    assert row.line.agent_name == "Tina"
    (row,) = compared(("tina", ""), known=TINA)
    assert row.line.agent_id == "123456"


def test_an_unknown_agent_is_proposed_for_the_roster():
    (row,) = compared(("Tina", "123456"))
    assert kinds(row) == ["new_agent"]
    assert not row.left_out
    (row,) = compared(("Tina", "123456"), decisions=declining("new_agent"))
    assert row.left_out
    assert row.fingerprint == ""


def test_an_id_under_another_name_on_the_roster_is_asked_about():
    (row,) = compared(("Tanya", "123456"), known=TINA)
    assert kinds(row) == ["two_names"]
    assert row.repairs[0].proposed == "Tina / 123456"
    assert "on the roster" in row.repairs[0].reason
    (row,) = compared(("Tanya", "123456"), known=TINA, decisions=declining("two_names"))
    assert row.left_out


def test_an_id_under_two_names_in_the_file_goes_by_the_usual_one():
    rows = compared(
        ("Tina", "1"), ("Tanya", "1"), ("Tina", "1"), concerns=("first", "second", "third")
    )
    assert [kinds(row) for row in rows] == [
        ["new_agent"],
        ["two_names", "new_agent"],
        ["new_agent"],
    ]
    assert "in other rows" in rows[1].repairs[0].reason


def test_an_agent_that_takes_guessing_is_refused():
    two = Known(roster={"1": ("1", "Tina"), "2": ("2", "Tina")})
    (row,) = compared(("Tina", ""), known=two)
    assert "Several agents are called Tina" in row.problem
    (row,) = compared(("Nobody", ""))
    assert "nobody called Nobody" in row.problem
    (row,) = compared(("", "999"))
    assert "not on the roster" in row.problem
    (row,) = compared(("Tina", "no id!"))
    assert "is not an employee ID" in row.problem
    (row,) = compared(("T" * 121, "1"))
    assert row.line is None


def test_a_name_alone_is_found_among_the_other_rows():
    rows = compared(("Tina", "1"), ("tina", ""), concerns=("one", "two"))
    assert rows[1].line.agent_id == "1"


def test_a_line_that_stands_twice_is_left_out_once():
    rows = compared(("Tina", "123456"), ("Tina", "123456"), known=TINA)
    assert [row.left_out for row in rows] == [False, True]
    assert rows[1].is_duplicate
    assert rows[1].repairs[0].reason == "Row 2 says the same."


def test_a_line_that_stands_twice_may_be_kept_twice():
    rows = compared(
        ("Tina", "123456"), ("Tina", "123456"), known=TINA, decisions=declining("duplicate")
    )
    assert [row.left_out for row in rows] == [False, False]
    assert len({row.fingerprint for row in rows}) == 2


def test_two_lines_of_an_export_that_say_the_same_are_two():
    rows = compared(("Tina", "123456"), ("Tina", "123456"), known=TINA, from_lines=("7", "8"))
    assert [row.left_out for row in rows] == [False, False]
    assert len({row.fingerprint for row in rows}) == 2


def test_lines_the_log_has_are_left_out_as_often_as_it_has_them():
    mark = mark_of(AT, "123456", "fee", "credit")
    known = Known(roster=TINA.roster, counts={mark: 1})
    one, two = compared(("Tina", "123456"), ("Tina", "123456"), known=known, from_lines=("7", "8"))
    assert (one.left_out, two.left_out) == (True, False)
    assert one.repairs[0].reason == "The log has this line already."


def test_an_imported_line_that_was_edited_since_is_still_known():
    mark = mark_of(AT, "123456", "fee", "credit")
    known = Known(roster=TINA.roster, fingerprints=frozenset({fingerprint_of(mark, 1)}))
    (row,) = compared(("Tina", "123456"), known=known)
    assert row.is_duplicate
    (row,) = compared(("Tina", "123456"), known=known, decisions=declining("duplicate"))
    assert row.fingerprint == fingerprint_of(mark, 2)
    assert not row.left_out


def test_the_mark_does_not_care_how_an_id_is_cased_or_about_seconds():
    assert mark_of(AT, "ab1", "fee", "") == mark_of(AT.replace(second=59), "AB1", "fee", "")
