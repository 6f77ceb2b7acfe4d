"""Text as it stands: spans, sentences and page boilerplate. Nothing here edits a text."""
