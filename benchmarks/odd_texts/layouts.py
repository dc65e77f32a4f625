"""Texts whose lines are indented, spaced, justified, separated or ended in unusual ways."""

from __future__ import annotations

from benchmarks.odd_texts.writer import Writer, shape


@shape
def indented(w: Writer) -> str:
    """Paragraphs without blank lines, the first line of each set in."""
    return "\n".join(w.lines(w.paragraph(), first="    ") for _ in range(20))


@shape
def hanging(w: Writer) -> str:
    return "\n\n".join(w.lines(w.paragraph(), later="      ") for _ in range(16))


@shape
def unparted(w: Writer) -> str:
    """Paragraphs that nothing but the short last line parts."""
    return "\n".join(w.lines(w.paragraph()) for _ in range(20))


@shape
def double_spaced(w: Writer) -> str:
    return w.opened([""] * 14).replace("\n", "\n\n")


@shape
def justified(w: Writer) -> str:
    """Lines that blanks between the words make equally long, but for the last of a paragraph."""
    w.width = w.random.choice([48, 64, 78])
    paragraphs = [w.opened([""]).split("\n") for _ in range(14)]
    return "\n\n".join("\n".join([*(w.stretched(line) for line in lines[:-1]), lines[-1]]) for lines in paragraphs)


@shape
def loosely_spaced(w: Writer) -> str:
    """Lines with two or three blanks between some of the words, as programs that recognise text in pictures write."""
    lines = []
    for line in w.opened([""] * 14).split("\n"):
        gaps = [w.random.choice([" ", " ", " ", "  ", "   "]) for _ in line.split(" ")]
        lines.append("".join(word + gap for word, gap in zip(line.split(" "), gaps, strict=True)).rstrip())
    return "\n".join(lines)


@shape
def tabs(w: Writer) -> str:
    """Paragraphs that a tab sets in, or a tab after their label."""
    return "\n\n".join(w.random.choice(["\t", "\t\t", "(a)\t", "1.\t"]) + w.lines(w.paragraph()) for _ in range(14))


@shape
def separated(w: Writer) -> str:
    """Parts that a row of signs separates."""
    row = w.random.choice(["* * *", "-" * 40, "_" * 30, "=" * 60, "***", "~~~~~~~~"])
    return f"\n\n{row}\n\n".join(w.opened([""] * 2) for _ in range(7))


@shape
def other_line_ends(w: Writer) -> str:
    end = w.random.choice(["\r\n", "\r", "\u2028", "\x85"])
    return w.opened([""] * 12).replace("\n", end)
