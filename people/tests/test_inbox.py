"""What people are told on screen and by mail, the count in the header, and their choices."""

import pytest

from people.actions.messages import Mail, notify
from people.models import Membership, Message, Notice, NotificationChoice
from people.tests.factories import NoticeFactory
from people.whoasks import memberships_at_once, person_at_once, unread_of

INBOX = "/accounts/inbox/"
CHOICES = "/accounts/preferences/notifications/"


def tell(people, kind="line_answered", **more):
    said = {"program": people[0].program, **more}
    return notify(people, kind, "The client answered line 8.", "/p/skyline/log/8/", **said)


def unread(user) -> int:
    return unread_of(memberships_at_once(person_at_once(user.pk)))


def test_a_person_is_told_on_screen_and_by_mail(sam, browse, settings):
    settings.SITE_URL = "https://tala.example"
    (notice,) = tell([sam])
    mail = Message.objects.get()
    assert (mail.to_email, mail.subject) == (sam.user.email, notice.sentence)
    for body in (mail.text, mail.html):
        assert "https://tala.example/p/skyline/log/8/" in body
        assert "<img" not in body
    page = browse(sam).get(INBOX).text
    assert "The client answered line 8." in page
    assert '<span class="count">1</span>' in page
    assert '<span class="count">1</span>' in browse(sam).get("/p/skyline/log/").text


def test_only_members_with_the_ability_are_told(sam, abe, olga, mona):
    told = tell([sam, abe, olga, mona, sam])
    assert {notice.user for notice in told} == {sam.user, mona.user}
    Membership.objects.filter(pk=sam.pk).update(roles=[])
    assert tell([sam]) == []
    assert notify([], "line_answered", "x", "/", program=sam.program) == []


def test_a_notice_is_told_once_under_its_name(sam, sol):
    assert len(tell([sam], once="line 8 round 1")) == 1
    assert [notice.user for notice in tell([sam, sol], once="line 8 round 1")] == [sol.user]
    assert len(tell([sam], once="line 8 round 2")) == 1
    assert Message.objects.count() == 3


def test_a_mail_can_have_words_of_its_own(sam):
    mail = Mail("Letter 4 is answered", "people/mail/notice")
    tell([sam], mail=mail, about="letter:4")
    message = Message.objects.get()
    assert (message.subject, message.about) == ("Letter 4 is answered", "letter:4")


def test_nobody_without_an_address_is_mailed(sam):
    for address in ("", "no address"):
        sam.user.email = address
        sam.user.save()
        assert len(tell([sam])) == 1
    assert not Message.objects.exists()


def test_a_notice_leads_to_a_page_of_ours_only(sam, transactional_db):
    from django.db import IntegrityError

    for link in ("https://evil.example/", "//evil.example/", "/\\evil.example", "evil"):
        with pytest.raises(IntegrityError):
            notify([sam], "line_answered", "x", link, program=sam.program)


def test_opening_a_notice_reads_it(sam, browse):
    notice = NoticeFactory(user=sam.user, program=sam.program, link="/p/skyline/log/")
    browser = browse(sam)
    assert unread(sam.user) == 1
    assert browser.get(INBOX).status_code == 200
    assert unread(sam.user) == 1  # looking reads nothing
    assert browser.post(f"{INBOX}{notice.pk}/")["Location"] == "/p/skyline/log/"
    assert unread(sam.user) == 0
    first = Notice.objects.get().read_at
    browser.post(f"{INBOX}{notice.pk}/")
    assert Notice.objects.get().read_at == first


def test_one_or_all_are_marked_as_read(sam, browse):
    notices = [NoticeFactory(user=sam.user, program=sam.program) for _ in range(3)]
    browser = browse(sam)
    browser.post(f"{INBOX}read/", {"notice": notices[0].pk})
    assert unread(sam.user) == 2
    assert browser.post(f"{INBOX}read/", {"notice": "9x"}).status_code == 404
    assert browser.post(f"{INBOX}read/", {"notice": "9" * 40}).status_code == 404
    assert unread(sam.user) == 2
    browser.post(f"{INBOX}read/")
    assert unread(sam.user) == 0


def test_nobody_reads_or_opens_another_s_notice(sam, sol, browse):
    notice = NoticeFactory(user=sam.user, program=sam.program, sentence="For Sam alone")
    browser = browse(sol)
    assert "For Sam alone" not in browser.get(INBOX).text
    assert browser.post(f"{INBOX}{notice.pk}/").status_code == 404
    browser.post(f"{INBOX}read/", {"notice": notice.pk})
    browser.post(f"{INBOX}read/")
    assert unread(sam.user) == 1


def test_a_role_taken_away_takes_its_notices_along(sam, browse):
    NoticeFactory(user=sam.user, program=sam.program, sentence="About a line")
    NoticeFactory(
        user=sam.user, program=sam.program, kind="feedback_given", sentence="You got feedback"
    )
    for roles, seen in (
        (["sme"], {"About a line"}),
        (["agent"], {"You got feedback"}),
        (["sme", "agent"], {"About a line", "You got feedback"}),
        ([], set()),
    ):
        Membership.objects.filter(pk=sam.pk).update(roles=roles)
        page = browse(sam).get(INBOX).text
        assert {s for s in ("About a line", "You got feedback") if s in page} == seen
        assert unread(sam.user) == len(seen)


def test_the_inbox_goes_back_in_time(sam, browse):
    for n in range(60):
        NoticeFactory(user=sam.user, program=sam.program, sentence=f"News {n}.")
    first = browse(sam).get(INBOX).text
    assert "News 59." in first
    assert "News 9." not in first
    for page, seen in (("2", "News 9."), ("99", "News 9."), ("x", "News 59.")):
        assert seen in browse(sam).get(INBOX, {"page": page}).text


def test_a_person_chooses_how_to_be_told_in_each_program(mona, sam, browse):
    browser = browse(mona)
    page = browser.get("/accounts/preferences/").text
    assert "The client answered a letter" in page
    assert 'value="harbor:letter_answered"' in page
    assert "A session waits for my answers" not in page  # no manager's
    chosen = {"screen": ["skyline:line_answered"], "mail": ["skyline:letter_answered"]}
    assert browser.post(CHOICES, chosen)["Location"] == "/accounts/preferences/#notifications"
    tell([mona, sam])
    tell([mona], kind="letter_answered")
    mine = Notice.objects.filter(user=mona.user)
    assert sorted(mine.values_list("kind", "on_screen")) == [
        ("letter_answered", False),
        ("line_answered", True),
    ]
    assert unread(mona.user) == 1
    mails = Message.objects.values_list("to_email", "kind")
    assert sorted(mails) == [
        (mona.user.email, "letter_answered"),
        (sam.user.email, "line_answered"),
    ]


def test_choices_are_for_one_s_own_programs_and_known_kinds(sam, browse):
    browse(sam).post(CHOICES, {"screen": ["harbor:line_answered", "x", "skyline:mail_failed"]})
    kept = NotificationChoice.objects.filter(user=sam.user)
    assert {choice.program for choice in kept} == {sam.program}
    assert not kept.filter(kind="mail_failed").exists()
    assert not kept.filter(screen=True).exists()


def test_what_is_not_on_screen_is_still_told_once(sam):
    NotificationChoice.objects.create(
        user=sam.user, program=sam.program, kind="line_answered", screen=False, mail=True
    )
    tell([sam], once="r1")
    tell([sam], once="r1")
    assert Message.objects.count() == 1
    assert unread(sam.user) == 0
