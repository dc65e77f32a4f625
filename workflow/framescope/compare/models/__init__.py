"""Models of counts with covariates: how much of a theme texts have, by several columns of metadata at once."""
