"""Who may do what: one table, role → abilities (DESIGN §3)."""

from typing import Final

AGENT: Final = "agent"
SME: Final = "sme"
CAPTAIN: Final = "captain"
MANAGER: Final = "manager"
CLIENT_CONTACT: Final = "client_contact"
ADMIN: Final = "admin"

ROLES: Final[dict[str, frozenset[str]]] = {
    AGENT: frozenset({"see_own_feedback", "read_practices"}),
    SME: frozenset(
        {"read_practices", "read_log", "read_reports"}
        | {"log", "edit_own", "give_feedback", "give_position"}
    ),
    CAPTAIN: frozenset(
        {"read_practices", "read_log", "read_reports"}
        | {"log", "edit_own", "give_feedback", "give_position"}
        | {"edit_any", "void", "import", "clear_numbers"}
        | {"group_topics", "run_sessions", "publish_practices", "write_practices"}
    ),
    MANAGER: frozenset(
        {"read_practices", "read_log", "read_reports"}
        | {"log", "edit_own", "give_feedback"}
        | {"edit_any", "void", "import", "clear_numbers"}
        | {"forward", "record_volumes", "manage_people"}
        | {"rule_practices", "write_practices"}
    ),
    CLIENT_CONTACT: frozenset({"answer_letter"}),
    ADMIN: frozenset({"manage_programs", "manage_memberships"}),
}
"""`captain` is held through a CaptainAppointment, `client_contact` through a letter's link and
`admin` by the site's staff in the Django admin; only the others are stored in a Membership."""

STORED_ROLES: Final = (AGENT, SME, MANAGER)

ROLE_NAMES: Final = {
    AGENT: "Agent",
    SME: "SME",
    CAPTAIN: "SME Captain",
    MANAGER: "Operations Manager",
    CLIENT_CONTACT: "Client contact",
    ADMIN: "Administrator",
}


def abilities_of(roles: frozenset[str]) -> frozenset[str]:
    """The union of the abilities of `roles`; an unknown role gives nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))
