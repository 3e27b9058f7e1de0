"""What makes a sentence a promise of money, by words: with a sum beside it, or without ("we waive the fee", "på husets bekostning", "halve prijs").

Each pattern holds the four languages side by side. They are written for answers of a company to one person; what a customer asks for reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_FLAGS = re.IGNORECASE | re.VERBOSE

PROMISES = re.compile(
    r"""\b(?:ersätt\w*|kompens\w*|återbetal\w*|betal\w+\ tillbaka|får\ tillbaka|presentkort\w*|gåvokort\w*|tillgodo\w*|rabatt\w*|bjud\w*|avdrag\w*|
    skänk\w*|värdecheck\w*|ger\ (?:dig|er)|lovar|gottgör\w*|drar\ av|refunder\w*|överför\w*|swisha\w*|sätter\ in|krediter\w*|sänker|nedsatt|efterskänk\w*|
    erstat\w*|godtgør\w*|gavekort\w*|tilgode\w*|rabat\w*|giver\ (?:dig|jer)|får\ tilbage|betal\w+\ tilbage|lover|overfør\w*|indsætter|kompensation|nedsat|
    dækker|eftergiv\w*|
    vergoed\w*|terugbeta\w*|betal\w+\ (?:\w+\ ){0,4}terug|terugkrijg\w*|krijg\w*|tegoed\w*|cadeaubon\w*|waardebon\w*|korting\w*|beloven?|beloof\w*|schenk\w*|
    compens\w*|overmaken|maken?\ (?:\w+\ ){0,4}over|terugstort\w*|storten?|crediteren|verlagen|
    reimburs\w*|refund\w*|vouchers?|gift\ ?cards?|credit\w*|discount\w*|rebate\w*|promise\w*|off\b|(?:pay|give|send|offer|owe|grant)\w*\ (?:you|back|it|into)|transfer\w*|wire\b|wiring|
    we(?:'ll|’ll|\ will|\ can)\ (?:pay|cover|deposit)|money\ back|goodwill\w*|get\ back|deposit\w*\ (?:in|to)|knock\ (?:\w+\ ){0,3}off|hand\w*\ (?:\w+\ ){0,2}over|(?:from|från|fra|van)\ (?:us|oss|os|ons)\b)""",
    _FLAGS,
)
PRICES = re.compile(
    r"""\b(?:kostar|kostade|pris\w*|ordinarie|beställning\w*\ över|köp\w*\ över|över|koster|kostede|over|fra|från|kost|kosten|kostte|prijs\w*|
    vanaf|boven|price\w*|costs?|costed|above|from|priced|fakturan?|invoice|factuur|betalade|betalt|betaald|paid|charged)\b""",
    _FLAGS,
)
_NOT = re.compile(
    r"""(?:\b(?:(?:not|inte|ikke|niet)(?!\ (?:only|just|bara|kun|bare|alleen))|cannot|never|unable\ to|no\ longer|ej|aldrig|geen|nooit|varken|hverken)
    |(?<!\bdo)(?:n't|n’t)|\bdo(?:n't|n’t)(?!\ (?:worry|hesitate)))(?:\ [\w'’]+){0,3}\ ?$""",
    _FLAGS,
)
"""Before a promise: it is none."""
_NOT_AFTER = re.compile(
    r"(?:\W+\w+){0,3}?\W+(?:inte|ej|aldrig|ikke|niet|nooit|geen)\b(?!\s+(?:bara|kun|alleen))", re.IGNORECASE
)
_WE = r"(?:we|i|vi|jag|jeg|wij|ik)"
_WILL = r"(?:\ ?(?:'ll|’ll|'ve|’ve|\ will|\ shall|\ have|\ can|\ could|\ would|\ am|\ are|'re|’re|'m|’m|'d|’d))?(?:\ (?:going\ to|gladly|happily|happy\ to|just|also|now|of\ course|already|be|even|like\ to|love\ to)){0,2}"
_PAPER_EN = r"\ (?:link|password|code|e-?mail|message|invoice|label|confirmation|date|version|update|form|copy|reply|answer|quote|bill|time)"
_PAPER_SV = r"\ (?:länk|lösenord|kod|mejl|mail|meddelande|faktura|fraktsedel|etikett|bekräftelse|version|uppdatering|blankett|kopia|offert|tid|avi|retursedel|inbjudan)"
_PAPER_DA = r"\ (?:link|adgangskode|kode|mail|e-mail|besked|faktura|label|bekræftelse|version|opdatering|blanket|kopi|tid|returlabel|invitation)"
_PAPER_NL = r"\ (?:link|wachtwoord|code|e-?mail|bericht|factuur|label|bevestiging|versie|update|formulier|kopie|offerte|retourlabel|uitnodiging|datum)"
_OPEN = (
    # All of it back, or all of it on us.
    r"""\b(?:(?:få|får|ger|betalar|ha)\ (?:\w+\ ){0,4})?pengarna\ (?:\w+\ )?tillbaka\b|\b(?:hela|fulla)\ (?:beloppet|köpesumman|summan|kostnaden|avgiften|fakturan|resan)\b|
    \bfull\ (?:ersättning|återbetalning|kompensation)|\bpengene\ (?:\w+\ )?tilbage\b|\b(?:hele|fulde)\ (?:beløbet|beløb|købesummen|købsbeløbet|regningen|udgiften)\b|
    \bfuld\ (?:erstatning|refusion|refundering|kompensation)|\b(?:uw|je|jouw|het|al\ (?:uw|je))\ geld\ (?:\w+\ )?terug\b|
    \b(?:volledige?|hele|gehele|totale)\ (?:bedrag|vergoeding|terugbetaling|aankoopbedrag|aankoop|factuur)\b|\bvolledig\ (?:\w+\ )?(?:vergoed\w*|terugbeta\w*)|
    \b(?:full|complete|entire|whole|total)\ (?:refund|compensation|reimbursement|amount|purchase\ price|price|sum|bill|cost)\b|\bmoney\ back\b|
    \brefund\w*\ (?:\w+\ ){0,5}?(?:everything|in\ full|entirely|completely|all\ of\ it|the\ lot|the\ whole)\b|\bin\ full\b(?=.{0,30}\brefund)|\bfully\ (?:refund|reimburs|compensat)\w*|
    \b(?:återbetalar|ersätter|refunderer|erstatter|vergoeden)\ (?:\w+\ ){0,2}(?:allt|alt|alles|hela|hele|helt)\b""",
    # For nothing.
    r"""\bfree\ of\ charge\b|(?<!rent\ )\bfor\ free\b(?!\ (?:trial|account))|\bat\ (?:absolutely\ )?no\ (?:extra\ |additional\ )?(?:cost|charge)\b|\bwithout\ (?:any\ )?(?:cost|charge)\b|
    \b(?:no|zero)\ (?:extra\ )?(?:cost|charge)\ (?:to|for)\ you\b|\bon\ the\ house\b|\b(?:is|are|it's|it’s|be|all|everything|one|dinner|drinks?|meal|coffee)\ on\ (?:us|me)\b|
    \b(?:our|my)\ treat\b|\bcomplimentary\b|\bgratis\b(?!\ (?:att|at\ |om\ te|fragt\ (?:fra|over|ved)|frakt\ (?:från|över|vid)|verzending\ (?:vanaf|boven|bij)|verzonden\ (?:vanaf|boven)))|
    \b(?:helt\ |alldeles\ )?kostnadsfri\w*|\butan\ (?:extra\ )?(?:kostnad|avgift)\b|\b(?:på\ )?husets\ (?:bekostning|räkning|regning)\b|\bfor\ husets\ regning\b|
    \bvi\ bjuder\ (?!ut\b|in\b|dig\ in\b)|\b(?:bjuder|byder)\ (?:vi\ |jag\ |jeg\ )?på\b|\bgiver\ en\ omgang\b|\bkvit\ og\ frit\b|\buden\ (?:beregning|omkostninger|betaling)\b|\bomkostningsfri\w*|\bvederlagsfri\w*|
    \bkosteloos\b|\bkosteloze\b|\bzonder\ (?:\w+\ )?kosten\b|\b(?:op\ kosten\ )?van\ het\ (?-i:huis)\b(?!\ van)|\bop\ onze\ kosten\b|\bvoor\ (?:niets|noppes|nop)\b|\bat\ our\ (?:own\ )?(?:cost|expense)\b|
    \b(?:på|for|för)\ vår\ (?:bekostnad|egen\ bekostnad|räkning)\b|\bfor\ vores\ regning\b|\b(?:buy|köp|køb|koop)\ (?:one|en|ett|1|een)\W{1,3}(?:get|få|få|krijg)\ (?:one|en|ett|1|een)\b|
    \b(?:two|2|three|3)[- ](?:for|för|voor)[- ](?:one|1|en|één|the\ price\ of)\b|\b[23]\ (?:halen|betala\ för|betal\ for)\b""",
    r"""\b(?:give|gave|giving|send|offer|get|have|add|ship|throw\w*\ in|include|arrange|receive|enjoy)\b(?:\ [\w'’]+){0,5}?\ (?<!feel\ )(?<!gluten\ )(?<!sugar\ )(?<!ad\ )(?<!you\ )free\b(?!\ (?:to|of\ (?!charge)|time|call|number|from|and\ easy|trial|wifi))|
    \b(?:(?:\d+|one|two|three|six|twelve|another)\ )?(?:months?|years?|weeks?|nights?)(?:'s|’s)?\ (?:for\ )?free\b|\bfree\ (?:lifetime|replacement|upgrade|for\ life)\b|\blifetime\ (?:supply|subscription|discount)\b""",
    # What they owe is let go.
    r"""\bwaiv(?:e|es|ed|ing)\b|\bwriting?\ off\ (?:the|your|any|what)|\bwritten\ off\b|\bwip(?:e|ed|ing)\ (?:\w+\ ){0,3}(?:bill|debt|balance|slate)|\bforgiv(?:e|ing)\ (?:the|your)\ (?:debt|bill|balance|fee|rest)|
    \b(?:cancel|drop|remove|scrap|void)(?:l?ed|l?ing|p?ed|p?ing)?\ (?:the|your|that|this|all|any|every)\ (?:\w+\ ){0,2}(?:invoices?|bills?|debts?|fees?|charges?)\b|\b(?:will\ not|won't|won’t|not\ going\ to)\ (?:be\ )?charged?\b|
    \byou\ (?:won't|won’t|don't|don’t|needn't|needn’t|will\ not|do\ not)\ (?:have\ to\ |need\ to\ )?(?:pay|owe)\b(?!\ (?:more|extra|vat|attention|in\ advance|until|before|for\ (?:return|shipping|delivery)))|\bpay\ nothing\b|\bnothing\ to\ pay\b|
    \b(?:efterskänk\w*|eftergiv\w*|kwijtschel\w*|scheld\w*\ (?:\w+\ ){0,4}kwijt)\b|\b(?:stryker|skriver\ av|makulerar|tar\ bort|annullerer|sletter|fjerner)\ (?:\w+\ ){0,2}(?:faktura\w*|avgift\w*|skuld\w*|gebyr\w*|gæld\w*|regning\w*|räkning\w*|kostnad\w*)|
    \bslipper\ (?:du\ |ni\ |i\ |at\ |för\ |for\ |\ |att\ ){0,3}(?:betal\w*|avgift\w*|kostnad\w*)|\bbehöver\ (?:du\ |ni\ )?inte\ betala\b|\b(?:skal|behøver)\ (?:du\ |i\ )?ikke\ betale\b|
    \b(?:hoeft|hoef)\ (?:u\ |je\ |jij\ )?(?:\w+\ ){0,2}?(?:niet|niets|niks)\ (?:meer\ )?te\ betalen\b|\b(?:niets|niks)\ te\ betalen\b|\b(?:vervalt|laten\ (?:\w+\ ){0,3}vervallen)\b|\bstrepen\ (?:\w+\ ){0,3}(?:weg|door)\b""",
    # The same, as people say it to each other.
    r"""\b(?:reimburs|compensat)\w*\ (?:\w+\ ){0,2}?(?:everything|all\ of\ it|the\ lot)\b|\b(?:your|the|all)\ (?:\w+\ )?money\ (?:\w+\ ){0,3}?(?:back\b|returned\b|repaid\b)|\bevery\ (?:cent|penny|dime)\ (?:\w+\ )?(?:back|returned)\b|\bback\ every\ (?:cent|penny|dime)\b|
    \bmake\ it\ up\ to\ you\ with\b|\b(?:shipping|delivery|postage|returns?)\ (?:is|are|will\ be)\ free\b(?!\ (?:for|from|over|above|on|with|when|if)\b)|(?:^|[^\w\s]\s*)no\ charge\b|\b(?:tear|rip)\w*\ (?:it|the\ (?:invoice|bill))?\ ?up\b|
    \b(?:cut|slash)\w*\ (?:your|the|that)\ (?:\w+\ )?(?:bill|price|invoice|fee)\ (?:in\ (?:half|two)|by\ half)\b|\bhalv(?:e|ing)\ (?:your|the)\ (?:bill|price|invoice|fee)\b|
    \b(?:varje|vartenda|vart\ enda|varenda)\ (?:öre|krona)\ (?:\w+\ ){0,2}?(?:tillbaka|igen)\b|\b(?:tillbaka|igen)\ (?:varje|vartenda|vart\ enda|varenda)\ (?:öre|krona)\b|\b(?:får|ger\ dig|ger\ er)\ (?:\w+\ ){0,2}?igen\ (?:det|allt|vad|pengarna)\b|\bfri\ (?:frakt|leverans|retur|reparation)\b(?!\ (?:från|över|vid))|
    \bhver\ (?:en(?:este)?\ )?(?:øre|krone)\ (?:\w+\ )?(?:tilbage|igen)\b|\bfri\ (?:fragt|levering|returnering)\b(?!\ (?:fra|over|ved))|\b(?:giver|gi'r)\ (?:den|det)\ næste\b|\b(?:giver|gi'r)\ kaffen\b|
    \b(?:elke|iedere)\ (?:cent|euro)\ (?:\w+\ )?terug\b|\b(?:wij|we|ik)\ trakteer|\b(?:wij|we)\ trakteren\b|\bvoor\ niks\b|\bkosten\ (?:\w+\ ){0,3}voor\ (?:ons|onze\ rekening)\b|
    \b(?:två|tre|twee|drie|to)\ (?:för|for|voor)\ (?:en|ett|een|één)\b(?!\ \w)|\b(?:twee|drie)\ halen\b""",
    # A new one: what is that worth?
    r"""\b(?:send|sending|ship|shipping|give|giving|get|have)\ (?:you\ )?(?:a\ |an\ |your\ |the\ )?(?:brand[- ]new|replacement)\b(?!\ (?:link|code|password|invoice|date|part\ number))|
    \b(?:skickar|ger|får|bjuder)\ (?:\w+\ ){0,2}?(?:en\ |ett\ )(?:helt\ |splitter\s?)?ny(?:tt)?\ (?:maskin|kvarn|bryggare|påse|produkt|vara|leverans|beställning|ersättnings\w+)\b|\bskänker\ (?:vi\ |jag\ )?(?:dig|er)\b|
    \b(?:sender|giver|får)\ (?:\w+\ ){0,2}?(?:en\ |et\ )(?:helt\ )?nyt?\ (?:maskine|kværn|pose|produkt|vare|levering|ordre)\b|\bforærer\ (?:vi\ |jeg\ )?(?:dig|jer)\b|
    \b(?:sturen|stuur|geven|geef|krijgt|krijg)\ (?:\w+\ ){0,2}?(?:een\ )(?:geheel\ )?nieuwe?\ (?:machine|molen|zak|product|bestelling|levering)\b|\bcadeau\ (?:doen|geven|van\ ons)\b""",
    # Whatever it costs.
    r"""\b(?:cover|pay|bear|absorb|meet|foot|settle|pick\ up)(?:s|ing)?\ (?:for\ )?(?:the|all|your|any|every|whatever|everything)(?:\ (?:of\ )?(?:the|your|extra|additional|full|other)){0,2}\ ?(?:\w+\ ){0,1}(?:costs?|expenses?|bill|tab|fees?|damages?|loss(?:es)?|repairs?|postage|hotel|taxi|travel|replacement)\b|
    \bpay\ for\ (?:everything|it\ all|all\ of\ it)\b|\bwhat(?:ever|\ ?soever)\ it\ costs\b|\bno\ matter\ (?:what|how\ much)\ (?:it|this|that)\ costs\b|\bname\ your\ price\b|\bblank\ che(?:que|ck)\b|\bany\ amount\b|\bmake\ you\ whole\b|
    \b(?:står\ för|betalar|täcker|bekostar)\ (?:alla?\ |hela\ |dina\ |era\ |din\ |er\ )*(?:kostnad\w*|notan|frakten|fakturan|räkningen|skad\w*|reparation\w*|utgift\w*|resa\w*|hotell\w*|allt)\b|\boavsett\ (?:vad\ det\ kostar|kostnad\w*|pris\w*)|\bkosta\ vad\ det\ vill\b|
    \b(?:dækker|betaler|afholder|står\ for)\ (?:alle\ |hele\ |dine\ |jeres\ |din\ )*(?:omkostning\w*|udgift\w*|regning\w*|fragten|skade\w*|reparation\w*|rejse\w*|hotel\w*|alt)\b|\bkoste\ hvad\ det\ vil\b|\buanset\ (?:hvad\ det\ koster|prisen)\b|
    \b(?:dragen|betalen|nemen|vergoeden|dekken)\ (?:alle\ |de\ |uw\ |je\ |het\ |al\ (?:uw|je)\ )*(?:kosten|rekening|factuur|schade|reparatie|onkosten|reis\w*|hotel\w*|alles)\b|\bkosten\ (?:\w+\ ){0,3}op\ ons\b|\bvoor\ onze\ rekening\b|\bkoste\ wat\ het\ kost\b|\bongeacht\ (?:de\ )?(?:kosten|prijs)\b""",
    # Hundreds, thousands: how many?
    r"""\b(?:few|couple(?:\ of)?|several|some|many|ett\ par|par|några|flera|flere|nogle|enkele|paar|meerdere)\ (?:hundred|thousand|million|hundra|tusen|miljoner|hundrede|tusind|tusinde|millioner|honderd|duizend|miljoen|grand)\b(?=(?:\ (?:of|af|av))?\ (?:pounds?|euro\W?s?|dollars?|kr\b|kronor|kroner|quid|bucks)|\W*$)|
    \b(?:hundreds|thousands|millions|hundratals|tusentals|miljontals|hundredvis|tusindvis|honderden|duizenden|miljoenen)\b(?=(?:\ (?:of|af|av))?\ (?:pounds?|euro\W?s?|dollars?|kr\b|kronor|kroner|quid|bucks))""",
    # Something sent: a new one, a present. Papers, codes and news are no goods.
    rf"""\b{_WE}{_WILL}\ (?:send|ship|post|give|get|sending|shipping|mail|mailing)(?:\ (?:you|out|over|across|him|her|them|along)){{0,2}}\ (?:an?|another|some)\ (?:\w+\ )?(?:new|replacement|spare|present|gift|goodie\w*)\b(?!{_PAPER_EN})|
    \b(?:new\ one|replacement)\ (?:is\ on\ (?:its|the)\ way|(?:will\ be|is\ being)\ (?:sent|shipped))\b|\bplus\ (?:a|some)\ (?:little\ |small\ )?(?:present|gift|treat|something)\b(?!\ ?card)|
    \b(?:jag|vi)\ (?:\w+\ ){{0,2}}?(?:skickar|postar|sänder)\ (?:\w+\ ){{0,2}}?(?:en|ett|två)\ (?:\w+\ )?(?:ny|nytt|nya|ersättnings\w+|present|gåva)\b(?!{_PAPER_SV})|\b(?:skickar|postar)\ (?:jag|vi)\ (?:\w+\ ){{0,2}}?(?:en|ett)\ (?:\w+\ )?(?:ny|nytt|present|gåva)\b(?!{_PAPER_SV})|
    \b(?:plus|samt|och)\ en\ (?:liten\ )?(?:present|gåva|överraskning)\b|\bdu\ får\ en\ (?:liten\ )?(?:present|gåva)\b|
    \b(?:jeg|vi)\ (?:\w+\ ){{0,2}}?sender\ (?:\w+\ ){{0,2}}?(?:en|et|to)\ (?:\w+\ )?(?:ny|nyt|nye|erstatnings\w+|gave)\b(?!{_PAPER_DA})|\bsender\ (?:jeg|vi)\ (?:\w+\ ){{0,2}}?(?:en|et)\ (?:\w+\ )?(?:ny|nyt|gave)\b(?!{_PAPER_DA})|\b(?:plus|samt|og)\ en\ (?:lille\ )?(?:gave|overraskelse)\b|
    \b(?:ik|we|wij)\ (?:\w+\ ){{0,2}}?(?:stuur|sturen|verzenden|verzend)\ (?:\w+\ ){{0,3}}?een\ (?:\w+\ )?(?:nieuwe?|cadeau\w*|vervangende?)\b(?!{_PAPER_NL})|\b(?:stuur|sturen)\ (?:ik|we|wij)\ (?:\w+\ ){{0,3}}?een\ (?:\w+\ )?(?:nieuwe?|cadeau\w*|vervangende?)\b(?!{_PAPER_NL})|
    \b(?:plus|en)\ een\ (?:klein\ )?cadeau(?:tje)?\b(?!bon)""",
    # Again and again.
    r"""(?:\d|kr\.?|euro|pounds?|kronor|kroner|dollars?|€|£)\ (?:per|a|each|every|i|om|varje|hver|elke|iedere?|pr\.?)\ ?(?:month|year|week|day|måned\w*|månad\w*|år\w*|uge\w*|veck\w*|maand|jaar|week|dag)\b(?=.*\b(?:back|refund|discount|rabat|rabatt|korting|vergoed|ersätt|erstat|credit|tillbaka|tilbage|terug))""",
)
_BARE = (
    # We pay back, and nobody says how much.
    rf"""\b{_WE}{_WILL}\ (?:refund|reimburse|compensate|repay)(?:ed|d|ing)?\ (?:(?:to|for)\ )?(?:you|your|it|that|this|the|them|all|both|him|her)\b|\b(?:you|it|your\ \w+)(?:'ll|’ll|\ will)\ be\ (?:\w+\ )?(?:refunded|reimbursed|compensated)\b|
    \b{_WE}{_WILL}\ (?:pay|give|send)\ (?:you\ )?(?:your|the)\ money\b|\b{_WE}{_WILL}\ credit(?:ed|ing)?\ (?:you|your|the)\b|\b{_WE}{_WILL}\ (?:issue|process|arrange|send|make)\w*\ (?:you\ )?(?:a|the|your)\ (?:\w+\ )?(?:refund|reimbursement)\b|
    \b(?:vi|jag)\ (?:\w+\ )?(?:återbetalar|ersätter|kompenserar|gottgör|refunderar|krediterar)\ (?:dig|er|dina|ditt|din|det|den|köpet|allt|detta|kostnad\w*|skad\w*)\b|\b(?:ersätter|återbetalar|kompenserar|betalar\ tillbaka|gottgör)\ vi\ (?:dig|er|dina|ditt|din|det|den|köpet)\b|\b(?:vi|jag)\ betalar\ tillbaka\b|
    \b(?:vi|jeg)\ (?:\w+\ )?(?:refunderer|erstatter|kompenserer|godtgør|krediterer)\ (?:dig|jer|dine|dit|din|det|den|købet|alt|dette|skade\w*)\b|\b(?:refunderer|erstatter|kompenserer|godtgør)\ vi\ (?:dig|jer|dine|dit|din|det|den|købet)\b|\b(?:vi|jeg)\ betaler\ (?:\w+\ ){{0,3}}tilbage\b|
    \b(?:wij|we|ik)\ (?:\w+\ )?(?:vergoeden|vergoed|compenseren|compenseer|crediteren|crediteer)\ (?:u|je|jou|uw|jouw|het|de|dit|dat|alles)\b|\b(?:vergoeden|compenseren)\ (?:wij|we)\ (?:u|je|uw|het|de|dit|dat)\b|\b(?:wij|we|ik)\ (?:betalen?|storten?|maken?)\ (?:\w+\ ){{0,4}}(?:terug|over)\b|
    \b(?:krijgt|krijg)\ (?:u\ |je\ |jij\ )?(?:\w+\ ){{0,3}}(?:vergoed|terugbetaald|gecompenseerd)\b""",
    # A voucher, a discount: over what?
    rf"""\b{_WE}{_WILL}\ (?:give|send|offer|add|issue|arrange|credit|put|get|email|mail|grant|giving|sending|offering)(?:\ (?:you|your|to|an?|the|account|with|some|over|across|extra|nice|generous|special|little|small|big|as|thank|for|through)){{0,6}}\ (?:vouchers?|gift\ ?cards?|store\ credit|credits?|discount(?:\ code)?|coupon|rebate|compensation|goodwill)\b|
    \b(?:du|ni|dig|er)\ (?:\w+\ )?(?:får|ett|en)\ (?:\w+\ ){{0,2}}(?:presentkort|gåvokort|rabatt\w*|värdecheck|kompensation|ersättning|avdrag)\b|\b(?:ger|skickar|erbjuder)\ (?:vi\ |jag\ )?(?:dig|er)\ (?:\w+\ ){{0,2}}(?:presentkort|gåvokort|rabatt\w*|värdecheck|kompensation|ersättning|avdrag)\b|
    \b(?:du|i)\ får\ (?:\w+\ ){{0,3}}(?:gavekort|rabat\w*|kompensation|erstatning|tilgodebevis)\b|\b(?:giver|sender|tilbyder)\ (?:vi\ |jeg\ )?(?:dig|jer)\ (?:\w+\ ){{0,2}}(?:gavekort|rabat\w*|kompensation|erstatning|tilgodebevis)\b|
    \b(?:u|je|jij)\ (?:krijgt|krijg|ontvangt)\ (?:\w+\ ){{0,3}}(?:cadeaubon|tegoed\w*|waardebon|korting\w*|compensatie|vergoeding)\b|\b(?:krijgt|krijg|ontvangt)\ (?:u|je|jij)\ (?:\w+\ ){{0,3}}(?:cadeaubon|tegoed\w*|waardebon|korting\w*|compensatie|vergoeding)\b|
    \b(?:geven|geef|sturen|stuur|bieden|bied)\ (?:wij\ |we\ |ik\ )?(?:u|je|jou)\ (?:\w+\ ){{0,3}}(?:cadeaubon|tegoed\w*|waardebon|korting\w*|compensatie|vergoeding)\b""",
)
_SHARES = (
    (Decimal(50), r"""\bhalf[- ]price\b|\bhalf\ off\b|\bhalf\ (?:of\ )?(?:the|your)\ (?:price|money|amount|bill|fee|cost|purchase)\b|\bhalva\ (?:priset|beloppet|summan|avgiften|köpesumman)\b|\bhälften\ (?:av\ \w+\ )?tillbaka\b|\bhalv(?:t)?\ pris\b|\bhalvdelen\ af\ (?:prisen|beløbet|regningen)\b|\bhelft\ van\ (?:de|het|uw|je)\ (?:prijs|bedrag|factuur|rekening)\b|\bhälften\ av\ (?:priset|beloppet|summan)\b|\bhalve\ (?:prijs|prisen|beløbet|bedrag)\b|\bhalvdelen\ (?:af\ \w+\ )?tilbage\b|\b(?:de\ )?helft\ (?:van\ \w+\ \w+\ )?(?:terug|korting)\b"""),
    (Decimal("33.33"), r"""\ba\ third\ off\b|\ben\ tredjedel\ (?:i\ )?rabatt?\b|\been\ derde\ korting\b"""),
    (Decimal(25), r"""\ba\ quarter\ off\b|\ben\ (?:fjärdedel|fjerdedel)\ (?:i\ )?rabatt?\b|\been\ kwart\ korting\b"""),
)  # fmt: skip
_open = tuple(re.compile(one, _FLAGS) for one in _OPEN)
_bare = tuple(re.compile(one, _FLAGS) for one in _BARE)
_shares = tuple((share, re.compile(one, _FLAGS)) for share, one in _SHARES)


def open_ended(sentence: str) -> Iterator[re.Match[str]]:
    """Promises that have no sum by what they are: all of it, for nothing, whatever it costs."""
    for pattern in _open:
        yield from (one for one in pattern.finditer(sentence) if not _denied(sentence, one))


def without_sum(sentence: str) -> Iterator[re.Match[str]]:
    """Promises that would have a sum, for a sentence that names none."""
    for pattern in _bare:
        yield from (one for one in pattern.finditer(sentence) if not _NOT_AFTER.match(sentence, one.end()))


def shares(sentence: str) -> list[Decimal]:
    """Shares off a price in words, in per cent: "half price"."""
    return [share for share, pattern in _shares if pattern.search(sentence)]


def _denied(sentence: str, found: re.Match[str]) -> bool:
    """Whether "not" stands with it: "we cannot refund you", "vi ersätter dig inte"."""
    if _NOT.search(sentence[max(0, found.start() - 60) : found.start()]):
        return True
    return bool(_NOT_AFTER.match(sentence, found.end()))
