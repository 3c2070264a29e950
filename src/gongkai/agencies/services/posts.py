"""Posts and who holds them (岗位与任职)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from gongkai.agencies import access
from gongkai.agencies.models import Appointment, Department, Post, User
from gongkai.agencies.roles import Role
from gongkai.audit.services import record_event


@transaction.atomic
def create_post(*, actor: User, department: Department, name: str, duties: str = "") -> Post:
    """Set up a post in a department."""
    access.require(actor, "设立岗位", (Role.ADMINISTRATOR,), department.organ)
    post = Post(department=department, name=name, duties=duties)
    post.full_clean()
    post.save()
    record_event("post.created", post, actor=actor, organ_code=department.organ.code)
    return post


@transaction.atomic
def appoint(*, actor: User, post: Post, user: User, valid_from: date) -> Appointment:
    """Put a person on a post; whoever held it ends the day before, so that history stays whole."""
    access.require(actor, "登记任职", (Role.ADMINISTRATOR,), post.department.organ)
    return place(actor=actor, post=post, user=user, valid_from=valid_from)


def place(*, actor: User, post: Post, user: User, valid_from: date) -> Appointment:
    """What ``appoint`` does, as part of an act that was allowed already, within its transaction."""
    for held in post.appointments.select_for_update().filter(valid_to=None):
        held.valid_to = max(held.valid_from, valid_from - timedelta(days=1))
        held.save(update_fields=["valid_to"])
    appointment = Appointment(user=user, post=post, valid_from=valid_from)
    appointment.full_clean()
    appointment.save()
    record_event(
        "post.appointed",
        appointment,
        actor=actor,
        organ_code=post.department.organ.code,
        valid_from=valid_from,
    )
    return appointment
