"""What may follow what: the lives of a case, an assignment and a letter, as tables."""
