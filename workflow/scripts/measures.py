"""Write every sentence, name, date, term and predicate of the bodies, and the readability of sections."""

from functools import partial

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
    actors = load_actors(*snakemake.input.actors)
    works = {"sentences": sentence_rows, "readability": readability_rows, "dates": date_rows, "terms": term_rows}
    works["entities"] = lambda docs: resolve(docs, actors)
    works["relations"] = lambda docs: predicate_rows(docs, resolve(docs, actors), actors)
    digests = (snakemake.params.depends["code"], snakemake.params.depends["contents"])
    depends = Dependence(*digests, lambda document: None, actors_by_words(actors).concerning)
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.output, snakemake.log[0])
    cache = partial(Cache, snakemake.params.cache, "measures", snakemake.params.fresh)
    write_measures(works, *source, cache, depends, snakemake.threads)
