"""Personal data at rest: unreadable without the keys, unmovable, and never changed unseen."""

import json

import pytest
from django.core.exceptions import FieldError
from hypothesis import given
from hypothesis import strategies as st

from gongkai.privacy import keys
from gongkai.privacy.errors import KeysFaulty, KeyUnknown, SealBroken
from gongkai.privacy.sealing import key_of_text, open_bytes, open_text, seal_bytes, seal_text


@pytest.fixture(params=["AES-256-GCM", "SM4-GCM"])
def ring(request, settings, tmp_path):
    settings.FIELD_KEYS_FILE = str(tmp_path / "secrets" / "keys.json")
    settings.FIELD_KEYS_ALGORITHM = request.param
    return keys.keyring()


@given(st.text(min_size=1))
def test_what_is_sealed_opens_again_and_shows_nothing(text):
    token = seal_text(f"某甲{text}", "a.B.c")

    assert open_text(token, "a.B.c") == f"某甲{text}"
    assert token.isascii()


def test_both_algorithms_seal_texts_and_files(ring):
    assert open_text(seal_text("某甲", "a.B.c"), "a.B.c") == "某甲"
    assert open_bytes(seal_bytes(b"\x00\xff", "file"), "file") == b"\x00\xff"


def test_the_same_text_is_sealed_differently_each_time(ring):
    assert seal_text("某甲", "a.B.c") != seal_text("某甲", "a.B.c")


def test_a_value_moved_to_another_column_does_not_open(ring):
    with pytest.raises(SealBroken):
        open_text(seal_text("某甲", "a.B.name"), "a.B.note")


@pytest.mark.parametrize("position", [8, 20, 40])
def test_a_changed_value_is_noticed(ring, position):
    token = seal_text("某甲乙丙丁", "a.B.c")
    other = "A" if token[position] != "A" else "B"
    changed = token[:position] + other + token[position + 1 :]
    with pytest.raises(SealBroken):
        open_text(changed, "a.B.c")


@pytest.mark.parametrize("junk", ["", "x", "gk1.k1.", "gk1.k1.AAAA", "gk2.k1.AAAA", "某甲.某乙.某丙"])
def test_what_was_never_sealed_is_refused(ring, junk):
    with pytest.raises(SealBroken):
        open_text(junk, "a.B.c")


def test_the_key_file_is_made_for_its_owner_alone(ring):
    assert keys.key_file().stat().st_mode & 0o777 == 0o600


def test_a_key_file_open_to_others_is_refused(ring):
    keys.key_file().chmod(0o644)
    keys._cache.clear()
    with pytest.raises(KeysFaulty, match="chmod 600"):
        keys.keyring()


@pytest.mark.parametrize("content", ["", "{}", '{"current": "k1", "keys": {}, "lookup": ""}', "[1]"])
def test_a_damaged_key_file_is_refused(ring, content):
    keys.key_file().write_text(content)
    with pytest.raises(KeysFaulty, match="备份"):
        keys.keyring()


def test_no_key_is_made_where_one_must_be_restored(settings, tmp_path):
    settings.FIELD_KEYS_FILE, settings.FIELD_KEYS_MAY_BE_MADE = str(tmp_path / "k.json"), False
    with pytest.raises(KeysFaulty, match="gongkai keys make"):
        keys.keyring()


def test_a_missing_key_is_named(ring):
    token = seal_text("某甲", "a.B.c")
    content = json.loads(keys.key_file().read_text())
    content["keys"]["k2"], content["current"] = content["keys"].pop("k1"), "k2"
    keys.key_file().write_text(json.dumps(content))
    keys._cache.clear()
    with pytest.raises(KeyUnknown, match="k1"):
        open_text(token, "a.B.c")


def test_a_new_key_seals_and_old_ones_still_open(ring):
    old = seal_text("某甲", "a.B.c")
    keys.add_key()

    assert key_of_text(old) == "k1"
    assert key_of_text(seal_text("某甲", "a.B.c")) == "k2"
    assert open_text(old, "a.B.c") == "某甲"


def test_digests_find_equal_values_of_one_purpose_only(ring):
    digest = keys.lookup_hash("11010519491231002X", "identity")

    assert digest == keys.lookup_hash("11010519491231002X", "identity")
    assert digest != keys.lookup_hash("11010519491231002X", "telephone")


def test_a_sealed_column_cannot_be_searched(ring):
    from gongkai.privacy.fields import EncryptedTextField

    with pytest.raises(FieldError, match="加密字段"):
        EncryptedTextField(name="x").get_lookup("contains")
