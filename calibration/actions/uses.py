"""What the known answer was to a line: used, did not fit, or nothing was known."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from calibration.models import BestPractice, Outcome, PracticeUse
from escalations.knownsaid import KnownSaid
from escalations.models import Escalation
from people.cardwords import one_line_without_cards
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused
from people.retries import whole


@whole
def record_use(
    line: Escalation,
    *,
    outcome: str,
    by: Membership,
    practice: BestPractice | None = None,
    reason: str = "",
) -> PracticeUse:
    """Note how `practice` served on a line; `outcome` "nothing" names none. Return the note.

    The last word of one person on one line counts. Raises PermissionDenied, ActionRefused when it
    does not say why it did not fit, or the practice was never in force.
    """
    if not by.may("log"):
        raise PermissionDenied("Uses are recorded by who logs lines.")
    line = Escalation.objects.visible_to(by).get(pk=line.pk)
    reason = one_line_without_cards(reason, by.program)
    if outcome not in Outcome.values or (practice is None) != (outcome == Outcome.NOTHING):
        raise ActionRefused("Say of which best practice.")
    if practice and (practice.program_id != by.program_id or not practice.effective_from):
        raise ActionRefused("That best practice is not there.")
    if outcome == Outcome.DID_NOT_FIT and not reason:
        raise ActionRefused("Say why it did not fit.")
    said = {"practice": practice, "outcome": outcome, "reason": reason, "program": by.program}
    with told("used", by=by):
        use, _ = PracticeUse.objects.update_or_create(escalation=line, by=by.user, defaults=said)
    return use


def keep(line: Escalation, said: KnownSaid, by: Membership) -> None:
    """Note what was said of the known answer while a new line was typed; refuse nothing.

    A card that is gone or of another program is let go, and so is a missing reason: the line
    comes first.
    """
    practice = None
    if said.number is not None:
        mine = BestPractice.objects.filter(program=by.program_id).exclude(effective_from=None)
        practice = mine.filter(number=said.number).first()
        if practice is None:
            return
    reason = one_line_without_cards(said.reason, by.program)
    PracticeUse.objects.create(
        program=by.program,
        escalation=line,
        practice=practice,
        outcome=said.outcome,
        reason=reason,
        by=by.user,
    )
