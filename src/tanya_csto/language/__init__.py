"""Bahasa Indonesia: tokens, stems, spelling and names. The word lists are data under `lexicon/`."""
