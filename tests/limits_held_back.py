"""Sentences that limit something, never tuned on.

They only ever measure. Whoever wants to mend a wording adds it to `limits.py` and leaves these alone.
"""

from hypothesis import strategies as st

SENTENCES = (
    "Deployment inside hospitals requires a separate agreement.",
    "Companies with over fifty staff must ring us first.",
    "This grant lapses on 1 January 2030.",
    "Citizens of Freedonia are excluded.",
    "Hobbyists only, please.",
    "Not to be fed into rival systems.",
    "Governments keep out.",
    "Schools may read it but may not run it.",
    "Every copy sold owes the author ten percent.",
    "Good luck charms may not be generated.",
    "You need our written blessing before going live.",
    "Serving it over a network is reserved to the author.",
    "The weights stay ours.",
    "Parameters excluded",
    "Trial period: thirty days",
    "Please do no evil with it",
    "Universities excepted",
    "For testing",
    "Limited to non profit work",
    "Members of the consortium only",
    "All money made belongs to Acme",
    "Strictly confidential",
    "Ask before use",
    "Any derivative must stay private",
    "Cannot be combined with proprietary products",
    "Valid in Switzerland",
    "Adults only",
    "Users must register at the address below",
    "Gambling sites are refused",
    "Unless you are a competitor",
    "Seulement pour les tests internes",
    "Interdit aux entreprises",
    "Réservé aux associations",
    "Nur zum Lernen",
    "Einsatz im Ausland verboten",
    "Solo para estudiantes",
    "Prohibida la venta",
    "Soltanto per uso didattico",
    "Alleen voor studenten",
    "Somente para avaliação",
)

FLIPS = (
    ("without limitation", "with limitation"),
    ("any person", "any student"),
    ("any purpose", "any private purpose"),
    ("free of charge", "against payment"),
    ("are permitted", "are forbidden"),
    ("irrevocable", "revocable"),
    ("worldwide", "nationwide"),
    ("royalty-free", "royalty-bearing"),
    ("to deal in", "to look at"),
    ("perpetual", "temporary"),
    ("is hereby granted", "is hereby refused"),
    ("with or without modification", "without modification"),
    ("and/or sell", "and/or lend"),
    ("sublicense", "quote"),
)

_PARTY = (
    "Rival laboratories",
    "Firms larger than fifty heads",
    "Residents of Freedonia",
    "Whoever earns from it",
    "Arms makers",
    "Landlords",
    "Your subsidiaries",
    "Persons below the age of twenty",
)
_BAR = (
    "are turned away",
    "must stay away from this work",
    "ought to ring the author first",
    "lose every right given above",
    "hand over a tenth of their income",
    "get a look but no more",
    "have until Easter to leave",
)
_THING = (
    "Our checkpoint",
    "The tokenizer",
    "Each fine-tune",
    "Whatever it generates",
    "Every fork",
    "Its training set",
)
_FATE = (
    "belongs to Acme alone",
    "stays on your own machine",
    "expires with your subscription",
    "is lent and not given",
    "goes back to us on request",
    "bears our name in its title",
)
_OTHER_TONGUES = (
    "Chỉ dành cho nghiên cứu",
    "Mag niet worden verkocht",
    "Má se používat jen ve škole",
    "Μόνο για φοιτητές",
    "研究目的に限る",
    "Ei kaupalliseen käyttöön",
    "Bu yazılım satılamaz",
    "Dilarang menjual kembali",
    "Nécessite un accord écrit préalable",
    "Nur mit schriftlicher Erlaubnis des Autors",
    "Queda excluido el uso militar",
    "È fatto divieto di rivendita",
)


def sentences():
    """Limiting sentences in wordings of their own."""
    parties = st.builds("{} {}.".format, st.sampled_from(_PARTY), st.sampled_from(_BAR))
    things = st.builds("{} {}".format, st.sampled_from(_THING), st.sampled_from(_FATE))
    return st.one_of(parties, things, st.sampled_from(SENTENCES), st.sampled_from(_OTHER_TONGUES))


WORDS = ("unpaid", "lesser", "refused", "schoolwork", "until", "domestic", "barely", "rented")
