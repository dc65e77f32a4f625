"""Write the report as one page that contains everything it needs."""

from pathlib import Path

from framescope.logs import logged
from framescope.present.report import methods_of, report_page
from framescope.tables import read_table

with logged(snakemake.log[0]):
    tables = {name: read_table(path) for name, path in snakemake.input.items() if path.endswith(".csv")}
    findings = Path(snakemake.input.findings).read_text(encoding="utf-8")
    methods = methods_of(Path(snakemake.input.provenance).read_text(encoding="utf-8"))
    viewer = Path(snakemake.input.viewer).read_text(encoding="utf-8")
    page = report_page(tables, snakemake.params.title, findings, methods, viewer)
    Path(snakemake.output.page).write_text(page, encoding="utf-8")
