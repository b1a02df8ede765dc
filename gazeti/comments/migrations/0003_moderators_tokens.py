"""Moderators may call the API in their own name: the right to make and revoke tokens of their own."""

from django.db import migrations


def give_tokens(apps, schema_editor):
    """The same rights on Wagtail's tokens as those who write and edit have."""
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="wagtailcore",
        codename__in=["add_apitoken", "change_apitoken", "delete_apitoken"],
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Moderators"):
        group.permissions.add(*rights)


class Migration(migrations.Migration):

    dependencies = [
        ('gazeti_comments', '0002_roles'),
        ('gazeti_stories', '0006_api_tokens'),
    ]

    operations = [migrations.RunPython(give_tokens, migrations.RunPython.noop)]
