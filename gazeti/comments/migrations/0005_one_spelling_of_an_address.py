"""Addresses whose host was typed in its own letters are kept as mail servers know it, as they are from now on.

Where a row for it is there already the two become one, with all that was theirs.
"""

from django.db import migrations

from gazeti.plain.mailboxes import canonical


def spell_addresses(apps, schema_editor):
    """Of readers, and of whoever gave notice of illegal content."""
    readers = apps.get_model("gazeti_accounts", "Reader").objects
    rows = readers.exclude(email="").values_list("pk", "email", "user").iterator()
    found = [(pk, canonical(email), user) for pk, email, user in rows if canonical(email) != email]
    for pk, email, user in found:
        # Who only claims an address is one row; who proved it is another, as many as have.
        other = None if user else readers.filter(user=None, email=email).values_list("pk", flat=True).first()
        if other is None:
            readers.filter(pk=pk).update(email=email)
        else:
            become_one(apps, pk, other)
    texts = apps.get_model("gazeti_comments", "ReportText").objects
    for pk, email in [*texts.exclude(email="").values_list("pk", "email").iterator()]:
        if canonical(email) != email:
            texts.filter(pk=pk).update(email=canonical(email))


def become_one(apps, reader, other):
    """Give all that is a reader's to the other one, and take the row away."""
    comments, decisions, standings, follows, mutes = (
        apps.get_model("gazeti_comments", name).objects
        for name in ("Comment", "Decision", "ReaderStanding", "Follow", "Mute")
    )
    comments.filter(reader=reader).update(reader=other)
    decisions.filter(reader=reader).update(reader=other)
    stop_both(standings, reader, other)
    for follow in follows.filter(reader=reader):
        if not follows.filter(reader=other, story=follow.story_id, root=follow.root).exists():
            follows.filter(pk=follow.pk).update(reader=other)
    for mute in mutes.filter(reader=reader).exclude(muted=other):
        if not mutes.filter(reader=other, muted=mute.muted_id).exists():
            mutes.filter(pk=mute.pk).update(reader=other)
    for mute in mutes.filter(muted=reader).exclude(reader=other):
        if not mutes.filter(reader=mute.reader_id, muted=other).exists():
            mutes.filter(pk=mute.pk).update(muted=other)
    apps.get_model("gazeti_accounts", "Reader").objects.filter(pk=reader).delete()


def stop_both(standings, reader, other):
    """What a moderator decided about either holds for both."""
    theirs, others = (standings.filter(reader=one).first() for one in (reader, other))
    if theirs is None:
        return
    if others is None:
        standings.filter(reader=reader).update(reader=other)
        return
    others.is_muted = others.is_muted or theirs.is_muted
    others.is_banned = others.is_banned or theirs.is_banned
    others.suspended_until = max(filter(None, [others.suspended_until, theirs.suspended_until]), default=None)
    others.save()


class Migration(migrations.Migration):
    dependencies = [
        ("gazeti_accounts", "0004_readers"),
        ("gazeti_comments", "0004_newest"),
    ]

    operations = [migrations.RunPython(spell_addresses, migrations.RunPython.noop)]
