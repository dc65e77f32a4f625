"""Write the facts about each document and section, where its words went, and the sources that gave none."""

from framescope.extract.accounting import document_facts, section_facts, text_accounting
from framescope.extract.repeats import find_repeats
from framescope.logs import logged
from framescope.records import counted_texts, stored_failures, stored_texts
from framescope.tables import write_stream

with logged(snakemake.log[0]):
    paths = snakemake.input.texts
    repeats = find_repeats(document for path in paths for document in stored_texts(path))
    for facts in (document_facts, section_facts, text_accounting):
        source = (paths, snakemake.log[0], repeats.kept)
        rows = counted_texts(lambda read, facts=facts: facts(repeats.warned(read)), *source)
        write_stream(rows, facts.__name__, snakemake.output[facts.__name__])
    failures = ([*stored_failures(path), *repeats.failures(stored_texts(path))] for path in paths)
    write_stream(failures, "failures", snakemake.output.failures)
