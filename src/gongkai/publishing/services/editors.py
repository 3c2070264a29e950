"""Page permissions of the people who draft (编辑权限): per organ, on the part of the tree that is the organ's.

A group for each organ may add and change drafts below its site's first page and upload files; nobody receives Wagtail's right to
publish. Who is in the group follows from the roles, as with the role groups of ``agencies``.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from gongkai.agencies.access import held_roles
from gongkai.agencies.models import Organ, User
from gongkai.publishing.access import EDITORS
from gongkai.publishing.access import EDITORS_GROUP as PREFIX

_FILES = ("add_image", "choose_image", "add_document", "choose_document")


@transaction.atomic
def sync_editors(organ: Organ, root: Page) -> Group:
    """Let the organ's editors draft below a page, and nowhere else."""
    group, _ = Group.objects.get_or_create(name=f"{PREFIX}{organ.code}")
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    GroupPagePermission.objects.filter(group=group).exclude(page_id=root.pk).delete()
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page_id=root.pk, permission=permission)
    for permission in Permission.objects.filter(codename__in=_FILES):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    for person in User.objects.filter(role_assignments__role__in=EDITORS).distinct():
        sync_person(person)
    return group


def sync_person(person: User) -> None:
    """Put a person into the groups of the organs where they draft, and out of the others."""
    groups = {
        group.name.removeprefix(PREFIX): group for group in Group.objects.filter(name__startswith=PREFIX)
    }
    organs = {organ.code: organ for organ in Organ.objects.filter(code__in=groups)}
    for code, group in groups.items():
        drafts = code in organs and held_roles(person, organs[code]) & set(EDITORS)
        (person.groups.add if drafts else person.groups.remove)(group)
