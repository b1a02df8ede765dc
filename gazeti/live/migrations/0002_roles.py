"""Who does what in a coverage: reporters begin one and post, editors also run it and change what others posted."""

from django.db import migrations

EDITORS = ("Editors", "Administrators")
ALL = ("Reporters", *EDITORS)
RIGHTS = {
    ("coverage", "add_coverage", "Can add live coverage"): ALL,
    ("coverage", "change_coverage", "Can change live coverage"): EDITORS,
    ("update", "add_update", "Can add update"): ALL,
    ("update", "change_update", "Can change update"): EDITORS,
    ("update", "delete_update", "Can delete update"): EDITORS,
}


def give_rights(apps, schema_editor):
    """The rights, made if Django has not written them yet: it does so only after all migrations."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for (model, codename, name), roles in RIGHTS.items():
        kind, _ = ContentType.objects.get_or_create(app_label="gazeti_live", model=model)
        right, _ = Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})
        for group in apps.get_model("auth", "Group").objects.filter(name__in=roles):
            group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('gazeti_live', '0001_initial'),
        ('gazeti_stories', '0003_roles'),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
