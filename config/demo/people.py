"""The people of the demo floor: who signs in, who is on the roster, whom to call."""

from dataclasses import dataclass
from datetime import time

PASSWORD = "tala-demo"  # noqa: S105  printed at every start, and only beside an embedded database


@dataclass(frozen=True)
class SignIn:
    """Somebody who signs in: the roles per program slug, and what to say about them."""

    username: str
    name: str
    roles: dict[str, list[str]]
    about: str
    is_admin: bool = False


SIGN_INS = (
    SignIn("sme", "Bea Santos", {"skyline": ["sme"]}, "SME of Skyline Cable"),
    SignIn("sme2", "Carlo Reyes", {"skyline": ["sme"]}, "SME of Skyline Cable"),
    SignIn("sme3", "Dina Flores", {"skyline": ["sme"]}, "SME of Skyline Cable"),
    SignIn("sme4", "Enzo Garcia", {"skyline": ["sme"]}, "SME of Skyline Cable"),
    SignIn("sme5", "Faye Mendoza", {"skyline": ["sme"]}, "SME of Skyline Cable"),
    SignIn("captain", "Liza Ramos", {"skyline": ["sme"]}, "SME Captain of Skyline Cable"),
    SignIn("agent", "John", {"skyline": ["agent"]}, "agent of Skyline Cable"),
    SignIn(
        "manager",
        "Marco Delgado",
        {"skyline": ["manager"], "harbor": ["manager"]},
        "Operations Manager of both programs",
    ),
    SignIn("outsider", "Owen Hart", {"harbor": ["sme"]}, "SME of Harbor Wireless only"),
    SignIn("admin", "Ada Lim", {}, "clients and programs, at /admin/", is_admin=True),
)

CAPTAIN, MANAGER, ADMIN = "captain", "manager", "admin"
SMES = ("sme", "sme2", "sme3", "sme4", "sme5", "captain")

AGENT_LOGIN = "234567"
"""The employee ID of the roster agent who signs in as `agent`."""

ROSTER = {
    "Amihan": (
        ("123456", "Tina"),
        ("456789", "Eric"),
        ("300117", "Aileen Bautista"),
        ("300142", "Ramon Aquino"),
        ("300158", "Jessa Mae Lopez"),
        ("300203", "Noel Castillo"),
        ("300219", "Kristine Uy"),
        ("300264", "Paolo Navarro"),
        ("300281", "Sheila Domingo"),
        ("300306", "Bryan Tolentino"),
    ),
    "Habagat": (
        ("234567", "John"),
        ("567891", "Tanya"),
        ("310024", "Marivic Salazar"),
        ("310047", "Jomar Pascual"),
        ("310068", "Angelica Cruz"),
        ("310093", "Dennis Ocampo"),
        ("310111", "Rhea Villanueva"),
        ("310135", "Gilbert Mercado"),
        ("310159", "Camille Soriano"),
        ("310172", "Nico Peñaflor"),
    ),
    "Bituin": (
        ("102456", "Sonya"),
        ("562314", "Cliff"),
        ("320038", "Lovely Dimaculangan"),
        ("320055", "Arvin Estrada"),
        ("320071", "Hazel Roxas"),
        ("320096", "Jericho Manalo"),
        ("320114", "Maricel Abad"),
        ("320127", "Kevin Tan"),
        ("320149", "Shiela Marie Gomez"),
        ("320188", "Oliver Fajardo"),
    ),
    "Dagitab": (
        ("813456", "Joan"),
        ("852963", "Trisha"),
        ("330019", "Rowena Lacson"),
        ("330042", "Mark Anthony Sy"),
        ("330063", "Liezl Magno"),
        ("330087", "Edgar Buenaventura"),
        ("330102", "Patricia Ong"),
        ("330128", "Ronnie Javier"),
        ("330151", "Czarina Ilagan"),
        ("330176", "Emman Robles"),
    ),
}

CONTACTS = (
    (
        *(1, "Captain’s desk", "anything an SME is unsure of", "+63 2 5550 1180"),
        *("captains.desk@demo.example", None, None, None, ""),
    ),
    (
        *(1, "Skyline fraud team", "account takeovers, SIM swaps", "+1 303 555 0177"),
        *("fraud@demo.example", None, None, None, "unauthorized-change"),
    ),
    (
        *(2, "Marco Delgado", "Operations Manager on call", "+63 917 555 0142"),
        *("marco.delgado@demo.example", time(17), time(5), None, ""),
    ),
    (
        *(2, "Workforce desk", "outages, queue, early leave", "+63 2 5550 1122"),
        *("", None, None, None, "no-internet"),
    ),
    (
        *(3, "Skyline specialists", "Customer Service Specialists, headquarters"),
        *("+1 303 555 0163", "specialists@demo.example", time(21), time(6), 2, ""),
    ),
    (
        *(4, "Elena Cruz", "site director, when all else fails", "+63 917 555 0190"),
        *("elena.cruz@demo.example", None, None, 1, ""),
    ),
)
"""Tier, name, what for, phone, e-mail, reachable from and until (Manila time), up to which severity
and for which topic, if only for these."""
