"""Write the facts about each document and section, where its words went, and the sources that gave none."""

from framescope.extract.accounting import text_rows
from framescope.extract.repeats import find_repeats
from framescope.logs import logged
from framescope.records import stored_texts
from framescope.tables import write_streams

with logged(snakemake.log[0]):
    # What repeats what is known once all texts were read: then they are counted.
    repeats = find_repeats(document for path in snakemake.input.texts for document in stored_texts(path))
    write_streams(text_rows(snakemake.input.texts, repeats, snakemake.log[0]), snakemake.output)
