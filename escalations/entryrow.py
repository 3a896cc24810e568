"""The entry row as it is shown: empty with a new key, or as it was typed."""

from __future__ import annotations

import uuid
from typing import Any

from escalations.forms.line import EntryForm
from escalations.topicnames import TopicName

SEVERITIES = EntryForm.base_fields["severity"].choices  # type: ignore[attr-defined]


def entry_row(topics: list[TopicName], form: EntryForm | None = None) -> dict[str, Any]:
    """What `sheet/entry.jinja` asks for beside the sheet.

    Every sheet shows an empty row; nothing of it depends on a form, so none is made for it.
    """
    key = form["key"].value() if form else uuid.uuid4()
    return {"form": form, "key": key, "severities": SEVERITIES, "topics": topics}
