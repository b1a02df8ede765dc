"""Old archives in: pages read, judged, and made stories. What a story is, it leaves to `stories`."""
