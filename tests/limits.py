"""Sentences that limit something, as strategies for the adversarial tests; these wordings may be tuned on."""

from hypothesis import strategies as st

WHO = (
    "You",
    "Users",
    "Companies",
    "Licensees",
    "Anyone in the European Union",
    "Military bodies",
    "Competitors",
    "Recipients",
    "Students of other schools",
    "No one outside Japan",
)
MUST_NOT = (
    "may not",
    "shall not",
    "must not",
    "are not allowed to",
    "agree never to",
    "are forbidden to",
    "will refrain from trying to",
    "need a paid license to",
    "have to ask before they",
)
DO = (
    "use the Software commercially",
    "train other models with its outputs",
    "redistribute the weights",
    "modify the model",
    "sell copies",
    "run it in production",
    "exceed one million users",
    "deploy it for surveillance",
    "host it for others",
    "remove the logo",
)
FIELD = (
    "Research",
    "Academic",
    "Personal",
    "Internal",
    "Evaluation",
    "Educational",
    "Non-commercial",
    "Hobby",
)
NARROW = ("use only", "purposes only", "use permitted", "use, no production", "evaluation for 30 days")
WITHOUT = ("Commercial use", "Military use", "The weights", "Model outputs", "Resale", "Hosting as a service")
REFUSED = (
    "excluded",
    "is prohibited",
    "not covered",
    "requires a fee",
    "void after 2030",
    "by permission only",
)
SHORT = (
    "No use in Germany.",
    "Void in the European Union",
    "Weights are not covered by this license.",
    "Revenue above $1,000,000 requires a paid license",
    "Fees apply above 100 users",
    "Usage personnel uniquement",
    "Pas d'usage commercial",
    "Usage militaire interdit",
    "Nur für Forschungszwecke",
    "Keine kommerzielle Nutzung",
    "Solo uso no comercial",
    "Endast för forskning",
    "Tylko do badań",
    "Sadece araştırma",
    "Hanya untuk riset",
    "Только для исследований",
    "仅供学术研究使用",
    "Subject to the Acme Acceptable Use Policy",
    "Licensed to students",
    "This license may be revoked at any time",
    "With Commons Clause",
    "Embargoed until 2030",
    "Max 5 seats",
    "Costs $5 per copy",
)


def sentences():
    """Limiting sentences: long ones, short ones, and fragments in several languages."""
    long = st.builds("{} {} {}.".format, st.sampled_from(WHO), st.sampled_from(MUST_NOT), st.sampled_from(DO))
    only = st.builds("{} {}".format, st.sampled_from(FIELD), st.sampled_from(NARROW))
    refused = st.builds("{} {}.".format, st.sampled_from(WITHOUT), st.sampled_from(REFUSED))
    return st.one_of(long, only, refused, st.sampled_from(SHORT))


WORDS = (
    "academic",
    "unless",
    "students",
    "noncommercial",
    "temporary",
    "forbidden",
    "revocable",
    "embargoed",
)
"""Words that change what an operative sentence says wherever they replace one."""
