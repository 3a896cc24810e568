"""Django's admin over the log, as one would get it by registering the table."""

from django.contrib import admin

from escalations.models import Escalation

site = admin.AdminSite(name="bench_admin")


@admin.register(Escalation, site=site)
class EscalationAdmin(admin.ModelAdmin[Escalation]):
    """The sheet's columns, fifty to a page, searched in its texts."""

    list_display = (
        *("number", "occurred_at", "agent", "concern", "resolution"),
        *("status", "feedback"),
    )
    list_per_page = 50
    search_fields = ("concern", "resolution", "customer_ref")
