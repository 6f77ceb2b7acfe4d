"""Ranking: which of the retrieved sentences answers the question, and how likely it does."""
