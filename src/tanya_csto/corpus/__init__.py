"""The articles and their question bank: read from files, checked, changed, cut into passages and sentences."""
