"""Sentences, made up: what they tell, seen from Monday 2 March 2026 (kind, words, day), and those that tell nothing."""

TELL = {
    "en": [
        ("My daughter starts school on Monday.", "event", "My daughter starts school", "2026-03-09"),
        ("We're moving to Aarhus in May!", "event", "We're moving to Aarhus", "2026-05-01"),
        ("I bought a bike last week and love it.", "bought", "a bike", "2026-02-23"),
        ("I just ordered two mugs yesterday.", "bought", "two mugs", "2026-03-01"),
        ("Hello, my name is Anna Berg.", "name", "Anna Berg", ""),
        ("My son is called Oscar and he loves cake.", "family", "My son is called Oscar", ""),
        ("We have two kids.", "family", "We have two kids", ""),
        ("My birthday is on 3 May.", "birthday", "My birthday is on 3 May", "503"),
        ("I was born on May 3rd, 1980.", "birthday", "I was born on May 3rd, 1980", "1980-05-03"),
        ("We are getting married on 12 June.", "event", "We are getting married", "2026-06-12"),
        ("I take size 42.", "preference", "I take size 42", ""),
        ("My favourite roast is Sumatra.", "preference", "My favourite roast is Sumatra", ""),
        ("I met you at the fair in Malmö.", "met", "I met you at the fair in Malmö", ""),
        ("Greetings to my friend Peter!", "relation", "my friend Peter", ""),
    ],
    "sv": [
        ("Min dotter börjar skolan på måndag.", "event", "Min dotter börjar skolan", "2026-03-09"),
        ("I maj flyttar vi till Aarhus.", "event", "flyttar vi till Aarhus", "2026-05-01"),
        ("Jag köpte en ny cykel förra veckan.", "bought", "en ny cykel", "2026-02-23"),
        ("Igår beställde jag två muggar.", "bought", "två muggar", "2026-03-01"),
        ("Hej, jag heter Anna Berg.", "name", "Anna Berg", ""),
        ("Min dotter heter Alva.", "family", "Min dotter heter Alva", ""),
        ("Vi har två barn och en trädgård.", "family", "Vi har två barn", ""),
        ("Jag fyller år den 3 maj.", "birthday", "Jag fyller år den 3 maj", "503"),
        ("Vi gifter oss den 12 juni.", "event", "Vi gifter oss", "2026-06-12"),
        ("Jag har storlek 42.", "preference", "Jag har storlek 42", ""),
        ("Min favorit är Sumatra.", "preference", "Min favorit är Sumatra", ""),
        ("Jag träffade dig på mässan i Malmö.", "met", "Jag träffade dig på mässan i Malmö", ""),
        ("Hälsa min granne Karin!", "relation", "min granne Karin", ""),
    ],
    "da": [
        ("Min datter starter i skole på mandag.", "event", "Min datter starter", "2026-03-09"),
        ("Vi flytter til Aarhus i maj.", "event", "Vi flytter til Aarhus", "2026-05-01"),
        ("Jeg har købt en ny cykel i sidste uge.", "bought", "en ny cykel", "2026-02-23"),
        ("I går bestilte vi to krus.", "bought", "to krus", "2026-03-01"),
        ("Hej, jeg hedder Anna Berg.", "name", "Anna Berg", ""),
        ("Min datter hedder Alva.", "family", "Min datter hedder Alva", ""),
        ("Vi har to børn.", "family", "Vi har to børn", ""),
        ("Jeg har fødselsdag d. 3. maj.", "birthday", "Jeg har fødselsdag d. 3. maj", "503"),
        ("Vi skal giftes den 12. juni.", "event", "Vi skal giftes", "2026-06-12"),
        ("Jeg bruger størrelse 42.", "preference", "Jeg bruger størrelse 42", ""),
        ("Min yndlingskaffe er Sumatra.", "preference", "Min yndlingskaffe er Sumatra", ""),
        ("Jeg mødte jer på messen i Malmø.", "met", "Jeg mødte jer på messen i Malmø", ""),
        ("Hils min nabo Karen!", "relation", "min nabo Karen", ""),
    ],
    "nl": [
        ("Mijn dochter begint maandag op school.", "event", "Mijn dochter begint maandag", "2026-03-09"),
        ("We verhuizen in mei naar Utrecht.", "event", "We verhuizen in mei naar Utrecht", "2026-05-01"),
        ("Ik heb vorige week een fiets gekocht.", "bought", "een fiets", "2026-02-23"),
        ("Ik bestelde gisteren twee mokken.", "bought", "twee mokken", "2026-03-01"),
        ("Hallo, ik heet Anna van den Berg.", "name", "Anna van den Berg", ""),
        ("Mijn dochter heet Alva.", "family", "Mijn dochter heet Alva", ""),
        ("Wij hebben twee kinderen.", "family", "Wij hebben twee kinderen", ""),
        ("Ik ben jarig op 3 mei.", "birthday", "Ik ben jarig op 3 mei", "503"),
        ("We gaan op 12 juni trouwen.", "event", "We gaan op 12 juni trouwen", "2026-06-12"),
        ("Ik draag maat 42.", "preference", "Ik draag maat 42", ""),
        ("Mijn favoriete koffie is Sumatra.", "preference", "Mijn favoriete koffie is Sumatra", ""),
        ("Ik sprak jullie op de beurs in Utrecht.", "met", "Ik sprak jullie op de beurs in Utrecht", ""),
        ("Groeten aan mijn buurman Kees!", "relation", "mijn buurman Kees", ""),
    ],
}
SILENT = {
    "en": [
        "Does your daughter start school on Monday?", "If we move to Aarhus in May, I'll write.", "I would buy a bike last week.",
        "She said my name is Anna.", "I never bought a bike from you.", "> My daughter starts school on Monday.",
        "I may move.", "They march in March.", "I have diabetes and bought a bike last week.", "My daughter starts school.",
        "I bought into the idea.", 'The ad says "my name is Anna".', "I thought my friend was late.", "We met at the fair.",
    ],
    "sv": [
        "Börjar din dotter skolan på måndag?", "Om vi flyttar till Aarhus i maj hör vi av oss.", "Jag köpte inte en cykel.",
        "Hon sa att jag heter Anna.", "Jag skulle gärna köpt en cykel.", "> Min dotter heter Alva.", "Min favorit är det.",
        "Jag har köpt en vara.", "Jag är gravid och köpte en säng.", "Min dotter börjar skolan.",
    ],
    "da": [
        "Starter din datter i skole på mandag?", "Hvis vi flytter til Aarhus i maj, skriver vi.", "Jeg købte ikke en cykel.",
        "Hun sagde at jeg hedder Anna.", "Jeg ville have købt en cykel.", "> Min datter hedder Alva.", "Jeg har købt en vare.",
        "Jeg er gravid og købte en seng.", "Min datter starter i skole.",
    ],
    "nl": [
        "Begint je dochter maandag op school?", "Als we in mei naar Utrecht verhuizen, schrijf ik.", "Ik heb geen fiets gekocht.",
        "Ze zei dat ik Anna heet.", "Ik zou een fiets gekocht hebben.", "> Mijn dochter heet Alva.", "Ik heb een product gekocht.",
        "Ik ben zwanger en heb een bed gekocht.", "Goede morgen allemaal, ik kom.",
    ],
}  # fmt: skip
PROMISED = {
    "en": [
        ("Thanks! I'll call you on Tuesday.", "2026-03-03"), ("We will refund you within 3 days.", "2026-03-05"),
        ("On Friday I will send you a new one.", "2026-03-06"), ("You'll hear from us tomorrow.", "2026-03-03"),
        ("We'll get back to you next week.", "2026-03-09"),
    ],
    "sv": [
        ("Jag återkommer på fredag.", "2026-03-06"), ("Vi skickar en ny imorgon.", "2026-03-03"),
        ("På tisdag ringer jag dig.", "2026-03-03"), ("Du får svar inom tre dagar.", "2026-03-05"),
    ],
    "da": [
        ("Jeg vender tilbage på fredag.", "2026-03-06"), ("Vi sender en ny i morgen.", "2026-03-03"),
        ("På tirsdag ringer jeg til dig.", "2026-03-03"), ("Du får svar inden for tre dage.", "2026-03-05"),
    ],
    "nl": [
        ("Ik kom er vrijdag op terug.", "2026-03-06"), ("Wij sturen u morgen een nieuwe.", "2026-03-03"),
        ("Dinsdag bel ik u.", "2026-03-03"), ("U hoort van ons binnen drie dagen.", "2026-03-05"),
        ("We laten het u volgende week weten.", "2026-03-09"),
    ],
}  # fmt: skip
NOT_PROMISED = {
    "en": [
        "If it breaks, we'll send a new one on Friday.", "Shall I call you on Tuesday?", "We can't send it tomorrow.",
        "You called us on Tuesday.", "I'll get back to you.", "Our shop opens on Friday.",
    ],
    "sv": [
        "Om den går sönder skickar vi en ny på fredag.", "Ska jag ringa dig på tisdag?", "Vi kan inte skicka den imorgon.",
        "Du ringde oss i tisdags.", "Butiken öppnar på fredag.", "Vi har öppet på lördag.",
    ],
    "da": [
        "Hvis den går i stykker, sender vi en ny på fredag.", "Skal jeg ringe på tirsdag?", "Vi kan ikke sende den i morgen.",
        "Butikken åbner på fredag.",
    ],
    "nl": [
        "Als hij stuk gaat, sturen we u vrijdag een nieuwe.", "Zal ik u dinsdag bellen?", "We kunnen hem morgen niet sturen.",
        "De winkel gaat vrijdag open.",
    ],
}  # fmt: skip
