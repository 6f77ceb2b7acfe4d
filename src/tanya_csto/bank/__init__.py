"""What the question bank says of a question, and how a bank is written and trained beforehand."""
