"""The files in raw/, tables of which each row is a document, and the metadata of documents."""
