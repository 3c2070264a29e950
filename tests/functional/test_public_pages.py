"""Every kind of public page in Chromium: labels, valid HTML, axe, no side-scrolling, without JavaScript, by keyboard.

Each page is visited once with JavaScript and once without; the tests read what was seen there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.conftest import ROOT
from tests.functional.html_validity import faults
from tests.functional.public_pages import COLUMN, CONTENT, SITE, STOPS, Stop

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OBLIGATORY = {
    SITE: ["SiteName", "SiteDomain", "SiteIDCode"],
    COLUMN: ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"],
    CONTENT: ["ArticleTitle", "PubDate", "ContentSource"],
}
OPTIONAL = {"Keywords", "Author", "Description", "Image", "Url", "viewport"}
DESK, PHONE, ZOOMED = 1280, 390, 640  # 640 CSS pixels are what 1280 hold at 200 %
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return ["page of " + document.documentElement.scrollWidth + " px in " + width,
    ...[...document.querySelectorAll("main *, header *, footer *")]
      .filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest(".scroll, .hidden"))
      .slice(0, 5).map((one) => one.tagName + "." + one.className + " " + one.textContent.trim().slice(0, 30))];
}"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const style = getComputedStyle(one);
    return one.checkVisibility() && !one.closest(".hidden, .skip, svg") && one.textContent.trim()
      && style.overflowX === "hidden" && style.position !== "absolute"
      && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
  }).slice(0, 5).map((one) => one.tagName + "." + one.className + " " + one.textContent.trim().slice(0, 30))"""
DOUBLED_TEXT = """() => {
  const sizes = [...document.querySelectorAll("body, body *")].map((one) => [one, parseFloat(getComputedStyle(one).fontSize)]);
  for (const [one, size] of sizes) one.style.fontSize = 2 * size + "px";
}"""
# Tabbing stops once at a group of radio buttons, and not at what is hidden.
REACHABLE = """() => {
  const groups = new Set();
  let number = 0;
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")) {
    if (one.tabIndex < 0 || one.disabled || one.type === "hidden" || !one.checkVisibility({visibilityProperty: true})) continue;
    if (one.type === "radio") {
      const checked = document.querySelector(`input[type=radio][name="${one.name}"]:checked`);
      if (checked ? checked !== one : groups.has(one.name)) continue;
      groups.add(one.name);
    }
    one.dataset.stop = String(number++);
  }
  document.activeElement.blur();
  window.getSelection().removeAllRanges();
  return number;
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const style = getComputedStyle(one);
  const seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  const box = one.getBoundingClientRect();
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [one.dataset.stop ?? "", seen && inside, one.tagName + " " + (one.textContent.trim() || one.name || "").slice(0, 30)];
}"""
FORMS = """() => [...document.querySelectorAll("main form")].filter((form) => form.checkVisibility() && !form.querySelector(
  "button:not([type=button]), input[type=submit]")).map((form) => form.action)"""


@dataclass
class Seen:
    """What was seen of one page."""

    source: str = ""
    words: str = ""
    axe: dict[int, str] = field(default_factory=dict)
    sticks_out: dict[str, list[str]] = field(default_factory=dict)
    keyboard: list[str] = field(default_factory=list)
    unusable_forms: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def known(site) -> dict[str, str]:
    """Addresses and numbers of records that only the database tells."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.settings.dev", "GONGKAI_DATA_DIR": str(site.data)}
    command = [sys.executable, "-m", "tests.functional.known_records"]
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    return {"site": site.url, **json.loads(told)}


@pytest.fixture(scope="module")
def visits() -> dict[tuple[str, bool], Seen | BaseException]:
    """Pages seen, by the stop's name and whether scripts ran."""
    return {}


@pytest.fixture
def seen(browser, known, visits):
    """What was seen of a kind of page; walks its journey when nobody has."""

    def seen_(name: str, *, javascript: bool = True) -> Seen:
        if (name, javascript) not in visits:
            _walk(browser, known, visits, STOPS[name][0], javascript=javascript)
        found = visits[name, javascript]
        if isinstance(found, BaseException):
            raise found
        return found

    return seen_


def _walk(browser, known, visits, journey: tuple[Stop, ...], *, javascript: bool) -> None:
    context = browser.new_context(
        viewport={"width": DESK, "height": 900}, java_script_enabled=javascript, locale="zh-CN"
    )
    page, last = context.new_page(), []
    page.set_default_timeout(15_000)
    page.on("response", lambda response: _is_page(response, page) and last.append(response))
    failed: BaseException | None = None
    for stop in journey:
        try:
            if failed is None:
                _go(page, stop, known)
                visits[stop.name, javascript] = _look(page, last[-1].text(), javascript=javascript)
        except (Error, AssertionError) as error:
            failed = error
        if failed is not None:
            visits[stop.name, javascript] = failed
    context.close()


def _is_page(response, page) -> bool:
    request = response.request
    return (
        request.is_navigation_request()
        and request.frame == page.main_frame
        and not 300 <= response.status < 400
    )


def _go(page, stop: Stop, known: dict[str, str]) -> None:
    if isinstance(stop.go, str):
        page.goto(known["site"] + stop.go)
    else:
        stop.go(page, known)
    page.wait_for_load_state("load")


def _look(page, source: str, *, javascript: bool) -> Seen:
    words = re.sub(r"[\s0-9A-Za-z:：-]", "", page.inner_text("main"))
    if not javascript:
        return Seen(source, words, unusable_forms=page.evaluate(FORMS))
    found = Seen(source, words)
    found.keyboard = _by_keyboard(page)
    found.axe[DESK] = _axe(page)
    for width in (PHONE, ZOOMED):
        page.set_viewport_size({"width": width, "height": 450 if width == ZOOMED else 900})
        found.sticks_out[f"{width} px"] = page.evaluate(STICKS_OUT)
        if width == PHONE:
            found.axe[PHONE] = _axe(page)
    page.set_viewport_size({"width": DESK, "height": 900})
    found.sticks_out["text of 200 %"] = _with_doubled_text(page)
    return found


def _axe(page) -> str:
    results = Axe().run(page)
    return results.generate_report() if results.violations_count else ""


def _with_doubled_text(page) -> list[str]:
    """In a copy of the page, so that what comes next finds the page as it was."""
    was = page.evaluate(
        "() => [...document.querySelectorAll('body, body *')].map((one) => one.getAttribute('style'))"
    )
    page.evaluate(DOUBLED_TEXT)
    found = page.evaluate(STICKS_OUT) + page.evaluate(CLIPPED)
    page.evaluate(
        """(was) => [...document.querySelectorAll('body, body *')].forEach((one, at) =>
        was[at] === null ? one.removeAttribute('style') : one.setAttribute('style', was[at]))""",
        was,
    )
    return found


def _by_keyboard(page) -> list[str]:
    """Tab from the top of the page to its end: what is not reached, not seen to be reached, or never left."""
    number = page.evaluate(REACHABLE)
    page.evaluate(
        "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
    )
    reached: list[str] = []
    found: list[str] = []
    unseen: dict[str, str] = {}
    shown: set[str] = set()  # a field of a date has several stops, of which the browser marks some itself
    for _ in range(2 * number + 20):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now is None or (now[0] and now[0] in reached and now[0] == reached[0] and len(reached) > 1):
            break
        stop, visible, name = now
        if not reached and "跳到正文" not in name:
            found.append(f"the first stop is {name}, not the link to the text")
        if visible:
            shown.add(stop)
        else:
            unseen[stop] = name
        reached.append(stop)
    else:
        found.append(f"the keyboard does not get out: {page.evaluate(FOCUSED)}")
    found += [f"the focus is not seen on {name}" for stop, name in unseen.items() if stop not in shown]
    missed = {str(at) for at in range(number)} - set(reached)
    for at in sorted(missed, key=int)[:5]:
        found.append(
            "not reached: "
            + page.evaluate("n => document.querySelector(`[data-stop='${n}']`).outerHTML", at)[:120]
        )
    page.evaluate(
        "() => { document.querySelectorAll('[data-stop]').forEach((one) => delete one.dataset.stop); scrollTo(0, 0); }"
    )
    return found


def labels(source: str) -> dict[str, Any]:
    found = re.findall(r'<meta name="(\w+)" content="([^"]*)">', source)
    names = [name for name, _ in found]
    assert len(names) == len(set(names)), names
    return dict(found)


every = partial(pytest.mark.parametrize, "name", STOPS)


@every()
def test_every_page_kind_has_exactly_its_labels(seen, name):
    """§1.6: 3, 7 or 10 obligatory labels, none empty; the optional ones only with a value, and only on content."""
    count = STOPS[name][1].labels
    wanted = [label for number, part in OBLIGATORY.items() if number <= count for label in part]
    found = labels(seen(name).source)

    assert [label for label in found if label not in OPTIONAL] == wanted
    assert [label for label, value in found.items() if not value.strip() or value in {"None", "null"}] == []
    if count == CONTENT:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d", found["PubDate"])
    else:
        assert set(found) & OPTIONAL == {"viewport"}


@every()
def test_the_html_of_every_page_kind_is_valid(seen, name):
    assert faults(seen(name).source) == []


@every()
def test_axe_finds_nothing_on_any_page_kind(seen, name):
    assert {width: report for width, report in seen(name).axe.items() if report} == {}


@every()
def test_no_page_kind_sticks_out_on_a_phone_or_enlarged(seen, name):
    """At 390 px, at 200 % zoom, and with text twice as large."""
    assert {how: what for how, what in seen(name).sticks_out.items() if what} == {}


@every()
def test_the_keyboard_goes_through_every_page_kind_and_out(seen, name):
    """The link to the text first; everything is reached, the focus is seen, nothing holds it."""
    assert seen(name).keyboard == []


@every()
def test_every_page_kind_says_the_same_without_javascript(seen, name):
    bare = seen(name, javascript=False)

    assert bare.words == seen(name).words
    assert bare.unusable_forms == []
