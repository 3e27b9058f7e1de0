"""How long ago a moment was, in seconds, and what is said of it. None: its date. For the server's rule and for time.js."""

MINUTE, HOUR, DAY = 60, 3600, 86_400

CASES: list[tuple[int, str, str | None]] = [
    (0, "en", "just now"),
    (59, "en", "just now"),
    (-59, "en", "just now"),
    (MINUTE, "en", "1 min ago"),
    (2 * MINUTE - 1, "en", "1 min ago"),
    (HOUR - 1, "en", "59 min ago"),
    (HOUR, "en", "1 h ago"),
    (DAY - 1, "en", "23 h ago"),
    (DAY, "en", "1 day ago"),
    (2 * DAY, "en", "2 days ago"),
    (7 * DAY - 1, "en", "6 days ago"),
    (7 * DAY, "en", None),
    (-5 * MINUTE, "en", "in 5 min"),
    (-DAY, "en", "in 1 day"),
    (-7 * DAY, "en", None),
    (3 * HOUR, "sv", "för 3 tim sedan"),
    (DAY, "sv", "för 1 dag sedan"),
    (-2 * DAY, "sv", "om 2 dagar"),
]
