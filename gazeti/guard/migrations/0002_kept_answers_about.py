"""What a kept answer is about, so that it can be let go of before its time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gazeti_guard", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="keptanswer",
            name="about",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="keptanswer",
            index=models.Index(
                condition=models.Q(("about", ""), _negated=True), fields=["about"], name="guard_answers_about"
            ),
        ),
    ]
