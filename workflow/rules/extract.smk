"""
In: the sources of a batch.
Out: results/text/{batch}.jsonl, a line for each: a Document, or why there is none.
"""


rule extract:
    input:
        sources=lambda w: [entry["file"] for entry in entries(w.batch)],
        roles=f"{LEXICONS}/roles.yaml",
    output:
        text="results/text/{batch}.jsonl",
    log:
        "results/logs/extract/{batch}.log",
    params:
        cache="results/cache",
        entries=lambda w: entries(w.batch),
        settings=chosen("limits", "ocr", "language", "roles", "section_roles", "fresh"),
        code=digest("extract.batch", libraries=["lxml", "pypandoc_binary", "pypdfium2", "readability-lxml"]),
    resources:
        mem_mb=4096,
    message:
        "reading documents, batch {wildcards.batch}"
    script:
        "../scripts/extract.py"
