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
    hold_library,
    locked,
    standing,
    tell_members,
    the_number,
    words_of,
)
from calibration.models import BestPractice, Kind, PracticeRead
from calibration.models.ladder import State, needs_word
from escalations.actions.topic_places import root_of
from escalations.models import ForwardedItem, Topic
from people.cardwords import one_line_without_cards
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
    guide: tuple[str, int] = ("", 0),
) -> BestPractice:
    """Write a draft: an answer to `topic`, or without one a technique; return it.

    `words` are title, when, do, say, dont, who_may; missing ones are empty. A topic that was merged
    stands for the one it is now. A technique that `revises` another takes its place, in the guide
    too, when it is put in force; an answer takes that of its topic's whatever it revises. One that
    revises none may say its list and place of the `guide`. `source` says in words where it comes
    from, `session` (a number) and `item` are what its page links to. The same key again: the same
    draft. Raises PermissionDenied, KeyReused, ActionRefused.
    """
    check_gives(authority, by=by)
    topic = root_of(Topic.objects.get(pk=topic.pk)) if topic else None  # as it is by now
    list_, place = (revises.guide, revises.guide_place) if revises else guide
    said = {
        **words_of(words, by=by),
        "authority": authority,
        "source": one_line_without_cards(source, by.program, longest=200),
        "session": session,
        "item": item,
        "guide": "" if topic else list_,
        "guide_place": 0 if topic else place,
    }
    hold_library(by)  # who comes twice at once waits here, and finds what the first one wrote
    if made := BestPractice.objects.filter(written_by=by.user, key=key).first():
        _check_same(made, said, topic, revises, by=by)
        return made
    _check_place(topic, revises, by=by)
    with told("drafted", by=by):
        return BestPractice.objects.create(
            program=by.program,
            number=_next_number(by),
            key=key,
            kind=Kind.ANSWER if topic else Kind.TECHNIQUE,
            topic=topic,
            supersedes=revises,
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
        raise ActionRefused("Its topic is no topic any more. Write it for another.")
    ending = list(standing(practice).select_for_update())
    before = ending[0] if ending else None
    if the_number(before) != replacing:
        raise ActionRefused("Another one is in force by now. Look at it, then do this again.")
    reason = one_line_without_cards(reason, by.program)
    if before and needs_word(before.authority, practice.authority) and not reason:
        raise ActionRefused(
            f"This would replace the {before.authority}’s word by a lower one. Say why."
            if before.authority in ("client", "manager")
            else "This would replace a higher authority by a lower one. Say why."
        )
    now = timezone.now()
    ended = {"state": State.SUPERSEDED, "effective_until": now, "ended_by": by.user}
    for one in ending:
        _save(one, ended, "superseded", by=by)
    to = {"state": State.IN_FORCE, "published_by": by.user, "published_at": now, "reason": reason}
    to |= {"effective_from": now, "effective_until": None, "ended_by": None, "end_reason": ""}
    to |= {"supersedes": before or practice.supersedes, "topic": practice.topic}
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
    reason = one_line_without_cards(reason, by.program)
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


def _check_same(
    made: BestPractice,
    said: Mapping[str, Any],
    topic: Topic | None,
    revises: BestPractice | None,
    *,
    by: Membership,
) -> None:
    """Raise KeyReused unless what a key made before says the same."""
    was = root_of(made.topic) if made.topic else None
    is_same = made.program_id == by.program_id and was == topic
    is_same = is_same and all(getattr(made, name) == text for name, text in said.items())
    if made.is_draft:  # what is in force supersedes what it replaced
        is_same = is_same and made.supersedes == revises
    if not is_same:
        raise KeyReused("This form was saved before with other words. Reload the page.")


def _next_number(by: Membership) -> int:
    """The program's next number, its library being held."""
    mine = BestPractice.objects.filter(program=by.program_id)
    return int(mine.aggregate(last=Max("number"))["last"] or 0) + 1


def _save(
    practice: BestPractice, to: Mapping[str, Any], did: str, *, by: Membership, reason: str = ""
) -> BestPractice:
    for name, value in to.items():
        setattr(practice, name, value)
    practice.version += 1
    with told(did, by=by, reason=reason):
        practice.save(update_fields=[*to, "version"])
    return practice
