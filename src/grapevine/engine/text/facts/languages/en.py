"""English."""

from __future__ import annotations

from grapevine.engine.text.facts.base import Language, Telling

_NAME = r"(?-i:(?!Christmas\b|Birthday\b|Easter\b|Halloween\b|I\b|And\b|But\b|The\b|My\b|She\b|He\b|Who\b|Is\b|In\b|On\b|For\b|To\b|When\b|So\b)[A-Z][a-zéèëöüåäøæ'-]{1,20})"

LANGUAGE = Language(
    code="en",
    weekdays=(
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "(?<!black )(?<!good )friday",
        "saturday",
        "sunday",
    ),
    # Case counts: "may" and "march" are words.
    months=(
        "(?-i:Jan(?:uary)?)",
        "(?-i:Feb(?:ruary)?)",
        "(?-i:March)",
        "(?-i:April)",
        "(?-i:May)",
        "(?-i:June)",
        "(?-i:July)",
        "(?-i:Aug(?:ust)?)",
        "(?-i:Sept(?:ember)?)",
        "(?-i:Oct(?:ober)?)",
        "(?-i:Nov(?:ember)?)",
        "(?-i:Dec(?:ember)?)",
    ),
    numbers={
        "one": 1,
        "an?": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "a couple of": 2,
    },
    days={
        "the day after tomorrow": ("day", 2),
        "tomorrow": ("day", 1),
        "(?:later )?today|tonight|this (?:morning|afternoon|evening)": ("day", 0),
        "the day before yesterday": ("day", -2),
        "yesterday|last night": ("day", -1),
        "last week": ("week", -1),
        "next week(?! (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)": ("week", 1),
        "last month": ("month", -1),
        "next month": ("month", 1),
        "last year": ("year", -1),
        "next year": ("year", 1),
    },
    units={"day": "(?:working |business )?days?", "week": "weeks?", "month": "months?", "year": "years?"},
    ago="{N} {UNIT} ago",
    ahead="(?:in|within) (?:the next )?{N} {UNIT}",
    next_weekday=("next (?:week (?:on )?)?{WEEKDAY}", "{WEEKDAY} next week"),
    last_weekday=("last {WEEKDAY}",),
    weekday="{WEEKDAY}",
    day_month=(
        r"(?:the )?{D}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? {YEAR})?",
        r"{MONTH} (?:the )?{D}(?:st|nd|rd|th)?(?:,? {YEAR})?",
    ),
    in_month="in {MONTH}(?: {YEAR})?",
    in_year="in {YEAR}",
    pieces={
        "NAME": _NAME,
        "FAMILY": r"(?:(?:little|oldest|eldest|youngest|elder|older|younger|big|new|twin) )?(?:(?:grand|step)?(?:son|daughter|child|mother|father)|kids?|children|boy|girl|toddler|baby|wife|husband|partner|fianc[eé]e?|mum|mom|dad|sister|brother|niece|nephew|grandma|grandpa|twins|cousin|dog|cat)",
        "FRIEND": r"(?:best )?(?:friend|colleague|neighbou?r|boss|flatmate|roommate)",
        "AGE": r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
        "I": r"(?:i|we)",
        "BEING": r"(?:i(?: a|['’])m|we(?: a|['’])re)",
        "THING": r"(?:an?|one of your|your|two|three|four|another|a pair of|a bag of|a new)(?: (?!the\b|as\b|of\b|over\b|through\b|pretty\b|always\b|around\b|about\b|whole\b|number\b|product\b|products\b|items?\b|order\b|orders\b|package\b|thing\b|things\b|one\b|it\b|online\b|recently\b|when\b|where\b|so\b|via\b|into\b|under\b|directly\b|during\b|since\b|without\b|which\b|also\b|only\b|here\b|there\b|back\b|off\b|\d+(?:st|nd|rd|th)\b|and\b|but\b|because\b|from\b|for\b|at\b|on\b|in\b|to\b|last\b|this\b|with\b|which\b|that\b|who\b|few\b|lot\b|while\b|time\b|days?\b|weeks?\b|months?\b|yesterday\b|today\b|two\b|three\b|before\b|after\b|via\b|by\b|of it\b)[\w'’-]{2,25}){1,4}",
    },
    tellings=(
        Telling("name", r"my name(?: is|['’]s) (?P<text>{NAME}(?: {NAME}){0,2})"),
        Telling("name", r"i(?: a|['’])m called (?P<text>{NAME})"),
        Telling(
            "birthday",
            r"(?:it(?: is|['’]s| will be) )?my (?:\d\dth )?birthday(?: is|['’]s| was)?",
            dated=True,
        ),
        Telling("birthday", r"(?-i:I) was born on", tense="past", dated=True),
        Telling("birthday", r"(?-i:I)(?: a|['’])m turning {AGE}|(?-i:I) turn \d\d", dated=True),
        Telling(
            "family", r"(?:my|our) {FAMILY}(?:['’]s name is| is called| is named|,? called|,? named) {NAME}"
        ),
        Telling(
            "family",
            r"(?:my|our) {FAMILY},? (?:is {AGE}(?: years old| months old)?(?= ?[.,!]|$)|{NAME} is {AGE}(?: years old)?(?= ?[.,!]|$))",
        ),
        Telling(
            "family",
            r"{I} have (?:{AGE}|an?) (?:(?:small|young|little|lovely|grown-?up|teenage) )?(?:kids?|children|sons?|daughters?|boys|girls|grandchildren|dogs?|cats?)(?= ?[.,!]|$| and\b| who\b)",
        ),
        Telling(
            "event",
            r"(?:my|our) {FAMILY}(?: {NAME})? (?:is starting|starts|will start|begins|is getting|gets|is turning|turns|is graduating|graduates|is moving|moves)(?: (?!on\b|in\b|next\b|this\b|tomorrow\b|and\b|but\b)[\w'-]{1,20}){0,4}",
            dated=True,
        ),
        Telling(
            "event",
            r"(?:{BEING} moving|{I} move) (?:house|home|to (?-i:[A-ZÅÄÖÆØ])[\w-]{2,25}|in together)",
            dated=True,
        ),
        Telling(
            "event",
            r"(?:{BEING} getting married|{BEING} starting (?:a |my )?new job|{I} start (?:a |my )?new job|{BEING} opening (?:a|our|my)(?: [\w-]{3,20}){1,3})",
            dated=True,
        ),
        Telling(
            "event",
            r"{BEING} (?:going|off|travelling|traveling|flying) (?:on (?:holiday|vacation)|to (?-i:[A-ZÅÄÖÆØ])[\w-]{2,25})",
            dated=True,
        ),
        Telling(
            "bought",
            r"{I}(?: have|['’]ve)? (?:just |recently |finally )?(?:bought|ordered|purchased) (?P<text>{THING})",
            tense="past",
        ),
        Telling(
            "preference",
            r"my favou?rite (?:[\w-]{3,20} ){1,2}(?:is|are) (?:the |your )?(?!when\b|that\b|how\b|what\b)[\w'’-]{3,25}(?: [\w'’-]{3,25})?",
        ),
        Telling(
            "preference",
            r"{I} (?:always |usually )?(?:wear|take) (?:a )?size \w{1,4}|my (?:shoe |clothing )?size is \w{1,4}",
        ),
        Telling(
            "preference",
            r"{I} (?:only|always) (?:drink|eat|use|wear) (?!it\b|this\b|that\b|them\b)[\w'’-]{3,20}(?: [\w'’-]{3,20}){0,2}",
        ),
        Telling(
            "preference",
            r"{I} (?:much )?prefer (?!to\b|it\b|this\b|that\b|them\b|if\b|not\b)[\w'’-]{3,20}(?: [\w'’-]{3,20}){0,2} (?:to|over) [\w'’-]{3,20}",
        ),
        Telling(
            "met",
            r"{I} (?:met|spoke (?:to|with)|talked to) (?:you|your (?:colleague|team))(?: {NAME})? at (?:the|your) [\w-]{3,25}(?: in {NAME})?",
            tense="past",
        ),
        Telling(
            "met",
            r"{I} (?:visited|was in|came by|were in) your (?:shop|store|stand|booth|caf[eé]|showroom)(?: in {NAME})?",
            tense="past",
            dated=True,
        ),
        Telling("relation", r"my {FRIEND},? {NAME}"),
        Telling(
            "family",
            r"(?-i:[Mm]y|[Oo]ur) (?-i:{FAMILY}),? {NAME},? ?\(?(?:aged |who is |who's )?{AGE}(?: (?:years|months) old)?\)?(?= ?[.,!)]|$)",
        ),
        Telling(
            "family", r"(?-i:[Mm]y|[Oo]ur) (?-i:{FAMILY}) {NAME}(?: and (?:my|our) (?-i:{FAMILY}) {NAME})?"
        ),
        Telling(
            "family",
            r"(?:{AGE}|my|our) (?-i:(?:small |young |grown-?up )?(?:kids|children|sons|daughters|boys|girls|grandchildren|dogs|cats|twins)),? {NAME}(?:, {NAME}){0,3},?(?: and {NAME})",
        ),
    ),
    promises=(
        r"(?:i|we)(?: will|['’]ll| shall| am going to| are going to|['’]m going to|['’]re going to) (?:then |also |personally |now )?(?:call|ring|phone|e-?mail|write|send|ship|post|refund|get back|come back|let you know|look into|check|ask|find out|update|contact|repair|replace|deliver|return|reserve|prepare|follow up|reply|answer|be in touch|have (?:it|one|them) (?:ready|sent)|make sure|arrange)",
        r"you(?: will|['’]ll) (?:hear from (?:me|us)|have (?:it|an answer|your (?:money|refund|order))|get (?:an answer|your (?:money|refund|order)|a (?:call|mail|reply)) ?(?:from (?:me|us))?)",
        r"(?:i|we) promise to [\w-]{2,20}",
    ),
    doubt=r"if|unless|would|could|should|might|maybe|perhaps|wish|hope|hopefully|never|not|\w+n['’]t|nobody|imagine|pretend|used to|said|says|told|asked|when i was|as a (?:kid|child)|supposed to|almost|wanted to|thinking (?:of|about)|considering|rt @\w+|lol|haha",
    promise_doubt=r"if|unless|would|could|might|maybe|perhaps|hope|never|not be able|cannot|can['’]t|won['’]t|will not|when you|once you|as soon as you",
    special={
        "health": r"diabet\w*|cancer|tumou?r|chemo\w*|asthma\w*|allerg\w*|celiac|coeliac|epilep\w*|depress(?:ed|ion)|anxiety disorder|bipolar|autis\w*|adhd|dementia|alzheimer\w*|disabilit\w+|disabled|wheelchair|pregnan\w*|miscarriage|hiv|surgery|hospitali[sz]ed|in (?:the )?hospital|sick leave|burn-?out|diagnos\w*|medication|medicine|(?:blood )?disease|illness|stroke|heart attack|heart condition|expecting (?:a )?(?:baby|child|twins)|lactose intoleran\w*|gluten intoleran\w*|mental(?:ly)? (?:health|ill)|addict(?:ed|ion)|alcoholic|therapist|insulin\w*|(?<!taste )(?<!tasted )(?<!tasting )(?<!proefde )(?<!geproefd )blind(?:ness)?(?!fold| date| tast| spot| faith| corner)|deaf(?:ness)?|hard of hearing|hearing (?:aids?|loss|impair\w*)|cochlear|visually impaired|partially sighted|guide dog|(?-i:AA) (?:meetings?|group|sponsor)|alcoholics anonymous|narcotics anonymous|twelve[- ]step|sober (?:for|since)|(?:weeks|months|years|days) sober|in recovery|rehab\w*|detox(?:ing)?|relapsed?|overdosed?|methadone|dialysis|transplant\w*|crutches|prosthe\w*|amput\w*|paralys\w*|pacemaker|inhaler|epi-?pen|anaphyla\w*|migraines?|arthritis|rheumat\w*|fibromyalgia|multiple sclerosis|parkinson\w*|crohn\w*|colitis|psoriasis|eczema|thyroid|high blood pressure|antidepressants?|prozac|ritalin|lithium|radiotherapy|radiation treatment|leuka?emia|lymphoma|melanoma|ptsd|ocd|schizo\w*|psycho(?:sis|tic|therap\w*)|eating disorder|anorexi\w*|bulimi\w*|suicid\w*|self[- ]harm\w*|panic attacks?|psychiatr\w*|psychologist|counsell?ing|ivf|fertility (?:treatment|clinic)|infertil\w*|menopaus\w*|stillb\w*|abortion|endometriosis|contracepti\w*|long covid|covid|disability (?:benefits?|pension)|hospice|terminal(?:ly)? ill\w*|palliative|down['’]?s? syndrome|dyslexi\w*|tourette\w*|cerebral palsy|special needs|injur(?:y|ed)|operated on|broke (?:his|her|my|their) (?:leg|arm|hip|back)|chronic(?:ally)? (?:ill|pain|fatigue)|seizures?|concussion|hepatitis|tuberculosis|sti|std|herpes|on the spectrum|neurodiver\w*|obes(?:e|ity)|ozempic|wegovy",
        "religion": r"muslims?|islam\w*|christian(?:s|ity)?|catholics?|protestants?|jewish|judaism|hindus?|buddhis\w*|sikhs?|atheis\w*|mosque|synagogue|(?:my|our) church|baptis\w*|ramadan|hajj|kosher|halal|jehovah\w*|mormons?|(?:my|our) (?:religion|faith)|church(?:es)?|priest|imam|rabbi|prayers?|prays?|praying|bible|qur['’]?an|koran|torah|(?:bar|bat) mitzvah|eid|diwali|hanukkah|chanukah|passover|first communion|confirmation class\w*|hijab|headscarf|sabbath|shabbat|pilgrimage|evangelical\w*|pentecostal\w*|methodists?|lutherans?|baptists?|quakers?|scientolog\w*|born[- ]again|sunday school|choir at (?:st|saint)|believes? in god|orthodox",
        "politics": r"(?:i|we|she|he|they) (?:\w+ )?(?:vote|voted|voting) (?:for|against)|social democrats?|republicans?|labour party|conservative party|communis\w*|socialists?|liberals?|party member|political (?:view|opinion|party)s?|brexiteers?|trump supporters?|vot(?:es?|ed|ing) (?:for|against|labour|tory|conservative|green|remain|leave|democrat|republican|trump|biden|harris)(?! (?:your|our|this|the (?:best|new|soap|shop)|my favou?rite))|tor(?:y|ies)|lib ?dems?|ukip|reform uk|sinn f[eé]in|democrats|maga|antifa|marxis\w*|anarchis\w*|fascis\w*|far[- ](?:right|left)|right[- ]wing|left[- ]wing|campaign(?:s|ed|ing) for (?:the )?(?:party|labour|greens?|candidate)|candidate for (?:the )?(?:council|parliament|senate|mayor)|demonstrat(?:es?|ed|ing) (?:for|against)|protest march|activis[mt]s?",
        "sexuality": r"gay|lesbian|bisexual|homosexual\w*|heterosexual\w*|transgender|trans (?:man|woman)|queer|lgbt\w*|sexual orientation|sex life|pansexual|asexual|non-?binary|gender (?:dysphoria|reassignment|transition\w*|clinic)|transition(?:ed|ing) (?:to|from)|came out|same[- ]sex|his husband|her wife|two (?:mums|moms|dads|mothers|fathers)|pride (?:march|parade)",
        "ethnicity": r"ethnic\w*|(?:my|our|of) (?:\w+ )?(?:race|skin colou?r)|roma people|gypsy|gypsies|mixed[- ]race|refugees?|asylum|people of colou?r|(?:man|woman|person) of colou?r|black (?:man|woman|person|family|community)|of (?:\w+ )?(?:descent|heritage|ancestry)|ethnic origin|immigrants?|kurd(?:s|ish)?|romani|travellers|aboriginal|native american|indigenous|s[aá]mi",
        "union": r"trade unions?|labou?r unions?|union (?:member\w*|rep\w*)|shop steward|unison|shop stewards?|(?:on|went on) strike|picket line|(?:my|our|the) union",
        "biometric": r"fingerprints?|iris scan|dna(?: test)?|genetic\w*|face recognition|facial recognition|voice ?prints?|retina scan|palm print|23andme|hereditary|face id",
        "crime": r"convicted|in prison|criminal record|on parole|probation officer|convict(?:ion|s)?|sentenced to|jail(?:ed)?|prison(?:er)?|arrested|on bail|ankle tag|restraining order|community service order",
    },
)
