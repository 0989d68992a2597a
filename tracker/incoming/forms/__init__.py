"""Forms people filled in with Word or Excel: opened safely, read by their labels, never trusted to be right.

``reader.Reader`` is what the rest of the house uses. It has the files opened in a process of its own;
``reading.read`` is what happens there: a file becomes pages (``pages``), pages become forms (``result``).
"""
