"""What `explain` can say: one page for each name that a report, a scan or the help may print.

guide      finds the page of a name, offers near ones, lists all
norms      rules, frameworks and their labels
terms      licenses, expressions of licenses, clauses, facts
glosses    everything else, from `reports/templates/glosses.yaml`
page       what is shown of one name
"""

from osaid_audit.cli.explaining.guide import Guide
from osaid_audit.cli.explaining.page import Page

__all__ = ["Guide", "Page"]
