"""Write the report as one page that contains everything it needs."""

import json
from pathlib import Path

from framescope.logs import logged, say
from framescope.present.page.page import report_files
from framescope.present.page.story import names_of, read_story
from framescope.records import stored_texts
from framescope.tables import read_table

with logged(snakemake.log[0]):
    tables = {name: read_table(path) for name, path in snakemake.input.items() if str(path).endswith(".csv")}
    texts = (text for path in snakemake.input.texts for text in stored_texts(path))
    findings = Path(snakemake.input.findings).read_text(encoding="utf-8")
    drawings, record = (json.loads(Path(snakemake.input[name]).read_bytes()) for name in ("drawings", "provenance"))
    stories = [read_story(Path(path).read_bytes(), names_of(tables)) for path in snakemake.input.story]
    for problem in (problem for story in stories for problem in story.problems):
        say(problem)
    files = report_files(tables, texts, snakemake.params.title, findings, drawings, record, *stories)
    Path(snakemake.output.texts).mkdir()
    for name, content in files.items():
        (Path(snakemake.output.page).parent / name).write_text(content, encoding="utf-8")
