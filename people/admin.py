"""The Django admin: clients, programs and their members, for the site's staff only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.sites import AdminSite
from django.contrib.auth import logout
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.access import sign_in_first
from people.history import told
from people.models import Client, Membership, Program, User
from people.models.program import default_dispositions

MOST_NAMES = 500


class Administration(AdminSite):
    """Only what is registered below; signing in is the site's own, with its rate limits."""

    site_header = site_title = "Tala"
    index_title = "Clients and programs"
    enable_nav_sidebar = False

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request, back=request.GET.get("next") or request.path)
        if not self.has_permission(request):
            raise PermissionDenied("Clients and programs are for the site's administrators.")
        return redirect("admin:index")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST":
            logout(request)
        return redirect("account_login")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


site = Administration(name="admin")


class LinesField(SimpleArrayField):
    """A list, one item a line; empty lines do not count, nor does an item a second time."""

    def __init__(self, base_field: forms.Field, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 7, "cols": 40}))
        super().__init__(base_field, delimiter="\n", **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            lines = [line.strip() for line in value.splitlines() if line.strip()]
            value = "\n".join(dict.fromkeys(lines))
        return super().to_python(value)


class ProgramForm(forms.ModelForm):
    """A program; its dispositions one a line."""

    dispositions = LinesField(
        forms.CharField(max_length=60),
        initial=default_dispositions,
        help_text="The fixed list that positions in calibration choose from, one a line.",
    )

    class Meta:
        model = Program
        fields = (
            "client",
            "name",
            "slug",
            "time_zone",
            "shift_starts_at",
            "promise_days",
            "dispositions",
        )


class MembershipForm(forms.ModelForm):
    """Any person, with any roles."""

    user = forms.ModelChoiceField(
        User.objects.order_by("username"),
        to_field_name="username",
        label="Username",
        widget=forms.TextInput(attrs={"list": "usernames", "autocomplete": "off"}),
        error_messages={"invalid_choice": "Nobody has that username."},
    )
    roles = forms.MultipleChoiceField(
        choices=Membership.Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Membership
        fields = ("user", "roles")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["user"] = self.instance.user.username


class MembershipInline(admin.StackedInline):
    """The members of a program; no role at all takes somebody out, and history stays."""

    model = Membership
    form = MembershipForm
    extra = 1
    can_delete = False
    verbose_name_plural = "members"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user").order_by("user__username")


class RecordedAdmin(admin.ModelAdmin):
    """Whatever is changed here carries who did it, and counts a new version."""

    save_on_top = False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with told("changed in the admin pages", by=request.user):  # type: ignore[arg-type]
            return super().changeform_view(request, *args, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        for member in formset.save(commit=False):
            member.version += 1 if member.pk else 0
            member.save()
        formset.save_m2m()


@admin.register(Client, site=site)
class ClientAdmin(RecordedAdmin):
    """The companies whose customers call."""

    search_fields = ("name",)
    fields = ("name",)


@admin.register(Program, site=site)
class ProgramAdmin(RecordedAdmin):
    """The lines of business, and who is a member of which."""

    form = ProgramForm
    inlines = (MembershipInline,)
    list_display = ("name", "client", "slug", "time_zone", "shift_starts_at")
    list_filter = ("client",)
    search_fields = ("name", "slug")
    list_select_related = ("client",)
    prepopulated_fields = {"slug": ("name",)}
    change_form_template = "admin/people/program/change_form.html"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        names = User.objects.filter(is_active=True).order_by("username")
        context["usernames"] = names.values_list("username", "name")[:MOST_NAMES]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        if not change and not form.data.get("memberships-0-user"):
            messages.warning(request, "Give somebody the role Operations Manager, to begin.")
