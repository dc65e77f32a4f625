"""Write the mention-level tables as CSV and Parquet, and each hit in its sentence."""

from pathlib import Path

from framescope.compare.description.concordance import concordance
from framescope.logs import logged
from framescope.tables import read_table, write_table

with logged(snakemake.log[0]):
    for name, path in snakemake.input.items():
        frame = read_table(path).sort_values("document", kind="stable")
        write_table(frame, name, snakemake.output[name])
        write_table(frame, name, Path(snakemake.output[name]).with_suffix(".parquet"))
    rows = concordance(read_table(snakemake.output.hits), read_table(snakemake.output.sentences))
    write_table(rows, "concordance", snakemake.output.concordance)
