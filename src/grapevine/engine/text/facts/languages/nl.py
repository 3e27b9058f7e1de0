"""Dutch."""

from __future__ import annotations

from grapevine.engine.text.facts.base import Language, Telling

_NAME = r"(?-i:(?!Ik\b|En\b|Maar\b|Die\b|Dat\b|De\b|Het\b|Een\b|Mijn\b|Hij\b|Zij\b|Ze\b|We\b|Is\b|Op\b|In\b|Wil\b|Van\b)[A-Z][a-zëéèïöü'-]{1,20})"

LANGUAGE = Language(
    code="nl",
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "(?<!black )vrijdag", "zaterdag", "zondag"),
    months=(
        "jan(?:uari)?",
        "feb(?:ruari)?",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "aug(?:ustus)?",
        "sept?(?:ember)?",
        "okt(?:ober)?",
        "nov(?:ember)?",
        "dec(?:ember)?",
    ),
    numbers={
        "een": 1,
        "één": 1,
        "twee": 2,
        "drie": 3,
        "vier": 4,
        "vijf": 5,
        "zes": 6,
        "zeven": 7,
        "acht": 8,
        "negen": 9,
        "tien": 10,
        "een paar": 2,
    },
    days={
        "overmorgen": ("day", 2),
        r"(?<!goede )(?<!goeie )(?<!elke )(?<!'s )(?<!deze )morgen(?:ochtend|middag|avond)?": ("day", 1),
        "vandaag|vanavond|vanmiddag|straks": ("day", 0),
        "eergisteren": ("day", -2),
        "gisteren|gisteravond": ("day", -1),
        "(?:vorige|afgelopen) week": ("week", -1),
        "(?:volgende|komende) week(?! op)(?! (?:maan|dins|woens|donder|vrij|zater|zon)dag)": ("week", 1),
        "(?:vorige|afgelopen) maand": ("month", -1),
        "(?:volgende|komende) maand": ("month", 1),
        "vorig jaar": ("year", -1),
        "volgend jaar": ("year", 1),
    },
    units={"day": "(?:werk)?dag(?:en)?", "week": "we(?:ek|ken)", "month": "maand(?:en)?", "year": "jaar"},
    ago="{N} {UNIT} geleden",
    ahead="(?:over|binnen) {N} {UNIT}",
    next_weekday=("volgende (?:week (?:op )?)?{WEEKDAY}", "{WEEKDAY} volgende week"),
    last_weekday=("(?:afgelopen|vorige) {WEEKDAY}",),
    weekday="(?:op |aanstaande |komende |voor |uiterlijk )?{WEEKDAY}",
    day_month=(
        r"(?:op )?{D} {MONTH}(?: {YEAR})?",
        r"(?:op )(?P<day>[0-3]?\d)[-/](?P<month>1[0-2]|0?[1-9])(?:[-/]{YEAR})?",
    ),
    in_month="in {MONTH}(?: {YEAR})?",
    in_year="in {YEAR}",
    pieces={
        "NAME": _NAME,
        "MY": r"(?:mijn|m'n|onze|ons)",
        "FAMILY": r"(?:(?:kleine|oudste|jongste|grote|nieuwe) )?(?:kleinkind|kleinkinderen|kleinzoon|kleindochter|dochtertje|dochters?|zoontje|zoons?|zonen|kinderen|kind|meisje|jongen|tweeling|vrouw|man|vriendin|partner|verloofde|moeder|vader|oma|opa|zusje|zus|broertje|broer|nichtje|neefje|nicht|neef|hond|kat|oudste|jongste)",
        "FRIEND": r"(?:beste )?(?:vriendin|vriend|collega|buurvrouw|buurman|baas)",
        "AGE": r"(?:\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)",
        "I": r"(?:ik|we|wij)",
        "WORDS": r"(?: (?!op\b|in\b|volgende\b|komende\b|en\b|maar\b|als\b|morgen\b)[\w'-]{1,20}){0,4}",
        "THING": r"(?:een|twee|drie|vier|een nieuwe|een paar)(?: (?!artikel\w*\b|product\w*\b|bestelling\w*\b|pakket\w*\b|ding\w*\b|aantal\b|ander\b|andere\b|online\b|of\b|zonder\b|zodat\b|omdat\b|niet\b|bij\b|en\b|maar\b|voor\b|van\b|op\b|in\b|bij\b|uit\b|naar\b|die\b|dat\b|met\b|vorige\b|week\b|weken\b|dag\w*\b|maand\w*\b|jaar\b|via\b|toen\b|na\b|waar\b|keer\b|beetje\b|gekocht\b|besteld\b|aangeschaft\b|geleden\b|om\b|te\b)[\w'’-]{2,25}){1,3}",
    },
    tellings=(
        Telling(
            "name", r"(?:ik heet|mijn naam is) (?P<text>{NAME}(?: (?:van |de |der |den ){0,2}{NAME}){0,2})"
        ),
        Telling(
            "birthday",
            r"(?:ik ben (?:\w+ )?jarig|ben ik jarig|mijn verjaardag is|het is mijn verjaardag|is mijn verjaardag|ik word \d\d|word ik \d\d)",
            dated=True,
        ),
        Telling("birthday", r"ik ben geboren|ben ik geboren", tense="past", dated=True),
        Telling("family", r"{MY} {FAMILY}(?:,? die)? heet {NAME}(?: en {NAME})?"),
        Telling(
            "family",
            r"{MY} {FAMILY}(?: {NAME})?,? (?:is|zijn) {AGE} (?:jaar(?: oud)?|maanden(?: oud)?)(?= ?[.,!]|$)",
        ),
        Telling(
            "family",
            r"{I} (?:heb|hebben) (?:{AGE}) (?:(?:kleine|volwassen|jonge) )?(?:kleinkinderen|kinderen|kind|dochters?|zonen|zoons?|honden|hond|katten|kat)(?= ?[.,!]|$| en\b| die\b)",
        ),
        Telling(
            "event",
            r"{MY} {FAMILY}(?: {NAME})? (?:begint|start|wordt|gaat trouwen|trouwt|gaat verhuizen|verhuist|studeert af|gaat naar){WORDS}",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:verhuis|verhuizen)(?: \w+){0,3}? naar (?-i:[A-Z])[\w-]{2,25}|{I} (?:ga|gaan)(?: [\w-]+){0,3}? (?:verhuizen|samenwonen|trouwen)(?: naar (?-i:[A-Z])[\w-]{2,25})?|(?:verhuis|verhuizen) {I} naar (?-i:[A-Z])[\w-]{2,25}",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:trouw|trouwen)|{I} (?:begin|start)(?: \w+){0,3}? (?:aan |met )?(?:een |mijn )nieuwe baan",
            dated=True,
        ),
        Telling(
            "event",
            r"{I} (?:ga|gaan|vlieg|vliegen|reis|reizen)(?: [\w-]+){0,3}? (?:op vakantie|naar (?-i:[A-Z])[\w-]{2,25})",
            dated=True,
        ),
        Telling(
            "bought",
            r"{I} (?:heb|hebben)(?: (?!niet\b|nog\b|geen\b|er\b)[\w-]{2,20}){0,4}? (?P<text>{THING})(?: (?:bij|in|via|op|voor) (?:[\w'’-]+ ){1,4}?)? ?(?:gekocht|besteld|aangeschaft)",
            tense="past",
        ),
        Telling(
            "bought",
            r"{I} (?:kocht|kochten|bestelde|bestelden)(?: (?:gisteren|vorige week|laatst|onlangs|vorige maand))? (?P<text>{THING})",
            tense="past",
        ),
        Telling(
            "preference",
            r"{MY} favoriete [\w-]{3,20} is (?!dat\b|om\b|niet\b|toch\b)(?:de |het )?[\w'’-]{3,25}(?: [\w'’-]{3,25})?",
        ),
        Telling(
            "preference", r"{I} (?:heb|draag) (?:schoen)?maat \w{1,4}|mijn (?:schoen|kleding)?maat is \w{1,4}"
        ),
        Telling(
            "preference",
            r"{I} (?:drink|eet|gebruik|draag|koop|drinken|eten|gebruiken|kopen) (?:alleen|altijd|uitsluitend|het liefst) (?!het\b|dat\b|die\b|bij\b|een\b|mijn\b|op\b)[\w'’-]{3,20}(?: (?!maar\b|en\b)[\w'’-]{3,20})?",
        ),
        Telling(
            "met",
            r"{I} (?:ontmoette|ontmoetten|sprak|spraken) (?:u|jullie|je|uw collega|jullie collega)(?: {NAME})? (?:op|bij|in) (?:(?:de|het|uw|jullie) )?[\w-]{3,25}(?: in {NAME})?",
            tense="past",
        ),
        Telling(
            "met",
            r"{I} (?:bezocht|was in|waren in) (?:uw|jullie) (?:winkel|zaak|stand|showroom|café)(?: in {NAME})?",
            tense="past",
            dated=True,
        ),
        Telling("relation", r"{MY} {FRIEND},? {NAME}"),
        Telling(
            "family",
            r"(?-i:[Mm]ijn|[Oo]nze|[Oo]ns) (?-i:{FAMILY}),? {NAME}(?:,| \(| van|, die)? ?{AGE} ?(?:jaar|maanden)\b(?! geleden| garantie)",
        ),
        Telling(
            "family",
            r"(?-i:[Mm]ijn|[Oo]nze|[Oo]ns) (?-i:{FAMILY}) {NAME}(?: en (?:mijn|onze) (?-i:{FAMILY}) {NAME})?",
        ),
        Telling(
            "family",
            r"(?:{AGE}|mijn|onze) (?-i:(?:kleine |volwassen )?(?:kleinkinderen|kinderen|dochters|zonen|zoons|honden|katten)),? {NAME}(?:, {NAME}){0,3}(?: en {NAME})",
        ),
    ),
    promises=(
        r"(?:ik|we|wij) (?:bel|bellen|mail|mailen|schrijf|schrijven|stuur|sturen|verstuur|versturen|kom|komen|antwoord|antwoorden|betaal|betalen|lever|leveren|bezorg|bezorgen|zoek|zoeken|vraag|vragen|controleer|controleren|zorg|zorgen|neem|nemen|reserveer|reserveren|ruil|ruilen|laat|laten|regel|regelen|stort|storten)(?: (?:u|je|jou|jullie|het|er|dat|deze|hem|die|een|uw|contact|hier|dan))",
        r"(?:bel|mail|schrijf|stuur|verstuur|kom|antwoord|lever|zoek|vraag|zorg|neem|laat|regel|stort) ik(?: (?:u|je|jou|jullie|het|er|dat|deze|hem|die|een|uw|contact|hier))",
        r"(?:bellen|mailen|schrijven|sturen|versturen|komen|antwoorden|leveren|bezorgen|zoeken|nemen|laten|regelen|storten) (?:we|wij)(?: (?:u|je|jou|jullie|het|er|dat|deze|hem|die|een|uw|contact|hier))",
        r"(?:ik|we|wij) (?:zal|zullen|ga|gaan) [^.!?]{2,90}?(?:bellen|mailen|schrijven|sturen|opsturen|versturen|terugkomen|antwoorden|terugbetalen|leveren|bezorgen|uitzoeken|navragen|controleren|zorgen|contact opnemen|opnemen|reserveren|ruilen|laten weten|regelen|terugbellen)",
        r"(?:u|je) (?:krijgt|ontvangt|hoort) (?:van (?:mij|ons)|(?:uw|je|een) (?:antwoord|geld|bericht|bestelling|mail))",
        r"(?:ik|we|wij) (?:beloof|beloven) (?:u |je )?(?:dat|om)",
    ),
    doubt=r"als|indien|zou|zouden|misschien|wellicht|kon|konden|hoop|hopelijk|hoopte|nooit|niet|geen|niemand|zei|zegt|vertelde|vroeg|toen ik (?:klein|jong|kind)|vroeger|bijna|wilde|overweeg|denk(?:en)? (?:aan|erover)|rt @\w+|haha|lol",
    promise_doubt=r"als (?:u|je|het|dat|wij|we|ik|er|de|hij|zij|ze|die|deze|iemand)|indien|zou|zouden|misschien|wellicht|hoop|hopelijk|nooit|niet|zodra|wanneer u",
    special={
        "health": r"diabet\w*|suikerziekte|kanker\w*|tumor\w*|chemo\w*|astma\w*|allergi\w*|allergisch|coeliakie|glutenintoleran\w*|lactose-?intoleran\w*|epilep\w*|depressi\w*|depressief|burn-?out|angststoornis\w*|bipolair\w*|autis\w*|adhd|dement\w*|gehandicapt\w*|beperking|rolstoel\w*|zwanger\w*|in verwachting|miskraam|hiv|geopereerd|operatie\w*|ziekenhuis\w*|ziekmelding|ziekteverlof|diagnos\w*|medicijn\w*|ziekte(?: van)?|beroerte|hartaanval|hartinfarct|psychisch\w*|alcoholist\w*|verslaafd\w*|verslaving\w*|therapeut\w*|insuline\w*|(?<!taste )(?<!tasted )(?<!tasting )(?<!proefde )(?<!geproefd )blinde?(?! (?:date|tast|spot|prov|smag|proe|geproe))|slechtziend\w*|doof(?:heid|stom)?|slechthorend\w*|hoortoestel\w*|hoorapparaat\w*|blindengeleidehond\w*|geleidehond\w*|(?-i:AA)-?(?:bijeenkomst\w*|groep\w*|meeting\w*)|anonieme alcoholisten|nuchter sinds|van de drank af|afkick\w*|ontwenn\w*|terugval|overdosis|methadon|nierdialyse|dialyse\w*|transplant\w*|krukken|prothese\w*|amput\w*|verlamd\w*|verlamming\w*|pacemaker|inhalator\w*|pufje|epipen|anafyla\w*|migraine\w*|artritis|artrose|reuma\w*|fibromyalgie|multiple sclerose|parkinson\w*|crohn|colitis|psoriasis|eczeem|schildklier\w*|hoge bloeddruk|antidepressiv\w*|bestral\w*|leukemie|lymfklierkanker|melanoom|ptss|dwangstoornis|schizo\w*|psychose\w*|psychotisch\w*|eetstoornis\w*|anorexi\w*|boulimi\w*|zelfmoord\w*|su[iï]cid\w*|zelfbeschadig\w*|paniekaanval\w*|psychiat\w*|psycholoog\w*|ggz|ivf|vruchtbaarheid\w*|onvruchtba\w*|overgang(?:sklachten)?|abortus|endometriose|anticonceptie\w*|covid\w*|wajong\w*|wao|wia|arbeidsongeschikt\w*|hospice|palliatie\w*|terminaal|ongeneeslijk\w*|syndroom van down|downsyndroom|dyslexie|dyslectisch|tourette|spastisch\w*|brak (?:zijn|haar|mijn|een) (?:been|arm|heup|rug)|(?:zijn|haar|mijn) (?:been|arm|heup|pols) gebroken|hersenschudding|gewond\w*|chronisch(?:e)? (?:ziek\w*|pijn|vermoeid\w*)|(?:ik|zij|hij|dochter|zoon|moeder|vader|vrouw|man) (?:is|ben) (?:ernstig |erg |heel )?ziek|cholesterol|bloedsuiker\w*|overgewicht|obesitas|hepatitis|geslachtsziekte\w*|soa|overspannen|in de ziektewet",
        "religion": r"moslims?|islam\w*|christen\w*|christelijk\w*|katholie\w*|protestant\w*|joods\w*|joden|jodendom|hindoe\w*|boeddhis\w*|athe[iï]s\w*|moskee\w*|synagoge\w*|(?:mijn|onze) (?:kerk|geloof|religie|gemeente van)|gedoopt|doop(?:feest)?|ramadan|halal|koosjer|jehova\w*|gereformeerd\w*|kerk(?:en|dienst\w*)?|dominee|pastoor|priester|imam|rabbijn\w*|bid(?:t|den)|gebed(?:en)?|bijbel\w*|koran|thora|bar mitswa|suikerfeest|offerfeest|diwali|chanoeka|pesach|communie|belijdenis|vormsel|hoofddoek\w*|hijab|sabbat|sjabbat|bedevaart\w*|pelgrim\w*|evangelisch\w*|pinkstergemeente|baptist\w*|methodist\w*|scientolog\w*|gelovig\w*|gelooft in god|zondagsschool",
        "politics": r"(?:ik|we|wij|zij|hij|ze) stem(?:men|t|de|den)? (?:op|voor|tegen)|pvda|vvd|pvv|groenlinks|forum voor democratie|communist\w*|partijlid\w*|politieke (?:voorkeur\w*|partij\w*|overtuiging\w*|mening\w*)|(?:ge)?stem(?:d|de|t|men|den)? (?:op|voor|tegen|links|rechts|blanco)(?! (?:jullie|je|uw|onze|deze|die zeep))|d66|(?-i:CDA|SGP|BBB|NSC|JA21|SP)|volt|christenunie|partij voor de dieren|denk-stemmer|pvv'er\w*|vvd'er\w*|sp'er\w*|marxis\w*|anarchis\w*|fascis\w*|nazi\w*|extreemrechts|extreemlinks|rechts-radicaal|raadslid|kandidaat voor de (?:gemeenteraad|tweede kamer)|demonstreer\w*|demonstrat\w*|activist\w*",
        "sexuality": r"homo(?:'s|seksue\w*|'tje)?|lesbisch\w*|lesbi(?:enne|ennes)|biseksue\w*|heteroseksue\w*|transgender\w*|transseksue\w*|queer|lhbt\w*|seksuele (?:geaardheid|voorkeur)|seksleven|gay|panseksue\w*|aseksue\w*|non-?binair\w*|genderdysforie|geslachtsverander\w*|transvrouw\w*|transman\w*|uit de kast|zijn man|haar vrouw|twee (?:moeders|vaders|mama's|papa's)|regenbooggezin\w*",
        "ethnicity": r"etnisch\w*|etniciteit\w*|huidskleur\w*|roma en sinti|vluchteling\w*|asielzoeker\w*|allochtoon|allochtone\w*|immigrant\w*|migrant\w*|(?:van|met) (?:\w+ )?(?:afkomst|komaf)|migratieachtergrond|koerd\w*|zwarte (?:man|vrouw|persoon)|donkere huid|sinti|zigeuner\w*|geadopteerd uit",
        "union": r"vakbond\w*|vakvereniging\w*|fnv|ondernemingsraadslid|staak(?:t|te)?|staking\w*|cnv|vakbonds\w*|kaderlid",
        "biometric": r"vingerafdruk\w*|irisscan\w*|dna(?:-test\w*)?|gezichtsherkenning|genetisch\w*|oogscan\w*|erfelijk\w*|dna-onderzoek\w*|handafdruk\w*",
        "crime": r"veroordeeld\w*|in de gevangenis|strafblad|reclassering|gevangenis\w*|gevangene\w*|gearresteerd|aangehouden|enkelband|voorwaardelijk vrij|contactverbod|verdacht van|taakstraf\w*",
    },
)
