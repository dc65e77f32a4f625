"""Texts whose paragraphs or lines begin with labels, numbers or signs."""

from __future__ import annotations

from benchmarks.odd_texts.writer import Writer, shape


@shape
def resolution(w: Writer) -> str:
    recalled = ["Recalling that", "Recalling also that", "Noting that", "Deeply concerned that", "Reaffirming that"]
    text = [w.lines(w.sentence(opening, ",")) for opening in recalled * 2]
    for number in range(1, 16):
        opening = w.random.choice(["Decides that", "Requests that", "Calls upon all, since", "Takes note that"])
        text.append(w.lines(f"{number}. {w.sentence(opening, ';')}"))
    return "The General Assembly,\n\n" + "\n\n".join(text)


@shape
def bullets(w: Writer) -> str:
    sign = w.random.choice(["*", "-", "•", "–", "o", "+", "†", "§"])
    gap = w.random.choice(["\n", "\n\n"])
    lists = []
    for _ in range(4):
        items = [w.lines(f"{sign} {w.sentence()}", later="  ") for _ in range(5)]
        lists.append(f"{w.lines(w.paragraph())}\n\n{gap.join(items)}")
    return "\n\n".join(lists)


@shape
def labels(w: Writer) -> str:
    """Lists with letters, numerals and numbers."""
    form = w.random.choice(["({})", "{}.", "{})", "[{}]"])
    kinds = [list("abcdefgh"), ["i", "ii", "iii", "iv", "v", "vi"], [str(n) for n in range(1, 9)]]
    gap = w.random.choice(["\n", "\n\n"])
    lists = []
    for values in kinds:
        items = [w.lines(f"{form.format(value)} {w.sentence(end=';')}", later="   ") for value in values]
        lists.append(f"{w.lines(w.paragraph())}\n\n{gap.join(items)}")
    return "\n\n".join(lists)


@shape
def numbered_paragraphs(w: Writer) -> str:
    form = w.random.choice(["{}. ", "{} ", "{}) ", "{}.  ", "1.{} ", "{}\n", "§ {} ", "[{}] "])
    paragraphs = [form.format(n) + w.lines(w.paragraph()) for n in range(1, 41)]
    end = w.random.choice(["\n\n", "\n", "\n\n\f"])
    per_page = w.random.choice([3, 7])
    pages = ["\n\n".join(paragraphs[i : i + per_page]) for i in range(0, 40, per_page)]
    return end.join(pages)


@shape
def numbers_that_begin_lines(w: Writer) -> str:
    """Sentences about numbers, which so come to stand at the beginning and the end of lines."""
    text = []
    for _ in range(14):
        number = w.random.randint(1, 60)
        text.append(w.lines(w.paragraph(w.random.choice([f"{number} ships came, and", f"In chapter {number}"]))))
        text.append(w.lines(w.sentence(end=f" in paragraph {number}.")))
    return "\n\n".join(text)


@shape
def years_that_begin_paragraphs(w: Writer) -> str:
    form = w.random.choice(["{} was the year when", "{}:", "{} –", "12 May {}:", "In {},"])
    return w.opened([form.format(year) for year in range(1991, 2011)], most=2)


@shape
def glossary(w: Writer) -> str:
    """Terms with their explanations."""
    form = w.random.choice(["{}: ", "{} – ", "{}\n    ", "{}\n"])
    terms = ["Tariff", "Port Dues", "Free Zone", "Cargo", "Pilotage", "Quay", "Ballast", "Manifest", "Demurrage"]
    return "\n\n".join(form.format(term) + w.lines(w.paragraph(most=2)) for term in terms)


@shape
def verses_with_numbers(w: Writer) -> str:
    return "\n".join(f"{1 + n // 10}:{1 + n % 10} {w.sentence()}" for n in range(30))


@shape
def signs(w: Writer) -> str:
    """Paragraphs that begin with a sign, and sentences that end with one."""
    sign = w.random.choice(["*", "†", "**", "***", "‡"])
    return "\n\n".join(w.lines(f"{sign} {w.paragraph()}" if n % 3 else f"{w.paragraph()}{sign}") for n in range(18))


@shape
def referred_to(w: Writer) -> str:
    """Numbered paragraphs, some with numbers after a stop, as in "No. 7 of"."""
    text = []
    for n in range(1, 31):
        opening = w.random.choice(
            ["Under No. {} of the plan", "As Art. {} says", "In CO{},", "The G20 and No. {}:", ""]
        )
        text.append(f"{n}. {w.lines(w.paragraph(opening.format(w.random.randint(1, 30)), most=3))}")
    pages = ["\n\n".join(text[i : i + 5]) for i in range(0, 30, 5)]
    return w.random.choice(["\n\n", "\f"]).join(pages)


@shape
def tables_and_figures_spoken_of(w: Writer) -> str:
    """Paragraphs that begin with the name of a table or figure."""
    form = w.random.choice(["Table {} shows that", "Figure {} says, as", "Map {}, which", "Box {} explains that"])
    return w.opened([form.format(n % 5 + 1) for n in range(12)])


@shape
def numbered_titles(w: Writer) -> str:
    """Numbered headings a page of lines apart, in a text without pages."""
    word = w.random.choice(["Chapter", "Section", "Article", "Part", "Principle", "Goal"])
    parts = [f"{word} {n}\n\n{w.opened([''] * 9, most=8)}" for n in range(1, 8)]
    return "\n\n".join(parts)
