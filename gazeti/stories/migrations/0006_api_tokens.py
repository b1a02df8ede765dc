"""Whoever writes or edits may call the API in their own name: the right to make and revoke tokens of their own."""

from django.db import migrations

ROLES = ("Reporters", "Editors", "Administrators")
NAMES = {verb: f"Can {verb} API token" for verb in ("add", "change", "delete")}


def give_tokens(apps, schema_editor):
    """The rights on Wagtail's tokens; it lets somebody reach those of others only with the right to change users."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="apitoken"
    )
    Permission = apps.get_model("auth", "Permission")
    rights = [
        Permission.objects.get_or_create(content_type=kind, codename=f"{verb}_apitoken", defaults={"name": name})[0]
        for verb, name in NAMES.items()
    ]
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*rights)


class Migration(migrations.Migration):

    dependencies = [
        ('gazeti_stories', '0005_shared_drafts'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [migrations.RunPython(give_tokens, migrations.RunPython.noop)]
