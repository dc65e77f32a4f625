"""Plain texts of unusual but legitimate shapes, in which no sentence may be lost."""
