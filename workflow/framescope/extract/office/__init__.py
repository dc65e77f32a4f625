"""Office files: docx and odt, and older formats through LibreOffice."""
