"""Build the extraction corpus: finished documents by many producers, and the gold of each.

    python tests/corpus/build.py [NAME ...]

makes the named documents, or all. README.md says which programs it needs. The texts are the sample study's sources.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
STUDY = HERE.parent.parent / "docs" / "sample-study"
sys.path[:0] = [str(HERE), str(STUDY)]

import dump  # noqa: E402
import produce  # noqa: E402
from gold import Text, book, gold, long_notes, parse, with_references, without_tables  # noqa: E402

DOCUMENTS, GOLD = HERE / "documents", HERE / "gold"
SERIES = {
    "security-brief": "Security Brief 7",
    "trade-report": "Trade Report 2023/1",
    "academic-article": "Quarterly of Asian Statecraft",
    "op-ed": "Opinion",
    "speech": "Address",
}
HEADS = r"\fancyhead[LE]{\small\thepage\quad HEAD}\fancyhead[RO]{\small HEAD\quad\thepage}"
FEET = r"\fancyhead[C]{\small\itshape HEAD}\fancyfoot[C]{\thepage}"
LOG = r"\let\plainnote\footnote\renewcommand{\footnote}[1]{\plainnote{#1}\typeout{NOTE:\thefootnote}}"
SMALL_PAGE = "paperwidth=170mm,paperheight=240mm,margin=22mm"
JOURNAL, DOUBLE, FORM, OTHER = "journal or office PDF", "book or two columns", "dump of the form", "other dump"
MARKUP, OFFICE, NEWS = "markup", "rtf or doc", "news page"


def as_it_is(text: Text) -> Text:
    """The text itself."""
    return text


@dataclass(frozen=True)
class Recipe:
    """A document: its kind, what makes it, and how its gold differs from the text's."""

    file: str
    kind: str
    text: str
    producer: str
    make: Callable[[Text, Path], list[str]]
    furniture: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_titles: tuple[str, ...] = ()
    restart: bool = False
    change: Callable[[Text], Text] = as_it_is


def bind(
    function: Callable[..., list[str]], *arguments: object, **settings: object
) -> Callable[[Text, Path], list[str]]:
    """A producer with its settings."""
    return lambda text, target: function(text, target, *arguments, **settings)


def form_dump(text: Text, target: Path, maker: Callable[[Text, Path], list[str]]) -> list[str]:
    """The dump in the form of `dump.py` of a PDF that exists only for it."""
    with tempfile.TemporaryDirectory() as name:
        numbers = maker(text, Path(name) / "text.pdf")
        target.write_text(dump.dump(Path(name) / "text.pdf"), encoding="utf-8")
    return numbers


def plain_article(text: Text, target: Path) -> list[str]:
    """A PDF without running heads or page numbers, headings in the type of the text."""
    page = produce.pandoc(text, "latex", f"--template={STUDY / 'templates' / 'article.tex'}")
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "text.tex").write_text(page, encoding="utf-8")
        for _ in range(2):
            produce.run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "text.tex", folder=Path(name))
        shutil.copyfile(Path(name) / "text.pdf", target)
    return []


def dump_of(_: Text, target: Path, pdf: str, tool: str) -> list[str]:
    """The text of one of the corpus's PDFs by a common tool."""
    source = DOCUMENTS / pdf
    if tool == "pdftotext":
        text = produce.run("pdftotext", source, "-").decode()
    elif tool == "pdftotext -layout":
        text = produce.run("pdftotext", "-layout", source, "-").decode()
    elif tool == "pdfminer":
        from pdfminer.high_level import extract_text

        text = extract_text(source)
    else:
        from pypdf import PdfReader

        text = "\n".join(page.extract_text() for page in PdfReader(source).pages)
    target.write_text(text, encoding="utf-8")
    return []


def pdfs() -> list[Recipe]:
    """The PDFs of journals, offices, books and two-column papers."""
    latex, xelatex = produce.latex, functools.partial(produce.latex, engine="xelatex")
    brief, trade, article = SERIES["security-brief"], SERIES["trade-report"], SERIES["academic-article"]
    lm = r"\usepackage{lmodern}"
    palatino = r"\usepackage{mathpazo}"
    serif = r"\setmainfont{DejaVu Serif}[Scale=0.9]"
    latin = r"\setmainfont{Latin Modern Roman}"
    endnotes = r"\usepackage{endnotes}\let\footnote=\endnote"
    draft = r"\usepackage{lineno,draftwatermark}\SetWatermarkText{DRAFT}\SetWatermarkLightness{0.9}\linenumbers"
    long = r"\interfootnotelinepenalty=0\renewcommand{\footnotesize}{\small}"
    centred = (
        r"\usepackage{titlesec}\titleformat*{\section}{\centering\scshape\large}"
        r"\titleformat*{\subsection}{\normalsize\itshape}"
    )
    times, charter = r"\usepackage{mathptmx}", r"\usepackage{charter}"
    sans = r"\usepackage[scaled]{helvet}\renewcommand{\familydefault}{\sfdefault}"
    manuscript = (
        r"\usepackage{setspace}\doublespacing\fancyhead[L]{RELUCTANT NEIGHBOURS}\fancyhead[R]{\thepage}"
        r"\usepackage{titlesec}\titleformat*{\section}{\centering\bfseries\normalsize}"
        r"\titleformat*{\subsection}{\bfseries\itshape\normalsize}"
    )
    review = (
        r"\usepackage{titlesec}\titleformat{\section}{\centering\scshape}{\thesection.}{.5em}{}"
        r"\titleformat{\subsection}{\itshape}{\Alph{subsection}.}{.5em}{}"
        r"\fancyhead[LE,RO]{\thepage}\fancyhead[CE]{\scshape Quarterly of Asian Statecraft}"
        r"\fancyhead[CO]{\scshape Reluctant Neighbours}\fancyhead[RE]{[Vol. 12:1}\fancyhead[LO]{2021]}"
    )
    coloured = (
        r"\usepackage{xcolor,titlesec,parskip}\renewcommand{\thesection}{\Roman{section}}"
        r"\titleformat*{\section}{\color{blue}\Large}\titleformat*{\subsection}{\color{blue}\large}"
        r"\makeatletter\@addtoreset{footnote}{section}\makeatother"
        r"\fancyfoot[R]{Page \thepage\ of 9}\fancyfoot[L]{Ministry of Commerce and Transit}"
    )
    dashed = r"\linespread{1.3}\fancyfoot[C]{-- \thepage\ --}\fancyhead[R]{\itshape\small Trade Report 2023/1}"
    per_page = r"\usepackage[perpage,bottom]{footmisc}" + LOG
    figure = "Figure 1. Rail and road routes from Karachi to Central Asia, drawn for this report."
    heads = lambda name, style=HEADS: style.replace("HEAD", name)  # noqa: E731
    columns = "10pt,twoside,twocolumn"
    return [
        Recipe(
            "pdflatex-journal.pdf",
            JOURNAL,
            "academic-article",
            "pdfLaTeX",
            bind(latex, fonts=palatino, preamble=heads(article), geometry=SMALL_PAGE),
            (article,),
        ),
        Recipe(
            "pdflatex-numbered.pdf",
            JOURNAL,
            "trade-report",
            "pdfLaTeX",
            bind(
                latex,
                fonts=lm,
                preamble=heads(trade, FEET) + per_page + r"\usepackage{parskip}",
                depth="2",
                options="11pt",
                figure=figure,
            ),
            (trade,),
            (figure,),
        ),
        Recipe(
            "pdflatex-endnotes.pdf",
            JOURNAL,
            "academic-article",
            "pdfLaTeX",
            bind(latex, fonts=lm, preamble=endnotes + heads(article), after=r"\theendnotes"),
            (article,),
            (),
            ("Notes",),
        ),
        Recipe(
            "pdflatex-draft.pdf",
            JOURNAL,
            "op-ed",
            "pdfLaTeX",
            bind(latex, fonts=palatino, preamble=draft + heads("Opinion", FEET), options="12pt"),
            ("Opinion", "DRAFT"),
        ),
        Recipe(
            "pdflatex-long-notes.pdf",
            JOURNAL,
            "academic-article",
            "pdfLaTeX",
            bind(
                latex,
                fonts=palatino,
                preamble=heads(article) + long,
                geometry="paperwidth=150mm,paperheight=215mm,margin=20mm",
            ),
            (article,),
            change=long_notes,
        ),
        Recipe(
            "pdflatex-references.pdf",
            JOURNAL,
            "academic-article",
            "pdfLaTeX",
            bind(
                latex,
                fonts=palatino,
                preamble=heads(article, FEET) + centred,
                options="12pt,letterpaper",
                geometry="margin=1in",
            ),
            (article,),
            change=with_references,
        ),
        Recipe(
            "chromium-report.pdf",
            JOURNAL,
            "trade-report",
            "Chromium",
            bind(produce.chromium, running="Corridors and Cargoes", font="Latin Modern Roman"),
            (trade, "Corridors and Cargoes"),
        ),
        Recipe(
            "pdflatex-manuscript.pdf",
            JOURNAL,
            "academic-article",
            "pdfLaTeX",
            bind(latex, fonts=times, preamble=manuscript, options="12pt,letterpaper", geometry="margin=1in"),
            ("RELUCTANT NEIGHBOURS",),
        ),
        Recipe(
            "pdflatex-review.pdf",
            JOURNAL,
            "academic-article",
            "pdfLaTeX",
            bind(
                latex,
                fonts=charter,
                preamble=review,
                depth="2",
                options="10pt,twoside",
                geometry="paperwidth=6.75in,paperheight=10in,margin=1.2in",
            ),
            (article, "Reluctant Neighbours", "2021] [Vol. 12:1"),
        ),
        Recipe(
            "pdflatex-sans.pdf",
            JOURNAL,
            "trade-report",
            "pdfLaTeX",
            bind(
                latex, fonts=sans, preamble=coloured, depth="1", options="10pt", geometry="a4paper,left=40mm,right=25mm"
            ),
            ("Ministry of Commerce and Transit", "Page of 9"),
            restart=True,
        ),
        Recipe(
            "xelatex-report.pdf",
            JOURNAL,
            "trade-report",
            "XeLaTeX",
            bind(xelatex, fonts=r"\setmainfont{Bitstream Charter}", preamble=dashed, options="11pt"),
            (trade,),
        ),
        Recipe("libreoffice-brief.pdf", JOURNAL, "security-brief", "LibreOffice", bind(produce.office)),
        Recipe(
            "chromium-article.pdf",
            JOURNAL,
            "academic-article",
            "Chromium",
            bind(produce.chromium, running="Essay"),
            (article, "Essay"),
        ),
        Recipe("typst-report.pdf", JOURNAL, "trade-report", "Typst", bind(produce.typst), (trade,)),
        Recipe(
            "groff-brief.pdf", JOURNAL, "security-brief", "groff", bind(produce.groff), ("Potohar Institute", "Address")
        ),
        Recipe(
            "xelatex-brief.pdf",
            JOURNAL,
            "security-brief",
            "XeLaTeX",
            bind(xelatex, fonts=serif, preamble=heads(brief), hyperref=",bookmarks=false"),
            (brief,),
        ),
        Recipe(
            "libreoffice-report.pdf",
            JOURNAL,
            "trade-report",
            "LibreOffice",
            bind(produce.office, header=trade, footer="Ministry of Commerce and Transit"),
            (trade, "Ministry of Commerce and Transit"),
        ),
        Recipe(
            "libreoffice-article.pdf",
            JOURNAL,
            "academic-article",
            "LibreOffice",
            bind(produce.office, header=article, footer="Page"),
            (article, "Page"),
        ),
        Recipe(
            "chromium-op-ed.pdf",
            JOURNAL,
            "op-ed",
            "Chromium",
            bind(produce.chromium, running="The Frontier Courier"),
            ("Opinion", "The Frontier Courier"),
        ),
        Recipe(
            "weasyprint-article.pdf",
            JOURNAL,
            "academic-article",
            "WeasyPrint",
            bind(produce.weasyprint, running="Reluctant Neighbours"),
            (article, "Reluctant Neighbours"),
        ),
        Recipe(
            "weasyprint-report.pdf",
            JOURNAL,
            "trade-report",
            "WeasyPrint",
            bind(produce.weasyprint, font="Latin Modern Roman", running="Corridors and Cargoes"),
            (trade, "Corridors and Cargoes"),
        ),
        Recipe("typst-brief.pdf", JOURNAL, "security-brief", "Typst", bind(produce.typst), (brief,)),
        Recipe("groff-speech.pdf", JOURNAL, "speech", "groff", bind(produce.groff), ("Potohar Institute", "Address")),
        Recipe(
            "pdflatex-two-columns.pdf",
            DOUBLE,
            "academic-article",
            "pdfLaTeX",
            bind(latex, fonts=lm, preamble=heads(article), options=columns, geometry="a4paper,margin=20mm"),
            (article,),
        ),
        Recipe(
            "xelatex-two-columns.pdf",
            DOUBLE,
            "security-brief",
            "XeLaTeX",
            bind(
                xelatex,
                fonts=latin,
                preamble=heads(brief, FEET),
                options=columns,
                depth="2",
                geometry="a4paper,margin=18mm",
            ),
            (brief,),
        ),
        Recipe(
            "typst-two-columns.pdf", DOUBLE, "academic-article", "Typst", bind(produce.typst, columns=2), (article,)
        ),
        Recipe(
            "libreoffice-two-columns.pdf",
            DOUBLE,
            "speech",
            "LibreOffice",
            bind(produce.office, header="Address", footer="Potohar Institute", columns=2),
            ("Address", "Potohar Institute"),
        ),
        Recipe(
            "weasyprint-two-columns.pdf",
            DOUBLE,
            "op-ed",
            "WeasyPrint",
            bind(produce.weasyprint, footnotes=False, columns="2", font="Latin Modern Roman", running="Courier"),
            ("Opinion", "Courier"),
        ),
        Recipe(
            "pdflatex-book.pdf",
            DOUBLE,
            "book",
            "pdfLaTeX",
            bind(
                latex,
                **{"class": "book"},
                fonts=lm,
                options="11pt,openany",
                geometry=SMALL_PAGE,
                before=r"\tableofcontents",
                preamble=r"\fancyhead[LE]{\thepage\quad\leftmark}\fancyhead[RO]{\rightmark\quad\thepage}",
            ),
            ("CHAPTER 1. 2. 3.",),
            (),
            ("Contents",),
            restart=True,
        ),
    ]


def dumps() -> list[Recipe]:
    """Text dumps of PDFs."""
    recipes = [
        Recipe(f"form-{text}.txt", FORM, text, f"{producer}, dump.py", bind(form_dump, maker=maker), change=change)
        for text, producer, maker, change in [
            ("academic-article", "pdfLaTeX", plain_article, as_it_is),
            ("security-brief", "pdfLaTeX", plain_article, long_notes),
            ("trade-report", "pdfLaTeX", plain_article, without_tables),
            ("speech", "pdfLaTeX", plain_article, as_it_is),
            ("op-ed", "LibreOffice", produce.office, as_it_is),
        ]
    ]
    every_tool = ["pdftotext", "pdftotext -layout", "pdfminer", "pypdf"]
    dumped = {
        "pdflatex-journal": every_tool,
        "libreoffice-report": every_tool,
        "typst-brief": every_tool,
        "pdflatex-manuscript": every_tool,
        "chromium-article": ["pdftotext", "pdfminer"],
        "groff-brief": ["pdftotext", "pdfminer"],
        "pdflatex-two-columns": ["pdftotext", "pypdf"],
    }
    made = {recipe.file: recipe for recipe in pdfs()}
    for name, tools in dumped.items():
        source = made[f"{name}.pdf"]
        for tool in tools:
            recipes.append(
                dataclasses.replace(
                    source,
                    file=f"{tool.split(' -')[-1]}-{name}.txt",
                    kind=OTHER,
                    producer=f"{source.producer}, {tool}",
                    make=bind(dump_of, pdf=source.file, tool=tool),
                )
            )
    return recipes


def marked_up() -> list[Recipe]:
    """Formats that mark headings and notes, office formats, and pages of news sites."""
    made = "pandoc"
    return [
        Recipe("pandoc-article.docx", MARKUP, "academic-article", made, produce.pandoc_file),
        Recipe(
            "libreoffice-report.docx",
            MARKUP,
            "trade-report",
            "LibreOffice",
            bind(produce.office, header="Trade Report", footer="Ministry"),
            ("Trade Report", "Ministry"),
        ),
        Recipe(
            "libreoffice-brief.odt",
            MARKUP,
            "security-brief",
            "LibreOffice",
            bind(produce.office, header="Security Brief", footer="Page"),
            ("Security Brief", "Page"),
        ),
        Recipe("pandoc-op-ed.odt", MARKUP, "op-ed", made, produce.pandoc_file),
        Recipe(
            "pandoc-book.epub",
            MARKUP,
            "book",
            made,
            bind(produce.pandoc_file, "--metadata=identifier=sample"),
            ignore_titles=("Contents", "Notes"),
        ),
        Recipe("pandoc-report.xml", MARKUP, "trade-report", made, bind(produce.pandoc_file, "-t", "jats_archiving")),
        Recipe("pandoc-brief.tei.xml", MARKUP, "security-brief", made, bind(produce.pandoc_file, "-t", "tei")),
        Recipe("pandoc-article.tex", MARKUP, "academic-article", made, produce.pandoc_file),
        Recipe("pandoc-speech.md", MARKUP, "speech", made, produce.pandoc_file),
        Recipe("pandoc-brief.html", MARKUP, "security-brief", made, produce.pandoc_file),
        Recipe(
            "libreoffice-article.rtf",
            OFFICE,
            "academic-article",
            "LibreOffice",
            bind(produce.office, header="Quarterly", footer="Page"),
            ("Quarterly", "Page"),
        ),
        Recipe(
            "libreoffice-speech.doc",
            OFFICE,
            "speech",
            "LibreOffice",
            bind(produce.office, header="Address", footer="Page"),
            ("Address", "Page"),
        ),
        Recipe("news-op-ed.html", NEWS, "op-ed", made, bind(produce.news, STUDY / "templates" / "news.html")),
        Recipe("news-speech.html", NEWS, "speech", made, bind(produce.news, HERE / "templates" / "magazine.html")),
        Recipe(
            "news-brief.html", NEWS, "security-brief", made, bind(produce.news, HERE / "templates" / "magazine.html")
        ),
    ]


def text_of(name: str) -> Text:
    """A text by the name of its source; `book` is three of them, a chapter each."""
    sources = STUDY / "sources"
    if name == "book":
        parts = [parse(sources / f"{part}.md") for part in ("security-brief", "op-ed", "speech")]
        return book(parts, "Neighbours by Way of Others: Three Essays")
    return parse(sources / f"{name}.md")


def build(recipe: Recipe) -> None:
    """Make one document and its gold."""
    text = recipe.change(text_of(recipe.text))
    numbers = recipe.make(text, DOCUMENTS / recipe.file)
    record = gold(
        text, list(recipe.furniture), list(recipe.ignore), list(recipe.ignore_titles), recipe.restart, numbers
    )
    path = GOLD / f"{Path(recipe.file).name}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(names: list[str]) -> None:
    """Build the named documents, or all, and list every one in corpus.csv."""
    recipes = [*pdfs(), *dumps(), *marked_up()]
    for recipe in recipes:
        if not names or recipe.file in names:
            build(recipe)
            print(recipe.file, (DOCUMENTS / recipe.file).stat().st_size)
    with (HERE / "corpus.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["file", "kind", "text", "producer"])
        writer.writerows((recipe.file, recipe.kind, recipe.text, recipe.producer) for recipe in recipes)


if __name__ == "__main__":
    main(sys.argv[1:])
