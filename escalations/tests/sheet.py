"""What tests of the log sheet share: its address, a posted entry, the rows of an answer."""

import uuid

LOG = "/p/skyline/log/"
HTMX = {"HX-Request": "true"}


def posted(**said):
    return {
        "key": str(uuid.uuid4()),
        "time": "",
        "agent": "Tina / 123456",
        "concern": "waive the late fee",
        "resolution": "Advised valid charges",
        "status": "resolved",
        "requires_feedback": "N",
        **said,
    }


def concerns(response):
    return [line.concern for line in response.context["sheet"].rows]
