"""
In: all batches.
Out: results/measures/*.parquet, one job for each question that needs the texts themselves.
"""

# A batch of annotated texts at a time, the names and terms of the whole study, and what a Python with its libraries takes.
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
        depends=depends_on("texts"),
    message:
        "counting what was read"
    script:
        "../scripts/texts.py"


rule sentences:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
    output:
        **made_by("sentences"),
    log:
        "results/logs/sentences.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("sentences"),
    message:
        "listing sentences"
    script:
        "../scripts/sentences.py"


rule entities:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        actors=ACTORS,
    output:
        **made_by("entities"),
    log:
        "results/logs/entities.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("entities", *ACTORS),
    message:
        "resolving names"
    script:
        "../scripts/entities.py"


rule dates:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
    output:
        **made_by("dates"),
    log:
        "results/logs/dates.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("dates"),
    message:
        "listing dates"
    script:
        "../scripts/dates.py"


rule matches:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        entities="results/measures/entities.parquet",
        actors=ACTORS,
        lexicon=LEXICON,
    output:
        **made_by("matches"),
    log:
        "results/logs/matches.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        settings={"subject_above_share": CONFIG["counting"]["subject_share"], "published": published(STUDY.documents)},
        lexicon_format=LEXICON_FORMAT,
        depends=depends_on("matches", LEXICON, *ACTORS),
    message:
        "matching themes"
    script:
        "../scripts/matches.py"


rule notes:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        lexicon=LEXICON,
    output:
        **made_by("notes"),
    log:
        "results/logs/notes.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        lexicon_format=LEXICON_FORMAT,
        depends=depends_on("notes", LEXICON),
    message:
        "matching themes in notes"
    script:
        "../scripts/notes.py"


rule terms:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
    output:
        **made_by("terms"),
    log:
        "results/logs/terms.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("terms"),
    message:
        "counting terms"
    script:
        "../scripts/terms.py"


rule relations:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        entities="results/measures/entities.parquet",
        actors=ACTORS,
    output:
        **made_by("relations"),
    log:
        "results/logs/relations.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("relations", *ACTORS),
    message:
        "reading who does what"
    script:
        "../scripts/relations.py"
