"""Addresses under /p/<p>/people/."""

from django.urls import path

from people.views import captain, contacts, mail, members, people, roster

urlpatterns = [
    path("", people.people, name="people"),
    path("now/", contacts.call_now, name="call_now"),
    path("mail/", mail.mail, name="mail"),
    path("mail/<int:pk>/again/", mail.mail_again, name="mail_again"),
    path("mail/<int:pk>/let-go/", mail.mail_let_go, name="mail_let_go"),
    path("agents/", roster.agents, name="agents"),
    path("roster/add/", roster.roster_add, name="roster_add"),
    path("roster/paste/", roster.roster_paste, name="roster_paste"),
    path("roster/<int:pk>/", roster.agent_row, name="agent_row"),
    path("roster/<int:pk>/edit/", roster.agent_edit, name="agent_edit"),
    path("roster/<int:pk>/leave/", roster.agent_leave, name="agent_leave"),
    path("roster/<int:pk>/return/", roster.agent_return, name="agent_return"),
    path("members/<int:pk>/", members.member_roles, name="member_roles"),
    path("invitations/", members.invite_person, name="invite"),
    path("invitations/<int:pk>/again/", members.invitation_again, name="invitation_again"),
    path("invitations/<int:pk>/link/", members.invitation_link, name="invitation_link"),
    path("invitations/<int:pk>/revoke/", members.invitation_revoke, name="invitation_revoke"),
    path("captain/", captain.captain_appoint, name="captain_appoint"),
    path("captain/<int:pk>/end/", captain.captain_end, name="captain_end"),
    path("contacts/", contacts.contact_add, name="contact_add"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/verified/", contacts.contact_verify, name="contact_verify"),
    path("contacts/<int:pk>/remove/", contacts.contact_remove, name="contact_remove"),
    path("contacts/<int:pk>/restore/", contacts.contact_restore, name="contact_restore"),
]
