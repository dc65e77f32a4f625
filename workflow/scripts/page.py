"""Write the report without its figures, and the texts that the page of a large study loads from beside it."""

import json
from pathlib import Path

from framescope.logs import logged, say_each
from framescope.present.page.page import report_files
from framescope.present.page.reading import report_tables
from framescope.present.page.story import names_of, read_story
from framescope.records import StoredTexts

with logged(snakemake.log[0]):
    paths = dict(snakemake.input.items())
    tables = report_tables({name: path for name, path in paths.items() if str(path).endswith((".csv", ".parquet"))})
    texts = StoredTexts(snakemake.input.texts)
    findings, record = (Path(snakemake.input[name]).read_text(encoding="utf-8") for name in ("findings", "provenance"))
    story = read_story(b"".join(Path(path).read_bytes() for path in snakemake.input.story), names_of(tables))
    say_each(story.problems)
    Path(snakemake.output.texts).mkdir()
    for name, content in report_files(tables, texts, snakemake.params.title, findings, json.loads(record), story):
        (Path(snakemake.output.texts).parent / name).write_text(content, encoding="utf-8")
