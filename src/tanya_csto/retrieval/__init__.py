"""Retrieval: which sentences of the corpus speak of what a question asks about."""
