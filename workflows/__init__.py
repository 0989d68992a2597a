"""What may follow what: the lives of a case, an assignment, a letter and a submission, as tables."""
