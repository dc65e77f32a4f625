"""
In: the sources of a batch.
Out: results/text/{batch}.jsonl, a line for each: a Document, or why there is none.
"""


rule extract:
    input:
        sources=lambda w: [link_for_engine(file) for file in sources(w.batch)],
        version=version_file(),
        roles=link_for_engine(f"{LEXICONS}/roles.yaml"),
    output:
        text="results/text/{batch}.jsonl",
    log:
        "results/logs/extract/{batch}.log",
    params:
        cache="results/cache",
        entries=lambda w: entries(w.batch),
        settings=chosen("limits", "ocr", "language", "roles", "section_roles", "fresh"),
        reader=CODE.of_modules("extract.guard", "extract.language"),
        depends=depends_on("extract", f"{LEXICONS}/roles.yaml", of_batch=sources),
    resources:
        mem_mb=4096,
    message:
        "reading documents, batch {wildcards.batch}"
    script:
        "../scripts/extract.py"
