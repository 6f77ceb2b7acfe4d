"""From ranked sentences to an answer that quotes them, refuses, or lays out a disagreement."""
