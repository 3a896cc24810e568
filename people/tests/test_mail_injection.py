"""Whatever stands in a name, a subject or a field: one recipient, one header each, plain text."""

import pytest

from people.actions.delivery import deliver_due
from people.actions.messages import Mail, notify, queue
from people.mail import clean_address, clean_name, one_line
from people.models import Message
from people.refusals import ActionRefused

EVIL = {
    "CR LF and a header": "Ana\r\nBcc: spy@evil.example",
    "LF and a header": "Ana\nBcc: spy@evil.example",
    "CR and a header": "Ana\rBcc: spy@evil.example",
    "a second body": "Ana\r\n\r\n<b>other</b>",
    "NUL": "Ana\0Cruz",
    "vertical tab, form feed": "Ana\x0b\x0cCruz",
    "line separators": "Ana\u2028Bcc: spy@evil.example\u2029\u0085x",
    "a comma": "Ana, spy@evil.example",
    "a semicolon": "Ana; spy@evil.example;",
    "a colon and a group": "undisclosed: spy@evil.example;",
    "an address in brackets": "Ana <spy@evil.example>",
    "an open bracket": "Ana <spy@evil.example",
    "quotes": 'Ana" <spy@evil.example>, "x',
    "a backslash": 'Ana\\" <spy@evil.example>',
    "a comment": "Ana (spy@evil.example)",
    "a route": "@evil.example:spy@evil.example",
    "an encoded word": "=?utf-8?q?Ana=0ABcc:_spy@evil.example?=",
    "an encoded comma": "=?utf-8?q?Ana=2C_spy@evil.example?=",
    "right to left": "Ana\u202e\u2066elpmaxe.live@yps",
    "a lone surrogate": "Ana\ud800",
    "a tag": "Ana\U000e0041",
    "very long": "Ana " * 5000,
    "other scripts": "Анна 安娜 ආනා 😀",
    "nothing": "",
    "only signs": ",;<>\r\n",
}
HTML = '<script>alert(1)</script><img src="https://evil.example/x.png">'
BAD_ADDRESSES = [
    "",
    "ana",
    "ana@",
    "@evil.example",
    "a@b",
    "a@b.example, spy@evil.example",
    "a@b.example;spy@evil.example",
    "a@b.example\nBcc: spy@evil.example",
    "a@b.example\r\nRCPT TO:<spy@evil.example>",
    "a@b.example\0",
    "Ana <a@b.example>",
    "<a@b.example>",
    '"a b"@b.example',
    '"a,spy@evil.example"@b.example',
    "a@b.example>",
    "a@[127.0.0.1] x",
    "ä@b.example",
    "a@b.example\u2028x",
    "a" * 300 + "@b.example",
    "a\ud800@b.example",
]


def sent(smtp):
    """The one mail that arrived, with one recipient and every header once."""
    assert deliver_due("w").sent == 1
    (mail,) = smtp.mails
    assert mail.to == ["carla@client.example"]
    raw = mail.message
    for header in ("To", "From", "Subject", "Message-ID", "Date", "MIME-Version"):
        assert len(raw.get_all(header)) == 1, header
    assert not raw.get_all("Bcc")
    assert not raw.get_all("Cc")
    assert [one.addr_spec for one in raw["To"].addresses] == ["carla@client.example"]
    assert [one.addr_spec for one in raw["From"].addresses] == ["tala@localhost"]
    return mail


@pytest.mark.parametrize("words", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize("place", ["to_name", "from_name", "subject"])
def test_a_header_is_clean_and_there_is_one_recipient(skyline, smtp, place, words):
    said = {"subject": "Four lines", "to_name": "Carla", "from_name": "Mona", place: words}
    queue(
        "letter",
        to="carla@client.example",
        template="people/mail/password_reset",
        context={"person": {"name": words, "username": words}, "link": "https://x.example/"},
        program=skyline,
        **said,
    )
    mail = sent(smtp)
    assert "spy@evil.example" not in str([mail.message["To"].addresses[0].addr_spec])
    assert len(str(mail.message["Subject"])) <= 160


@pytest.mark.parametrize("words", EVIL.values(), ids=EVIL)
def test_a_notice_s_mail_is_clean(sam, smtp, words):
    sam.user.email, sam.user.name = "carla@client.example", words.replace("\0", "")[:100]
    sam.user.name = sam.user.name.encode("utf-8", "replace").decode()
    sam.user.save()
    mail = Mail(words, "people/mail/notice")
    notify([sam], "line_answered", words, "/p/skyline/log/", program=sam.program, mail=mail)
    sent(smtp)


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_what_is_no_single_address_is_refused_in_words(skyline, address):
    with pytest.raises(ActionRefused, match="address"):
        queue(
            "letter",
            to=address,
            subject="x",
            template="people/mail/password_reset",
            context={},
            program=skyline,
        )
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", ["a@b.example", "o'brien+x_y@sub.b-c.example", " a@b.example "])
def test_a_plain_address_is_taken(address):
    assert clean_address(address) == address.strip()


def test_html_in_any_field_is_text(skyline, smtp):
    queue(
        "letter",
        to="carla@client.example",
        to_name=HTML,
        from_name=HTML,
        subject=HTML,
        template="people/mail/password_reset",
        context={"person": {"name": HTML, "username": HTML}, "link": "https://x.example/"},
        program=skyline,
    )
    mail = sent(smtp)
    assert "<script" not in mail.html
    assert "<img" not in mail.html
    assert HTML in mail.text


@pytest.mark.parametrize("name", EVIL.values(), ids=EVIL)
def test_inviting_under_such_a_name_is_an_error_of_the_form_or_clean(mona, smtp, browse, name):
    said = {"email": "carla@client.example", "roles": "sme"}
    name = name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = browse(mona).post("/p/skyline/people/invitations/", {**said, "name": name})
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        sent(smtp)


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_inviting_such_an_address_is_an_error_of_the_form(mona, browse, address):
    address = address.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    said = {"email": address, "name": "Ana", "roles": "sme"}
    answer = browse(mona).post("/p/skyline/people/invitations/", said)
    assert answer.status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mona Reyes", "Mona Reyes"),
        ("O'Brien, John", "O'Brien John"),
        ("  Ana \t María\u00a0Núñez ", "Ana María Núñez"),
        ("Ana\r\nBcc: x", "Ana Bcc x"),
        ("A" * 300, "A" * 99 + "…"),
    ],
)
def test_names_stay_readable(typed, name):
    assert clean_name(typed) == name


def test_a_subject_keeps_its_signs():
    assert one_line("Re: 3 lines, <urgent>; see “fees”\r\n") == "Re: 3 lines, <urgent>; see “fees”"
