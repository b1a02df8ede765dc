"""Under a story stand the comments that were published last: they are found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gazeti_comments', '0003_moderators_tokens'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('is_shown', True)), fields=['story', '-published_at', '-number'], name='comments_newest'),
        ),
    ]
