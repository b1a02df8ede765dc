"""A warning of our own lines fails the test that meets it; a dependency's is only shown."""

import warnings

import pytest


@pytest.mark.parametrize("module", ["gazeti.stories.models.story", "gazeti", "tests.newsroom"])
def test_a_warning_of_ours_is_an_error(module: str) -> None:
    with pytest.raises(DeprecationWarning, match="will be gone"):
        warnings.warn_explicit("this will be gone", DeprecationWarning, f"{module}.py", 1, module=module)


def test_a_warning_of_a_dependency_is_none() -> None:
    with warnings.catch_warnings(record=True) as shown:  # keeps the filters that tests run under
        warnings.warn_explicit("this will be gone", DeprecationWarning, "wagtail.py", 1, module="wagtail.models")
    assert len(shown) == 1
