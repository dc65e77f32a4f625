"""Corpora that come as tables: a row of CSV, JSON lines or Parquet, or a speech of a TEI file, is a document."""
