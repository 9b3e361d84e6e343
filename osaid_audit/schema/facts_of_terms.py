"""The facts about terms: those of the model itself, and those of the models it was made from."""

from osaid_audit.schema.base import FREEDOMS
from osaid_audit.schema.factspec import CLASSES, FactSpec, boolean, reviewed, true_only

FACTS: tuple[FactSpec, ...] = (
    FactSpec(
        "license.class",
        "string",
        "what the terms on the weights allow, the worst part deciding",
        values=CLASSES,
    ),
    FactSpec("license.ids", "strings", "the concluded license ids, SPDX or LicenseRef"),
    FactSpec(
        "license.breaks",
        "strings",
        "freedoms taken away by identified terms",
        values=FREEDOMS,
        lower_bound=True,
    ),
    FactSpec(
        "license.decided_by",
        "strings",
        "the license that decides, with its path when it is a component's, or what is declared where nothing "
        "could be concluded; named in texts only",
        lower_bound=True,
    ),
    FactSpec(
        "license.texts",
        "strings",
        "license texts recognised word for word, each with its file or link; named in texts only",
        lower_bound=True,
    ),
    FactSpec(
        "license.without_text",
        "strings",
        "what decides and is no text recognised word for word; named in texts only",
        lower_bound=True,
    ),
    FactSpec(
        "license.undecided",
        "strings",
        "places that disagree, or of which nobody can say whether they agree; named in texts only",
        lower_bound=True,
    ),
    boolean("license.grant_found", "some grant was found; false is an observed absence"),
    true_only("license.inherited_only", "no grant of its own was found, and a base is declared"),
    true_only(
        "license.read_all", "card, license and policy files, gate prompt and license_link are read or absent"
    ),
    boolean("license.consistent", "declared ids, files, link, gate prompt and prose agree"),
    boolean("license.usage_policy", "a usage policy that the license does not incorporate stands beside it"),
    true_only("license.text_exact", "the full text of the concluded license was recognised word for word"),
    reviewed(
        "license.accepted",
        "a reviewer accepts the terms as open",
        "une personne accepte les conditions comme ouvertes",
    ),
    reviewed(
        "license.conflict_resolved",
        "a reviewer settled which side of a disagreement holds",
        "une personne a tranché : on sait laquelle des licences en désaccord s'applique",
    ),
    FactSpec(
        "license.waits_for",
        "strings",
        "what is unread or undecided, so that limits cannot be denied; named in texts only",
        lower_bound=True,
    ),
    boolean(
        "license.mof_open", "the Model Openness Framework's own list calls the terms on the weights open"
    ),
    boolean(
        "license.commercial_limited", "commercial use is banned, or only research or personal use allowed"
    ),
    boolean("license.field_limited", "some purposes are banned, or only some are allowed"),
    boolean("license.geography_limited", "the grant does not hold everywhere"),
    boolean("license.threshold", "the grant ends above a revenue or a number of users"),
    boolean("license.changes_limited", "changed versions are banned, or safeguards must stay"),
    boolean("license.sharing_limited", "passing the weights on is banned, or only on the same limits"),
    boolean("license.revocable", "the publisher may withdraw the grant, or restrict the use from afar"),
    boolean("license.mutable_policy", "the terms include a policy that can be changed later"),
    boolean("license.unilateral_change", "the publisher alone may change the terms, or impose updates"),
    reviewed(
        "license.mof_accepted",
        "a reviewer finds the terms open by the Model Openness Framework's list",
        "une personne trouve les conditions ouvertes selon la liste du Model Openness Framework",
    ),
    true_only("lineage.declared_base", "the page declares at least one base model"),
    boolean("lineage.restricted", "a read hop breaks a freedom; false only when every chain is complete"),
    FactSpec(
        "lineage.broken_freedoms", "strings", "freedoms broken by a hop", values=FREEDOMS, lower_bound=True
    ),
    FactSpec(
        "lineage.broken_by",
        "strings",
        "the bases that break a freedom, each with the way to it and its license; named in texts only",
        lower_bound=True,
    ),
    true_only(
        "lineage.undecided", "a declared hop has undecided terms, or there is a lead to an undeclared base"
    ),
    true_only(
        "lineage.origin_spoken",
        "the page says that the model was made from another one, without an id under which it can be read",
    ),
    true_only("lineage.complete", "every chain is read to an attested end"),
    FactSpec(
        "lineage.worst_class", "string", "the worst class among all hops, when complete", values=CLASSES
    ),
    true_only("lineage.stated_from_scratch", "the publisher says the model was trained from scratch"),
    reviewed(
        "lineage.from_scratch",
        "a reviewer attests that the model has no base",
        "une personne atteste que le modèle n'est issu d'aucun autre",
    ),
    reviewed(
        "lineage.accepted",
        "a reviewer accepts the terms of the whole lineage",
        "une personne accepte les conditions de toute la filiation",
    ),
)
