"""Decoding bytes into text: recognising encodings, repairing mojibake, removing invisible characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

import charset_normalizer
import ftfy

from framescope.document import ExtractionError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
# Older encodings of European languages, tried if bytes are neither UTF-8 nor plausible as cp1252.
LEGACY = ["cp1252", "mac_roman", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1257", "cp437", "cp850"]
# The characters that bytes 128 to 255 are likely to stand for in an English or western European text in cp1252.
PLAUSIBLE_CP1252 = set("‘’“”–—…•€£§©«»°·½¼¾ \u00ad") | set("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜŒŠŽ")
CONTROL = "".join(chr(code) for code in [*range(0x00, 0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0)])
INVISIBLE = "\u00ad\u034f\u061c\u180e\ufeff\ufffe\uffff" + "".join(
    chr(code) for code in [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
REMOVED = str.maketrans(dict.fromkeys(CONTROL + INVISIBLE))
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
SURROGATE = re.compile("[\ud800-\udfff]")
SPELLING = str.maketrans(LIGATURES)
MOJIBAKE_ONLY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)
UNREADABLE_SHARE = 0.02


def decode(data: bytes, declares: bool = False) -> tuple[str, str]:
    """The text in some bytes and the name of their encoding. Line ends become newlines, and mojibake is repaired.

    With `declares`, the text may name its own encoding near its beginning, as HTML and XML do.

    Raises: ExtractionError if no encoding gives readable text.
    """
    text, encoding = _decode(data, declares)
    text = LINE_ENDS.sub("\n", text)
    noise = sum(1 for character in text if character == "\ufffd" or (character < " " and character not in "\n\t\f"))
    if noise > UNREADABLE_SHARE * len(text):
        raise ExtractionError(
            "",
            "the content is not text in any known encoding",
            "Check what the file is; if it is text, save it again as UTF-8.",
        )
    repaired = ftfy.fix_text(text, MOJIBAKE_ONLY)
    return (text, encoding) if repaired == text else (repaired, f"{encoding}, mojibake repaired")


def encoding_warning(data: bytes, encoding: str | None, declares: bool) -> str | None:
    """A warning if `decode` had to guess the encoding or repaired the text; otherwise None."""
    if encoding is None:
        return None
    name, _, repaired = encoding.partition(", ")
    if repaired:
        return (
            f"Characters that an earlier program had broken were repaired ({encoding}): compare them with the original."
        )
    if " with " in name:
        return f"Its bytes are in two encodings ({name}): compare accents and quotation marks with the original."
    declared = DECLARED.search(data[:2048]) if declares else None
    if name.startswith("utf-") or declared:
        return None
    return f"Nothing in it states its encoding; it was read by guess, as {name}. Save it as UTF-8 to be sure."


def lost_warning(text: str) -> str | None:
    """A warning if the text contains U+FFFD, which replaces characters that are lost; otherwise None."""
    lost = text.count("\ufffd")
    characters = "1 character" if lost == 1 else f"{lost:,} characters"
    return f"It has {characters} that can no longer be recognised (U+FFFD): look for a better copy." if lost else None


def _decode(data: bytes, declares: bool) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return data.decode(unmarked, errors="replace"), unmarked
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if declares and (match := DECLARED.search(data[:2048])):
        try:
            encoding = codecs.lookup(match[1].decode("ascii")).name
            # Browsers decode pages that declare Latin-1 as cp1252, and authors rely on it.
            encoding = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(encoding, encoding)
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    mixed = data.decode("utf-8", errors="surrogateescape")
    strays = len(SURROGATE.findall(mixed))
    sequences = [character for character in mixed if character > "\x7f" and not SURROGATE.match(character)]
    # In other encodings, three bytes that are valid UTF-8 by chance are rare, but two are not.
    long_sequences = sum(character > "\u07ff" for character in sequences)
    if len(sequences) >= strays or long_sequences >= max(1, 0.1 * strays):
        return SURROGATE.sub(_stray_byte, mixed), "utf-8 with stray cp1252 bytes"
    return _decode_legacy(data)


def _unmarked_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, or None if the bytes are not UTF-16.

    In European text one byte of nearly every pair is zero, and always on the same side.
    """
    sample = data[:20_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.3 * len(sample) / 2 or min(even, odd) > 0.1 * max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _stray_byte(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", errors="replace")


def _decode_legacy(data: bytes) -> tuple[str, str]:
    western = data.decode("cp1252", errors="replace")
    if _is_western(western):
        return western, "cp1252"
    best = charset_normalizer.from_bytes(data[:200_000], cp_isolation=LEGACY).best()
    if best is not None:
        return data.decode(best.encoding, errors="replace"), best.encoding
    return western, "cp1252"


def _is_western(text: str) -> bool:
    """Whether a text decoded as cp1252 looks like a western language, with few accents and common punctuation."""
    foreign = [character for character in text if character > "\x7f"]
    letters = sum(character.isalpha() for character in text)
    plausible = sum(character in PLAUSIBLE_CP1252 for character in foreign)
    accented = sum(character.isalpha() for character in foreign)
    return "\ufffd" not in text and plausible >= 0.9 * len(foreign) and accented <= 0.3 * letters


def clean(text: str) -> str:
    """The text in NFC without control, zero-width, soft-hyphen, byte-order or direction characters.

    Tabs, newlines and form feeds stay; Latin ligatures are spelt out; lone surrogates become U+FFFD. Applying it
    twice changes nothing.
    """
    text = SURROGATE.sub("\ufffd", LINE_ENDS.sub("\n", text)).translate(REMOVED).translate(SPELLING)
    return unicodedata.normalize("NFC", text)
