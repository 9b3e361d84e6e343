"""Word lists of the reading part: which language a text is in, and which words speak of a license.

The words themselves are data, by language, in `rules/prose` (docs/prose.md).
"""

from osaid_audit.resources import Pattern, WordList


def word_set(text: str) -> frozenset[str]:
    """The words of a text, apart at blanks."""
    return frozenset(text.split())


FUNCTION_WORDS = WordList("words", "function_words")
MORE_FUNCTION_WORDS = WordList("words", "more_function_words")
LOAN_WORDS = WordList("words", "loan_words")
LICENSE_KEY = WordList("words", "license_key")

TERMS_WORD = Pattern("words", "terms")
"""Words that could carry terms, in any language: they only ever hold a conclusion back."""
FOREIGN_TERMS = Pattern("words", "foreign_terms")
"""Terms in languages that are not read: enough to say that a page may hold terms."""
PLACEHOLDER = Pattern("words", "placeholder")
NEGATION = Pattern("words", "negation")
GRANTS = Pattern("words", "grants")
"""Words that might grant something: they only ever keep an absence open."""
