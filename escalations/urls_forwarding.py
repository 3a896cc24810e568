"""Addresses under /p/<p>/forwarding/."""

from django.urls import path

from escalations.views import client_contacts, forwarding, letter, pack

urlpatterns = [
    path("", forwarding.forwarding, name="forwarding"),
    path("write/", forwarding.forwarding_write, name="forwarding_write"),
    path("give/", forwarding.forwarding_give, name="forwarding_give"),
    path("contacts/", client_contacts.client_contacts, name="client_contacts"),
    path("contacts/<int:pk>/", client_contacts.client_contact, name="client_contact"),
    path(
        "contacts/<int:pk>/remove/",
        client_contacts.client_contact_remove,
        name="client_contact_remove",
    ),
    path("letters/", pack.letters, name="letters"),
    path("pack/", pack.pack, name="pack"),
    path("pack.xlsx", pack.pack_xlsx, name="pack_xlsx"),
    path("<int:n>/", letter.letter, name="letter"),
    path("<int:n>/pack/", pack.pack, name="letter_pack"),
    path("<int:n>/letter.xlsx", pack.pack_xlsx, name="letter_xlsx"),
    path("<int:n>/preview/", letter.letter_preview, name="letter_preview"),
    path("<int:n>/send/", letter.letter_send, name="letter_send"),
    path("<int:n>/again/", letter.letter_again, name="letter_again"),
    path("<int:n>/recall/", letter.letter_recall, name="letter_recall"),
    path("<int:n>/extend/", letter.letter_extend, name="letter_extend"),
    path("<int:n>/discard/", letter.letter_discard, name="letter_discard"),
    path("<int:n>/record/", letter.letter_record, name="letter_record"),
]
