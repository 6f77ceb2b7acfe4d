"""The articles and their question bank: read, checked, changed, cut into sentences; `loaders/` reads what is added."""
