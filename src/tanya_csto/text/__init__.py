"""Text as it stands: spans, sentences and page furniture. Nothing here edits a text."""
