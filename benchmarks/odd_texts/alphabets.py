"""Texts in capitals only, without any, without full stops, and in other scripts."""

from __future__ import annotations

from benchmarks.odd_texts.writer import Writer, shape


@shape
def no_capitals(w: Writer) -> str:
    text = w.opened([""] * 14)
    w.said = [sentence.lower() for sentence in w.said]
    return text.lower()


@shape
def all_capitals(w: Writer) -> str:
    text = w.opened([""] * 14)
    w.said = [sentence.upper() for sentence in w.said]
    return text.upper()


@shape
def no_stops(w: Writer) -> str:
    """Paragraphs without full stops, as automatic transcripts have them."""
    paragraphs = [w.lines(" ".join(w.sentence(end="") for _ in range(4))) for _ in range(12)]
    return "\n\n".join(paragraphs)


def spelt(w: Writer, alphabet: str) -> str:
    """Paragraphs in the letters of another alphabet."""
    small = {letter: alphabet[place % len(alphabet)] for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
    table = str.maketrans(small | {letter.upper(): sign.upper() for letter, sign in small.items()})
    text = w.opened([""] * 12).translate(table)
    w.said = [sentence.translate(table) for sentence in w.said]
    return text


@shape
def greek(w: Writer) -> str:
    return spelt(w, "αβγδεζηθικλμνξοπρστυφχψω")


@shape
def cyrillic(w: Writer) -> str:
    return spelt(w, "абвгдежзиклмнопрстуфхцчшщыэюя")


@shape
def arabic(w: Writer) -> str:
    return spelt(w, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")


@shape
def chinese(w: Writer) -> str:
    """Paragraphs without blanks between words, in lines of one length or a line to a paragraph."""
    signs = "港口人民政府代表团认为条约应当尊重边境贸易渔业桥梁粮食学校基金价格海洋法律和平谈判"
    paragraphs = []
    for _ in range(14):
        said = ["".join(w.random.choices(signs, k=w.random.randint(12, 40))) + "。" for _ in range(4)]
        w.said += said
        text = "".join(said)
        width = w.width // 2 or len(text)
        paragraphs.append("\n".join(text[i : i + width] for i in range(0, len(text), width)))
    return w.random.choice(["\n\n", "\n"]).join(paragraphs)
