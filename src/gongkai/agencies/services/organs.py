"""Setting up organs, departments and people."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from gongkai.agencies import access
from gongkai.agencies.models import Department, Organ, User
from gongkai.agencies.roles import Role
from gongkai.audit.services import record_event


class OrganInUse(Exception):
    """An organ cannot end while organs below it are still there; ``units`` names them."""

    def __init__(self, units: list[str]) -> None:
        self.units = tuple(units)
        super().__init__(
            f"下面还有 {len(units)} 个在用的下级机关（{'、'.join(units[:3])}），请先处理下级机关。"
        )


def _administrate(actor: User, act: str, organ: Organ | None) -> None:
    """Acts on an organ ask for its administrator; a new root asks for the superuser."""
    if organ is not None:
        access.require(actor, act, (Role.ADMINISTRATOR,), organ)
    elif not actor.is_superuser:
        raise access.AccessDenied(actor, act, (Role.ADMINISTRATOR,), Organ(name="最上级机关"))


@transaction.atomic
def create_organ(*, actor: User, superior: Organ | None, **fields: object) -> Organ:
    """Set up an organ below another, or as a root; raises ValidationError for bad or doubled fields."""
    _administrate(actor, "设立机关", superior)
    Organ(**fields, path="0", depth=1).full_clean(exclude=["path", "depth"])
    organ = (
        Organ.objects.get(pk=superior.pk).add_child(**fields)
        if superior is not None
        else Organ.add_root(**fields)
    )
    record_event("organ.created", organ, actor=actor, organ_code=organ.code)
    return organ


@transaction.atomic
def end_organ(*, actor: User, organ: Organ, on: date, successor: Organ | None) -> Organ:
    """End an organ on a day (撤销), naming who takes over; its records stay."""
    _administrate(actor, "撤销机关", organ)
    open_units = [unit.name for unit in organ.get_descendants().filter(valid_to=None)]
    if open_units:
        raise OrganInUse(open_units)
    organ.valid_to, organ.successor = on, successor
    organ.full_clean()
    organ.save(update_fields=["valid_to", "successor"])
    record_event(
        "organ.ended",
        organ,
        actor=actor,
        organ_code=organ.code,
        on=on,
        successor=successor.code if successor else "",
    )
    return organ


@transaction.atomic
def create_department(*, actor: User, organ: Organ, name: str, duties: str = "") -> Department:
    """Set up an inner department of an organ."""
    _administrate(actor, "设立内设机构", organ)
    department = Department(organ=organ, name=name, duties=duties)
    department.full_clean()
    department.save()
    record_event("department.created", department, actor=actor, organ_code=organ.code)
    return department


@transaction.atomic
def create_person(*, actor: User, organ: Organ, username: str, name: str, email: str, password: str) -> User:
    """Open an account; roles are given apart. Raises ValidationError for a weak password or a name taken."""
    _administrate(actor, "建立人员账号", organ)
    person = User(username=username, name=name, email=email)
    validate_password(password, person)
    person.set_password(password)
    person.full_clean()
    person.save()
    record_event("person.created", person, actor=actor, organ_code=organ.code)
    return person


@transaction.atomic
def set_active(*, actor: User, organ: Organ, person: User, active: bool) -> User:
    """Stop or reopen an account (停用、启用); nobody stops their own."""
    _administrate(actor, "停用人员账号", organ)
    if person.pk == actor.pk:
        raise access.AccessDenied(actor, "停用自己的账号", (Role.ADMINISTRATOR,), organ)
    person.is_active = active
    person.save(update_fields=["is_active"])
    record_event(
        "person.activated" if active else "person.stopped", person, actor=actor, organ_code=organ.code
    )
    return person
