"""Write the tables of single mentions as CSV and Parquet, and each hit in the context of its sentence."""

from framescope.compare.counts.choices import listed_hits
from framescope.compare.description.concordance import concordance
from framescope.logs import logged
from framescope.tables import read_tables, write_table

with logged(snakemake.log[0]):
    read = read_tables(snakemake.input, ("sentences", "entities", "dates", "hits"))
    tables = {name: frame.sort_values("document", kind="stable") for name, frame in read.items()}
    tables["hits"] = listed_hits(tables["hits"], snakemake.params.counting)
    for name, frame in tables.items():
        write_table(frame, name, snakemake.output[name])
        write_table(frame, name, snakemake.output[f"{name}_parquet"])
    write_table(concordance(tables["hits"], tables["sentences"]), "concordance", snakemake.output.concordance)
