"""Bahasa Indonesia: tokens, stems, spelling and names. Word lists and patterns are data under `lexicon/`."""
