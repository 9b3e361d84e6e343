"""A sweep in figures: Summary -> one HTML page; its JSON is the record itself.

page    what the template sees
plots   the figures as bars, each with the same figures as a table
"""

from osaid_audit.render.sweep.page import summary_page

__all__ = ["summary_page"]
