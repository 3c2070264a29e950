"""Records of 依申请公开. Nothing here is deleted: things are withdrawn, superseded or anonymised."""

from gongkai.inforequests.models.consultations import Assignment, Consultation
from gongkai.inforequests.models.decisions import ConfidentialityReview, Decision, RequestItem, SearchRecord
from gongkai.inforequests.models.disputes import Dispute, DisputeStage
from gongkai.inforequests.models.fees import FeeNotice
from gongkai.inforequests.models.files import Attachment, ReleaseFile
from gongkai.inforequests.models.letters import Delivery, Letter, LetterTemplate
from gongkai.inforequests.models.requests import (
    ApplicationDraft,
    ContactAttempt,
    Counter,
    InfoRequest,
    LedgerEntry,
    OfficeProfile,
    ProcedureStep,
)

__all__ = [
    "ApplicationDraft",
    "Assignment",
    "Attachment",
    "ConfidentialityReview",
    "Consultation",
    "ContactAttempt",
    "Counter",
    "Decision",
    "Delivery",
    "Dispute",
    "DisputeStage",
    "FeeNotice",
    "InfoRequest",
    "LedgerEntry",
    "Letter",
    "LetterTemplate",
    "OfficeProfile",
    "ProcedureStep",
    "ReleaseFile",
    "RequestItem",
    "SearchRecord",
]
