"""Identifiers of people and organisations: parse, check, mask. No message repeats the number itself."""

from gongkai.core.identifiers.contacts import mask_email, parse_email, parse_postcode
from gongkai.core.identifiers.credit_code import credit_code_check, mask_credit_code, parse_credit_code
from gongkai.core.identifiers.errors import IdentifierFaulty
from gongkai.core.identifiers.names import mask_address, mask_name
from gongkai.core.identifiers.resident_id import (
    birth_date,
    mask_resident_id,
    parse_resident_id,
    resident_id_check,
)
from gongkai.core.identifiers.telephone import mask_telephone, parse_telephone
from gongkai.core.identifiers.travel_documents import (
    TravelDocument,
    mask_travel_document,
    parse_travel_document,
)

__all__ = [
    "IdentifierFaulty",
    "TravelDocument",
    "birth_date",
    "credit_code_check",
    "mask_address",
    "mask_credit_code",
    "mask_email",
    "mask_name",
    "mask_resident_id",
    "mask_telephone",
    "mask_travel_document",
    "parse_credit_code",
    "parse_email",
    "parse_postcode",
    "parse_resident_id",
    "parse_telephone",
    "parse_travel_document",
    "resident_id_check",
]
