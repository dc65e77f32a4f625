"""The producers: each turns a text, as pandoc's syntax tree, into a finished document."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pypandoc
from gold import Element, Text, meta

TEMPLATES = Path(__file__).resolve().parent / "templates"
FIXED_TIME = {
    **os.environ,
    "SOURCE_DATE_EPOCH": "1672531200",
    "FORCE_SOURCE_DATE": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
}


def run(*command: str | Path, folder: Path | None = None, stdin: bytes | None = None) -> bytes:
    """Run a program at a fixed time; its output."""
    done = subprocess.run(
        [*map(str, command)], cwd=folder, input=stdin, env=FIXED_TIME, check=False, capture_output=True
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}")
    return done.stdout


def pandoc(text: Text, target: str, *options: str | Path) -> str:
    """A text in one of pandoc's formats."""
    command = [pypandoc.get_pandoc_path(), "-f", "json", "-t", target, *options]
    return run(*command, stdin=json.dumps(text).encode()).decode()


def pandoc_file(text: Text, target: Path, to: str = "", reference: Path | None = None) -> list[str]:
    """A text in pandoc's format `to`, else the one that the target's suffix names; `reference` gives its styles."""
    options = [*(["-t", to] if to else []), *([f"--reference-doc={reference}"] if reference else [])]
    if target.suffix == ".epub":
        options.append("--metadata=identifier=sample")  # pandoc draws one by lot where none is given
    run(pypandoc.get_pandoc_path(), "-f", "json", "-s", "-o", target, *options, stdin=json.dumps(text).encode())
    return []


def latex(text: Text, target: Path, engine: str = "pdflatex", figure: str = "", **variables: str) -> list[str]:
    """Typeset with LaTeX; the numbers of the notes as they are printed, where the template logs them."""
    settings = {
        "class": "article",
        "options": "11pt,twoside",
        "geometry": "a4paper,margin=30mm",
        "depth": "0",
        **({"xelatex": "yes"} if engine == "xelatex" else {}),
        **variables,
    }
    division = "chapter" if settings["class"] == "book" else "section"
    options = [f"--variable={key}={value}" for key, value in settings.items()]
    options += [f"--template={TEMPLATES / 'paper.tex'}", f"--top-level-division={division}"]
    source = pandoc(text, "latex", *options)
    if figure:
        start = source.index(
            "\n\n", source.index(r"\section", source.index(r"\section", source.index("\\maketitle")) + 1)
        )
        box = rf"\begin{{figure}}\centering\rule{{70mm}}{{30mm}}\caption{{{figure}}}\end{{figure}}"
        source = source[:start] + "\n\n" + box + source[start:]
    return re.findall(r"^NOTE:(\d+)$", compiled(source, target, engine), re.M)


def compiled(source: str, target: Path, engine: str) -> str:
    """Run LaTeX on a source until its references stand; what the last run printed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "text.tex").write_text(source, encoding="utf-8")
        for _ in range(3):
            out = run(engine, "-interaction=nonstopmode", "-halt-on-error", "text.tex", folder=folder).decode("latin-1")
        shutil.copyfile(folder / "text.pdf", target)
    return out


def odt(text: Text, target: Path, header: str, footer: str, columns: int = 1) -> None:
    """An OpenDocument text with a header, and a footer before the page number."""
    with tempfile.TemporaryDirectory() as name:
        plain_reference, reference = Path(name) / "plain.odt", Path(name) / "reference.odt"
        pandoc_path = pypandoc.get_pandoc_path()
        plain_reference.write_bytes(run(pandoc_path, "--print-default-data-file", "reference.odt"))
        with zipfile.ZipFile(plain_reference) as old, zipfile.ZipFile(reference, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.infolist():
                content = old.read(item)
                if item.filename == "styles.xml":
                    content = with_header(content.decode(), header, footer, columns).encode()
                new.writestr(item, content)
        pandoc_file(text, target, reference=reference)


def with_header(styles: str, header: str, footer: str, columns: int) -> str:
    """OpenDocument styles whose pages carry a header, a footer with the page number and columns, or neither."""
    number = '<text:page-number text:select-page="current">1</text:page-number>'
    marks = (
        f'<style:header><text:p text:style-name="Header">{header}</text:p></style:header>'
        f'<style:footer><text:p text:style-name="Footer">{footer} {number}</text:p></style:footer>'
    )
    layout = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.3in"/>' if columns > 1 else ""
    styles, footers = re.subn(r"<style:footer>.*?</style:footer>", marks if header else "", styles, flags=re.S)
    styles, layouts = re.subn(r"(<style:page-layout-properties[^>]*>)", rf"\g<1>{layout}", styles)
    if not footers or not layouts:
        raise ValueError("pandoc's reference.odt has no footer or page layout where one is expected")
    return styles


def office(text: Text, target: Path, header: str = "", footer: str = "", columns: int = 1) -> list[str]:
    """A document as LibreOffice Writer saves it, in the format that the target's suffix names."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / f"{target.stem}.odt"
        odt(text, source, header, footer, columns)
        profile = f"-env:UserInstallation=file://{name}/profile"
        out = Path(name) / "out"
        run("soffice", profile, "--headless", "--convert-to", target.suffix[1:], "--outdir", out, source)
        shutil.copyfile(out / target.name, target)
    if target.suffix == ".pdf":
        without_chance(target)
    elif target.suffix in {".odt", ".docx"}:
        without_clock(target)
    return []


def without_chance(pdf: Path) -> None:
    """Replace the identifiers that are drawn anew for each PDF, and its dates."""
    content = re.sub(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}", rb"\g<1>20230101000000", pdf.read_bytes())
    pdf.write_bytes(re.sub(rb"(?:(?<=<)|(?<=Checksum /))[0-9A-F]{32}(?=[>\s])", b"0" * 32, content))


def without_clock(archive: Path) -> None:
    """Replace the times of an archive's members, and the number an office draws for each revision."""
    with zipfile.ZipFile(archive) as old:
        members = [(item, old.read(item)) for item in old.infolist()]
    with zipfile.ZipFile(archive, "w") as new:
        for item, content in members:
            fixed = zipfile.ZipInfo(item.filename, (2023, 1, 1, 0, 0, 0))
            fixed.compress_type = item.compress_type
            new.writestr(fixed, re.sub(rb'("Rsid(?:Root)?" config:type="int">)\d+', rb"\g<1>0", content))


def html(text: Text, notes: bool, **variables: str) -> str:
    """A text as a page of the corpus's HTML template; with `notes`, each stands where it is cited.

    `chart` names a template that is put before the third section's heading, `bar` one that is put beside the text. Of
    a text in columns, the first section stands above them.
    """
    title = meta(text, "title")
    if notes:
        text = {**text, "blocks": inline_notes(text["blocks"])}
    chart, bar = variables.pop("chart", ""), variables.pop("bar", "")
    settings = {"pagetitle": title, "font": "DejaVu Serif", **variables}
    options = [f"--variable={key}={value}" for key, value in settings.items()]
    page = pandoc(text, "html5", "--wrap=none", f"--template={TEMPLATES / 'paper.html'}", *options)
    if bar:
        first, second = (found.start() for found in list(re.finditer("<h1 id", page))[:2])
        beside = f'<div class="first">{(TEMPLATES / bar).read_text(encoding="utf-8")}{page[first:second]}</div>'
        return page[:first].replace('<div class="columns">', "") + beside + '<div class="columns">' + page[second:]
    if not chart:
        return page
    third = page.index("<h", page.index("<h1", page.index("<h1", page.index("<h1") + 1) + 1) + 1)
    return page[:third] + (TEMPLATES / chart).read_text(encoding="utf-8") + page[third:]


def inline_notes(element: Any) -> Any:
    """A syntax tree in which a note is a span of class `fn`, for printers that float it to the foot."""
    if isinstance(element, list):
        return [inline_notes(part) for part in element]
    if not isinstance(element, dict):
        return element
    if element.get("t") == "Note":
        inlines: list[Element] = [inline for block in element["c"] for inline in block["c"]]
        return {"t": "Span", "c": [["", ["fn"], []], inlines]}
    return {key: inline_notes(value) for key, value in element.items()}


def weasyprint(text: Text, target: Path, footnotes: bool = True, **variables: str) -> list[str]:
    """Print with WeasyPrint, notes at the foot of the page or at the end of the text."""
    from weasyprint import HTML

    HTML(string=html(text, notes=footnotes, **variables)).write_pdf(target)
    return []


def chromium(text: Text, target: Path, **variables: str) -> list[str]:
    """Print with Chromium, notes at the end of the text."""
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "page.html"
        page.write_text(html(text, notes=False, **variables), encoding="utf-8")
        switches = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={name}/profile"]
        run("chromium", *switches, "--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri())
    without_chance(target)
    return []


def typst(text: Text, target: Path, columns: int = 1, template: str = "paper.typ") -> list[str]:
    """Typeset with Typst."""
    import typst as compiler

    source = pandoc(text, "typst", f"--template={TEMPLATES / template}", f"--variable=columns={columns}")
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "text.typ").write_text(source, encoding="utf-8")
        compiler.compile(str(Path(name) / "text.typ"), output=str(target))
    return []


def groff(text: Text, target: Path) -> list[str]:
    """Typeset with groff's ms macros."""
    source = pandoc(text, "ms", f"--template={TEMPLATES / 'paper.ms'}")
    target.write_bytes(run("groff", "-k", "-t", "-ms", "-Tpdf", stdin=source.encode()))
    return []


def plain_article(text: Text, target: Path, template: Path) -> list[str]:
    """Typeset with pdfLaTeX by a template that needs no settings."""
    source = pandoc(text, "latex", f"--template={template}")
    compiled(source, target, "pdflatex")
    return []


def dumped(pdf: Path, tool: str) -> str:
    """The text of a PDF by a common tool."""
    if tool == "pdfminer":
        from pdfminer.high_level import extract_text

        return extract_text(pdf)
    if tool == "pypdf":
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    return run(*tool.split(), pdf, "-").decode()


def news(text: Text, target: Path, template: Path) -> list[str]:
    """A page of a news site."""
    title = f"--variable=pagetitle={meta(text, 'title')}"
    page = pandoc(text, "html5", f"--template={template}", title, "--shift-heading-level-by=1")
    target.write_text(page, encoding="utf-8")
    return []
