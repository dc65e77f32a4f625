"""Texts in the words of speakers: litanies, transcripts, letters, verse, slogans, and sections with odd titles."""

from __future__ import annotations

from benchmarks.odd_texts.writer import Writer, shape


@shape
def litany(w: Writer) -> str:
    opening = w.random.choice(
        ["In year {}", "Executive Order {}", "Day {}:", "Resolution {} says that", "By 20{:02d}", "{} years ago"]
    )
    step = w.random.choice([1, 1, 2, 5])
    return w.opened([opening.format(n) for n in range(1, 14 * step, step)], most=w.random.choice([1, 4]))


@shape
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


@shape
def questions(w: Writer) -> str:
    """Questions and answers with their letters."""
    text = []
    label, reply = w.random.choice([("Q. ", "A. "), ("Q: ", "A: "), ("QUESTION: ", "THE MINISTER: "), ("Q  ", "A  ")])
    for _ in range(12):
        text += [w.lines(label + w.sentence(end="?")), w.lines(reply + w.paragraph())]
    return "\n\n".join(text)


@shape
def speakers_apart(w: Writer) -> str:
    """A transcript in which each speaker's name has a line of its own."""
    names = w.random.choice([["Mr. Okafor", "Ms. Lindqvist", "The Chair"], ["SENATOR REYES", "MINISTER HOLM"]])
    gap = w.random.choice(["\n", "\n\n"])
    return "\n\n".join(f"{w.random.choice(names)}:{gap}{w.lines(w.paragraph())}" for _ in range(16))


@shape
def dialogue(w: Writer) -> str:
    dash = w.random.choice(["- ", "— ", "“", "> "])
    return "\n".join(w.lines(dash + w.paragraph(most=2)) for _ in range(20))


@shape
def stamped(w: Writer) -> str:
    """A transcript with a time before each paragraph."""
    form = w.random.choice(["[00:{:02d}:10] ", "{:02d}:30 ", "00:{:02d}:05\n", "({}) "])
    return "\n\n".join(form.format(n) + w.lines(w.paragraph()) for n in range(1, 21))


@shape
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


@shape
def letter(w: Writer) -> str:
    opening = "12 Harbour Street\nPort Town\n4 May 2011\n\nDear Minister,\n\n"
    return f"{opening}{w.opened([''] * 8)}\n\nYours faithfully,\n\nA. Okafor\nSecretary"


@shape
def minutes(w: Writer) -> str:
    """Agenda items with their numbers, and who was there."""
    present = "Present: A. Okafor, B. Lindqvist, C. Reyes"
    items = [f"Item {n}. The Harbour Fund\n\n{w.opened([''] * 3)}" for n in range(1, 7)]
    return "\n\n".join(["Minutes of the Harbour Council", present, *items])


@shape
def quoted_mail(w: Writer) -> str:
    mark = w.random.choice(["> ", "| ", ">> "])
    return "\n\n".join("\n".join(mark + line for line in w.opened([""]).split("\n")) for _ in range(12))


@shape
def short_paragraphs(w: Writer) -> str:
    """Paragraphs of one short sentence, of which several are the same."""
    short = ["We waited.", "No ship came.", "Nobody answered.", "That was all.", "So we wrote again."]
    text = []
    for _ in range(20):
        w.said.append(w.random.choice(short))
        text += [w.said[-1], w.lines(w.paragraph(most=2))]
    return "\n\n".join(text)


@shape
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


@shape
def fragments(w: Writer) -> str:
    """Slogans: every paragraph is a few words without a full stop."""
    text = [w.lines(w.paragraph()) for _ in range(3)]
    slogans = [w.sentence(end="") for _ in range(12)]
    return "\n\n".join([text[0], *slogans[:6], text[1], *slogans[6:], text[2]])


@shape
def repeated_titles(w: Writer) -> str:
    """Points that are first announced as sentences without full stops and then are the headings of sections."""
    points = ["Open the Harbour to All", "Pay the Pilots Fairly", "Mend the Northern Bridges", "Publish the Register"]
    announced = [w.lines(w.paragraph()), *points]
    return "\n\n".join([*announced, *(part for point in points for part in (point, w.opened([""] * 3)))])


@shape
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
