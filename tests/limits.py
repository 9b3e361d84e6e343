"""A generator of sentences that limit something, for the adversarial tests; this one may be tuned on."""

import itertools
import random

WHO = (
    "You",
    "Users",
    "Companies",
    "Licensees",
    "Anyone in the European Union",
    "Military bodies",
    "Competitors",
    "Recipients",
)
MUST_NOT = (
    "may not",
    "shall not",
    "must not",
    "are not allowed to",
    "agree never to",
    "are forbidden to",
    "will refrain from trying to",
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
)
SHORT = (
    "Research use only",
    "Non-commercial use only.",
    "No commercial use",
    "For academic purposes only",
    "For evaluation only",
    "Personal use only",
    "Not for production",
    "Internal use only",
    "No use in Germany.",
    "Void in the European Union",
    "Weights are not covered by this license.",
    "Weights excluded",
    "Revenue above $1,000,000 requires a paid license",
    "Fees apply above 100 users",
    "Usage personnel uniquement",
    "Pas d'usage commercial",
    "Usage militaire interdit",
    "Nur für Forschungszwecke",
    "Keine kommerzielle Nutzung",
    "Solo uso no comercial",
    "Subject to the Acme Acceptable Use Policy",
    "Academic Research License",
    "Licensed to students",
    "Educational use",
    "This license may be revoked at any time",
    "With Commons Clause",
)


def sentences(seed: int, count: int) -> list[str]:
    """That many limiting sentences, the same ones for the same seed."""
    chance = random.Random(seed)
    long = [f"{who} {verb} {act}." for who, verb, act in itertools.product(WHO, MUST_NOT, DO)]
    return chance.sample(long, count - min(count // 2, len(SHORT))) + chance.sample(
        SHORT, min(count // 2, len(SHORT))
    )
