"""Sets the environment that all tests share, before Django reads it: pytest loads this first (`-p tests.environment`).

A developer's own newsroom, address or secret never reaches a test. DATABASE_URL alone is kept: it chooses the database.
"""

import os
import tempfile

KEPT = {"GAZETI_TEST_ALL", "GAZETI_SOAK", "GAZETI_WHOLE_SUITE", "GAZETI_LEFT_OUT", "GAZETI_CACHE_TESTS"}

home = tempfile.TemporaryDirectory(prefix="gazeti-tests-")

for name in list(os.environ):
    if name.startswith("GAZETI_") and name not in KEPT:
        del os.environ[name]
os.environ.pop("PORT", None)
os.environ["GAZETI_HOME"] = home.name
# Under it a reader's page that declares no cache tags is an error, not just an answer that nobody keeps.
os.environ["GAZETI_STRICT"] = "1"
# Whoever a test signs in has no second factor, unless the test is about it.
os.environ["GAZETI_SECOND_FACTOR"] = "false"
os.environ["GAZETI_SECRET"] = "signs-only-what-tests-sign"
