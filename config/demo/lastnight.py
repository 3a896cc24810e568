"""The night the sheet tells of: eight lines, as they stood, with the two times read as AM."""

LAST_NIGHT = (
    # wall time, employee ID, concern, resolution, unresolved?, feedback?, logged by
    ("21:15", "123456", "waive all the charges on the bill", "irresolvable", True, False, "sme"),
    (
        *("22:20", "456789", "Device Unlock from another carrier", "call the carrier"),
        *(False, False, "sme2"),
    ),
    ("23:00", "234567", "What is California Excise Tax?", "provided info", False, True, "sme"),
    (
        *("00:10", "567891", "Don't want to talk to the agent", "assisted as requested"),
        *(False, False, "sme3"),
    ),
    ("00:50", "102456", "Refuse to pay DVR Rental", "Buy his own DVR", False, True, "sme2"),
    (
        *("01:40", "562314", "Waive Pay per view charges", "Advised valid charges"),
        *(False, False, "sme4"),
    ),
    (
        *("02:30", "813456", "Authorization not yet release"),
        *("Expired the authorization manually", False, False, "sme5"),
    ),
    (
        *("03:00", "852963", "Unauthorized changes on the account"),
        *("Filed a case to fraud", False, False, "sme"),
    ),
)
