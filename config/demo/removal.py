"""Removing the demo floor: exactly its rows and what was logged on its programs since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar
from uuid import UUID

import pgtrigger
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import QuerySet
from pghistory.models import Context

from calibration.models import VectorWanted
from config.models import DemoRow
from escalations.models import Escalation
from people.models import Client, Membership, Program, User
from people.refusals import ActionRefused

SLICE = 5000

T = TypeVar("T")

Rows = dict[type[models.Model], set[int]]


@transaction.atomic
def remove() -> Counter[str]:
    """Remove the demo floor and return how many rows of each kind went, by their plural name.

    A person of the demo who also wrote in another program stays, unable to sign in; they count
    as "kept people". Raises ActionRefused when there is no demo floor.
    """
    made = _made()
    if not made:
        raise ActionRefused("There is no demo floor here to remove.")
    gone: Counter[str] = Counter()
    with pgtrigger.ignore():  # no history of removing the history
        rows = _with_all_below(Program, made[Program._meta.label_lower])
        gone += _delete(rows)
        _forget_vectors(rows.get(Escalation, set()))
        for pk in sorted(made[User._meta.label_lower]):
            gone += _remove_user(pk)
        clients = Client.objects.filter(pk__in=made[Client._meta.label_lower], programs=None)
        gone += _delete({Client: set(clients.values_list("pk", flat=True))})
    DemoRow.objects.all().delete()
    return gone


def _made() -> dict[str, set[int]]:
    made: dict[str, set[int]] = defaultdict(set)
    for label, pk in DemoRow.objects.values_list("model", "row"):
        made[label].add(pk)
    return made


def _remove_user(pk: int) -> Counter[str]:
    """Remove a person with sessions and memberships, or shut out one who is named elsewhere."""
    _end_sessions(pk)
    below = _with_all_below(User, {pk}, but=Membership)
    if not any(_is_written_work(model) for model in below):
        return _delete(_with_all_below(User, {pk}))
    user = User.objects.get(pk=pk)
    user.set_unusable_password()
    user.is_active = user.is_staff = user.is_superuser = False
    user.save(update_fields=["password", "is_active", "is_staff", "is_superuser"])
    return Counter({"kept people": 1})


def _is_written_work(model: type[models.Model]) -> bool:
    """Whether a row of this kind is something a person did, beside being one."""
    about = getattr(model, "pgh_tracked_model", model)
    theirs = about in {User, Membership} or model._meta.auto_created
    apps = {"people", "escalations", "calibration", "reports"}
    return not theirs and model._meta.app_label in apps


def _end_sessions(pk: int) -> None:
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(pk):
            session.delete()


def _with_all_below(
    model: type[models.Model], pks: Iterable[int], *, but: type[models.Model] | None = None
) -> Rows:
    """The rows `pks` of a model and every row that points at one of them, however far down.

    Rows of `but`, and what only they lead to, are left out.
    """
    found: Rows = defaultdict(set)
    waiting = [(model, set(pks))]
    while waiting:
        model, some = waiting.pop()
        fresh = some - found[model]
        found[model] |= fresh
        for child, name in _references(model) if fresh else ():
            if child is but:
                continue
            for part in _slices(fresh):
                rows: QuerySet[Any] = QuerySet(child).filter(**{f"{name}__in": part})
                waiting.append((child, set(rows.values_list("pk", flat=True))))
    return {model: pks for model, pks in found.items() if pks}


def _references(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """The models, and their fields, whose rows point at rows of this one and go with them."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        child = relation.related_model
        if child._meta.managed and not child._meta.proxy and relation.on_delete != models.SET_NULL:
            yield child, relation.field.name


def _delete(rows: Rows) -> Counter[str]:
    """Delete these rows as they stand, and the contexts that only their history had."""
    gone: Counter[str] = Counter()
    contexts: set[UUID] = set()
    for model, pks in rows.items():
        for part in _slices(pks):
            some: QuerySet[Any] = QuerySet(model).filter(pk__in=part)
            if hasattr(model, "pgh_context_id"):
                contexts.update(some.values_list("pgh_context_id", flat=True))
            # delete() would stop at PROTECT, which has been followed already.
            some._raw_delete(some.db)  # noqa: SLF001
        if hasattr(model, "pgh_context_id"):
            gone["rows of history"] += len(pks)
        elif not model._meta.auto_created:
            gone[str(model._meta.verbose_name_plural)] += len(pks)
    _delete_contexts({pk for pk in contexts if pk})
    return gone


def _delete_contexts(contexts: set[UUID]) -> None:
    histories = [model for model, _ in _references(Context)]
    for part in _slices(contexts):
        unused = Context.objects.filter(pk__in=part)
        for history in histories:
            used: QuerySet[Any] = QuerySet(history).filter(pgh_context=models.OuterRef("pk"))
            unused = unused.filter(~models.Exists(used))
        unused.delete()


def _forget_vectors(lines: set[int]) -> None:
    """Nobody is to make the vectors of lines that are gone: they are noted by key alone."""
    for part in _slices(lines):
        VectorWanted.objects.filter(escalation__in=part).delete()


def _slices(pks: Iterable[T]) -> Iterator[list[T]]:
    """Lists of at most `SLICE` keys, so that no statement grows without end."""
    every = list(pks)
    for start in range(0, len(every), SLICE):
        yield every[start : start + SLICE]
