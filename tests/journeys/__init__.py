"""A newsroom's real server met by a real browser, as readers and editors meet it."""
