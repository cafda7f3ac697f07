"""One file a kind of rule; nlp/registry.py lists them."""
