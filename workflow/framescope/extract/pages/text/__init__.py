"""Plain text: printed lines and pages of the many forms of PDF-to-text dumps."""
