"""Digests: one sentence per person, kind and shift about all that waits; kept true, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from people import mail
from people.actions.messages import notify, ways_of
from people.history import told_outside
from people.models import Membership, Message, Notice
from people.retries import whole


@dataclass(frozen=True)
class Digest:
    """What waits for a member on a shift day, in one sentence with the path of its page."""

    kind: str
    day: date
    sentence: str
    link: str


def last_told(members: list[Membership], kind: str) -> dict[int, Notice]:
    """Per user of one program: the last notice of a kind that was made for them, if any."""
    if not members:
        return {}
    users = [member.user_id for member in members]
    made = Notice.objects.exclude(once="")  # in the index of what is told once
    found = made.filter(program=members[0].program_id, kind=kind, user__in=users)
    last = found.order_by("user", "-created_at", "-pk").distinct("user")
    return {notice.user_id: notice for notice in last}


@whole
def keep_digest(member: Membership, digest: Digest, *, is_news: bool, now: datetime) -> bool:
    """Tell a member what waits, or make true what was told; return whether anything was told.

    With `is_news` something has come to wait since the last telling: the shift's digest is made,
    in place of an older one that was not read, or comes up again with the new words. A shift has
    one digest of a kind, and one mail. Without news the words of an unread one are kept true.
    """
    last = _last(member, digest.kind)
    words = mail.one_line(digest.sentence, 300)
    if not is_news:
        if last and last.is_unread and last.sentence != words:
            Notice.objects.filter(pk=last.pk).update(sentence=words, link=digest.link)
        return False
    if last and last.once == digest.day.isoformat():
        on_screen = ways_of([member], digest.kind)[member.user_id][0]
        changed = {"sentence": words, "link": digest.link, "created_at": now}
        Notice.objects.filter(pk=last.pk).update(**changed, read_at=None, on_screen=on_screen)
        return True
    _withdraw(member, digest.kind, now)
    told = notify(
        [member],
        digest.kind,
        words,
        digest.link,
        program=member.program,
        once=digest.day.isoformat(),
        about=_matter(member, digest.kind),
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in told]).update(created_at=now)
    return bool(told)


@whole
def withdraw_digest(member: Membership, kind: str, *, now: datetime) -> None:
    """Nothing of a kind waits for a member any more: take back what was told and not read."""
    _last(member, kind)
    _withdraw(member, kind, now)


def _last(member: Membership, kind: str) -> Notice | None:
    """The member's last notice of a kind; two workers come here one after the other."""
    Membership.objects.select_for_update(no_key=True).get(pk=member.pk)
    mine = Notice.objects.filter(user=member.user_id, program=member.program_id, kind=kind)
    return mine.order_by("-created_at", "-pk").first()


def _withdraw(member: Membership, kind: str, now: datetime) -> None:
    mine = Notice.objects.filter(user=member.user_id, program=member.program_id, kind=kind)
    last = mine.order_by("-created_at", "-pk").values_list("pk", flat=True).first()
    mine.unread().update(on_screen=False, read_at=now)
    waiting = Message.objects.queued().filter(about=_matter(member, kind))
    with told_outside("no longer due", who="Tala"):
        stopped = waiting.filter(program=member.program_id).update(state=Message.State.CANCELLED)
    if stopped and last:  # its mail never went out: what comes to wait later has one again
        mine.filter(pk=last).update(once="")


def _matter(member: Membership, kind: str) -> str:
    return f"{kind}:{member.user_id}"
