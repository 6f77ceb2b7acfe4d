"""What the question bank says of a question; `making/` writes and trains a bank beforehand."""
