"""
In: all batches.
Out: results/measures/*.parquet, for which the texts themselves are needed. One job reads the Docs for all measures without
themes, another for those with themes; the rows of each batch are stored in the cache.
"""

# Enough for one batch of annotated texts, the names and terms of the whole study, and Python with its libraries.
STREAMING_MEGABYTES = 2048
TEXTS = expand("results/text/{batch}.jsonl", batch=BATCHES)
DOCS = expand("results/annotated/{batch}.spacy", batch=BATCHES)
MEASURES = {name: table.measure_file for name, table in table_schemas().items() if table.measured_by}


rule texts:
    input:
        texts=TEXTS,
    output:
        **made_by("texts"),
    log:
        "results/logs/texts.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        cache="results/cache",
        fresh=CONFIG["fresh"],
        depends=depends_on("texts"),
    message:
        "counting the words of documents and sections"
    script:
        "../scripts/texts.py"


rule measures:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        actors=ACTORS,
    output:
        **made_by("measures"),
    log:
        "results/logs/measures.log",
    threads: COPIES
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        cache="results/cache",
        fresh=CONFIG["fresh"],
        depends=depends_on("measures", *ACTORS),
    message:
        "listing sentences, names, dates and terms"
    script:
        "../scripts/measures.py"


rule matches:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        actors=ACTORS,
        lexicon=LEXICON,
    output:
        **made_by("matches"),
    log:
        "results/logs/matches.log",
    threads: COPIES
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        cache="results/cache",
        fresh=CONFIG["fresh"],
        annotate=CONFIG["annotate"],
        subject_share=CONFIG["counting"]["subject_share"],
        register=REGISTER_FILE,
        published=REGISTER.of_dates(),
        lexicon_format=LEXICON_FORMAT,
        depends=depends_on("matches", LEXICON, *ACTORS),
    message:
        "matching themes"
    script:
        "../scripts/matches.py"
