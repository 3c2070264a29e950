"""Put every live item into the lists of its columns; the same again when run again."""

from django.db import migrations
from django.utils import timezone

STEP = 4  # characters of a tree path per level
EVERYWHERE = 0


def list_items(apps, schema_editor):
    listing = apps.get_model("portal", "Listing")
    columns = dict(apps.get_model("publishing", "ColumnPage").objects.values_list("path", "pk"))
    listing.objects.all().delete()
    items = apps.get_model("publishing", "ItemPage").objects.filter(live=True)
    rows = []
    for pk, path, moment in items.values_list("pk", "path", "published_at").iterator(chunk_size=2000):
        year = timezone.localtime(moment).year
        above = [path[:end] for end in range(STEP, len(path), STEP)]
        lists = [EVERYWHERE, *(columns[one] for one in above if one in columns)]
        rows += [listing(column=one, item=pk, year=year, published_at=moment) for one in lists]
        if len(rows) > 2000:
            listing.objects.bulk_create(rows)
            rows = []
    listing.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ("portal", "0003_column_lists_and_baking"),
        ("publishing", "0003_list_official_media"),
    ]

    operations = [migrations.RunPython(list_items, migrations.RunPython.noop)]
