from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0008_channels_and_gazettes")]

    operations = [
        migrations.AddIndex(
            model_name="review", index=models.Index(fields=["title"], name="review_title")
        )
    ]
