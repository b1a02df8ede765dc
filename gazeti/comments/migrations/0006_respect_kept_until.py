"""A mark of respect by who is not signed in is kept for some days, and found by an index once they are over."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gazeti_comments', '0005_one_spelling_of_an_address'),
    ]

    operations = [
        migrations.AddField(
            model_name='respect',
            name='kept_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='respect',
            index=models.Index(condition=models.Q(('kept_until__isnull', False)), fields=['kept_until'], name='comments_respect_kept'),
        ),
        migrations.AddIndex(
            model_name='respect',
            index=models.Index(condition=models.Q(('kept_until__isnull', False)), fields=['at'], name='comments_respect_at'),
        ),
    ]
