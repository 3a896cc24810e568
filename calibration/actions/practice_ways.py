"""Ways to a best practice in one step: written and in force, from a letter, from a file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from calibration.actions.practice_steps import hold_library, words_of
from calibration.actions.practices import draft, publish
from calibration.models import BestPractice
from calibration.models.ladder import GIVES, LADDER
from calibration.models.practices import PARTS
from escalations.actions.topic_places import root_of
from escalations.models import ForwardedItem, Topic
from people.models import Membership
from people.refusals import ActionRefused
from people.retries import whole


@whole
def put_in_force(
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
    replacing: int | None = None,
    reason: str = "",
) -> BestPractice:
    """Write a best practice and put it in force at once; raises as `draft` and `publish` do.

    The same key again answers with what the first made of it.
    """
    made = draft(
        by=by,
        key=key,
        authority=authority,
        words=words,
        topic=topic,
        revises=revises,
        source=source,
        session=session,
        item=item,
    )
    if made.published_at:
        return made
    return publish(made, version=made.version, replacing=replacing, reason=reason, by=by)


@whole
def answer_from_letter(
    item: ForwardedItem,
    *,
    by: Membership,
    key: uuid.UUID,
    words: Mapping[str, str],
    topic: Topic,
    replacing: int | None,
) -> BestPractice:
    """Make the client's answer to an item its topic's best practice, by the client's word.

    Raises PermissionDenied, ActionRefused when the client has not answered it for good.
    """
    mine = ForwardedItem.objects.filter(forwarding__program=by.program_id)
    item = mine.select_related("forwarding").get(pk=item.pk)
    answer = item.answers.last()
    if answer is None or answer.verdict == "need_more":
        raise ActionRefused("The client has not answered this yet.")
    letter = item.forwarding.number
    return put_in_force(
        by=by,
        key=key,
        authority="client",
        words=words,
        topic=topic,
        source=f"Letter {letter}, question {item.position}: {answer.said_by}",
        item=item,
        replacing=replacing,
    )


@whole
def bring_in(cards: Sequence[Mapping[str, Any]], *, by: Membership) -> list[BestPractice]:
    """Make drafts of a library's cards, all or none; one that is there already is left out.

    A card has kind, topic (a name), authority, its words, and of the guide its list and place. The
    same file twice adds nothing. By
    whose word the member may not speak becomes the highest the member may. Raises ActionRefused.
    """
    topics = {topic.name.casefold(): topic for topic in Topic.objects.visible_to(by).live()}
    hold_library(by)
    there = BestPractice.objects.visible_to(by).select_related("topic")
    known = {_mark(one, root_of(one.topic) if one.topic else None) for one in there}
    made = []
    for number, card in enumerate(cards, start=1):
        topic = topics.get(card["topic"].casefold()) if card["kind"] == "answer" else None
        if card["kind"] == "answer" and topic is None:
            raise ActionRefused(f"Card {number}: there is no topic “{card['topic']}” here.")
        said = words_of(card, by=by)
        mark = _mark(BestPractice(**said), topic)
        if mark in known:
            continue
        known.add(mark)
        authority = highest_given(card["authority"], by=by)
        facts = {"words": said, "source": card["source"], "topic": topic}
        guide = (card.get("guide", ""), int(card.get("guide_place") or 0))
        made.append(draft(by=by, key=uuid.uuid4(), authority=authority, guide=guide, **facts))
    return made


def highest_given(authority: str, *, by: Membership) -> str:
    """The authority, or the highest one the member gives when that is not the member's to give."""
    mine = [one for one in LADDER if by.may(GIVES[one])]
    return authority if authority in mine or not mine else mine[-1]


def _mark(card: BestPractice, topic: Topic | None) -> tuple[Any, ...]:
    """What makes two cards the same: what they answer and their words."""
    return (topic.pk if topic else None, *(getattr(card, name) for name in ("title", *PARTS)))
