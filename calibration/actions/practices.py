"""Best practices: drafted, edited, put in force, retired; read and acknowledged."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from calibration.actions.practice_steps import (
    check_gives,
    check_move,
    locked,
    standing_before,
    tell_members,
    the_number,
    words_of,
)
from calibration.models import BestPractice, Kind, PracticeRead
from calibration.models.ladder import State, needs_word
from escalations.models import ForwardedItem, Topic
from people.cardwords import without_cards
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, KeyReused, check_version
from people.retries import whole


@whole
def draft(
    *,
    by: Membership,
    key: uuid.UUID,
    authority: str,
    words: Mapping[str, str],
    topic: Topic | None = None,
    revises: BestPractice | None = None,
    source: str = "",
    session: int | None = None,
    item: ForwardedItem | None = None,
) -> BestPractice:
    """Write a draft: an answer to `topic`, or without one a technique; return it.

    `words` are title, when, do, say, dont, who_may; missing ones are empty. A technique that
    `revises` another takes its place when it is put in force; an answer takes that of its topic's
    whatever it revises. `source` says in words where it comes from, `session` and `item` lead
    there. The same key again: the same draft. Raises PermissionDenied, KeyReused, ActionRefused.
    """
    check_gives(authority, by=by)
    said = words_of(words, by=by)
    if made := BestPractice.objects.filter(written_by=by.user, key=key).first():
        if made.program_id != by.program_id:
            raise KeyReused("This form was saved before with other words. Reload the page.")
        return made
    _check_place(topic, revises, by=by)
    with told("drafted", by=by):
        return BestPractice.objects.create(
            program=by.program,
            number=_next_number(by),
            key=key,
            kind=Kind.ANSWER if topic else Kind.TECHNIQUE,
            topic=topic,
            authority=authority,
            supersedes=revises,
            guide=revises.guide if revises and not topic else "",
            guide_place=revises.guide_place if revises and not topic else 0,
            source=" ".join(without_cards({"source": source}, by.program)["source"].split())[:200],
            session=session,
            item=item,
            written_by=by.user,
            **said,
        )


@whole
def edit(
    practice: BestPractice,
    *,
    words: Mapping[str, str],
    version: int | None,
    by: Membership,
    authority: str | None = None,
) -> BestPractice:
    """Word a draft anew, and change by whose word it stands; return it.

    Raises PermissionDenied, VersionMissing, StaleVersion, or ActionRefused for one that is no
    draft: what was in force stays as it was read.
    """
    practice = locked(practice, by=by)
    check_gives(practice.authority, by=by)
    check_version(practice, version)
    if practice.state != State.DRAFT:
        raise ActionRefused("Only a draft is edited. Write a new one in its place.")
    if authority:
        check_gives(authority, by=by)
        practice.authority = authority
    said = words_of(words, by=by)
    return _save(practice, {**said, "authority": practice.authority}, "edited", by=by)


@whole
def publish(
    practice: BestPractice,
    *,
    version: int | None,
    replacing: int | None,
    by: Membership,
    reason: str = "",
) -> BestPractice:
    """Put a draft in force from now on, or bring back one that was retired; return it.

    `replacing` is the number of the practice that the person saw it would replace, or None: when
    another one is in force by now, nothing is done. A lower authority takes the place of a higher
    one only with a `reason`. Members are told. Raises PermissionDenied, VersionMissing,
    StaleVersion, ActionRefused.
    """
    practice = locked(practice, by=by)  # its topic too: publishing for one topic goes in turn
    check_gives(practice.authority, by=by)
    check_version(practice, version)
    check_move(practice, State.IN_FORCE)
    if practice.topic and not practice.topic.is_live:
        raise ActionRefused("Its topic was merged away. Write it for the topic of today.")
    before = standing_before(practice)
    if the_number(before) != replacing:
        raise ActionRefused("Another one is in force by now. Look at it, then do this again.")
    reason = _one_line(reason, by=by)
    if before and needs_word(before.authority, practice.authority) and not reason:
        raise ActionRefused(
            f"This would replace the {before.authority}’s word by a lower one. Say why."
            if before.authority in ("client", "manager")
            else "This would replace a higher authority by a lower one. Say why."
        )
    now = timezone.now()
    if before:
        ended = {"state": State.SUPERSEDED, "effective_until": now, "ended_by": by.user}
        _save(before, ended, "superseded", by=by)
    to = {"state": State.IN_FORCE, "published_by": by.user, "published_at": now, "reason": reason}
    to |= {"effective_from": now, "effective_until": None, "ended_by": None, "end_reason": ""}
    to |= {"supersedes": before or practice.supersedes}
    practice = _save(practice, to, "put in force", by=by, reason=reason)
    tell_members(practice, by=by)
    return practice


@whole
def retire(
    practice: BestPractice, *, version: int | None, by: Membership, reason: str = ""
) -> BestPractice:
    """End what is in force, with a reason, or discard a draft; `publish` brings it back.

    Captain and manager may. Raises PermissionDenied, VersionMissing, StaleVersion, ActionRefused.
    """
    if not by.may("write_practices"):
        raise PermissionDenied("Best practices are retired by the captain or a manager.")
    practice = locked(practice, by=by)
    check_version(practice, version)
    check_move(practice, State.RETIRED)
    reason = _one_line(reason, by=by)
    if practice.is_in_force and not reason:
        raise ActionRefused("Say why it is retired.")
    to: dict[str, Any] = {"state": State.RETIRED, "ended_by": by.user, "end_reason": reason}
    to["effective_until"] = timezone.now() if practice.effective_from else None
    return _save(practice, to, "retired", by=by, reason=reason)


@whole
def acknowledge(practice: BestPractice, *, by: Membership) -> PracticeRead:
    """Note that the member has read what is in force; a second time changes nothing.

    Raises ActionRefused for what is not in force, BestPractice.DoesNotExist.
    """
    mine = BestPractice.objects.visible_to(by).get(pk=practice.pk)
    read, is_new = PracticeRead.objects.get_or_create(practice=mine, user=by.user)
    if is_new and not mine.is_in_force:
        raise ActionRefused("This is not in force any more. Nothing to acknowledge.")
    return read


def _check_place(topic: Topic | None, revises: BestPractice | None, *, by: Membership) -> None:
    if topic and (topic.program_id != by.program_id or not topic.is_live):
        raise ActionRefused("That topic is not there.")
    if revises and revises.program_id != by.program_id:
        raise ActionRefused("What it would replace is not there.")
    if revises and not topic and revises.is_answer:
        raise ActionRefused("An answer is replaced by an answer.")


def _next_number(by: Membership) -> int:
    """The program's next number; the program's row is held until the transaction ends."""
    type(by.program).objects.select_for_update(no_key=True).get(pk=by.program_id)
    mine = BestPractice.objects.filter(program=by.program_id)
    return int(mine.aggregate(last=Max("number"))["last"] or 0) + 1


def _one_line(text: str, *, by: Membership) -> str:
    return " ".join(str(without_cards({"text": text}, by.program)["text"]).split())[:300]


def _save(
    practice: BestPractice, to: Mapping[str, Any], did: str, *, by: Membership, reason: str = ""
) -> BestPractice:
    for name, value in to.items():
        setattr(practice, name, value)
    practice.version += 1
    with told(did, by=by, reason=reason):
        practice.save(update_fields=[*to, "version"])
    return practice
