"""How nlp/pipeline_da was made, and how to make it again: `python -m nlp.training TREEBANK_FOLDER`. See MODELCARD.md."""
