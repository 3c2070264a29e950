"""A park with the people its report passes through."""

from dataclasses import dataclass

import pytest
from tests import factories

from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role


@dataclass
class Office:
    organ: Organ
    clerk: User
    head: User
    officer: User
    stranger: User


@pytest.fixture
def office(db) -> Office:
    organ = factories.organ(name="示例工业园区管委会", short_name="园区管委会")
    return Office(
        organ,
        clerk=factories.holder(organ, Role.DISCLOSURE_OFFICE, name="公开办经办人"),
        head=factories.holder(organ, Role.DISCLOSURE_HEAD, name="公开办负责人"),
        officer=factories.holder(organ, Role.INFORMATION_OFFICER, name="信息员"),
        stranger=factories.user(name="无关人员"),
    )
