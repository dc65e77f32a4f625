"""Write the facts about each document and section, where its words went, and the sources that gave none."""

from framescope.extract.facts import document_facts, section_facts, text_accounting
from framescope.logs import logged
from framescope.records import stored_failures, stored_texts
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    for facts in (document_facts, section_facts, text_accounting):
        documents = (document for path in snakemake.input.texts for document in stored_texts(path))
        write_stream(map(facts, documents), facts.__name__, snakemake.output[facts.__name__])
    write_stream(map(stored_failures, snakemake.input.texts), "failures", snakemake.output.failures)
