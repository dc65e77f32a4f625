"""Write the report as one page that contains everything it needs."""

import json
from pathlib import Path

from framescope.logs import logged
from framescope.present.page.page import report_page
from framescope.records import stored_texts
from framescope.tables import read_table

with logged(snakemake.log[0]):
    tables = {name: read_table(path) for name, path in snakemake.input.items() if str(path).endswith(".csv")}
    texts = (text for path in snakemake.input.texts for text in stored_texts(path))
    findings = Path(snakemake.input.findings).read_text(encoding="utf-8")
    drawings, record = (json.loads(Path(snakemake.input[name]).read_bytes()) for name in ("drawings", "provenance"))
    page = report_page(tables, texts, snakemake.params.title, findings, drawings, record)
    Path(snakemake.output.page).write_text(page, encoding="utf-8")
