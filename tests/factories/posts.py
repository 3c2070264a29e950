"""Posts and their hand-overs for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from gongkai.agencies import services
from gongkai.agencies.models import Appointment, Department, HandOver, Organ, Post, RoleAssignment, User
from gongkai.agencies.roles import Role
from tests import factories as make


@dataclass(frozen=True)
class PostOffice:
    """An organ with a post, who holds it, who takes it, who may witness."""

    organ: Organ
    post: Post
    giver: User
    taker: User
    head: User
    admin: User

    def drawn_up(self, **given) -> HandOver:
        words = {"post": self.post, "giver": self.giver, "taker": self.taker, "on": timezone.localdate()}
        return services.draw_up(**{"actor": self.head, **words, **given})

    def filled(self, *, roles: list[RoleAssignment] | None = None, **given) -> HandOver:
        made = self.drawn_up(**given)
        lines = {line.number: (True, "") for line in made.lines.all()}
        return services.amend(
            hand_over=made, actor=self.giver, on=made.on, remarks="", roles=roles or [], lines=lines
        )

    def signed(self, *, roles: list[RoleAssignment] | None = None, **given) -> HandOver:
        """Signed by both, so that only the witness is missing."""
        made = self.filled(roles=roles, **given)
        services.sign_as_giver(hand_over=made, actor=self.giver)
        return services.sign_as_taker(hand_over=made, actor=self.taker)

    @property
    def role(self) -> RoleAssignment:
        """The giver's open role."""
        return self.giver.role_assignments.get(valid_to=None)


def post_office(giver_role: Role = Role.DISCLOSURE_OFFICE, taker_role: Role = Role.PROOFREADER) -> PostOffice:
    organ = make.organ()
    department = Department.objects.create(organ=organ, name="办公室")
    post = Post.objects.create(department=department, name="政府信息公开岗")
    giver = make.holder(organ, giver_role, name="移交的人")
    since = timezone.localdate() - timedelta(days=400)
    Appointment.objects.create(post=post, user=giver, valid_from=since)
    return PostOffice(
        organ, post, giver, make.holder(organ, taker_role, name="接收的人"),
        make.holder(organ, Role.DISCLOSURE_HEAD), make.holder(organ, Role.ADMINISTRATOR),
    )  # fmt: skip
