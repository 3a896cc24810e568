"""The packs there are."""

from __future__ import annotations

from reports.packs.client import client
from reports.packs.inside import month, week
from reports.packs.pack import Pack

PACKS: dict[str, Pack] = {
    one.slug: one
    for one in (
        Pack(
            "week",
            "Week pack",
            "The week beside the week before, what waits, feedback and call-backs.",
            "week",
            week,
        ),
        Pack(
            "month",
            "Month pack",
            "Every report with the table behind each chart, calls with wait and handling time, and"
            " which best practices worked.",
            "month",
            month,
            with_tables=True,
        ),
        Pack(
            "client",
            "Client pack",
            "The rate, the topics, open questions with their age against the promise, what answers"
            " changed. It names nobody of the floor and no customer.",
            "days",
            client,
            ability="forward",
            is_for_client=True,
        ),
    )
}
"""By slug, in the order in which they are offered."""
