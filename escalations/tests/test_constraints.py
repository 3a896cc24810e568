"""What the database itself refuses, whoever writes: one test per named constraint."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from escalations.models import Escalation, HourCount, Import, ImportRow, LogWord, Vocabulary
from escalations.tests.factories import EscalationFactory, ImportFactory, MaskedNumberFactory
from people.tests.factories import AgentFactory, UserFactory


def refuses(name: str):
    """Expect this constraint, and no other, to refuse what happens inside."""
    return pytest.raises(IntegrityError, match=f'"{name}"')


@pytest.fixture
def line(sam) -> Escalation:
    return EscalationFactory(agent=AgentFactory(program=sam.program), logged_by=sam.user)


@pytest.fixture
def batch(mona) -> Import:
    return ImportFactory(program=mona.program, by=mona.user)


def set_on(row, **facts) -> None:
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**facts)


def test_a_number_is_given_once_in_a_program(line):
    with refuses("escalation_number_once"), transaction.atomic():
        EscalationFactory(agent=line.agent, number=line.number)


def test_two_programs_have_their_own_numbers(line, harbor):
    EscalationFactory(agent=AgentFactory(program=harbor), number=line.number)


def test_a_key_makes_one_line_of_a_person(line):
    with refuses("escalation_key_once"), transaction.atomic():
        EscalationFactory(agent=line.agent, logged_by=line.logged_by, key=line.key)


def test_an_imported_line_is_there_once(line):
    set_on(line, fingerprint="f")
    with refuses("escalation_fingerprint_once"), transaction.atomic():
        EscalationFactory(agent=line.agent, fingerprint="f")
    EscalationFactory(agent=line.agent, fingerprint="")
    EscalationFactory(agent=line.agent, fingerprint="")


def test_an_hour_of_a_program_is_counted_once(line):
    hour = HourCount.objects.get(program=line.program)
    with refuses("hour_counted_once"), transaction.atomic():
        HourCount.objects.create(program=line.program, hour=hour.hour)


def test_a_status_is_one_of_ours(line):
    with refuses("escalation_status_known"):
        set_on(line, status="pending")


def test_feedback_is_one_of_ours(line):
    with refuses("escalation_feedback_known"):
        set_on(line, feedback="maybe")


@pytest.mark.parametrize("severity", [0, 5])
def test_severity_is_one_to_four(line, severity):
    with refuses("escalation_severity_1_to_4"):
        set_on(line, severity=severity)
    set_on(line, severity=1)


@pytest.mark.parametrize(
    "facts", [{"status": "void"}, {"void_reason": "twice"}], ids=["no reason", "not void"]
)
def test_void_and_its_reason_come_together(line, facts):
    with refuses("escalation_void_has_reason"):
        set_on(line, **facts)
    set_on(line, status="void", void_reason="twice")


def test_a_line_says_a_concern(line):
    with refuses("escalation_concern_said"):
        set_on(line, concern="")


def test_an_import_is_confirmed_by_somebody(batch):
    with refuses("import_confirmed_pair"):
        set_on(batch, confirmed_at=timezone.now())
    with refuses("import_confirmed_pair"):
        set_on(batch, confirmed_by=UserFactory())


def test_an_import_is_undone_by_somebody(batch):
    with refuses("import_undone_pair"):
        set_on(batch, undone_at=timezone.now() + timedelta(hours=1))
    with refuses("import_undone_pair"):
        set_on(batch, undone_by=UserFactory())


def test_a_row_of_a_sheet_is_staged_once(batch):
    ImportRow.objects.create(batch=batch, number=1)
    with refuses("import_row_once"), transaction.atomic():
        ImportRow.objects.create(batch=batch, number=1)


@pytest.mark.parametrize("facts", [{"first": "41111"}, {"last": "11"}, {"first": "4111x1"}])
def test_a_masked_number_is_its_first_six_and_last_four(line, facts):
    with refuses("masked_number_truncated"):
        set_on(MaskedNumberFactory(escalation=line), **facts)


@pytest.mark.parametrize("digits", [12, 20])
def test_a_masked_number_has_13_to_19_digits(line, digits):
    with refuses("masked_number_13_to_19"):
        set_on(MaskedNumberFactory(escalation=line), digits=digits)


def test_a_number_is_called_no_card_by_somebody(line):
    with refuses("masked_number_not_a_card_pair"):
        set_on(MaskedNumberFactory(escalation=line), not_a_card_at=timezone.now())
    with refuses("masked_number_not_a_card_pair"):
        set_on(MaskedNumberFactory(escalation=line), not_a_card_by=UserFactory())


def test_a_word_is_kept_once_in_a_program(skyline, harbor):
    LogWord.objects.create(program=skyline, word="parcel")
    LogWord.objects.create(program=harbor, word="parcel")
    with refuses("log_word_once"), transaction.atomic():
        LogWord.objects.create(program=skyline, word="parcel")


def test_there_is_one_place_up_to_which_words_are_read(db):
    with refuses("vocabulary_one"), transaction.atomic():
        Vocabulary.objects.create(pk=2)


def test_every_named_constraint_has_its_test():
    """Read the sources, so that the order and the choice of tests make no difference."""
    named = {
        constraint.name
        for model in apps.get_app_config("escalations").get_models()
        for constraint in model._meta.constraints
    }
    beside = Path(__file__).parent.glob("test_constraints*.py")
    words = "".join(path.read_text(encoding="utf-8") for path in beside)
    assert {name for name in named if f'refuses("{name}")' not in words} == set()
