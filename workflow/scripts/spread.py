"""Write where in a text each theme stands, with which others, and how alike the profiles of documents are."""

from framescope.compare.cooccurrence import profile_distances, profile_map, theme_cooccurrence
from framescope.compare.counting import counted_tables
from framescope.compare.trajectory import dispersion, mode_shares, trajectory
from framescope.logs import logged
from framescope.tables import read_table, write_table

with logged(snakemake.log[0]):
    tables = counted_tables(snakemake.input, snakemake.params.counting)
    for measure in (trajectory, dispersion, mode_shares, theme_cooccurrence):
        write_table(measure(**tables), measure.__name__, snakemake.output[measure.__name__])
    for measure in (profile_distances, profile_map):
        write_table(measure(read_table(snakemake.input.rates)), measure.__name__, snakemake.output[measure.__name__])
