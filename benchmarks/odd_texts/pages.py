"""Texts in pages: of a few lines, with numbers, running heads or notes, and with a refrain at their ends."""

from __future__ import annotations

from benchmarks.odd_texts.writer import Writer, shape


@shape
def refrain_at_page_ends(w: Writer) -> str:
    """Each page ends, or begins, with the same sentence in a paragraph of its own."""
    first, last = w.sentence("My friends,"), w.sentence()
    pages = []
    for _ in range(6):
        text = w.opened([""] * 5)
        head = w.random.random() < 0.5
        w.said.append(first if head else last)
        pages.append(f"{w.lines(first)}\n\n{text}" if head else f"{text}\n\n{w.lines(last)}")
    w.said.remove(first)
    w.said.remove(last)
    return "\f".join(pages)


@shape
def short_pages(w: Writer) -> str:
    """A few lines to a page, as speeches are printed for reading aloud."""
    return "\f".join(w.opened([""] * w.random.randint(1, 3), most=2) + "\n" for _ in range(14))


@shape
def a_sentence_to_a_page(w: Writer) -> str:
    """Pages that begin alike and count up."""
    opening, closing = w.random.choice(["In year {}", "On day {},", "Slide {} says that"]), w.clause()
    pages = [f"{opening.format(n)} {closing}." for n in range(1, 12)]
    w.said += pages
    more = w.random.random() < 0.5
    return "\n\f".join(f"{page}\n\n{w.lines(w.paragraph(most=2))}" if more else page for page in pages)


@shape
def short_numbered_pages(w: Writer) -> str:
    """Short pages with a number at the foot or the head of each."""
    form = w.random.choice(["{}", "- {} -", "Page {}", "Page {} of 14"])
    text = [w.opened([""] * 2, most=3) for _ in range(14)]
    head = w.random.random() < 0.5
    pages = [f"{form.format(n)}\n\n{t}" if head else f"{t}\n\n{form.format(n)}" for n, t in enumerate(text, 1)]
    return w.random.choice(["\f", "\n\n"]).join(pages)


@shape
def numbered_heads(w: Writer) -> str:
    """An article to a page: each begins with a heading whose number is that of the page."""
    word = w.random.choice(["Article", "Section", "Rule", "Principle"])
    return "\f".join(f"{word} {n}\n\n{w.opened([''] * 4)}\n" for n in range(1, 10))


@shape
def noted(w: Writer) -> str:
    """Pages with notes at their foot, which are no part of the body."""
    pages, count = [], 0
    for _ in range(5):
        text = [w.paragraph(most=3) for _ in range(4)]
        notes = []
        for place in range(w.random.randrange(3)):
            count += 1
            text[place] += str(count)
            notes.append(f"{count} Harbour Review {w.random.randint(1, 90)}, no. {place + 1}.")
        pages.append("\n\n".join([*(w.lines(paragraph) for paragraph in text), *notes]))
    return "\f".join(pages)


@shape
def breaks_anywhere(w: Writer) -> str:
    """Pages that end wherever they are full, in the middle of sentences too, with a number or a running head."""
    w.width = 64
    lines = w.opened([""] * 40).split("\n")
    form = w.random.choice(["", "{}", "Harbour Review        {}", "- {} -"])
    head = w.random.random() < 0.5
    length = w.random.choice([12, 30])
    pages = ["\n".join(lines[i : i + length]).strip("\n") for i in range(0, len(lines), length)]
    edges = [form.format(n) for n in range(1, len(pages) + 1)]
    printed = [f"{edge}\n\n{page}" if head else f"{page}\n\n{edge}" for page, edge in zip(pages, edges, strict=True)]
    return "\f".join(printed if form else pages)
