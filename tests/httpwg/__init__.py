"""The edge as a cache before the origin of the HTTP working group's cache tests (http-tests/cache-tests).

Their code is fetched by whoever runs them and never kept here: `python -m tests.httpwg FOLDER`, or `make soak` with
GAZETI_CACHE_TESTS=FOLDER.
"""
