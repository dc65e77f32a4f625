"""Write every sentence, name, date, term and predicate of the bodies, and the readability of sections."""

from functools import lru_cache, partial

from framescope.actor_table import load_actors
from framescope.actors.identity import resolve
from framescope.actors.predicates import predicate_rows
from framescope.annotate.date_mentions import date_rows
from framescope.annotate.names.actors_by_words import actors_by_words
from framescope.annotate.readability import readability_rows
from framescope.annotate.sentences import sentence_rows
from framescope.annotate.stored import Dependence, write_measures
from framescope.annotate.terms import term_rows
from framescope.cache import Cache
from framescope.logs import logged

with logged(snakemake.log[0]):
    asked, given, actors = snakemake.input, snakemake.params, load_actors(*snakemake.input.actors)
    works = {"sentences": sentence_rows, "readability": readability_rows, "dates": date_rows, "terms": term_rows}
    # The names of a document are asked for twice, the second time directly after the first.
    works["entities"] = names = lru_cache(maxsize=1)(lambda docs: resolve(docs, actors))
    works["relations"] = lambda docs: predicate_rows(docs, names(docs), actors)
    table = actors_by_words(actors)
    depends = Dependence(given.depends["code"], lambda document: None, table.of_all, table.concerning)
    cache, source = partial(Cache, given.cache, "measures", given.fresh), (asked.docs, asked.facts, snakemake.output)
    write_measures(works, *source, snakemake.log[0], cache, depends, snakemake.threads)
