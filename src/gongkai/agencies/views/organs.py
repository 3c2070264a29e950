"""Organs and people in the back office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies import access, services
from gongkai.agencies.forms import (
    AppointmentForm,
    DepartmentForm,
    EndOrganForm,
    OrganForm,
    PersonForm,
    PostForm,
    RoleForm,
)
from gongkai.agencies.models import Organ, RoleAssignment, User
from gongkai.agencies.roles import Role
from gongkai.agencies.shell import page, post_only, refuse

INDEX = ("机构与人员", "/houtai/jigou/")


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The tree of organs I may see; the superuser sets up roots here."""
    form = OrganForm(request.POST or None)
    done = _try(
        request, form, lambda given: services.create_organ(actor=request.user, superior=None, **given)
    )
    if done is not None:
        messages.success(request, f"已设立{done.name}。")
        return redirect("agencies:organ", done.code)
    return page(
        request,
        "agencies/index.html",
        title="机构与人员",
        status=422 if form.errors else 200,
        organs=access.organs_of(request.user).order_by("path"),
        form=form,
    )


def _organ(request: HttpRequest, code: str) -> Organ:
    organ = access.organs_of(request.user).filter(code=code).first()
    if organ is None:
        raise Http404
    return organ


@require_GET
def organ(request: HttpRequest, code: str) -> HttpResponse:
    """One organ: departments, people with their roles, and the forms of its administrator."""
    return _organ_page(request, _organ(request, code))


def _organ_page(request: HttpRequest, at: Organ, **bound: BaseForm) -> HttpResponse:
    forms: dict[str, BaseForm] = {
        "unit": OrganForm(auto_id="unit_%s"),
        "department": DepartmentForm(auto_id="department_%s"),
        "post": PostForm(auto_id="post_%s", organ=at),
        "appointment": AppointmentForm(auto_id="appointment_%s", organ=at),
        "person": PersonForm(auto_id="person_%s"),
        "role": RoleForm(auto_id="role_%s"),
        "end": EndOrganForm(auto_id="end_%s"),
        **bound,
    }
    return page(
        request,
        "agencies/organ.html",
        title=at.name,
        crumbs=[INDEX],
        status=422 if bound else 200,
        organ=at,
        superior=at.get_parent(),
        departments=at.departments.prefetch_related("posts__appointments__user"),
        units=at.get_children(),
        assignments=RoleAssignment.objects.filter(organ=at, valid_to=None).select_related("user"),
        administrates=Role.ADMINISTRATOR in access.held_roles(request.user, at),
        forms=forms,
    )


def _try(request: HttpRequest, form: BaseForm, act: Callable[[dict[str, Any]], Any]) -> Any:
    """Run an act with a valid form; a refusal becomes an error of the form and nothing typed is lost."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except ValidationError as error:
        for name, texts in getattr(error, "error_dict", {}).items():
            form.add_error(name if name in form.fields else None, texts)
        if not hasattr(error, "error_dict"):
            form.add_error("password" if "password" in form.fields else None, error)
    except (access.AccessDenied, services.OrganInUse) as error:
        form.add_error(None, str(error))
    return None


@post_only("agencies:organ", "code")
def change(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Add a unit, a department, a person or a role to an organ, or end it."""
    at, actor = _organ(request, code), request.user
    acts: dict[str, tuple[BaseForm, Callable[[dict[str, Any]], Any], str]] = {
        "unit": (
            OrganForm(request.POST, auto_id="unit_%s"),
            lambda given: services.create_organ(actor=actor, superior=at, **given),
            "已设立下级机关。",
        ),
        "department": (
            DepartmentForm(request.POST, auto_id="department_%s"),
            lambda given: services.create_department(actor=actor, organ=at, **given),
            "已设立内设机构。",
        ),
        "post": (
            PostForm(request.POST, auto_id="post_%s", organ=at),
            lambda given: services.create_post(actor=actor, **given),
            "已设立岗位。",
        ),
        "appointment": (
            AppointmentForm(request.POST, auto_id="appointment_%s", organ=at),
            lambda given: services.appoint(actor=actor, **given),
            "已登记任职，原任职人自前一日离任。",
        ),
        "person": (
            PersonForm(request.POST, auto_id="person_%s"),
            lambda given: services.create_person(actor=actor, organ=at, **given),
            "已建立账号，请接着授予角色。",
        ),
        "role": (
            RoleForm(request.POST, auto_id="role_%s"),
            lambda given: services.assign_role(
                user=given["user"], organ=at, role=Role(given["role"]), actor=actor
            ),
            "已授予角色。",
        ),
        "end": (
            EndOrganForm(request.POST, auto_id="end_%s"),
            lambda given: services.end_organ(actor=actor, organ=at, **given),
            "已登记撤销。",
        ),
    }
    if what not in acts:
        raise Http404
    form, act, done = acts[what]
    if _try(request, form, act) is None:
        return _organ_page(request, at, **{what: form})
    messages.success(request, done)
    return redirect("agencies:organ", code)


@post_only("agencies:organ", "code")
def end_role(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a role back."""
    at = _organ(request, code)
    assignment = (
        RoleAssignment.objects.filter(pk=pk, organ=at, valid_to=None).select_related("organ", "user").first()
    )
    if assignment is None:
        messages.error(request, "这一角色已经收回。")
        return redirect("agencies:organ", code)
    try:
        services.end_role(assignment=assignment, actor=request.user)
    except access.AccessDenied as error:
        refuse(request, error)
    else:
        messages.success(request, f"已收回{assignment.user}的{assignment.get_role_display()}角色。")
    return redirect("agencies:organ", code)


@post_only("agencies:organ", "code")
def stop_person(request: HttpRequest, code: str, username: str) -> HttpResponse:
    """Stop an account; its records stay."""
    at = _organ(request, code)
    person = User.objects.filter(username=username, role_assignments__organ=at).first()
    if person is None:
        raise Http404
    try:
        services.set_active(actor=request.user, organ=at, person=person, active=not person.is_active)
    except access.AccessDenied as error:
        refuse(request, error)
    else:
        messages.success(request, f"{person}的账号已{'启用' if person.is_active else '停用'}。")
    return redirect("agencies:organ", code)
