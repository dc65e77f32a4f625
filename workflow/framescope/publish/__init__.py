"""A finished study as a package for a repository such as Zenodo, OSF or Dataverse."""
