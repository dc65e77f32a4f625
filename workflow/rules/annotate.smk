"""
In: the Documents of a batch.
Out: results/annotated/{batch}.spacy, their paragraphs, headings and notes as spaCy Docs with names and dates.
"""


rule annotate:
    input:
        text="results/text/{batch}.jsonl",
        actors=ACTORS,
        eras=f"{LEXICONS}/eras.csv",
    output:
        docs="results/annotated/{batch}.spacy",
    log:
        "results/logs/annotate/{batch}.log",
    benchmark:
        "results/logs/annotate/{batch}.benchmark.tsv"
    params:
        cache="results/cache",
        published=lambda w: published(BATCHES[w.batch]),
        settings=chosen("model", "fresh"),
        model_code=digest("annotate.docs", "annotate.model", libraries=["spacy"]),
        names_code=digest("annotate.batch"),
    resources:
        mem_mb=2048,
    message:
        "annotating documents, batch {wildcards.batch}"
    script:
        "../scripts/annotate.py"
