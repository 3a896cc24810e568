"""Addresses under /accounts/: those of allauth that are used here, under its names, and ours."""

from django.urls import path, re_path

from people.views import accounts, inbox
from people.views.here import here
from people.views.join import join
from people.views.preferences import preferences
from people.views.sessions import sessions

urlpatterns = [
    path("login/", accounts.sign_in, name="account_login"),
    path("logout/", accounts.sign_out, name="account_logout"),
    path("inactive/", accounts.inactive, name="account_inactive"),
    path("password/change/", accounts.change_password, name="account_change_password"),
    path("password/reset/", accounts.reset, name="account_reset_password"),
    path("password/reset/done/", accounts.reset_sent, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.new_password,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        accounts.new_password_set,
        name="account_reset_password_from_key_done",
    ),
    path("here/", here, name="here"),
    path("sessions/", sessions, name="usersessions_list"),
    path("preferences/", preferences, name="preferences"),
    path("preferences/notifications/", inbox.notification_choices, name="notification_choices"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("inbox/<int:pk>/", inbox.inbox_open, name="inbox_open"),
    path("join/<str:token>/", join, name="join"),
]
