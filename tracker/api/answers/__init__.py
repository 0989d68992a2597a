"""What the API gives: allow-lists field by field, never a row of the database."""
