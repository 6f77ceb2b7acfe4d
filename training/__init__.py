"""Training of the extractive reader that `tanya_csto.reader` runs."""
