"""What every screen shares: the refusal shown as a message, breadcrumbs, downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.agencies.models import Organ

Crumb = tuple[str, str]


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    crumbs: Sequence[Crumb] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a screen inside Wagtail's shell with its breadcrumb."""
    items = [{"url": reverse("wagtailadmin_home"), "label": "首页"}]
    items += [{"url": url, "label": label} for label, url in crumbs]
    items.append({"url": "", "label": title})
    context.update(breadcrumbs_items=items, header_title=title, page_title=title)
    return render(request, template, context, status=status)


def organs_or_refuse(organs: list[Organ], act: str) -> list[Organ]:
    """Where a person may do an act, as the app's access rules found it.

    Raises:
        PermissionDenied: nowhere.
    """
    if not organs:
        raise PermissionDenied(f"您没有“{act}”的权限，请联系系统管理员授予角色。")
    return organs


def organ_asked(request: HttpRequest, organs: list[Organ]) -> Organ:
    """The organ of an act that starts something: the one that ``?jigou=`` names, or the person's first."""
    wanted = request.GET.get("jigou", "")
    return next((organ for organ in organs if organ.code == wanted), organs[0])


View = Callable[..., HttpResponse]


def post_only(screen: str, *names: str) -> Callable[[View], View]:
    """An act that only a button performs; its address opened as a page leads to the screen with a word why.

    Signing in again after a session ran out arrives here by GET: what was sent then was not done.

    Args:
        screen: view name of the screen; ``names`` are those of this address's parts that it needs.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **parts)
            messages.warning(
                request, "刚才的操作没有执行，请在本页重新提交。填写过的内容可按“恢复填写的内容”找回。"
            )
            return redirect(screen, *(parts[name] for name in names))

        return checked

    return decorate


def refuse(request: HttpRequest, error: Exception) -> None:
    """Show a service's refusal as a message."""
    messages.error(request, sentence(error))


def sentence(error: Exception) -> str:
    """The Chinese sentence of a refusal."""
    return "；".join(error.messages) if isinstance(error, ValidationError) else str(error)


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to save under a Chinese name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]], *, sheet: str) -> bytes:
    """A plain sheet; cells that a spreadsheet would run as formulas are neutralised."""
    from io import BytesIO

    import xlsxwriter

    from gongkai.reportfiles.spreadsheet_safety import neutralised

    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page_ = book.add_worksheet(sheet[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    page_.freeze_panes(1, 0)
    for col, heading in enumerate(headings):
        page_.write_string(0, col, heading, bold)
        page_.set_column(col, col, max(12, len(heading) * 2 + 2))
    for number, row in enumerate(rows, start=1):
        for col, text in enumerate(row):
            page_.write_string(number, col, neutralised(text))
    book.close()
    return stream.getvalue()


XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
