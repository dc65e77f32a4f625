"""Bytes become clean text, whatever encoding they are in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from framescope.document import ExtractionError
from framescope.extract.source.decoding import clean, decode

ENGLISH = "The minister said “we won’t pay” — the café’s façade cost €5 and £3… in São Paulo.\n"
REMOVED = "\x00\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u202a\u202e\u2066\u2069"


@pytest.mark.parametrize("times", [1, 30])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_english_text_is_read_in_each_encoding_it_is_written_in(encoding, times):
    assert decode((ENGLISH * times).encode(encoding))[0] == ENGLISH * times


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Министр говорил о торговле и обороне в столице. "),
        ("koi8-r", "Министр говорил о торговле и обороне в столице. "),
        ("cp1250", "Žluťoučký kůň úpěl ďábelské ódy, řekl ministr. "),
        ("cp1253", "Ο υπουργός μίλησε για το εμπόριο και την άμυνα. "),
        ("cp1254", "Bakan ticaretten söz etti, Türkiye güçlü ışığı gördü. "),
    ],
)
def test_text_of_other_languages_is_read_in_their_old_encodings(encoding, text):
    assert decode((text * 10).encode(encoding))[0] == text * 10


def test_the_encoding_is_said():
    assert decode(b"plain words")[1] == "utf-8"
    assert decode("naïve".encode("utf-16"))[1] == "utf-16-le"
    assert decode("“naïve”".encode("cp1252"))[1] == "cp1252"


def test_mojibake_is_repaired_and_said():
    text = "It isn’t “free trade — the café was naïve.\n"
    found, encoding = decode(text.encode("utf-8").decode("cp1252").encode("utf-8"))
    assert found == text
    assert "mojibake" in encoding


def test_stray_bytes_of_the_old_encoding_among_utf8_are_read_too():
    data = "The “new” words, the café,".encode() + b" and the old \x93words\x94."
    assert decode(data) == ("The “new” words, the café, and the old “words”.", "utf-8 with stray cp1252 bytes")


def test_a_declared_encoding_counts_where_the_format_declares_one():
    page = '<meta charset="iso-8859-2"><p>Dvořák šel</p>'.encode("iso-8859-2")
    assert "Dvořák šel" in decode(page, declares=True)[0]


def test_line_ends_become_newlines():
    assert decode(b"one\r\ntwo\rthree\n")[0] == "one\ntwo\nthree\n"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x01\x02\x03\x04words\x05\x06" * 50])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(ExtractionError, match="encoding"):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        text, encoding = decode(data)
    except ExtractionError:
        return
    assert "\r" not in text
    assert encoding


@given(st.text(alphabet=st.characters(max_codepoint=0x7E, exclude_characters="\r\x00"), min_size=1))
def test_plain_ascii_comes_back_unchanged(text):
    try:
        assert decode(text.encode()) == (text, "utf-8")
    except ExtractionError:
        assert any(character < " " for character in text)


@given(st.text())
@example("e\u200b\u0301")
@example("\ud800\udc00")
def test_clean_text_is_nfc_without_invisible_characters_and_stays_so(text):
    found = clean(text)
    assert unicodedata.is_normalized("NFC", found)
    assert not set(found) & set(REMOVED)
    assert all(character in "\n\t\f" or unicodedata.category(character) not in ("Cc", "Cs") for character in found)
    assert clean(found) == found


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_cleaning_leaves_plain_text_alone(text):
    assert clean(text) == text


def test_ligatures_are_spelt_out_and_soft_hyphens_go():
    assert clean("eﬃcient co\u00adoperation") == "efficient cooperation"
