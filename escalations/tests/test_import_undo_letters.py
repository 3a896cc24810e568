"""An undone import leaves alone what somebody has begun to ask the client about."""

import uuid

from escalations.actions import forwarding, imports
from escalations.models import Escalation
from escalations.tests.test_import_steps import confirm, outcomes, stage


def test_a_line_in_the_draft_of_a_letter_stays_when_its_import_is_undone(marta):
    batch = confirm(stage(marta), marta)
    line = Escalation.objects.filter(status="unresolved").first()
    draft = forwarding.write([line], key=uuid.uuid4(), by=marta)
    batch = imports.undo(batch, by=marta)
    assert (batch.state, batch.counts["removed"], batch.counts["kept"]) == ("undone", 7, 1)
    assert list(Escalation.objects.all()) == [line]
    assert draft.items.get().escalation == line
    assert outcomes(batch).count("kept") == 1
