"""The articles: read from a folder, cut into passages and sentences that are spans of the stored text."""
