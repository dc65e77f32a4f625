"""Plain texts of odd but legitimate shapes, in which no sentence may be lost: python benchmarks/odd_texts.py

Litanies, resolutions, transcripts, lists, verse, numbered paragraphs, refrains at the ends of pages, and pages of a
few lines are made from a seed. The sentences of each are known. A row for each shape:

    texts          number of texts made
    lost           words that are in no section, note or list of what was left out, per 1,000
    in body        share of the sentences that are whole within the paragraphs of the body
    elsewhere      where the others are, with their share

    python benchmarks/odd_texts.py --seeds 40 --shape verse --show    prints the sentences outside the body
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import fill

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow"))

from framescope.extract.content import Content  # noqa: E402
from framescope.extract.doubts import doubts  # noqa: E402
from framescope.extract.pages.lines import letters  # noqa: E402
from framescope.extract.pages.text.read import read_plain  # noqa: E402
from framescope.extract.parse import tidied  # noqa: E402
from framescope.words import count_words  # noqa: E402

WHO = (
    "the ministry", "our delegation", "the harbour council", "the assembly", "every member state", "the commission",
    "the people of the coast", "a joint committee", "the river authority", "the trade union",
)  # fmt: skip
DOES = (
    "has accepted", "will review", "cannot ignore", "did support", "must defend", "has always respected",
    "should publish", "will pay for", "once opposed", "has now repaired",
)  # fmt: skip
WHAT = (
    "the treaty on fisheries", "the northern bridges", "a fair tariff", "its debts to the villages",
    "the new grain stores", "the rights of seafarers", "an open register of ships", "the school fund",
    "the price of bread", "the border posts",
)  # fmt: skip
WHEN = (
    "before the winter", "without delay", "after long talks", "in every province", "for the sake of peace",
    "as it promised", "although money is short", "with the help of its neighbours", "under the law of the sea",
    "until the next session",
)  # fmt: skip


@dataclass
class Odd:
    """A text, and the sentences that its body should contain."""

    text: str
    sentences: list[str] = field(default_factory=list)


class Writer:
    """Sentences and paragraphs from a seed; `said` keeps every sentence that was written."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        # Characters to a line; with 0 each paragraph is one line.
        self.width = self.random.choice([0, 64, 78])
        self.said: list[str] = []

    def clause(self) -> str:
        """A clause in small letters, without a full stop."""
        times = self.random.randrange(3)
        parts = [self.random.choice(words) for words in (WHO, DOES, WHAT)]
        return " ".join([*parts, *(self.random.choice(WHEN) for _ in range(times))])

    def sentence(self, opening: str = "", end: str = ".") -> str:
        """A sentence; `opening` comes before its first clause."""
        text = f"{opening} {self.clause()}".strip()
        if self.random.random() < 0.3:
            text += f", and {self.clause()}"
        text = text[0].upper() + text[1:] + end
        self.said.append(text)
        return text

    def paragraph(self, opening: str = "", fewest: int = 1, most: int = 5) -> str:
        """Sentences in one line; `opening` comes before the first."""
        number = self.random.randint(fewest, most)
        return " ".join([self.sentence(opening), *(self.sentence() for _ in range(number - 1))])

    def lines(self, paragraph: str, first: str = "", later: str = "") -> str:
        """A paragraph as it is printed; `first` and `later` are the indents of its lines."""
        if not self.width:
            return first + paragraph
        return fill(paragraph, self.width, initial_indent=first, subsequent_indent=later)

    def stretched(self, line: str) -> str:
        """A line made as long as this writer's lines are, with blanks between its words."""
        words = line.split(" ")
        for _ in range(self.width - len(line) if len(words) > 1 else 0):
            words[self.random.randrange(len(words) - 1)] += " "
        return " ".join(words)

    def opened(self, openings: Sequence[str], most: int = 5) -> str:
        """A paragraph for each opening, with blank lines between them."""
        return "\n\n".join(self.lines(self.paragraph(opening, most=most)) for opening in openings)


def litany(w: Writer) -> str:
    opening = w.random.choice(
        ["In year {}", "Executive Order {}", "Day {}:", "Resolution {} says that", "By 20{:02d}", "{} years ago"]
    )
    step = w.random.choice([1, 1, 2, 5])
    return w.opened([opening.format(n) for n in range(1, 14 * step, step)], most=w.random.choice([1, 4]))


def refrain(w: Writer) -> str:
    """Every paragraph begins or ends with the same sentence."""
    repeated = w.sentence()
    paragraphs = []
    for _ in range(12):
        text = w.paragraph()
        w.said.append(repeated)
        paragraphs.append(w.lines(w.random.choice([f"{repeated} {text}", f"{text} {repeated}"])))
    w.said.remove(repeated)
    return "\n\n".join(paragraphs)


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


def resolution(w: Writer) -> str:
    recalled = ["Recalling that", "Recalling also that", "Noting that", "Deeply concerned that", "Reaffirming that"]
    text = [w.lines(w.sentence(opening, ",")) for opening in recalled * 2]
    for number in range(1, 16):
        opening = w.random.choice(["Decides that", "Requests that", "Calls upon all, since", "Takes note that"])
        text.append(w.lines(f"{number}. {w.sentence(opening, ';')}"))
    return "The General Assembly,\n\n" + "\n\n".join(text)


def questions(w: Writer) -> str:
    """Questions and answers with their letters."""
    text = []
    label, reply = w.random.choice([("Q. ", "A. "), ("Q: ", "A: "), ("QUESTION: ", "THE MINISTER: "), ("Q  ", "A  ")])
    for _ in range(12):
        text += [w.lines(label + w.sentence(end="?")), w.lines(reply + w.paragraph())]
    return "\n\n".join(text)


def speakers_apart(w: Writer) -> str:
    """A transcript in which each speaker's name has a line of its own."""
    names = w.random.choice([["Mr. Okafor", "Ms. Lindqvist", "The Chair"], ["SENATOR REYES", "MINISTER HOLM"]])
    gap = w.random.choice(["\n", "\n\n"])
    return "\n\n".join(f"{w.random.choice(names)}:{gap}{w.lines(w.paragraph())}" for _ in range(16))


def bullets(w: Writer) -> str:
    sign = w.random.choice(["*", "-", "•", "–", "o", "+", "†", "§"])
    gap = w.random.choice(["\n", "\n\n"])
    lists = []
    for _ in range(4):
        items = [w.lines(f"{sign} {w.sentence()}", later="  ") for _ in range(5)]
        lists.append(f"{w.lines(w.paragraph())}\n\n{gap.join(items)}")
    return "\n\n".join(lists)


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


def numbered_paragraphs(w: Writer) -> str:
    form = w.random.choice(["{}. ", "{} ", "{}) ", "{}.  ", "1.{} ", "{}\n", "§ {} ", "[{}] "])
    paragraphs = [form.format(n) + w.lines(w.paragraph()) for n in range(1, 41)]
    end = w.random.choice(["\n\n", "\n", "\n\n\f"])
    per_page = w.random.choice([3, 7])
    pages = ["\n\n".join(paragraphs[i : i + per_page]) for i in range(0, 40, per_page)]
    return end.join(pages)


def numbers_that_begin_lines(w: Writer) -> str:
    """Sentences about numbers, which so come to stand at the beginning and the end of lines."""
    text = []
    for _ in range(14):
        number = w.random.randint(1, 60)
        text.append(w.lines(w.paragraph(w.random.choice([f"{number} ships came, and", f"In chapter {number}"]))))
        text.append(w.lines(w.sentence(end=f" in paragraph {number}.")))
    return "\n\n".join(text)


def years_that_begin_paragraphs(w: Writer) -> str:
    form = w.random.choice(["{} was the year when", "{}:", "{} –", "12 May {}:", "In {},"])
    return w.opened([form.format(year) for year in range(1991, 2011)], most=2)


def short_pages(w: Writer) -> str:
    """A few lines to a page, as speeches are printed for reading aloud."""
    return "\f".join(w.opened([""] * w.random.randint(1, 3), most=2) + "\n" for _ in range(14))


def a_sentence_to_a_page(w: Writer) -> str:
    """Pages that begin alike and count up."""
    opening, closing = w.random.choice(["In year {}", "On day {},", "Slide {} says that"]), w.clause()
    pages = [f"{opening.format(n)} {closing}." for n in range(1, 12)]
    w.said += pages
    more = w.random.random() < 0.5
    return "\n\f".join(f"{page}\n\n{w.lines(w.paragraph(most=2))}" if more else page for page in pages)


def short_numbered_pages(w: Writer) -> str:
    """Short pages with a number at the foot or the head of each."""
    form = w.random.choice(["{}", "- {} -", "Page {}", "Page {} of 14"])
    text = [w.opened([""] * 2, most=3) for _ in range(14)]
    head = w.random.random() < 0.5
    pages = [f"{form.format(n)}\n\n{t}" if head else f"{t}\n\n{form.format(n)}" for n, t in enumerate(text, 1)]
    return w.random.choice(["\f", "\n\n"]).join(pages)


def numbered_heads(w: Writer) -> str:
    """An article to a page: each begins with a heading whose number is that of the page."""
    word = w.random.choice(["Article", "Section", "Rule", "Principle"])
    return "\f".join(f"{word} {n}\n\n{w.opened([''] * 4)}\n" for n in range(1, 10))


def verse(w: Writer) -> str:
    """Stanzas of short lines that end no sentence, with a refrain."""
    burden = w.sentence(end="")
    w.said.clear()
    stop = w.random.choice(["", ",", ";"])
    stanzas = []
    for _ in range(8):
        lines = [w.sentence(end=stop) for _ in range(4)]
        w.said.append(burden)
        stanzas.append("\n".join([*lines, burden]))
    return "\n\n".join(stanzas)


def fragments(w: Writer) -> str:
    """Slogans: every paragraph is a few words without a full stop."""
    text = [w.lines(w.paragraph()) for _ in range(3)]
    slogans = [w.sentence(end="") for _ in range(12)]
    return "\n\n".join([text[0], *slogans[:6], text[1], *slogans[6:], text[2]])


def no_capitals(w: Writer) -> str:
    text = w.opened([""] * 14)
    w.said = [sentence.lower() for sentence in w.said]
    return text.lower()


def all_capitals(w: Writer) -> str:
    text = w.opened([""] * 14)
    w.said = [sentence.upper() for sentence in w.said]
    return text.upper()


def no_stops(w: Writer) -> str:
    """Paragraphs without full stops, as automatic transcripts have them."""
    paragraphs = [w.lines(" ".join(w.sentence(end="") for _ in range(4))) for _ in range(12)]
    return "\n\n".join(paragraphs)


def indented(w: Writer) -> str:
    """Paragraphs without blank lines, the first line of each set in."""
    return "\n".join(w.lines(w.paragraph(), first="    ") for _ in range(20))


def hanging(w: Writer) -> str:
    return "\n\n".join(w.lines(w.paragraph(), later="      ") for _ in range(16))


def unparted(w: Writer) -> str:
    """Paragraphs that nothing but the short last line parts."""
    return "\n".join(w.lines(w.paragraph()) for _ in range(20))


def double_spaced(w: Writer) -> str:
    return w.opened([""] * 14).replace("\n", "\n\n")


def justified(w: Writer) -> str:
    """Lines that blanks between the words make equally long, but for the last of a paragraph."""
    w.width = w.random.choice([48, 64, 78])
    paragraphs = [w.opened([""]).split("\n") for _ in range(14)]
    return "\n\n".join("\n".join([*(w.stretched(line) for line in lines[:-1]), lines[-1]]) for lines in paragraphs)


def loosely_spaced(w: Writer) -> str:
    """Lines with two or three blanks between some of the words, as programs that recognise text in pictures write."""
    lines = []
    for line in w.opened([""] * 14).split("\n"):
        gaps = [w.random.choice([" ", " ", " ", "  ", "   "]) for _ in line.split(" ")]
        lines.append("".join(word + gap for word, gap in zip(line.split(" "), gaps, strict=True)).rstrip())
    return "\n".join(lines)


def tabs(w: Writer) -> str:
    """Paragraphs that a tab sets in, or a tab after their label."""
    return "\n\n".join(w.random.choice(["\t", "\t\t", "(a)\t", "1.\t"]) + w.lines(w.paragraph()) for _ in range(14))


def dialogue(w: Writer) -> str:
    dash = w.random.choice(["- ", "— ", "“", "> "])
    return "\n".join(w.lines(dash + w.paragraph(most=2)) for _ in range(20))


def stamped(w: Writer) -> str:
    """A transcript with a time before each paragraph."""
    form = w.random.choice(["[00:{:02d}:10] ", "{:02d}:30 ", "00:{:02d}:05\n", "({}) "])
    return "\n\n".join(form.format(n) + w.lines(w.paragraph()) for n in range(1, 21))


def glossary(w: Writer) -> str:
    """Terms with their explanations."""
    form = w.random.choice(["{}: ", "{} – ", "{}\n    ", "{}\n"])
    terms = ["Tariff", "Port Dues", "Free Zone", "Cargo", "Pilotage", "Quay", "Ballast", "Manifest", "Demurrage"]
    return "\n\n".join(form.format(term) + w.lines(w.paragraph(most=2)) for term in terms)


def named_parts(w: Writer) -> str:
    """Sections whose titles are also those of notes or references, and that are running text."""
    titles = [
        "Background",
        w.random.choice(["Sources", "Notes", "References", "Contents"]),
        "The Harbour",
        "Conclusion",
    ]
    if w.random.random() < 0.5:
        titles = [title.upper() for title in titles]
    return "\n\n".join(f"{title}\n\n{w.opened([''] * 4)}" for title in titles)


def repeated_titles(w: Writer) -> str:
    """Points that are first announced as sentences without full stops and then are the headings of sections."""
    points = ["Open the Harbour to All", "Pay the Pilots Fairly", "Mend the Northern Bridges", "Publish the Register"]
    announced = [w.lines(w.paragraph()), *points]
    return "\n\n".join([*announced, *(part for point in points for part in (point, w.opened([""] * 3)))])


def letter(w: Writer) -> str:
    opening = "12 Harbour Street\nPort Town\n4 May 2011\n\nDear Minister,\n\n"
    return f"{opening}{w.opened([''] * 8)}\n\nYours faithfully,\n\nA. Okafor\nSecretary"


def verses_with_numbers(w: Writer) -> str:
    return "\n".join(f"{1 + n // 10}:{1 + n % 10} {w.sentence()}" for n in range(30))


def short_paragraphs(w: Writer) -> str:
    """Paragraphs of one short sentence, of which several are the same."""
    short = ["We waited.", "No ship came.", "Nobody answered.", "That was all.", "So we wrote again."]
    text = []
    for _ in range(20):
        w.said.append(w.random.choice(short))
        text += [w.said[-1], w.lines(w.paragraph(most=2))]
    return "\n\n".join(text)


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


def signs(w: Writer) -> str:
    """Paragraphs that begin with a sign, and sentences that end with one."""
    sign = w.random.choice(["*", "†", "**", "***", "‡"])
    return "\n\n".join(w.lines(f"{sign} {w.paragraph()}" if n % 3 else f"{w.paragraph()}{sign}") for n in range(18))


def separated(w: Writer) -> str:
    """Parts that a row of signs separates."""
    row = w.random.choice(["* * *", "-" * 40, "_" * 30, "=" * 60, "***", "~~~~~~~~"])
    return f"\n\n{row}\n\n".join(w.opened([""] * 2) for _ in range(7))


def quoted_mail(w: Writer) -> str:
    mark = w.random.choice(["> ", "| ", ">> "])
    return "\n\n".join("\n".join(mark + line for line in w.opened([""]).split("\n")) for _ in range(12))


def titled(w: Writer) -> str:
    """A speech with a title, a date, and first paragraphs of a few words."""
    short = [
        "My fellow citizens:",
        "Thank you.",
        "Mr. President, thank you.",
        "Good evening, and thank you for coming.",
    ]
    w.said += short[1:]
    place = w.random.choice(["4 May 2011", "Port Town, May 4, 2011", "Delivered at Port Town"])
    return "\n\n".join(["Address on the Harbour", place, *short, w.opened([""] * 10)])


def numbered_titles(w: Writer) -> str:
    """Numbered headings a page of lines apart, in a text without pages."""
    word = w.random.choice(["Chapter", "Section", "Article", "Part", "Principle", "Goal"])
    parts = [f"{word} {n}\n\n{w.opened([''] * 9, most=8)}" for n in range(1, 8)]
    return "\n\n".join(parts)


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


def tables_and_figures_spoken_of(w: Writer) -> str:
    """Paragraphs that begin with the name of a table or figure."""
    form = w.random.choice(["Table {} shows that", "Figure {} says, as", "Map {}, which", "Box {} explains that"])
    return w.opened([form.format(n % 5 + 1) for n in range(12)])


def minutes(w: Writer) -> str:
    """Agenda items with their numbers, and who was there."""
    present = "Present: A. Okafor, B. Lindqvist, C. Reyes"
    items = [f"Item {n}. The Harbour Fund\n\n{w.opened([''] * 3)}" for n in range(1, 7)]
    return "\n\n".join(["Minutes of the Harbour Council", present, *items])


def other_line_ends(w: Writer) -> str:
    end = w.random.choice(["\r\n", "\r", "\u2028", "\x85"])
    return w.opened([""] * 12).replace("\n", end)


def spelt(w: Writer, alphabet: str) -> str:
    """Paragraphs in the letters of another alphabet."""
    small = {letter: alphabet[place % len(alphabet)] for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
    table = str.maketrans(small | {letter.upper(): sign.upper() for letter, sign in small.items()})
    text = w.opened([""] * 12).translate(table)
    w.said = [sentence.translate(table) for sentence in w.said]
    return text


def greek(w: Writer) -> str:
    return spelt(w, "αβγδεζηθικλμνξοπρστυφχψω")


def cyrillic(w: Writer) -> str:
    return spelt(w, "абвгдежзиклмнопрстуфхцчшщыэюя")


def arabic(w: Writer) -> str:
    return spelt(w, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")


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


SHAPES: dict[str, Callable[[Writer], str]] = {
    shape.__name__.replace("_", " "): shape
    for shape in (
        litany, refrain, refrain_at_page_ends, resolution, questions, speakers_apart, bullets, labels,
        numbered_paragraphs, numbers_that_begin_lines, years_that_begin_paragraphs, short_pages,
        a_sentence_to_a_page, short_numbered_pages,
        numbered_heads, verse, fragments, no_capitals, all_capitals, no_stops, indented, hanging, unparted,
        double_spaced, justified, loosely_spaced, tabs, dialogue, stamped, glossary, named_parts, repeated_titles,
        letter, verses_with_numbers, short_paragraphs, noted, signs, separated, quoted_mail,
        titled, numbered_titles, breaks_anywhere, referred_to, tables_and_figures_spoken_of, minutes, other_line_ends,
        greek, cyrillic, arabic, chinese,
    )
}  # fmt: skip


def mixed(w: Writer) -> str:
    """Parts of three shapes, each under a heading."""
    titles = w.random.sample(["The Harbour", "Fisheries and Trade", "Questions of Law", "The Northern Provinces"], 3)
    parts = [_part(w) for _ in titles]
    return "\n\n".join(f"{title}\n\n{part}" for title, part in zip(titles, parts, strict=True))


def in_pages(w: Writer) -> str:
    """A text of any shape that has no pages, with a form feed at some of the blank lines."""
    text = _part(w)
    if "\f" in text:
        return text
    blocks = text.split("\n\n")
    length = w.random.randint(3, 9)
    return "\n\f".join("\n\n".join(blocks[i : i + length]) for i in range(0, len(blocks), length))


def _part(w: Writer) -> str:
    """A text of any shape, whose sentences the writer has said."""
    other = Writer(w.random.randrange(10**6))
    text = SHAPES[w.random.choice(sorted(SHAPES))](other)
    w.said += other.said
    return text


COMBINED = {"mixed": mixed, "in pages": in_pages}


def made(shape: str, seed: int) -> Odd:
    """The text of a shape that a seed gives."""
    writer = Writer(seed)
    text = (SHAPES | COMBINED)[shape](writer)
    return Odd(text + "\n", writer.said)


def pieces(content: Content) -> dict[str, list[str]]:
    """The texts of a reading by the kind that they were taken for."""
    found: dict[str, list[str]] = {
        "body": [" ".join(p.text for section in content.sections for p in section.paragraphs)],
        "heading": [content.title or "", *(section.title or "" for section in content.sections)],
        "note": [f"{note.number} {note.text}" for note in content.notes],
    }
    for item in content.left_out:
        found.setdefault(item.kind, []).append(item.text)
    return found


def lost_words(text: str, content: Content) -> Counter[str]:
    """The words of a text that no part of its reading contains."""
    read = Counter(words(" ".join(piece for kind in pieces(content).values() for piece in kind)))
    return Counter(words(text)) - read


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def places(odd: Odd, content: Content) -> list[str]:
    """Where each sentence is: body, heading, note, a kind left out, or "cut" where no one piece contains it whole."""
    found = {kind: " ".join(letters(text) for text in texts) for kind, texts in pieces(content).items()}
    unused = {kind: Counter({s: text.count(s) for s in map(letters, odd.sentences)}) for kind, text in found.items()}
    result = []
    for sentence in map(letters, odd.sentences):
        place = next((kind for kind, counts in unused.items() if counts[sentence]), "cut")
        if place != "cut":
            unused[place][sentence] -= 1
        result.append(place)
    return result


def reading(odd: Odd) -> Content:
    """The content of a text as the reader of plain texts returns it, with its doubts."""
    content = tidied(read_plain(odd.text))
    content.warnings += doubts(content)
    return content


def main() -> None:
    parser = argparse.ArgumentParser(description="Count the sentences lost in plain texts of odd shapes.")
    parser.add_argument("--seeds", type=int, default=20, help="texts of each shape")
    parser.add_argument("--shape", choices=[*SHAPES, *COMBINED], action="append", help="only this shape")
    parser.add_argument("--show", action="store_true", help="print the sentences outside the body")
    options = parser.parse_args()
    print("| shape | texts | lost | in body | elsewhere |\n| --- | --- | --- | --- | --- |")
    for shape in options.shape or [*SHAPES, *COMBINED]:
        lost = total = 0
        where: Counter[str] = Counter()
        for seed in range(options.seeds):
            odd = made(shape, seed)
            content = reading(odd)
            gone = lost_words(odd.text, content)
            lost, total = lost + gone.total(), total + count_words(odd.text)
            found = places(odd, content)
            where.update(found)
            if options.show:
                for sentence, place in zip(odd.sentences, found, strict=True):
                    if place != "body":
                        print(f"{seed} {place}: {sentence[:100]}")
                if gone:
                    print(f"{seed} lost: {dict(gone.most_common(8))}")
        body = where.pop("body", 0)
        every = body + where.total()
        rest = ", ".join(f"{kind} {number / every:.3f}" for kind, number in where.most_common())
        print(f"| {shape} | {options.seeds} | {1000 * lost / total:.1f} | {body / every:.3f} | {rest} |", flush=True)


if __name__ == "__main__":
    main()
