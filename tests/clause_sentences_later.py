"""Labelled sentences written before wordings were added for texts read later: only counted, never mended.

Each sentence has the clauses it states; those of GRANTS state none.
"""

BANS = (
    (
        "You shall not circumvent or remove any protection the licensor built into the weights.",
        {"guardrail_lock"},
    ),
    ("Do not turn off the content filters that ship with the model.", {"guardrail_lock"}),
    ("Users must not tamper with or bypass the safeguards.", {"guardrail_lock"}),
    ("It is forbidden to weaken the safety training of the model.", {"guardrail_lock"}),
    ("Stripping out the moderation layer is prohibited.", {"guardrail_lock"}),
    ("Everyone to whom you pass on the weights must accept the same terms.", {"flow_down"}),
    ("You must require your users to abide by the restrictions of Annex B.", {"flow_down"}),
    ("Any fine-tuned version has to be released with the use restrictions of this license.", {"flow_down"}),
    ("You shall make each recipient agree to the restrictions in this license.", {"flow_down"}),
    ("You bind every person who gets a copy to the terms of this agreement.", {"flow_down"}),
    ("You shall not use the model for biometric identification.", {"field_of_use"}),
    ("Do not run the weights in the service of nuclear or missile programs.", {"field_of_use"}),
    ("You agree not to use the checkpoint to harass or defame others.", {"field_of_use"}),
    ("We reserve the right to amend these terms whenever we see fit.", {"unilateral_change"}),
    (
        "The authors reserve the right, at their sole discretion, to revise this agreement.",
        {"unilateral_change"},
    ),
    (
        "Any public statement about the product must prominently say that it is built with our model.",
        {"branding"},
    ),
    ("Derived works have to carry the line 'Built on Foo' in a visible place.", {"branding"}),
    ("The licensor may use a kill switch to disable your copy.", {"remote_restriction"}),
    ("The vendor is entitled to disable copies that are already installed.", {"remote_restriction"}),
    ("Il est interdit de contourner les protections du modèle.", {"guardrail_lock"}),
    ("Vous devez soumettre vos utilisateurs aux mêmes restrictions.", {"flow_down"}),
    ("Nous nous réservons le droit de modifier la licence.", {"unilateral_change"}),
)

GRANTS = (
    "You may remove or replace the safety filters if you wish.",
    "The model comes without guardrails; add safety measures of your own.",
    "We removed a security bug from the loader and protected the download.",
    "Each recipient gets a license directly from the licensor, under the same terms as you.",
    "You must give every recipient a copy of this license.",
    "There are no use restrictions to pass on to third parties.",
    "It was tested on biometric data and on reports about nuclear energy.",
    "We reserve all rights not granted here.",
    "You may modify the software and change its name.",
    "A visible notice is welcome but not required.",
    "Disable the cache when memory is short; copies already installed keep working.",
    "Vous pouvez contourner ou retirer les filtres de sécurité.",
)
