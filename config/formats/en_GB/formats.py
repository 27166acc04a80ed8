"""Times as the newsroom writes them everywhere: 3 May 2026, 10:12. What is not here is Django's own."""

DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
