"""What `explain` says of words that are neither rules nor facts, in both languages."""

GLOSSES: dict[str, tuple[str, str]] = {
    "attestation": (
        (
            "A named reviewer's statements that supply or correct facts, with evidence, in a signed file. It"
            " changes the verdict's input and is always shown. 'osaid-audit attest MODEL' drafts one."
        ),
        (
            "Les déclarations d'une personne nommée, qui fournissent ou corrigent des faits, preuves à"
            " l'appui, dans un fichier signé. Elle change ce que l'on juge et est toujours montrée. «"
            " osaid-audit attest MODÈLE » en prépare une."
        ),
    ),
    "on_the_word_of": (
        (
            "The reviewers on whose statements a result rests. Nobody checks the name: it is a person's"
            " word, not a seal."
        ),
        (
            "Les personnes sur les déclarations desquelles un résultat repose. Personne ne vérifie le nom :"
            " c'est une parole, non un label."
        ),
    ),
    "opinion": (
        (
            "Somebody else's published judgement of the very same model, with its date, shown beside ours"
            " and never counted."
        ),
        (
            "Le jugement publié par d'autres sur ce même modèle, avec sa date, montré à côté du nôtre et"
            " jamais compté."
        ),
    ),
    "unsigned": (
        (
            "An attestation is ignored: 'signed' is not true, so nobody stands by it. Answer, fill in name"
            " and date, and sign."
        ),
        (
            "Une attestation est ignorée : « signed » ne vaut pas true, personne n'en répond donc. Répondez,"
            " indiquez le nom et la date, et signez."
        ),
    ),
    "not-yet": (
        (
            "An attestation is ignored: it is signed after the day the report speaks of. Choose a later day"
            " with --as-of, or correct the date."
        ),
        (
            "Une attestation est ignorée : elle est signée après le jour dont parle le rapport. Choisissez"
            " un jour plus tardif avec --as-of, ou corrigez la date."
        ),
    ),
    "expired": (
        (
            "An attestation is ignored: its last day lies before the day the report speaks of. Look again,"
            " and sign anew."
        ),
        (
            "Une attestation est ignorée : son dernier jour précède le jour dont parle le rapport. Vérifiez"
            " de nouveau, et signez de nouveau."
        ),
    ),
    "other-model": (
        (
            "An attestation is ignored: its 'subject' is another model, even where the commit or the content"
            " is the same."
        ),
        (
            "Une attestation est ignorée : son « subject » est un autre modèle, même si le commit ou le"
            " contenu est le même."
        ),
    ),
    "other-revision": (
        (
            "An attestation is ignored: it names neither the audited commit nor the same license texts and"
            " weights."
        ),
        (
            "Une attestation est ignorée : elle ne nomme ni le commit audité, ni les mêmes textes de licence"
            " et les mêmes poids."
        ),
    ),
    "contradicts": (
        (
            "In a report, why statements are ignored: the evidence or another reviewer says otherwise. In an"
            " attestation, the source that a correction overrides: its path and line, pointer or url; outside"
            " the model's own repository its url, or 'repository' too."
        ),
        (
            "Dans un rapport, pourquoi des déclarations sont ignorées : les preuves, ou une autre personne,"
            " disent autre chose. Dans une attestation, la source qu'une correction remplace : path et line,"
            " pointer ou url ; hors du dépôt du modèle, son url, ou « repository » en plus."
        ),
    ),
}
CONTEST = (
    "How to contest a result",
    "Comment contester un résultat",
    "Open an issue with the makers of the tool, or write to whoever ran it, and name the finding",
    "Ouvrez un ticket auprès des auteurs de l'outil, ou écrivez à qui l'a lancé, en nommant le constat",
)
CONTEST_PARTS = (
    (
        "The JSON report or the dossier (no token is in it), with the model id and the full commit",
        "Le rapport JSON ou le dossier (sans jeton), l'identifiant du modèle et le commit complet",
    ),
    (
        "The rule, and the source that was misread: its address and line",
        "La règle, et la source mal lue : son adresse et sa ligne",
    ),
    (
        "What stands there, or where the right evidence is, at an address that others can open",
        "Ce qui y figure, ou où se trouve la bonne preuve, à une adresse que d'autres peuvent ouvrir",
    ),
    (
        "For a license: the clause, its place in the text, and the freedom in question",
        "Pour une licence : la clause, sa place dans le texte et la liberté en cause",
    ),
    (
        "For the reading of a norm: its sentence, and your reading of it",
        "Pour la lecture d'une norme : sa phrase, et votre lecture",
    ),
)
