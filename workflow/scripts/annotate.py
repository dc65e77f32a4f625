"""Annotate the documents of a batch, with one spaCy Doc for each paragraph, heading and note, in one DocBin."""

from pathlib import Path

from framescope.annotate.batch import annotate_study_batch
from framescope.logs import logged

with logged(snakemake.log[0]):
    names = ("published", "settings", "model_code", "names_code", "cache")
    given = {name: snakemake.params[name] for name in names} | {"log": snakemake.log[0]}
    packed = annotate_study_batch(snakemake.wildcards.batch, **snakemake.input, **given)
    Path(snakemake.output.docs).write_bytes(packed)
