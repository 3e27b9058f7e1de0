"""Swedish."""

from __future__ import annotations

from grapevine.engine.text.facts.base import Language, Telling

_NAME = r"(?-i:(?!Jag\b|Och\b|Men\b|Som\b|Det\b|Den\b|Min\b|Han\b|Hon\b|Vi\b|Är\b|Har\b|På\b|När\b)[A-ZÅÄÖÆØ][a-zåäöéèüæø'-]{1,20})"

LANGUAGE = Language(
    code="sv",
    weekdays=("måndag", "tisdag", "onsdag", "torsdag", "(?<!black )fredag", "lördag", "söndag"),
    months=(
        "jan(?:uari)?",
        "feb(?:ruari)?",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "aug(?:usti)?",
        "sept(?:ember)?",
        "okt(?:ober)?",
        "nov(?:ember)?",
        "dec(?:ember)?",
    ),
    numbers={
        "en": 1,
        "ett": 1,
        "två": 2,
        "tre": 3,
        "fyra": 4,
        "fem": 5,
        "sex": 6,
        "sju": 7,
        "åtta": 8,
        "nio": 9,
        "tio": 10,
        "ett par": 2,
    },
    days={
        "i ?övermorgon": ("day", 2),
        "(?:i morgon|imorgon|imorron)(?: bitti)?": ("day", 1),
        "i ?dag|ikväll|i kväll|i eftermiddag": ("day", 0),
        "i ?förrgår": ("day", -2),
        "i ?går": ("day", -1),
        "(?:i )?förra veckan": ("week", -1),
        "nästa vecka(?! på)": ("week", 1),
        "(?:i )?förra månaden": ("month", -1),
        "nästa månad": ("month", 1),
        "i fjol|förra året": ("year", -1),
        "nästa år": ("year", 1),
    },
    units={"day": "(?:arbets)?dag(?:ar)?", "week": "veck(?:a|or)", "month": "månad(?:er)?", "year": "år"},
    ago="för {N} {UNIT} sed(?:an|en)",
    ahead="(?:om|inom) {N} {UNIT}",
    next_weekday=("nästa (?:vecka på )?{WEEKDAY}", "{WEEKDAY} nästa vecka"),
    last_weekday=("i {WEEKDAY}s", "förra {WEEKDAY}en"),
    weekday="(?:på |senast |innan |till |nu på )?{WEEKDAY}",
    day_month=(
        r"(?:den )?{D}(?::?[ea])? {MONTH}(?: {YEAR})?",
        r"(?:den )(?P<day>[0-3]?\d)/(?P<month>1[0-2]|0?[1-9])(?:[- ]{YEAR})?",
    ),
    in_month="i {MONTH}(?: {YEAR})?",
    in_year="(?:år|i|sedan|under) {YEAR}",
    pieces={
        "NAME": _NAME,
        "MY": r"(?:min|mitt|mina|vår|vårt|våra)",
        "FAMILY": r"(?:(?:lilla|äldsta|yngsta|stora|nya) )?(?:barnbarn|dotterdotter|dotterson|sondotter|sonson|dotter|döttrar|son|söner|barn|tjej|kille|tvillingar|fru|man|sambo|make|maka|partner|mamma|pappa|mor|far|mormor|farmor|morfar|farfar|syster|bror|syskonbarn|kusin|hund|katt|minsting|äldsta|yngsta)",
        "FRIEND": r"(?:bästa )?(?:vän|väninna|kompis|kollega|granne|chef)",
        "AGE": r"(?:\d{1,2}|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)",
        "I": r"(?:jag|vi)",
        "WORDS": r"(?: (?!på\b|i\b|nästa\b|och\b|men\b|om\b)[\w'-]{1,20}){0,4}",
        "THING": r"(?:en|ett|två|tre|fyra|en ny|ett nytt|ett par)(?: (?!vara\b|varor\b|produkt\w*\b|order\w*\b|paket\w*\b|sak\b|saker\b|grej\w*\b|hel\b|utav\b|hem\b|inför\b|dom\b|de\b|under\b|över\b|vid\b|åt\b|så\b|samt\b|eller\b|utan\b|annan\b|annat\b|andra\b|online\b|direkt\b|inte\b|och\b|men\b|för\b|från\b|på\b|i\b|av\b|hos\b|till\b|som\b|med\b|igår\b|idag\b|förra\b|vecka\w*\b|dag\w*\b|månad\w*\b|år\b|via\b|när\b|innan\b|efter\b|där\b|del\b|gång\b|massa\b)[\w'’-]{2,25}){1,3}",
    },
    tellings=(
        Telling("name", r"(?:jag heter|mitt namn är) (?P<text>{NAME}(?: {NAME}){0,2})"),
        Telling(
            "birthday",
            r"(?:jag fyller (?:år|\d\d)|min födelsedag är|det är min födelsedag|har jag födelsedag|fyller jag (?:år|\d\d))",
            dated=True,
        ),
        Telling("birthday", r"jag är född", tense="past", dated=True),
        Telling("family", r"{MY} {FAMILY}(?:,? som)? heter {NAME}(?: och {NAME})?"),
        Telling(
            "family", r"{MY} {FAMILY}(?: {NAME})?,? är {AGE} (?:år(?: gam(?:mal|la))?|månader)(?= ?[.,!]|$)"
        ),
        Telling(
            "family",
            r"{I} har (?:{AGE}|en|ett) (?:(?:små|vuxna|liten|stor) )?(?:barnbarn|barn|döttrar|dotter|söner|son|tjejer|killar|hundar|hund|katter|katt)(?= ?[.,!]|$| och\b| som\b)",
        ),
        Telling(
            "event",
            r"{MY} {FAMILY}(?: {NAME})? (?:ska börja|börjar|fyller|tar studenten|gifter sig|ska gifta sig|flyttar|ska flytta){WORDS}",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:ska )?flytta[r]? (?:till (?-i:[A-ZÅÄÖÆØ])[\w-]{2,25}|hemifrån|ihop)|(?:flyttar {I}|ska {I} flytta) (?:till (?-i:[A-ZÅÄÖÆØ])[\w-]{2,25}|ihop|hemifrån)",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:ska )?gift(?:er|a) (?:oss|mig)|gifter {I} (?:oss|mig)|{I} (?:ska )?börjar? (?:på )?(?:ett |mitt )?nytt jobb|börjar {I} (?:på )?(?:ett |mitt )?nytt jobb",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:ska (?:resa|åka)|reser|åker) (?:på semester|till (?-i:[A-ZÅÄÖÆØ])[\w-]{2,25})|(?:reser|åker) {I} (?:på semester|till (?-i:[A-ZÅÄÖÆØ])[\w-]{2,25})",
            dated=True,
        ),
        Telling(
            "bought",
            r"{I} (?:har )?(?:just |nyss |precis |äntligen )?(?:köpte|köpt|beställde|beställt) (?P<text>{THING})",
            tense="past",
        ),
        Telling("bought", r"(?:köpte|beställde) {I} (?P<text>{THING})", tense="past"),
        Telling(
            "preference",
            r"{MY} favorit(?:[a-zåäö]{3,15})? är (?!att\b|när\b|hur\b|väl\b|nog\b|inte\b|den\b|det\b)[\w'’-]{3,25}(?: [\w'’-]{3,25})?",
        ),
        Telling("preference", r"{I} (?:har|bär) (?:sko)?storlek \w{1,4}|min (?:sko)?storlek är \w{1,4}"),
        Telling(
            "preference",
            r"{I} (?:dricker|äter|använder|handlar) (?:bara|alltid|helst) (?!det\b|den\b|dem\b|på\b|en\b|ett\b)[\w'’-]{3,20}(?: (?!men\b|och\b)[\w'’-]{3,20})?",
        ),
        Telling(
            "preference",
            r"{I} föredrar (?!att\b|det\b|den\b|om\b|när\b|helt\b|nog\b)[\w'’-]{3,20}(?: [\w'’-]{3,20})? framför [\w'’-]{3,20}",
        ),
        Telling(
            "met",
            r"{I} (?:träffade|pratade med|mötte|talade med) (?:er|dig|din kollega|er kollega)(?: {NAME})? på (?:(?:er|en) )?[\w-]{3,25}(?: i {NAME})?",
            tense="past",
        ),
        Telling(
            "met",
            r"{I} (?:besökte|var i|var inne i) (?:er|din) (?:butik|affär|monter|showroom|café)(?: i {NAME})?",
            tense="past",
            dated=True,
        ),
        Telling("relation", r"{MY} {FRIEND},? {NAME}"),
        Telling(
            "family",
            r"(?-i:[Mm]in|[Vv]år) (?-i:{FAMILY}),? {NAME}(?:,| \(| på|, som är)? ?{AGE} ?(?:år|månader)\b(?! sed(?:an|en)| garanti)",
        ),
        Telling(
            "family", r"(?-i:[Mm]in|[Vv]år) (?-i:{FAMILY}) {NAME}(?: och (?:min|vår) (?-i:{FAMILY}) {NAME})?"
        ),
        Telling(
            "family",
            r"(?:{AGE}|mina|våra) (?-i:(?:små |vuxna )?(?:barnbarn|barn|döttrar|söner|tjejer|killar|hundar|katter|tvillingar)),? {NAME}(?:, {NAME}){0,3}(?: och {NAME})",
        ),
    ),
    promises=(
        r"(?:jag|vi) (?:ska |kommer att |kommer |hinner )?(?:då |också |personligen |nu )?(?:återkommer|återkomma|ringer (?:dig|er|upp|tillbaka)|ringa (?:dig|er|upp|tillbaka)|mejlar (?:dig|er)|mejla (?:dig|er)|mailar (?:dig|er)|maila (?:dig|er)|skickar|skicka|hör av|höra av|svarar (?:dig|er)|svara (?:dig|er)|återbetala|återbetalar|betalar tillbaka|levererar|leverera|undersöker|undersöka|kollar upp|kolla upp|ser till|se till|kontaktar|kontakta|reserverar|lägger undan|byter|byta|meddelar|meddela|ordnar|ordna|fixar|fixa|följer upp|följa upp)",
        r"(?:återkommer|hör|levererar|kontaktar|meddelar|ordnar|fixar) (?:jag|vi)|(?:ringer|mejlar|mailar|svarar|skickar) (?:jag|vi) (?:dig|er|till dig|till er|ut|den|det|en|ett)",
        r"ska (?:jag|vi) (?:återkomma|ringa|mejla|skicka|höra av|svara|leverera|kolla|ordna|meddela)",
        r"du (?:får|kommer att få) (?:svar|besked|pengarna|ett svar|ett mejl|ett samtal)",
        r"(?:jag|vi) lovar att [\wåäö]{2,20}",
    ),
    doubt=r"om|ifall|skulle|borde|kanske|kunde|hoppas|hoppades|aldrig|inte|ej|ingen|inget|drömmer|sa|säger|sade|berättade|frågade|när jag var|som barn|brukade|nästan|ville|funderar|tänker|kommer inte|rt @\w+|haha|lol",
    promise_doubt=r"(?:om|ifall) (?:du|ni|det|vi|jag|den|någon|inte)|skulle|kanske|kunde|hoppas|aldrig|inte|ej|när du|så snart|så fort",
    special={
        "health": r"diabet\w*|cancer\w*|tumör\w*|cellgift\w*|astma\w*|allergi\w*|celiaki\w*|glutenintoleran\w*|laktosintoleran\w*|epilep\w*|deprim\w*|depression\w*|utbränd\w*|utmattning\w*|ångest\w*|bipolär\w*|autis\w*|adhd|demens\w*|funktionsnedsätt\w*|funktionshind\w*|handikapp\w*|rullstol\w*|gravid\w*|väntar (?:barn|tvillingar|smått)|missfall\w*|hiv|operera\w*|operation\w*|sjukhus\w*|sjukskriv\w*|diagnos\w*|medicin\w*|sjukdom\w*|stroke|hjärtinfarkt|cancersjuk\w*|psykisk\w*|alkoholist\w*|missbruk\w*|terapeut\w*|insulin\w*|(?<!taste )(?<!tasted )(?<!tasting )(?<!proefde )(?<!geproefd )blind(?:a|e)?(?! (?:date|tast|spot|prov|smag|proe))|synskad\w*|synnedsätt\w*|döv(?:a|e)?|hörselskad\w*|hörselnedsätt\w*|hörapparat\w*|ledarhund\w*|(?-i:AA)-?(?:möte\w*|grupp\w*)|anonyma (?:alkoholister|narkomaner)|nykter (?:i|sedan|alkoholist)|behandlingshem\w*|avgiftning\w*|återfall\w*|överdos\w*|metadon|dialys\w*|transplant\w*|kryckor\w*|protes\w*|amput\w*|förlamad\w*|pacemaker|inhalator\w*|epipen|anafyla\w*|migrän\w*|artrit|artros\w*|reumat\w*|ledgångsreum\w*|fibromyalgi|multipel skleros|parkinson\w*|crohns?|kolit|psoriasis|eksem\w*|sköldkörtel\w*|högt blodtryck|antidepressiv\w*|strålbehandl\w*|leukemi|lymfom|melanom|ptsd|tvångssyndrom|schizo\w*|psykos\w*|ätstörning\w*|anorexi\w*|bulimi\w*|självmord\w*|suicid\w*|självskad\w*|panikattack\w*|panikångest|psykiatr\w*|psykolog\w*|kurator\w*|ivf|provrör\w*|ofrivilligt barnlös\w*|klimakteri\w*|abort\w*|endometrios|preventivmedel|p-piller|covid\w*|postcovid|sjukpension\w*|sjukersättning|förtidspension\w*|hospis|palliativ\w*|dödssjuk\w*|obotligt sjuk|downs? syndrom|dyslexi|dyslektiker|tourettes?|cp-skad\w*|npf|neuropsykiatr\w*|bröt (?:benet|armen|höften|ryggen|nyckelbenet)|hjärnskakning|skadad\w*|kronisk(?:t|a)? (?:sjuk|värk|trött)\w*|sjukdomen|jag är sjuk|(?:hon|han|dotter|son|mamma|pappa) är (?:svårt |allvarligt )?sjuk|kolesterol|blodsocker\w*|övervikt\w*|fetma|hepatit|könssjukdom\w*|(?:min|vår) terapi|samtalsterapi",
        "religion": r"muslim\w*|islam\w*|krist(?:en|na|endom\w*)|katolik\w*|katolsk\w*|protestant\w*|judisk\w*|jud(?:e|ar)|judendom\w*|hindu\w*|buddhis\w*|ateis\w*|moské\w*|synagog\w*|(?:min|vår) (?:kyrka|församling|tro|religion)|dopet|döptes|ramadan|halal\w*|kosher|jehovas?|pingstkyrk\w*|kyrk(?:a|an|or|orna)|gudstjänst\w*|präst(?:en)?|imam(?:en)?|rabbin(?:en)?|ber till|böner?|bibel(?:n)?|koranen|torah?n?|bar mitzva|eid|diwali|chanukk?ah?|pesach|konfirm\w*|nattvard\w*|hijab|slöja|sabbat\w*|pilgrim\w*|frikyrk\w*|pingstvän\w*|baptist\w*|metodist\w*|scientolog\w*|troende|tror på gud|söndagsskola\w*",
        "politics": r"(?:jag|vi|hon|han|de) röst(?:ar|ade) (?:på|för|mot)|socialdemokrat\w*|moderaterna|vänsterparti\w*|sverigedemokrat\w*|centerparti\w*|kommunist\w*|partimedlem\w*|politisk(?:a|t)? (?:åsikt\w*|parti\w*)|röst(?:ar|ade|at|a) (?:på|för|mot|blankt|rött|blått|grönt)(?! (?:er|din|vår|vårt|den här|tvålen))|miljöpartist\w*|vänsterpartist\w*|moderat(?:er)?\b|liberalerna|kristdemokrat\w*|sosse\w*|sossar\w*|sd:?are|feministiskt initiativ|marxis\w*|anarkis\w*|fascis\w*|nazis\w*|högerextrem\w*|vänsterextrem\w*|partiet|kandiderar\w*|riksdagskandidat\w*|kommunfullmäktige|demonstrer\w*|aktivist\w*|(?:höger|vänster)politi\w*",
        "sexuality": r"homosexuell\w*|bisexuell\w*|heterosexuell\w*|lesbisk\w*|bögar?|transsexuell\w*|transperson\w*|queer|hbtq\w*|sexuell läggning|sexliv\w*|gay|pansexuell\w*|asexuell\w*|icke-?binär\w*|könsdysfori|könskorriger\w*|könsbyte|transkvinn\w*|transm(?:an|än)\w*|kom ut som|samkönad\w*|hennes fru|hans make|två (?:mammor|pappor)|regnbågsfamilj\w*|prideparad\w*",
        "ethnicity": r"etnisk\w*|etnicitet\w*|hudfärg\w*|romer|romsk\w*|samer|flykting\w*|asylsök\w*|invandr\w*|av (?:\w+ )?(?:härkomst|ursprung)|kurd\w*|samisk\w*|svart (?:man|kvinna|person)|mörkhyad\w*|rasifier\w*|resandefolk\w*|urfolk\w*|adopterad från",
        "union": r"facket|fackförening\w*|fackförbund\w*|fackligt?|skyddsombud\w*|strejk\w*|kommunal(?:are|s medlem)|(?-i:LO)-medlem\w*|unionen|medlem i (?:facket|ett fack)",
        "biometric": r"fingeravtryck\w*|irisskann\w*|dna(?:-test\w*)?|ansiktsigenkänning\w*|genetisk\w*|ögonskann\w*|ärftlig\w*|dna-prov\w*|handavtryck\w*",
        "crime": r"straffad|dömd för|i fängelse\w*|frivården|brottsregist\w*|fängelse\w*|dömd(?:es)?|häkt(?:ad|et)|anhållen|fotboja\w*|kriminalvård\w*|besöksförbud|åtalad\w*",
    },
)
