"""What people type to sign in, to join, and about themselves."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator

from people.forms.roster import OneLine
from people.forms.stacked import Stacked, helper_for
from people.models import Invitation, User
from people.tasks import send_password_reset

USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z", "Letters, digits, dots, hyphens and underscores only."
)
NEW_PASSWORD = "At least nine characters; several words make a good one."  # noqa: S105


class _Plain:
    """An allauth form in our words: labels instead of placeholders."""

    labels: dict[str, str] = {}
    autofocus = ""
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = NEW_PASSWORD if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)
        if self.autofocus:
            self.fields[self.autofocus].widget.attrs["autofocus"] = True
        self.helper = helper_for(self)  # type: ignore[arg-type]


class SignInForm(_Plain, allauth_forms.LoginForm):
    """`login` is a username or an e-mail address."""

    labels = {"login": "Username or e-mail", "password": "Password"}
    autofocus = "login"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["login"].max_length = 254  # type: ignore[attr-defined]
        self.helper.form_error_title = "Not signed in"


class ChangePasswordForm(_Plain, allauth_forms.ChangePasswordForm):
    """The old password once, the new one twice."""

    labels = {
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password again",
    }
    autofocus = "oldpassword"


class ResetForm(_Plain, allauth_forms.ResetPasswordForm):
    """Whoever asks gets the same answer at once; the worker looks who it is."""

    labels = {"email": "E-mail"}
    autofocus = "email"

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: Any, **kwargs: Any) -> str:
        """Queue the mail, known or not; returns the address."""
        send_password_reset.enqueue(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class NewPasswordForm(_Plain, allauth_forms.ResetPasswordKeyForm):
    """The new password, twice."""

    labels = {"password1": "New password", "password2": "New password again"}
    autofocus = "password1"


class JoinForm(Stacked):
    """What somebody who was invited chooses for the new account."""

    name_on_page = "join"

    name = OneLine(max_length=120, required=False, label="Your name")
    username = OneLine(
        max_length=60,
        validators=[USERNAME],
        help_text="You sign in with it, or with your e-mail.",
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        strip=False,
        max_length=1000,
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": invitation.name}, **kwargs)
        self.invitation = invitation

    def clean_username(self) -> str:
        """Free, whatever the case."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("Somebody has that username: choose another.")
        return username

    def clean(self) -> dict[str, Any]:
        """The password must not be a common one, nor made of the person's own data."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if password := said.get("password"):
            person = User(
                username=said.get("username", ""),
                name=said.get("name", ""),
                email=self.invitation.email,
            )
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return said


class PreferencesForm(Stacked):
    """A person's own name and how pages look and listen."""

    name_on_page = "preferences"

    name = OneLine(max_length=120, label="Your name")
    theme = forms.ChoiceField(choices=User.Theme.choices)
    density = forms.ChoiceField(choices=User.Density.choices, label="Rows")
    single_keys = forms.BooleanField(
        required=False,
        label="Single-key shortcuts",
        help_text="n for a new line, / to search, j and k for rows … ? lists them all.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        names = ("name", "theme", "density", "single_keys")
        super().__init__(*args, initial={n: getattr(user, n) for n in names}, **kwargs)
