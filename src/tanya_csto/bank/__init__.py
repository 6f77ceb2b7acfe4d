"""What the question bank says of a question: which of its facts it asks for, or that no fact answers it."""
