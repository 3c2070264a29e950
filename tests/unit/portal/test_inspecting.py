"""What the portal tells an inspection."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories as make
from tests.factories import interaction

from gongkai.core.publication import UpdateClass
from gongkai.portal.baking.models import BakedFile
from gongkai.portal.baking.names import name_of
from gongkai.portal.inspecting import address_of, office_register
from gongkai.publishing.models import ChannelRelease
from gongkai.services.models import PublicMessage
from gongkai.supervision.registers import register_of

ORIGIN = "https://www.example.gov.cn"


@pytest.mark.parametrize(
    "path", ["/", "/zfxxgk/", "/zfxxgk/?nian=2024", "/zfxxgk/?nian=2024&ye=3", "/rss/5.xml"]
)
def test_the_address_of_a_baked_file_is_the_one_it_was_named_for(path: str):
    plain, _, query = path.partition("?")

    assert address_of(name_of(plain, query)) == path


@pytest.mark.django_db
def test_columns_releases_and_signed_files_are_told():
    organ = make.organ()
    make.portal_site(organ)
    column = make.column(title="工作动态")
    column.update_class = UpdateClass.NEWS.value
    column.save()
    BakedFile.objects.create(name="zfxxgk/index.html", digest="a" * 64)

    told = office_register(organ, ORIGIN)

    assert [(one.name, one.update_class, one.is_first_level) for one in told.columns] == [
        ("工作动态", UpdateClass.NEWS, True)
    ]
    assert told.columns[0].url.startswith(f"{ORIGIN}/lanmu-")
    assert told.signed == {"/zfxxgk/": "a" * 64}
    assert told.site_code == "6400000001"


@pytest.mark.django_db
def test_an_organ_without_a_site_tells_nothing():
    assert office_register(make.organ(), ORIGIN).columns is None


@pytest.mark.django_db
def test_valid_messages_are_told_by_their_days_alone():
    """V-W-13 counts valid messages; an inspection never reads what the public writes."""
    organ = make.organ()
    waiting, refused = interaction.message(organ), interaction.message(organ)
    PublicMessage.objects.filter(pk=refused.pk).update(state="invalid")

    told = register_of(organ, ORIGIN).messages

    assert [(one.number, one.received_on, one.answered_on) for one in told] == [
        (waiting.number, waiting.received_on, None)
    ]
    assert told[0].where.startswith(f"{ORIGIN}/houtai/liuyan/")


@pytest.mark.django_db
def test_the_newest_post_of_the_official_account_is_told():
    organ = make.organ()
    make.portal_site(organ)
    assert office_register(organ, "http://localhost").channels is None
    item, clerk = make.published_item(organ=organ), make.editor(organ)
    given = {"item": item, "channel": "wechat", "digest": "x", "by": clerk}
    ChannelRelease.objects.create(key="1", state="published", **given)
    ChannelRelease.objects.create(key="2", state="failed", **given)
    ChannelRelease.objects.filter(key="1").update(at=timezone.now() - timedelta(days=3))
    (told,) = office_register(organ, "http://localhost").channels
    assert (told.name, told.newest_on) == ("微信公众号", timezone.localdate() - timedelta(days=3))
    assert office_register(make.organ(), "http://localhost").channels is None
