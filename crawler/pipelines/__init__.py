"""Item pipelines: thin skins over the core and the store, one duty a file."""
