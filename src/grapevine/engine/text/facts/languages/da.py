"""Danish."""

from __future__ import annotations

from grapevine.engine.text.facts.base import Language, Telling

_NAME = r"(?-i:(?!Jeg\b|Og\b|Men\b|Som\b|Det\b|Den\b|Min\b|Han\b|Hun\b|Vi\b|Er\b|Har\b|På\b|Når\b|Der\b)[A-ZÆØÅÄÖ][a-zæøåäöéèü'-]{1,20})"

LANGUAGE = Language(
    code="da",
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "(?<!black )fredag", "lørdag", "søndag"),
    months=(
        "jan(?:uar)?",
        "feb(?:ruar)?",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "aug(?:ust)?",
        "sept?(?:ember)?",
        "okt(?:ober)?",
        "nov(?:ember)?",
        "dec(?:ember)?",
    ),
    numbers={
        "en": 1,
        "et": 1,
        "to": 2,
        "tre": 3,
        "fire": 4,
        "fem": 5,
        "seks": 6,
        "syv": 7,
        "otte": 8,
        "ni": 9,
        "ti": 10,
        "et par": 2,
    },
    days={
        "i ?overmorgen": ("day", 2),
        "(?:i morgen|imorgen)(?: tidlig)?": ("day", 1),
        "i ?dag|i ?aften|i ?eftermiddag": ("day", 0),
        "i ?forgårs": ("day", -2),
        "i ?går": ("day", -1),
        "(?:i )?sidste uge": ("week", -1),
        "(?:i )?næste uge(?! på)": ("week", 1),
        "(?:i )?sidste måned": ("month", -1),
        "(?:i )?næste måned": ("month", 1),
        "sidste år": ("year", -1),
        "(?:til )?næste år": ("year", 1),
    },
    units={"day": "(?:arbejds|hver)?dage?", "week": "uger?", "month": "måned(?:er)?", "year": "år"},
    ago="for {N} {UNIT} siden",
    ahead="(?:om|inden for|indenfor) {N} {UNIT}",
    next_weekday=("næste (?:uge på )?{WEEKDAY}", "{WEEKDAY} i næste uge"),
    last_weekday=("i {WEEKDAY}s", "sidste {WEEKDAY}"),
    weekday="(?:på |senest |inden |nu på |til )?{WEEKDAY}",
    day_month=(
        r"(?:d(?:en|\.) )?{D}\.? {MONTH}(?: {YEAR})?",
        r"(?:d(?:en|\.) )(?P<day>[0-3]?\d)[/.](?P<month>1[0-2]|0?[1-9])(?:[-. ]{YEAR})?",
    ),
    in_month="(?:i|til) {MONTH}(?: {YEAR})?",
    in_year="(?:i|siden) {YEAR}",
    pieces={
        "NAME": _NAME,
        "MY": r"(?:min|mit|mine|vores)",
        "FAMILY": r"(?:(?:lille|ældste|yngste|store|nye) )?(?:barnebarn|børnebørn|datter|døtre|søn|sønner|børn|barn|pige|dreng|tvillinger|kone|mand|kæreste|samlever|partner|mor|far|mormor|farmor|morfar|farfar|søster|bror|niece|nevø|kusine|fætter|hund|kat|ældste|yngste)",
        "FRIEND": r"(?:bedste )?(?:ven|veninde|kollega|nabo|chef)",
        "AGE": r"(?:\d{1,2}|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv)",
        "I": r"(?:jeg|vi)",
        "WORDS": r"(?: (?!på\b|i\b|til\b|næste\b|og\b|men\b|om\b|d\b|den\b)[\w'-]{1,20}){0,4}",
        "THING": r"(?:en|et|to|tre|fire|en ny|et nyt|et par)(?: (?!vare\b|varer\b|produkt\w*\b|ordre\w*\b|pakke\w*\b|ting\b|hel\b|hjem\b|under\b|over\b|uden\b|anden\b|andet\b|andre\b|online\b|eller\b|samt\b|indtil\b|kaldet\b|en\b|ikke\b|så\b|om\b|og\b|men\b|for\b|fra\b|på\b|i\b|af\b|hos\b|til\b|som\b|med\b|sidste\b|uger?\b|dage?\b|måned\w*\b|år\b|via\b|da\b|der\b|inden\b|efter\b|hvor\b|del\b|gang\b|masse\b|ved\b)[\w'’-]{2,25}){1,3}",
    },
    tellings=(
        Telling("name", r"(?:jeg hedder|mit navn er) (?P<text>{NAME}(?: {NAME}){0,2})"),
        Telling(
            "birthday",
            r"(?:jeg (?:har|holder) (?:\w+ )?fødselsdag|min fødselsdag er|det er min fødselsdag|har jeg fødselsdag|jeg fylder (?:år|\d\d)|fylder jeg (?:år|\d\d))",
            dated=True,
        ),
        Telling("birthday", r"jeg er født", tense="past", dated=True),
        Telling("family", r"{MY} {FAMILY}(?:,? (?:som|der))? hedder {NAME}(?: og {NAME})?"),
        Telling(
            "family", r"{MY} {FAMILY}(?: {NAME})?,? er {AGE} (?:år(?: gam(?:mel|le))?|måneder)(?= ?[.,!]|$)"
        ),
        Telling(
            "family",
            r"{I} har (?:{AGE}|en|et) (?:(?:små|voksne|lille) )?(?:børnebørn|barnebarn|børn|barn|døtre|datter|sønner|søn|piger|drenge|hunde|hund|katte|kat)(?= ?[.,!]|$| og\b| som\b| der\b)",
        ),
        Telling(
            "event",
            r"{MY} {FAMILY}(?: {NAME})? (?:skal starte|starter|begynder|skal begynde|fylder|skal giftes|bliver gift|bliver student|skal konfirmeres|flytter|skal flytte){WORDS}",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:skal )?flytter? (?:til (?-i:[A-ZÆØÅÄÖ])[\w-]{2,25}|sammen|hjemmefra)|(?:flytter {I}|skal {I} flytte) (?:til (?-i:[A-ZÆØÅÄÖ])[\w-]{2,25}|sammen|hjemmefra)",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:skal giftes|bliver gift)|(?:skal {I} giftes|bliver {I} gift)|{I} (?:skal )?(?:starter?|begynder?) (?:på |i )?(?:et |mit )?nyt (?:job|arbejde)|(?:starter|begynder) {I} (?:på |i )?(?:et |mit )?nyt (?:job|arbejde)",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:skal (?:rejse|tage|på ferie)|rejser|tager) ?(?:på ferie|til (?-i:[A-ZÆØÅÄÖ])[\w-]{2,25})|(?:rejser|tager) {I} (?:på ferie|til (?-i:[A-ZÆØÅÄÖ])[\w-]{2,25})",
            dated=True,
        ),
        Telling(
            "bought",
            r"{I} (?:har )?(?:lige |netop |endelig )?(?:købte|købt|bestilte|bestilt) (?P<text>{THING})",
            tense="past",
        ),
        Telling("bought", r"(?:købte|bestilte) {I} (?P<text>{THING})", tense="past"),
        Telling(
            "preference",
            r"{MY} yndlings[a-zæøå]{2,15} er (?!at\b|når\b|den\b|det\b|ikke\b|nok\b)[\w'’-]{3,25}(?: [\w'’-]{3,25})?",
        ),
        Telling(
            "preference", r"{I} (?:bruger|har) (?:sko)?størrelse \w{1,4}|min (?:sko)?størrelse er \w{1,4}"
        ),
        Telling(
            "preference",
            r"{I} (?:drikker|spiser|bruger|handler) (?:kun|altid|helst) (?!det\b|den\b|dem\b|på\b|en\b|et\b)[\w'’-]{3,20}(?: (?!men\b|og\b)[\w'’-]{3,20})?",
        ),
        Telling(
            "preference",
            r"{I} foretrækker (?!at\b|det\b|den\b|hvis\b|når\b)[\w'’-]{3,20}(?: [\w'’-]{3,20})? (?:frem for|fremfor) [\w'’-]{3,20}",
        ),
        Telling(
            "met",
            r"{I} (?:mødte|talte med|snakkede med) (?:jer|dig|din kollega|jeres kollega)(?: {NAME})? på (?:(?:jeres|en) )?[\w-]{3,25}(?: i {NAME})?",
            tense="past",
        ),
        Telling(
            "met",
            r"{I} (?:besøgte|var i|var inde i) (?:jeres|din) (?:butik|forretning|stand|showroom|café)(?: i {NAME})?",
            tense="past",
            dated=True,
        ),
        Telling("relation", r"{MY} {FRIEND},? {NAME}"),
        Telling(
            "family",
            r"(?-i:[Mm]in|[Vv]ores) (?-i:{FAMILY}),? {NAME}(?:,| \(| på|, som er|, der er)? ?{AGE} ?(?:år|måneder)\b(?! siden| garanti)",
        ),
        Telling(
            "family",
            r"(?-i:[Mm]in|[Vv]ores) (?-i:{FAMILY}) {NAME}(?: og (?:min|vores) (?-i:{FAMILY}) {NAME})?",
        ),
        Telling(
            "family",
            r"(?:{AGE}|mine|vores) (?-i:(?:små |voksne )?(?:børnebørn|børn|døtre|sønner|piger|drenge|hunde|katte|tvillinger)),? {NAME}(?:, {NAME}){0,3}(?: og {NAME})",
        ),
    ),
    promises=(
        r"(?:jeg|vi) (?:skal nok |vil |kommer til at )?(?:så |også |personligt |nu )?(?:vender tilbage|vende tilbage|ringer|ringe|mailer|maile|skriver|skrive|sender|sende|svarer|svare|refunderer|refundere|betaler|tilbagebetaler|leverer|levere|undersøger|undersøge|tjekker|tjekke|spørger|spørge|sørger for|sørge for|kontakter|kontakte|reserverer|lægger til side|bytter|bytte|giver besked|give besked|følger op|følge op|ordner|ordne)",
        r"(?:vender|ringer|mailer|skriver|sender|svarer|leverer|undersøger|tjekker|kontakter|giver|ordner|følger|hører) (?:jeg|vi|du fra (?:mig|os))",
        r"(?:skal|vil) (?:jeg|vi) (?:nok )?(?:vende tilbage|ringe|maile|skrive|sende|svare|levere|undersøge|kontakte|give besked|ordne)",
        r"du (?:får|hører) (?:svar|besked|pengene|et svar|en mail|et opkald|fra (?:mig|os))",
        r"(?:jeg|vi) lover at [\wæøå]{2,20}",
    ),
    doubt=r"hvis|såfremt|ville|burde|måske|kunne|håber|håbede|aldrig|ikke|ingen|intet|drømmer|sagde|siger|fortalte|spurgte|da jeg var|som barn|plejede|næsten|overvejer|tænker|rt @\w+|haha|lol",
    promise_doubt=r"hvis|såfremt|ville|måske|kunne|håber|aldrig|ikke|når du|så snart",
    special={
        "health": r"diabet\w*|sukkersyge|kræft\w*|tumor\w*|kemo\w*|astma\w*|allergi\w*|cøliaki\w*|glutenintoleran\w*|laktoseintoleran\w*|epilep\w*|depri\w*|depression\w*|angst\w*|bipolar\w*|autis\w*|adhd|demen(?:s|t)\w*|handicap\w*|kørestol\w*|gravid\w*|venter (?:barn|tvillinger)|abort\w*|hiv|opereret|opereres|operation\w*|hospital\w*|sygehus\w*|sygemeld\w*|diagnos\w*|medicin\w*|sygdom\w*|blodprop\w*|hjertestop\w*|psykisk\w*|alkoholiker\w*|misbrug\w*|psykolog\w*|insulin\w*|(?<!taste )(?<!tasted )(?<!tasting )(?<!proefde )(?<!geproefd )blinde?(?! (?:date|tast|spot|prov|smag|proe))|svagtseende|synshandicap\w*|døv(?:e)?|hørehæmm\w*|høreapparat\w*|tunghør\w*|førerhund\w*|(?-i:AA)-?(?:møde\w*|gruppe\w*)|anonyme (?:alkoholikere|narkomaner)|ædru|antabus|afvænning\w*|afrusning\w*|tilbagefald|overdosis|metadon|dialyse\w*|transplant\w*|krykker\w*|protese\w*|amput\w*|lammet i|lammelse\w*|pacemaker|inhalator\w*|epipen|anafyla\w*|migræne\w*|gigt\w*|leddegigt|slidgigt|fibromyalgi|skleros\w*|parkinson\w*|crohns?|colitis|psoriasis|eksem\w*|stofskifte\w*|forhøjet blodtryk|højt blodtryk|antidepressiv\w*|lykkepiller|stråle(?:behandling|terapi)\w*|leukæmi|lymfe?kræft|modermærkekræft|ptsd|ocd|skizo\w*|psykose\w*|psykotisk\w*|spiseforstyrr\w*|anoreksi\w*|bulimi\w*|selvmord\w*|selvskad\w*|panikanfald|psykiat\w*|ivf|fertilitet\w*|barnløs\w*|overgangsalder\w*|endometriose|prævention\w*|p-piller|covid\w*|senfølger|førtidspension\w*|sygedagpenge|fleksjob\w*|hospice|palliativ\w*|uhelbredelig\w*|dødssyg|downs? syndrom|ordblind\w*|tourettes?|spastiker\w*|brækkede (?:benet|armen|hoften|ryggen)|hjernerystelse|kvæstet|kronisk (?:syg|smerte|træt)\w*|(?:jeg|hun|han|datter|søn|mor|far) er (?:alvorligt |meget )?syg|sclerose|kolesterol|blodsukker\w*|svær overvægt|fedme|hepatitis|kønssygdom\w*|stress-?sygemeld\w*|stressramt|nedbrud",
        "religion": r"muslim\w*|islam\w*|krist(?:en|ne|endom\w*)|katol\w*|protestant\w*|jøde\w*|jødisk\w*|hindu\w*|buddhis\w*|atei\w*|moské\w*|synagoge\w*|(?:min|vores) (?:kirke|menighed|tro|religion)|dåb\w*|ramadan|halal\w*|kosher|jehovas?|konfirmeret i|kirke(?:n|r)?|gudstjeneste\w*|præst(?:en)?|imam(?:en)?|rabbiner\w*|(?:mine|vores|sine|deres) (?:\w+ )?bønner(?= til)|(?:fredags|aften|morgen|for)bøn(?:ner|nen)?|(?:bede|beder|bad|bede[rt]) (?:en |en lille )?bøn\w*|bøn(?:ner)? til (?:gud|allah)|beder til|bibel(?:en)?|koranen|torah?en|bar mitzva|eid|diwali|hanukkah|konfirm(?:ation|eres|eret|and)\w*|nadver\w*|hijab|tørklæde|sabbat\w*|pilgrim\w*|frikirke\w*|pinsekirke\w*|baptist\w*|metodist\w*|scientolog\w*|troende|tror på gud|indre mission\w*|søndagsskole\w*",
        "politics": r"(?:jeg|vi|hun|han|de) stem(?:mer|te) (?:på|for|imod)|socialdemokrat\w*|enhedslist\w*|dansk folkeparti|kommunist\w*|partimedlem\w*|politiske? (?:holdning\w*|parti\w*)|stem(?:mer|te|t|me) (?:på|for|imod|nej|ja|blankt|rødt|blåt)(?! (?:jer|jeres|din|vores|den her|sæben))|venstremand|venstrevælger\w*|konservativ\w*|radikale venstre|liberal alliance|danmarksdemokrat\w*|alternativet|nye borgerlige|enhedsliste\w*|(?-i:SF)'er|marxis\w*|anarkis\w*|fascis\w*|nazis\w*|højreradikal\w*|venstreradikal\w*|byrådskandidat\w*|opstillet til|demonstrer\w*|aktivist\w*|højreorienteret|venstreorienteret",
        "sexuality": r"homoseksuel\w*|biseksuel\w*|heteroseksuel\w*|lesbisk\w*|bøsser?|transseksuel\w*|transkøn\w*|queer|lgbt\w*|seksuel orientering|sexliv\w*|panseksuel\w*|aseksuel\w*|nonbinær\w*|kønsdysfori|kønsskifte\w*|transkvinde\w*|transmand\w*|sprang ud som|springe ud som|hendes kone|hans mand|to (?:mødre|fædre)|regnbuefamilie\w*|priden",
        "ethnicity": r"etnisk\w*|etnicitet\w*|hudfarve\w*|roma(?:er)?|flygtning\w*|asylansøg\w*|indvandrer\w*|af (?:\w+ )?(?:herkomst|oprindelse|afstamning)|kurd\w*|grønlænder\w*|inuit\w*|sort (?:mand|kvinde|person)|mørk i huden|samisk\w*|sigøjner\w*|adopteret fra",
        "union": r"fagforening\w*|fagforbund\w*|tillidsrepræsentant\w*|fagligt medlem|strejke\w*|(?-i:3F|HK|FOA|LO)-?medlem\w*|faglig (?:sekretær|organisation)|medlem af (?:3f|hk|foa)",
        "biometric": r"fingeraftryk\w*|irisscan\w*|dna(?:-test\w*)?|ansigtsgenkendelse\w*|genetisk\w*|øjenscan\w*|arvelig\w*|dna-prøve\w*|håndaftryk\w*",
        "crime": r"straffet|dømt for|i fængsel|straffeattest\w*|på prøveløsladelse|fængs\w*|dømt|arrest\w*|varetægt\w*|fodlænke\w*|kriminalforsorg\w*|tilhold|sigtet for|tiltalt",
    },
)
