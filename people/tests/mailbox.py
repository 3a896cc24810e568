"""A real SMTP server for a test: what it got, and what it says to whoever hands mail over."""

import socket
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller


class Post:
    """Keeps mails as text and HTML; `says` is its answer to DATA, or `refuses` to RCPT."""

    def __init__(self):
        self.mails = []
        self.says = "250 OK"
        self.refuses = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.says.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append(
                SimpleNamespace(
                    message=message,
                    to=envelope.rcpt_tos,
                    text=message.get_body(("plain",)).get_content(),
                    html=message.get_body(("html",)).get_content(),
                )
            )
        return self.says


@pytest.fixture
def smtp(settings):
    """The server, on a port of its own; Django's mail goes there."""
    post = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "people.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield post
    server.stop()
