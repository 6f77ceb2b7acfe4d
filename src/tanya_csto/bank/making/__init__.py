"""Making a bank beforehand: a language model writes its questions, and the classifiers are trained from them."""
