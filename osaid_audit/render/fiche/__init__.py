"""The fiche: one A4 page a model, for people who are neither lawyers nor engineers.

bound      which clauses are known to bind whoever uses the model, and whose they are
case       what a report says, as far as the fiche asks
freedoms   may I use it here, and the four freedoms
around     where the data goes, what to respect, what is unknown, who can change the rules
page       the page itself
"""

from osaid_audit.render.fiche.page import fiche

__all__ = ["fiche"]
