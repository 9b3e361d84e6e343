"""Words that limit what may be done with a model. Every repetition is bounded."""

import re

# Words that limit what may be done, in the main European languages and a few others: they ask for a reader.
# English and French are read; of the rest only the plainest words, so that a stray line is not passed over.
_COMMERCIAL = r"(?:commercial(?:ly|i[sz]\w{0,8})?|for[- ]profit|sell|monetary|revenue)"
_SCOPE = (
    r"(?:research(?:ers?)?|academi\w{1,5}|educational?|scientific|evaluation|testing|personal|private|hobby"
    r"|non[- ]?profit|internal|universit\w{1,3}|students?)"
)
_BAN = (
    r"(?:prohibited|forbidden|disallowed|banned|not (?:be )?(?:allowed|permitted|granted|authori[sz]ed"
    r"|licensed)"
    r"|strictly limited)"
)
LIMITS = re.compile(
    "|".join(
        (
            r"\bnon[- ]?commercial",
            r"\bcc[- ]?by[- ]?n[cd]\b|\bby-n[cd]\b|\bno[- ]?derivatives?\b",
            (
                rf"\b(?:no|not|never|cannot|without|n't|except(?:ing)?|excluding|prohibit\w{{0,3}}"
                rf"|forbid\w{{0,4}}"
                rf"|restrict\w{{0,4}}|disallow\w{{0,2}})\b[^;]{{0,60}}?\b{_COMMERCIAL}\b"
                r"(?! (?:support|value|purpose(?:s)? only if))"
            ),
            (
                rf"\b{_COMMERCIAL}\b[^;]{{0,60}}?\b(?:{_BAN}|(?:needs?|requires?|subject to)\b[^;]{{0,40}}"
                r"(?:licen[cs]e|permission|agreement|authori[sz]ation|consent|approval))"
            ),
            (
                r"\b(?:commercial licen[cs](?:e|es|ing)\b[^;]{0,60}\b(?:contact|available|request|purchase"
                r"|required)"
                r"|(?:contact|purchase|obtain|request|apply|buy|for)\b[^;]{0,60}\bcommercial licen[cs](?:e"
                r"|ing))\b"
            ),
            (
                r"\b(?:obtain|request|purchase|buy|needs?|requires?|acquire|sign|pay)\b[^;]{0,30}"
                r"\b(?:commercial|separate|paid|written|prior|explicit|special|enterprise)"
                r"(?: (?:commercial|written|paid|enterprise))? "
                r"(?:licen[cs]e|permission|agreement|authori[sz]ation|consent|approval)"
            ),
            (
                rf"\b(?:only|solely|exclusively|strictly|limited to|restricted to"
                rf"|reserved for)\b[^;:]{{0,30}}"
                rf"\b{_SCOPE}\b[^;:]{{0,20}}\b(?:purposes?|uses?|usage|communit\w+|institutions?|users?|only"
                rf"|projects?)"
            ),
            (
                rf"\b(?:use|usage|used|access|licensed|available|released?|provided|intended|permitted"
                rf"|allowed)\b"
                rf"[^;:]{{0,30}}\b(?:only|solely|exclusively|strictly|limited to|restricted to|reserved)\b"
                rf"[^;:]{{0,30}}\b{_SCOPE}\b"
            ),
            rf"\b{_SCOPE}(?:(?:,| and| or|/) [\w-]{{3,20}}){{0,3}}(?: (?:purposes?|uses?|usage))? only\b",
            rf"\bfree for (?:\w+ ){{0,2}}{_SCOPE}\b(?![^;]{{0,40}}\bcommercial)",
            (
                r"\b(?:may|must|shall) (?:not|never)(?: be)? (?:used?|redistribut\w+|distribut\w+|shared?"
                r"|sold"
                r"|sell"
                r"|modif\w+|copied|published?|fine-?tuned?|host\w*|deploy\w*|re-?upload\w*)\b"
            ),
            (
                r"\b(?:not|never) (?:be )?(?:allowed|permitted|authori[sz]ed|licensed) to\b"
                r"|\b(?:use|usage|using|redistribution|distribution|modification)\b[^;]{0,60}\b"
                rf"(?:is|are) (?:strictly |expressly |explicitly )?{_BAN}"
            ),
            r"\b(?:prohibited|forbidden|banned) (?:to|from) (?:use|us(?:e|ing)|redistribut\w+)",
            r"\bdo not (?:re-?distribute|re-?upload|share|sell|resell)\b",
            (
                r"\b(?:companies|enterprises|businesses|corporations|startups)\b[^;]{0,60}\b(?:must|have to"
                r"|may"
                r" not"
                r"|cannot|(?:needs?|requires?|should)\b[^;]{0,30}\b(?:licen\w+|permission|agreement|contact"
                r"|consent))\b"
            ),
            # French
            (
                r"\b(?:commercia(?:l|le|les|ux|lement)|lucrati[fv]e?s?)\b[^;]{0,60}\b(?:interdit\w{0,2}"
                r"|prohibé\w{0,2}|pas"
                r"|soumise?s?|nécessit\w+|requi\w+|exclu\w{0,2}|réservée?s?)\b"
            ),
            (
                r"\b(?:pas|non|interdi\w+|sans|hors|aucune?|exclu\w{0,2}|jamais|ni)\b[^;]{0,60}\b"
                r"(?:commercia(?:l|le|les|ux|lement|lis\w+)|lucrati[fv]e?s?)\b"
            ),
            (
                r"\b(?:réservée?s?|uniquement|exclusivement|seulement|strictement|limitée?s?|restreinte?s?)\b"
                r"[^;:]{0,40}\b(?:recherche|universitaires?|académiques?|éducati\w+|enseignement|personnels?"
                r"|privée?s?"
                r"|scientifiques?|évaluation)\b"
            ),
            (
                r"\b(?:recherche|universitaire|académique|personnel|privé) (?:uniquement|exclusivement"
                r"|seulement)\b"
            ),
            (
                r"\bne (?:peut|peuvent|doit|doivent) (?:pas|jamais|en aucun cas) être (?:utilisée?s?"
                r"|redistribuée?s?"
                r"|distribuée?s?|vendue?s?|modifiée?s?|partagée?s?|employée?s?)"
            ),
            (
                r"\b(?:utilisation|usage|redistribution|modification|diffusion|exploitation)\b[^;]{0,60}"
                r"\b(?:interdite?s?|prohibée?s?|soumise?s? à)\b|\binterdit (?:d['\u2019]|de |à )"
            ),
            (
                r"\bpas d['\u2019](?:utilisation|usage) commercia|\bpas de modification\b|\btous droits"
                r" réservés\b"
            ),
            # German, Dutch
            (
                r"nicht[- ]?kommerzi|kommerzi\w{0,8}\b[^;]{0,60}\b(?:verboten|untersagt|nicht|lizenz"
                r"|ausgeschlossen)"
                r"|\b(?:keine?|ohne) kommerzi|\b(?:nur|ausschließlich) (?:für"
                r"|zu[mr]?)\b[^;]{0,40}(?:forschung"
                r"|privat"
                r"|wissenschaft|bildung|akademi|persönlich|nicht)|\b(?:verboten|untersagt|nicht (?:gestattet"
                r"|erlaubt))\b"
            ),
            (
                r"\bniet[- ](?:voor )?commerci|\bcommerci\w+ gebruik\b[^;]{0,30}\b(?:niet|verboden)"
                r"|\bverboden\b"
                r"|\bniet toegestaan\b|\b(?:alleen|uitsluitend) voor\b[^;]{0,30}\b(?:onderzoek|persoonlijk"
                r"|privé)"
            ),
            # Spanish, Portuguese, Italian
            (
                r"\bno comercial|\b(?:prohibid[oa]s?|prohíbe|proibid[oa]s?|proíbe|vietat[oaie]"
                r"|proibit[oaie])\b"
                r"|\bno (?:se permite|está permitid[oa]|comercial)|\bnão[- ]comercial|\bnão (?:é"
                r" )?permitid[oa]"
                r"|\bnon (?:è )?(?:consentit[oa]|permess[oa]|commerciale)"
            ),
            (
                r"\b(?:s[oó]lo|solamente|únicamente|exclusivamente|somente|apenas|soltanto|unicamente"
                r"|esclusivamente)"
                r" (?:para|per|con|a|com)\b[^;]{0,40}\b(?:investiga|académic|acadêmic|accademic|educa|persona"
                r"|pessoa"
                r"|pesquisa|ricerca|fines|fins|scopi|uso)"
            ),
            # Polish, Scandinavian, Russian, Chinese, Japanese, Korean
            (
                r"niekomercyjn|\bwyłącznie do\b|\bzabronion|icke[- ]?kommersi|ikke[- ]?kommersi|\bförbjud"
                r"|\bforbud"
                r"|некоммерческ|запрещ|только для (?:исслед|научн|личн)"
            ),
            r"非商业|非商業|非商用|禁止|不得|仅供|僅供|仅限|研究目的|商用利用不可|비상업|금지|연구\s?(?:목적|용)",
        )
    ),
    re.IGNORECASE,
)
