"""The question: what is asked for, about what, and what an earlier question adds to it."""
