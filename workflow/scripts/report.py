"""Write the report, and the texts that the page of a large study loads from beside it."""

import json
from pathlib import Path

from framescope.logs import logged, say_each
from framescope.present.page.page import report_files
from framescope.present.page.reading import report_tables
from framescope.present.page.story import names_of, read_story
from framescope.records import StoredTexts

with logged(snakemake.log[0]):
    tables = report_tables({name: path for name, path in snakemake.input.items() if str(path).endswith(".csv")})
    texts = StoredTexts(snakemake.input.texts)
    findings = Path(snakemake.input.findings).read_text(encoding="utf-8")
    drawings, record = (json.loads(Path(snakemake.input[name]).read_bytes()) for name in ("drawings", "provenance"))
    story = read_story(b"".join(Path(path).read_bytes() for path in snakemake.input.story), names_of(tables))
    say_each(story.problems)
    Path(snakemake.output.texts).mkdir()
    for name, content in report_files(tables, texts, snakemake.params.title, findings, drawings, record, story):
        (Path(snakemake.output.page).parent / name).write_text(content, encoding="utf-8")
