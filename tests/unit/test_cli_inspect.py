"""``gongkai inspect`` on a site of this machine."""

from __future__ import annotations

import json

from tests.factories.bad_site import BadSite
from tests.factories.site_server import serving
from typer.testing import CliRunner

from gongkai.cli import app

runner = CliRunner()


def test_a_sound_site_ends_with_0_and_both_figures_in_words():
    site = BadSite()
    with serving(site.pages) as served:
        found = runner.invoke(app, ["inspect", "--site", served.url("/")])

    assert "结论（按已核实的规则）" in found.stdout
    assert "暂定得分（分值未经核实，仅供参考）" in found.stdout
    assert found.exit_code == 0


def test_a_hidden_link_ends_with_1_and_json_is_all_there_is():
    site = BadSite()
    site.add("/jigou/1/", '<a href="http://casino.example.com/" style="display:none">x</a>')
    with serving(site.pages) as served:
        found = runner.invoke(app, ["inspect", "--json", "--site", served.url("/")])

    told = json.loads(found.stdout)
    hidden = next(one for one in told["indicators"] if one["code"] == "S-HIDDEN")
    assert found.exit_code == 1
    assert hidden["state"] == "hit"
    assert hidden["findings"][0]["url"].endswith("/jigou/1/")
    assert told["verdict"] == "no_veto_so_far"


def test_what_cannot_be_inspected_is_said_with_2():
    with serving({}) as served:
        gone = served.url("/")

    refused = runner.invoke(app, ["inspect", "--site", gone])
    assert (refused.exit_code, "服务器拒绝连接" in refused.stderr) == (2, True)
    assert runner.invoke(app, ["inspect", "--site", "www"]).exit_code == 2
    assert "不是日期" in runner.invoke(app, ["inspect", "--replay", "昨天"]).stderr
