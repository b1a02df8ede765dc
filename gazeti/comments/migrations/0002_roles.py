"""Who decides about comments: moderators, editors and administrators; administrators also change the policy."""

from django.db import migrations

RIGHTS = {
    ("comment", "moderate_comment", "Can decide about comments"): ("Moderators", "Editors", "Administrators"),
    ("commentpolicy", "change_commentpolicy", "Can change comment policy"): ("Administrators",),
}


def give_rights(apps, schema_editor):
    """The rights, made if Django has not written them yet: it does so only after all migrations."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for (model, codename, name), roles in RIGHTS.items():
        kind, _ = ContentType.objects.get_or_create(app_label="gazeti_comments", model=model)
        right, _ = Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})
        for group in apps.get_model("auth", "Group").objects.filter(name__in=roles):
            group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('gazeti_comments', '0001_initial'),
        ('gazeti_stories', '0003_roles'),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
