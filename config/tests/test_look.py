"""Icons and times as templates ask for them; errors that can be followed."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from config.templatetags.look import ago

NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=2, minutes=59), "2 h ago"),
        (timedelta(days=1, hours=3), "1 day ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(minutes=-10), "in 10 min"),
    ],
)
def test_people_read_how_long_ago(passed: timedelta, words: str) -> None:
    assert ago(NOW - passed, NOW) == words


def test_no_instant_is_no_words() -> None:
    assert ago(None) == ""
    assert Template("{% load look %}{% when nothing %}").render(Context()).strip() == ""


def test_when_carries_the_full_instant() -> None:
    page = Template('{% load look %}{% when then "Asia/Manila" %}').render(Context({"then": NOW}))
    assert 'datetime="2026-11-21T04:00:00+08:00"' in page
    assert 'title="Sat 21 Nov 2026, 4:00 AM"' in page
    assert "<time" in Template("{% load look %}{% when then %}").render(Context({"then": NOW}))


def test_an_icon_is_decoration_unless_labelled() -> None:
    plain = Template('{% load look %}{% icon "star" %}').render(Context())
    named = Template('{% load look %}{% icon "star" "Best practice" %}').render(Context())
    assert 'aria-hidden="true"' in plain
    assert 'aria-label="Best practice"' in named
    assert "icons" in plain
    assert "#star" in plain


class Question(forms.Form):
    """A form with every kind of error."""

    agent = forms.CharField(label="Agent")
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Say <who> it was.")


def test_errors_link_to_their_fields() -> None:
    page = render_to_string("parts/errors.html", {"form": Question({"key": "none"})})
    assert 'role="alert"' in page
    assert '<a href="#id_agent">Agent</a>: This field is required.' in page
    assert "Say &lt;who&gt; it was." in page
    assert "Enter a valid UUID." in page
    assert render_to_string("parts/errors.html", {"form": Question()}).strip() == ""
