"""Words that are addresses of the house, and may be no page's slug directly under the front."""

FRONT_DEPTH = 2
"""How deep in the tree of pages the front stands: its children have addresses of one part."""
RESERVED_SLUGS = frozenset(
    """
    recent search authors topics corrections live sw so en comments account desk api healthz metrics media static
    documents drafts feeds letters newsletters history after stream
    rss.xml atom.xml feed.json sitemap.xml news-sitemap.xml
    robots.txt favicon.ico favicon.svg .well-known django-admin admin
    """.split()
)
