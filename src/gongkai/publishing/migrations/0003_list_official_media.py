"""The central media that any office may reprint from; each office adds its province's and its own."""

from django.db import migrations

MEDIA = (
    ("中国政府网", "https://www.gov.cn/"),
    ("新华社", "https://www.news.cn/"),
    ("人民日报", "http://www.people.com.cn/"),
    ("中央广播电视总台", "https://www.cctv.com/"),
)


def list_media(apps, schema_editor):
    medium = apps.get_model("publishing", "OfficialMedium")
    for name, website in MEDIA:
        medium.objects.get_or_create(name=name, defaults={"website": website})


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_review_gate")]
    operations = [migrations.RunPython(list_media, migrations.RunPython.noop)]
