"""What the portal tells an inspection."""

from __future__ import annotations

import pytest
from tests import factories as make

from gongkai.core.publication import UpdateClass
from gongkai.portal.baking.models import BakedFile
from gongkai.portal.baking.names import name_of
from gongkai.portal.inspecting import address_of, office_register

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
