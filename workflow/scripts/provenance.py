"""Record versions, settings and the digest of each table."""

from pathlib import Path

from framescope.annotate.levels import NONE
from framescope.annotate.model_files import model_digest
from framescope.logs import logged
from framescope.present.files import provenance

with logged(snakemake.log[0]):
    files = [snakemake.input.lexicon, *snakemake.input.actors, *snakemake.input.eras]
    data = dict(zip(snakemake.params.names, files, strict=True))
    config = snakemake.params.config
    model = None if config["annotate"] == NONE else model_digest(config["model"])
    steps = snakemake.params.steps
    record = provenance(snakemake.input.tables, snakemake.input.requirements, config, model, data, steps)
    Path(snakemake.output.provenance).write_text(record, encoding="utf-8")
