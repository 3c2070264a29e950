"""What pictures say beyond the picture; cleaning changes not a pixel."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image
from tests.unit.releasefiles import made

from gongkai.releasefiles.errors import CannotInspect
from gongkai.releasefiles.inspecting import Kind, clean, inspect
from gongkai.releasefiles.sniffing import FileType, screen_upload


def exif(orientation: int = 1, *, place: bool = False, camera: str = "HUAWEI") -> Image.Exif:
    data = Image.Exif()
    data[ExifTags.Base.Orientation] = orientation
    if camera:
        data[ExifTags.Base.Make] = camera
        data[ExifTags.IFD.Exif] = {int(ExifTags.Base.DateTimeOriginal): "2025:03:01 09:00:00"}
    if place:
        data[ExifTags.IFD.GPSInfo] = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 10.0, 30.0)}
    return data


def said(data: bytes, kind: FileType) -> dict[Kind, str]:
    return {finding.kind: finding.excerpt for finding in inspect(data, kind)}


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.tobytes()


def cleaned(data: bytes, kind: FileType, *chosen: Kind) -> bytes:
    result = clean(data, kind, frozenset(chosen))
    assert not set(said(result, kind)) & set(chosen)
    assert pixels(result) == pixels(data)
    assert screen_upload(result, "a") is kind
    return result


PLAIN = {FileType.JPEG: made.jpeg, FileType.PNG: made.png}
both = pytest.mark.parametrize("kind", PLAIN)


@both
def test_a_plain_picture_has_nothing_to_find_and_cleaning_leaves_it_alone(kind):
    data = PLAIN[kind]()

    assert inspect(data, kind) == ()
    assert clean(data, kind, frozenset(Kind)) == data


@both
def test_camera_time_and_place_are_found_and_removed_one_by_one(kind):
    data = PLAIN[kind](exif=exif(place=True))

    assert said(data, kind) == {Kind.PICTURE_METADATA: "HUAWEI", Kind.LOCATION: "N30.25000 E120.17500"}
    assert set(said(cleaned(data, kind, Kind.LOCATION), kind)) == {Kind.PICTURE_METADATA}
    assert set(said(cleaned(data, kind, Kind.PICTURE_METADATA), kind)) == {Kind.LOCATION}
    assert b"HUAWEI" not in cleaned(data, kind, Kind.PICTURE_METADATA, Kind.LOCATION)


@both
def test_the_turn_of_a_photograph_is_kept_and_is_no_finding(kind):
    result = cleaned(PLAIN[kind](exif=exif(6)), kind, *Kind)

    assert inspect(result, kind) == ()
    with Image.open(io.BytesIO(result)) as picture:
        assert dict(picture.getexif()) == {int(ExifTags.Base.Orientation): 6}


@both
def test_data_behind_the_picture_is_found_and_removed(kind):
    data = PLAIN[kind]() + b"PK\x03\x04 hidden"

    assert said(data, kind) == {Kind.TRAILING_DATA: "11 字节"}
    assert cleaned(data, kind, Kind.TRAILING_DATA) == PLAIN[kind]()


def segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def jpeg_with(*segments: bytes) -> bytes:
    whole = made.jpeg()
    return whole[:2] + b"".join(segments) + whole[2:]


@pytest.mark.parametrize(
    ("extra", "kind"),
    [
        (segment(0xFE, "内部使用".encode()), Kind.PICTURE_TEXT),
        (segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"), Kind.PICTURE_METADATA),
        (segment(0xE1, b"Exif\0\0 not an exif"), Kind.PICTURE_METADATA),
        (segment(0xED, b"Photoshop 3.0\0caption"), Kind.PICTURE_METADATA),
        (segment(0xE0, b"JFXX\0\x10" + b"\0" * 9), Kind.THUMBNAIL),
        (segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01" + b"\0" * 3), Kind.THUMBNAIL),
    ],
)
def test_other_segments_are_found_and_removed(extra, kind):
    data = jpeg_with(extra)

    assert set(said(data, FileType.JPEG)) == {kind}
    assert len(cleaned(data, FileType.JPEG, kind)) < len(data)


def test_the_thumbnail_of_a_camera_is_found_and_removed():
    small = made.jpeg((8, 6))
    entries = struct.pack(">HHII", 0x0201, 4, 1, 8 + 6 + 30) + struct.pack(">HHII", 0x0202, 4, 1, len(small))
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HI", 0, 14) + struct.pack(">H", 2) + entries + b"\0" * 6 + small
    data = jpeg_with(segment(0xE1, b"Exif\0\0" + tiff))

    assert said(data, FileType.JPEG) == {Kind.THUMBNAIL: "EXIF 缩略图"}
    assert small not in cleaned(data, FileType.JPEG, Kind.THUMBNAIL)


def test_colour_profiles_are_no_finding_and_stay():
    data = made.jpeg(icc_profile=b"profile")

    assert inspect(data, FileType.JPEG) == ()
    assert clean(data, FileType.JPEG, frozenset(Kind)) == data


def test_texts_of_a_png_are_found_and_removed():
    time = b"tIME" + b"\x07\xe9\x01\x01\0\0\0"
    whole = made.png(texts={"Author": "Wang", "XML:com.adobe.xmp": "<x/>"})
    data = whole[:33] + struct.pack(">I", 7) + time + struct.pack(">I", zlib.crc32(time)) + whole[33:]

    assert {finding.excerpt for finding in inspect(data, FileType.PNG)} == {"Author Wang", "XMP", "修改时间"}
    assert b"Wang" not in cleaned(data, FileType.PNG, Kind.PICTURE_TEXT, Kind.PICTURE_METADATA)


@both
def test_a_broken_picture_is_not_said_to_be_clean(kind):
    with pytest.raises(CannotInspect, match="已损坏"):
        inspect(PLAIN[kind]()[:-20], kind)
    with pytest.raises(CannotInspect, match="已损坏"):
        clean(PLAIN[kind]()[:-20], kind, frozenset(Kind))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(PLAIN)),
    st.integers(1, 8),
    st.booleans(),
    st.sampled_from(["", "NIKON", "小米"]),
    st.binary(max_size=20),
    st.frozensets(st.sampled_from(sorted(Kind))),
)
def test_cleaning_takes_the_kinds_asked_for_and_no_others(kind, turn, place, camera, tail, chosen):
    data = PLAIN[kind](exif=exif(turn, place=place, camera=camera)) + tail

    before, after = set(said(data, kind)), set(said(clean(data, kind, chosen), kind))

    assert after == before - chosen
