"""What mails said is removed some time after they went out; that they went out is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from people.models import Message
from people.retries import whole

State = Message.State

PIECE = 500
"""Mails in one transaction."""


def prune_mails(now: datetime | None = None) -> int:
    """Remove the text of mails that are over for MAIL_KEPT_DAYS days; return of how many.

    To whom, what about, when, in which state and under which Message-ID stays. A mail that was not
    delivered is not over until a manager decides about it. It may be stopped anywhere and run
    twice. `now` is an aware instant, by default this moment.
    """
    now = now or timezone.now()
    before, done = now - timedelta(days=settings.MAIL_KEPT_DAYS), 0
    while pruned := _prune_piece(before, now):
        done += pruned
    return done


@whole
def _prune_piece(before: datetime, now: datetime) -> int:
    sent = Q(state=State.SENT, sent_at__lt=before)
    nobodys = Q(state=State.FAILED, program=None)  # no manager can send it again
    over = sent | Q(state=State.CANCELLED) | nobodys
    old = Message.objects.filter(over, pruned_at=None, created_at__lt=before)
    locked = old.order_by("created_at", "pk").select_for_update(skip_locked=True)
    piece = list(locked.values_list("pk", flat=True)[:PIECE])
    gone = {"text": "", "html": "", "sealed": "", "pruned_at": now}
    return Message.objects.filter(pk__in=piece).update(**gone)
