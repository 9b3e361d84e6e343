"""Many audited models on one page: Report -> Row, rows -> HTML.

rows   a report, or the error in its place -> the one line that is said of it
page   the rows as the template sees them
"""

from osaid_audit.render.index.page import index_page
from osaid_audit.render.index.rows import row_of, row_of_error

__all__ = ["index_page", "row_of", "row_of_error"]
