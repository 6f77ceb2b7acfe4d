"""Benchmarks: how fast, beside others, with the command that measures it. Nothing here is a test."""
