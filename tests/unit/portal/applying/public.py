"""A member of the public at the form: fills it in, sends it, looks it up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests import factories
from tests.unit.releasefiles import made

from gongkai.inforequests.models import InfoRequest

ROOT = "/zfxxgk/ysqgk/"
FORM = ROOT + "shenqing/"
LOOK_UP = ROOT + "chaxun/"
NAME, PHONE, IDENTITY = "欧阳示例", "13900001111", factories.resident_id(7)
ANSWERS = {
    "xinxi": {"subject": "道路保洁合同", "content": "2025年度道路保洁服务合同及其附件"},
    "huoqu": {"obtain": "web", "medium": "electronic"},
    "shenqingren": {
        "applicant_kind": "natural",
        "applicant_name": NAME,
        "identity_kind": "resident_id",
        "identity_number": IDENTITY,
    },
    "lianxi": {"telephone": PHONE},
}


def picture(name: str = "身份证正面.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, made.jpeg(), "image/jpeg")


@dataclass
class Visitor:
    """A browser of its own, from an address of its own."""

    address: str = "198.51.100.7"
    client: Client = field(default_factory=Client)

    def get(self, path: str) -> HttpResponse:
        return self.client.get(path, headers={"host": "localhost"}, REMOTE_ADDR=self.address)

    def post(self, path: str, **data: Any) -> HttpResponse:
        sent = {**data, "wanzheng": "1"}
        return self.client.post(path, sent, headers={"host": "localhost"}, REMOTE_ADDR=self.address)

    def begin(self) -> None:
        self.post(FORM)

    def fill(self, *without: str, **changed: str) -> None:
        """Answer every step but those left out."""
        self.begin()
        for slug, answers in ANSWERS.items():
            if slug in without:
                continue
            given = {name: changed.get(name, value) for name, value in answers.items()}
            files = {"files": picture()} if slug == "shenqingren" else {}
            self.post(f"{FORM}{slug}/", **given, **files)

    def file(self, **changed: str) -> InfoRequest:
        """The whole way to the receipt."""
        self.fill(**changed)
        self.post(FORM + "hedui/")
        return InfoRequest.objects.latest("pk")

    def look_up(self, case: InfoRequest) -> HttpResponse:
        self.post(LOOK_UP, number=case.number, code=case.query_code)
        return self.get(LOOK_UP + "jindu/")


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
