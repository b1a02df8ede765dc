"""The reader's site: home, section fronts, recent stories, search, error pages, the theme. It owns no newsroom rule."""
