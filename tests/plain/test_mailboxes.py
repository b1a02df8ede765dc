"""Email addresses: one spelling of each, and what may be one."""

import pytest

from gazeti.plain.mailboxes import LONGEST, canonical, is_mailbox, may_be_kept, spellings


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ali@Example.ORG", "ali@example.org"),
        ("ali@Bücher.example", "ali@xn--bcher-kva.example"),
        ("ali@XN--BCHER-KVA.example", "ali@xn--bcher-kva.example"),
        ("ali@b。example", "ali@b.example"),
        ('"A@b"@Bücher.example', '"a@b"@xn--bcher-kva.example'),
        # A wide @ or comma would lead to somebody else; what is too long in ASCII leads nowhere.
        ("ali@x＠evil.example", "ali@x＠evil.example"),
        ("ali@x，evil.example", "ali@x，evil.example"),
        (f"ali@{'ü' * 60}.example", f"ali@{'ü' * 60}.example"),
        (f"{'a' * 240}@bücher.ke", f"{'a' * 240}@bücher.ke"),
        ("", ""),
        ("ali", "ali"),
    ],
)
def test_an_address_has_one_spelling_and_keeps_it(typed: str, kept: str) -> None:
    assert canonical(typed) == kept == canonical(kept)


@pytest.mark.parametrize("one", ["ali@example.org", "a.b+c@localhost", "ali@[192.0.2.1]", "ali@xn--bcher-kva.example"])
def test_what_mail_servers_know_is_taken(one: str) -> None:
    assert is_mailbox(one)
    assert may_be_kept(one)


@pytest.mark.parametrize("one", ['"a@b"@example.org', '"a\\ b"@example.org', "ſ@example.org", "ali@bücher.example"])
def test_what_earlier_versions_took_may_be_kept_and_is_taken_no_more(one: str) -> None:
    assert not is_mailbox(one)
    assert may_be_kept(one)


@pytest.mark.parametrize(
    "one", ["", "ali", "@example.org", "ali@", "ali@a b.org", "a\nb@c.org", f"{'a' * LONGEST}@c.org"]
)
def test_what_is_no_address_is_neither_taken_nor_kept(one: str) -> None:
    assert not is_mailbox(one)
    assert not may_be_kept(one)


def test_an_address_is_looked_for_in_the_letters_of_its_host_too() -> None:
    both = {"ali@bücher.example", "ali@xn--bcher-kva.example"}
    assert spellings("ali@bücher.example") == spellings("ali@xn--bcher-kva.example") == both
    assert spellings("ali@example.org") == {"ali@example.org"}
