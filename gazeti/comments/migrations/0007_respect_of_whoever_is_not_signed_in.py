"""Marks of respect by a network and a device are forgotten from now on; of each that is there it is found out whose.

What nobody who may sign in now has given was given by who was not signed in, or is gone.
"""

from datetime import timedelta
from itertools import groupby

from django.db import migrations
from django.db.models import F

from gazeti.guard.marks import mark

AT_ONCE = 500


def keep_for_days(apps, schema_editor):
    """Until as many days after they were given as the newsroom keeps hashed addresses."""
    respects = apps.get_model("gazeti_comments", "Respect").objects
    policy = apps.get_model("gazeti_comments", "CommentPolicy").objects.first()
    until = F("at") + timedelta(days=policy.address_days if policy else 30)
    people = [*apps.get_model("gazeti_accounts", "User").objects.values_list("pk", flat=True)]
    rows = respects.filter(kept_until=None).order_by("comment").values_list("comment", "pk", "mark")
    for comment, given in groupby([*rows.iterator()], key=lambda row: row[0]):
        known = {mark(f"respect {comment}", "person", person) for person in people}
        found = [pk for _comment, pk, said in given if said not in known]
        for start in range(0, len(found), AT_ONCE):
            respects.filter(pk__in=found[start : start + AT_ONCE]).update(kept_until=until)


class Migration(migrations.Migration):

    dependencies = [
        ('gazeti_accounts', '0004_readers'),
        ('gazeti_comments', '0006_respect_kept_until'),
    ]

    operations = [migrations.RunPython(keep_for_days, migrations.RunPython.noop)]
