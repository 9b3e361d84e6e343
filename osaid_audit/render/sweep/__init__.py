"""A sweep in figures: Summary -> one HTML page, or a few lines; its JSON is the record itself.

page    what the template sees
plots   the figures as bars, each with the same figures as a table
text    the lines
"""

from osaid_audit.render.sweep.page import summary_page
from osaid_audit.render.sweep.text import summary_text

__all__ = ["summary_page", "summary_text"]
