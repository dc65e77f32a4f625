"""Office files: docx, odt, and older ones through LibreOffice."""
