from django.db import migrations


class Migration(migrations.Migration):
    """The guard counts tries now: what stood here was over in minutes."""

    dependencies = [
        ("gazeti_accounts", "0002_sign_in"),
        ("gazeti_guard", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel(name="Count"),
    ]
