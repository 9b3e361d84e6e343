"""A second set of wordings that were never tuned on, in the shapes of names, titles and brackets.

They only ever measure: none of these words may be copied into the data. Whoever mends one adds a like one to
`limits.py` and leaves these alone.
"""

HOLDERS = (
    "Jane Doe and Butchers Stranded & Joggers Dismissed",
    "Acme Inc. and Tailors Shooed and Jugglers Ejected",
    "University of Acme Plumbers Kindly Walk On",
    "Acme Foundation Beekeepers Cross The Street",
    "Institute of Acme Skaters Evicted Cyclists Evicted",
    "The Acme Authors Divers Spurned Climbers Spurned",
    "Acme Systems Hunters Muted Anglers Muted",
    "Acme Project Brokers Heave Off Quickly",
    "Team Acme Bouncers Frown Upon Gardeners",
    "Opticians Repelled, Grocers Repelled, Cobblers Repelled",
    "Bailiffs Shrink and Umpires Shrink and Referees Shrink",
    "Jane Doe et Vintners Lapidated und Coopers Lapidated",
    "Jane Doe, Potters Humbled, Acme Inc.",
    "Jane Doe wilted contributors and Drummers Culled",
    "Jane Doe shipwrecked",
    "Jane Doe mothballed team",
    "Jane Doe ashen project and Flautists Culled",
    "Acme Labs 0nly 4 Schol4rs",
    "Acme N0nc0mmercial",
    "R3stricted Acme",
    "Acme F0r 3ducation",
    "Acme Foundation T3sting Pr0hibited",
    "Jane Doe (Weavers Ignored Henceforth Throughout)",
    "Acme Council Sculptors Bygone (Acme)",
    "Acme, Inc. Tinkers Adrift Forevermore",
    "Jane Doe <jane@example.org> Smiths Ungiven Carters Ungiven",
    "Acme \u0274\u1d0f \ua731\u1d00\u029f\u1d07",
    "Jane Doe \u1d04\u1d0f\u1d18\u026a\u1d07\ua731 \u0262\u1d0f\u0274\u1d07",
)
"""What stands where a holder stands."""

BRACKETS = (
    "classroom loan",
    "sunset in spring",
    "hospitals ring first",
    "one machine per household",
    "ask Acme in advance",
    "no drones",
)
"""What stands in brackets behind a placeholder for the holder."""

TITLES = (
    "No warranty, no license",
    "Software of the academic public",
    "End of the license: May 2027",
    "Test version of the license",
    "License of source, not of software",
    "The open license of no one",
)
"""Words of titles of several licenses, which are the title of none."""
