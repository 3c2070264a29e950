"""Made-up applicants, named by role. Their numbers pass the check digits and belong to no area that exists."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.identifiers import credit_code_check, resident_id_check

NOWHERE = "990101"  # no such administrative area
_KIND = {
    "commercial": "公司",
    "research": "研究院",
    "public_welfare": "协会",
    "legal_service": "律师事务所",
    "other_org": "业主委员会",
}


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks."""

    applicant_kind: str
    applicant_name: str
    identity_kind: str
    identity_number: str
    telephone: str
    email: str
    address: str
    contact_name: str = ""


def person(mark: str, number: int) -> Applicant:
    """申请人甲, 申请人乙, …"""
    body = f"{NOWHERE}1980{number // 28 % 12 + 1:02d}{number % 28 + 1:02d}{number:03d}"
    return Applicant(
        "natural",
        f"申请人{mark}",
        "resident_id",
        body + resident_id_check(body),
        f"0510-8000{1000 + number:04d}",
        f"shenqingren{number}@example.com",
        f"示例县示例路{number}号",
    )


def body_of(kind: str, mark: str, number: int) -> Applicant:
    """示例某公司, 示例某研究院, …: a body of a column of table 三."""
    code = f"9{1 if kind == 'commercial' else 3}{NOWHERE}DEM{number:06d}"
    return Applicant(
        kind,
        f"示例{mark}{_KIND[kind]}",
        "credit_code",
        code + credit_code_check(code),
        f"0510-8000{2000 + number:04d}",
        f"danwei{number}@example.com",
        f"示例县示例大道{number}号",
        contact_name="联系人甲",
    )


def foreigner(number: int) -> Applicant:
    """A person with a passport."""
    return Applicant(
        "natural",
        "申请人（外籍）甲",
        "passport",
        f"E0000{number:04d}",
        "",
        f"waiji{number}@example.com",
        f"示例县示例国际公寓{number}号",
    )
