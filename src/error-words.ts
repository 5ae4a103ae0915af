import type { Language } from './platform/words.ts';

/** What went wrong, and what to do: both one sentence. `{name}` stands for a detail of the error. */
type Words = [message: string, nextStep: string];

const again = 'Het wordt vanzelf opnieuw geprobeerd';
const look = 'Bekijk de lijst: nachtwacht';

// English is in the errors themselves; here the same in Dutch, by code. `error-words.test.ts` finds a missing one.
// Read by the command line and by the web, which has next steps of its own where these name commands.
const dutch: Record<string, Words> = {
  // Wie mag wat, en wat er is.
  'not-signed-in': [
    'Hiervoor is een geldig token nodig, of dat je bent aangemeld.',
    'Maak er een op de machine van het platform: nachtwacht token create NAAM',
  ],
  'not-allowed': [
    'Dit token mag dit niet.',
    'Gebruik een token dat meer mag: nachtwacht token create NAAM --scope operate (of admin)',
  ],
  'second-factor-needed': [
    'Dit account heeft nog geen tweede manier om aan te melden.',
    'Stel op de pagina van je account een passkey of een code uit een app in.',
  ],
  'csrf-refused': [
    'Dit verzoek kwam niet van een pagina van Nachtwacht.',
    'Open Nachtwacht op het eigen adres en doe het daar; een script gebruikt een token.',
  ],
  'host-refused': [
    'Nachtwacht antwoordt niet onder deze naam.',
    'Gebruik het adres in NACHTWACHT_URL, of zet NACHTWACHT_URL op het adres dat mensen gebruiken.',
  ],
  'not-a-customer': ['Deze pagina’s zijn voor klanten van het bureau.', 'Bekijk de site zelf: nachtwacht site list'],
  'moment-not-kept': [
    'Van dat moment is er geen backup die teruggezet kan worden.',
    'Kies een moment uit de lijst, of laat het aan ons over.',
  ],
  'request-waits-already': [
    'Je hebt voor deze site al iets gevraagd, en wij zijn ermee bezig.',
    'Wacht op ons antwoord, of trek dat verzoek eerst in.',
  ],
  'request-not-found': ['Dat verzoek is er niet.', 'Bekijk de lijst van verzoeken.'],
  'request-over': [
    'Dit verzoek is al opgepakt of beantwoord.',
    'Bekijk het opnieuw; vraag het opnieuw als er iets anders nodig is.',
  ],
  'status-page-not-found': ['Er is geen statuspagina met dat adres.', 'Bekijk de lijst van statuspagina’s.'],
  'status-page-taken': ['Er is al een statuspagina met dat adres.', 'Kies een ander adres, of wijzig die pagina.'],
  'status-page-incomplete': [
    'Een statuspagina heeft een titel, en is van één klant of van één site.',
    'Geef een titel, en een klant of een site, niet allebei.',
  ],
  'probe-not-found': ['Er is geen tweede plek met die naam of id.', `${look} probe list`],
  'probe-name-taken': ['Er is al een tweede plek met die naam.', 'Kies een andere naam, of haal die eerst weg.'],
  'probe-token-wrong': [
    'Dit token om aan te sluiten is onbekend, al gebruikt of verlopen.',
    'Maak een nieuw onder Wacht > Tweede plekken, of met: nachtwacht probe invite NAAM',
  ],
  'probe-unknown': [
    'Dit verzoek is niet ondertekend door een tweede plek die we kennen.',
    'Sluit haar opnieuw aan met een nieuw token: nachtwacht probe invite NAAM',
  ],
  'probe-clock-off': [
    'Dit verzoek is te lang geleden ondertekend, of in de toekomst.',
    'Zet de klok van die machine gelijk (NTP).',
  ],
  'probe-replayed': ['Dit ondertekende verzoek is al eens gedaan.', 'Onderteken elk verzoek opnieuw.'],
  'probe-not-understood': [
    'Dit is niet wat een tweede plek zegt.',
    'Gebruik op beide machines dezelfde versie van Nachtwacht.',
  ],
  'probe-not-joined': [
    'In {folder} is geen tweede plek.',
    'Sluit eerst aan: nachtwacht probe --join URL --token TOKEN',
  ],
  'probe-sms-failed': ['De SMS ging niet weg: {why}', 'Kijk in sms.json in de map van deze tweede plek.'],
  'probe-file-open-to-others': [
    '{file} is leesbaar voor anderen op deze machine.',
    'Typ: chmod 600 {file} - en wijzig de sleutels erin als anderen ze gelezen kunnen hebben.',
  ],
  'probe-file-damaged': [
    'In {file} staat niet wat erin hoort.',
    'Verbeter het (src/probes/README.md zegt wat erin staat), of sluit opnieuw aan met een nieuw token.',
  ],
  'probe-needs-https': [
    'Een tweede plek sluit alleen over https aan: zij krijgt de nummers van de wachten.',
    'Geef het https://-adres van Nachtwacht.',
  ],
  'probe-joined-already': [
    'Deze map is al van de tweede plek {name} van {url}.',
    'Start haar met: nachtwacht probe - of geef een andere map met --data.',
  ],
  'probe-join-failed': [
    'Aansluiten bij {url} lukte niet: {why}',
    'Kijk of het adres klopt; is het token gebruikt of verlopen, maak dan een nieuw: nachtwacht probe invite NAAM',
  ],
  'probe-answer-refused': [
    'Niemand wacht op dit antwoord: het is niet gevraagd, of de tijd is om.',
    'Antwoord alleen op wat gevraagd is, op tijd.',
  ],
  'drill-runs-already': [
    'Er is een brandoefening bezig.',
    'Wacht tot zij klaar is en de wacht de pagina weer goed ziet: enkele minuten.',
  ],
  'drill-impossible': [
    'Een brandoefening kan nu niet.',
    'Nodig zijn een rooster met een wacht die een telefoon heeft, een SMS-aanbieder, en een wachter die draait.',
  ],
  'drill-guard-unknown': [
    'Er is geen wacht met deze id die een telefoon heeft.',
    'Kies een wacht uit de lijst, of laat het aan wie dan dienst heeft.',
  ],
  'message-provider-not-found': ['Er is geen aanbieder van berichten met die naam of id.', `${look} channels list`],
  'message-provider-kind-fixed': ['De soort van een aanbieder ligt vast.', 'Voeg een nieuwe toe, en haal deze weg.'],
  'message-provider-exists': [
    'Er is al een aanbieder van berichten met die naam.',
    'Wijzig die, of kies een naam die ze uit elkaar houdt.',
  ],
  'message-provider-secret-needed': [
    'De geheime sleutel van deze aanbieder is nodig ({secrets}): er is er geen bewaard voor dit adres.',
    'Typ de sleutel opnieuw; een bewaarde gaat alleen naar waar hij voor gegeven is.',
  ],
  'message-provider-stays': [
    'Mail gaat over de mailserver van het huis en kan hier niet weg.',
    'Wijzig de mailserver onder Instellingen > Mail.',
  ],
  'message-provider-order-stale': [
    'Iemand heeft intussen een aanbieder toegevoegd of weggehaald.',
    'Bekijk de lijst opnieuw en zet hem opnieuw op volgorde.',
  ],
  'token-not-found': ['Er is geen geldig token met die naam of id.', `${look} token list`],
  'customer-exists': ['Er is al een klant met die naam.', 'Gebruik die, of kies een naam die ze uit elkaar houdt.'],
  'customer-not-found': ['Er is geen klant met die naam of id.', `${look} customer list`],
  'guard-not-found': ['Die bewaker is er niet.', 'Bekijk de lijst van bewakers; misschien is hij weggehaald.'],
  'rota-not-found': ['Dat rooster is er niet.', 'Bekijk de lijst van roosters; misschien is het weggehaald.'],
  'override-not-found': ['Die vervanging is er niet.', 'Bekijk het plan; misschien is zij weggehaald.'],
  'not-a-guard': ['Jouw account is geen bewaker.', 'Vraag een beheerder om je op de pagina Dienst bewaker te maken.'],
  'phone-taken': [
    'Dat nummer is al van een andere bewaker.',
    'Geef elke bewaker een eigen nummer: antwoorden worden daaraan herkend.',
  ],
  'guard-account-unknown': ['Geen beheerder of bewaker heeft dat account.', 'Kies een van de mensen van het bureau.'],
  'guard-account-taken': ['Dat account is al een bewaker.', 'Wijzig dan die bewaker.'],
  'override-turned': [
    'De vervanging eindigt voor zij begint.',
    'Laat het einde na het begin komen, hooguit een jaar later.',
  ],
  'guard-without-phone': ['Deze bewaker heeft geen nummer.', 'Geef hem er eerst een.'],
  'no-sms-path': ['Er is geen weg om een SMS te sturen.', 'Voeg eerst een aanbieder toe bij Instellingen > Kanalen.'],
  'policy-too-slow': [
    'Met deze tijden wordt niemand op tijd bereikt, of blijft wat kan wachten voor altijd liggen.',
    'Wacht ten hoogste 157 s op een ontvangstbewijs, bel daarna binnen 3 minuten, vraag de volgende na het telefoontje en binnen 5, en kies kantooruren.',
  ],
  'incident-not-found': ['Die melding is er niet.', 'Bekijk de lijst van meldingen.'],
  'moment-wrong': ['Dit is geen moment.', 'Geef het bijvoorbeeld als "2026-12-01 18:00".'],
  'incident-not-yours': [
    'Deze melding is voorbij, of iemand anders heeft haar; doorgeven kan niet.',
    'Bekijk de melding: daar staat wie haar heeft.',
  ],
  'incident-not-over': [
    'Deze melding is niet voorbij en kan dus niet opnieuw geopend worden.',
    'Bekijk de melding; misschien was iemand je voor.',
  ],
  'incident-stands-anew': [
    'Hetzelfde is daarna opnieuw gebeurd, en staat open als melding {number}.',
    'Ga daar verder: melding {number}.',
  ],
  'path-not-in-snapshot': ['Deze snapshot heeft die map niet.', 'Begin bovenaan in de snapshot.'],
  'site-exists': ['Deze site staat er al in.', 'Bekijk haar: nachtwacht site show SITE'],
  'site-not-found': ['Er is geen site met die naam, dat adres of die id.', `${look} site list`],
  'site-not-watched': [
    'De wacht kent deze site niet.',
    'Probeer het over een minuut opnieuw; blijft het zo, meld het.',
  ],
  'site-ambiguous': ['Die naam kan meer dan één site betekenen.', 'Geef het hele adres of de id.'],
  'site-busy': ['Er is werk bezig op deze site.', 'Wacht tot het klaar is, of stop het: nachtwacht run cancel {runId}'],
  'site-not-paired': [
    'De site is nog niet gekoppeld.',
    'Lees de code onder Instellingen > Nachtwacht op de site, dan: nachtwacht site pair SITE --code CODE',
  ],
  'paired-already-here': ['De site is al gekoppeld.', 'Ontkoppel haar eerst: nachtwacht site unpair SITE'],
  'unpair-unreachable': [
    'De site kon niet horen dat zij onze sleutel moet vergeten.',
    'Probeer het opnieuw als de site antwoordt, of gebruik --force en ontkoppel haar ook op haar eigen instellingenpagina.',
  ],
  'site-url-not-a-url': ['Dit is niet het adres van een site.', 'Geef de voorpagina, zoals https://winkel.nl'],
  'site-url-not-http': ['Dit is geen webadres.', 'Geef de voorpagina, zoals https://winkel.nl'],
  'site-url-has-credentials': [
    'Er staat een naam of wachtwoord in het adres.',
    'Laat het weg; geef het met --basic-auth-file bij het koppelen.',
  ],
  'site-url-needs-https': [
    'Dit adres is niet versleuteld.',
    'Gebruik https, of zeg --allow-http als de site nog geen https heeft.',
  ],
  'site-url-too-long': ['Dit adres is te lang.', 'Geef de voorpagina, zoals https://winkel.nl'],
  'site-id-invalid': ['Dit is niet de id van een site.', `${look} site list`],
  'input-wrong': ['De invoer klopt niet.', 'Verbeter de invoer en probeer het opnieuw.'],
  'input-not-text': [
    'In de invoer staat een teken dat geen tekst is.',
    'Typ het opnieuw in plaats van het te plakken.',
  ],
  'body-too-large': ['Het verzoek is te groot.', 'Stuur minder.'],
  'web-build-broken': [
    'De gebouwde pagina’s horen niet bij deze versie van Nachtwacht.',
    'Verwijder de map dist/web en start opnieuw: de pagina’s worden dan opnieuw gebouwd.',
  ],
  'no-such-path': ['Op dit adres is niets.', 'Zie /openapi.json voor wat er is.'],

  // Werk.
  'subject-busy': [
    'Er is daar ander werk bezig.',
    'Wacht tot het klaar is, of stop het: nachtwacht run cancel {runId}',
  ],
  'subject-contended': [
    'Er begint en eindigt daar zo snel werk dat het onze geen plaats vond.',
    'Probeer het opnieuw.',
  ],
  'run-not-found': ['Dat werk is er niet.', `${look} run list`],
  'run-cancelled': ['Het werk is gestopt.', 'Begin het opnieuw als het toch nodig is.'],
  'run-kills-workers': [
    'De werker viel telkens om zonder verder te komen.',
    'Kijk in het logboek en naar het geheugen van de machine, en begin opnieuw.',
  ],
  'saga-unknown': [
    'Deze versie van Nachtwacht kent dit werk niet.',
    'Stop werkers van een oudere versie en begin het werk opnieuw.',
  ],
  'claim-lost': ['Een andere werker heeft dit werk overgenomen.', 'Niets: die gaat ermee verder.'],
  'worker-stopping': [
    'Deze werker stopt.',
    'Niets: het werk gaat verder bij een andere werker of bij de volgende start.',
  ],

  // Het huis zelf.
  'main-command-unknown': ['Het programma kent de opdracht {command} niet.', 'Geef een van: {commands}.'],
  'config-wrong': [
    'De instellingen kloppen niet: {problems}.',
    'Verbeter deze omgevingsvariabelen; nachtwacht doctor --settings toont ze alle.',
  ],
  'already-running': [
    'Er draait al een Nachtwacht op deze gegevensmap.',
    'Gebruik die, stop die eerst, of geef deze een eigen map met NACHTWACHT_DATA.',
  ],
  'no-main-process': [
    'Er draait geen database voor deze gegevensmap.',
    'Start nachtwacht serve op dezelfde NACHTWACHT_DATA, of zet DATABASE_URL.',
  ],
  'no-database-runs': ['De meegeleverde database draait niet.', 'Start eerst nachtwacht serve, of zet DATABASE_URL.'],
  'cannot-listen': [
    'Nachtwacht kan niet luisteren op dit adres en deze poort.',
    'Zet NACHTWACHT_PORT op een vrije poort (0 = een willekeurige).',
  ],
  'database-newer': [
    'De database is gewijzigd door een nieuwere Nachtwacht.',
    'Start de nieuwere versie, of zet de database van voor de overstap terug.',
  ],
  'database-not-migrated': ['De database is ouder dan dit programma.', 'Werk haar bij: nachtwacht migrate'],
  'database-unreachable': ['De database is niet bereikbaar.', 'Kijk of de server draait, en of DATABASE_URL klopt.'],
  'database-does-not-answer': [
    'De database draait maar antwoordt niet.',
    'Kijk in server.log naast de databasemap; stop dat proces en begin opnieuw.',
  ],
  'database-does-not-start': [
    'De database start niet.',
    'Kijk in server.log naast de databasemap, of zet DATABASE_URL.',
  ],
  'database-folder-closed': [
    'De gebruiker waaronder de database draait kan niet bij zijn map.',
    'Geef doorgang met chmod o+x, of kies een andere map met NACHTWACHT_DATA.',
  ],
  'cluster-open-to-others': [
    'De databasemap is leesbaar voor anderen; zo start de database niet.',
    'Voer uit: chmod 700 op die map.',
  ],
  'initdb-failed': ['De database kon niet worden gemaakt.', 'Kijk naar schijfruimte en rechten, of zet DATABASE_URL.'],
  'postgres-binaries-missing': [
    'Het meegeleverde PostgreSQL ontbreekt op deze machine.',
    'Voer npm ci uit zonder --omit=optional, of zet DATABASE_URL.',
  ],
  'postgres-no-user': [
    'PostgreSQL draait niet als root en er is geen gewone gebruiker voor.',
    'Maak er een (useradd --system nachtwacht), of zet DATABASE_URL.',
  ],
  'master-key-open-to-others': [
    'De hoofdsleutel is leesbaar voor anderen op deze machine.',
    'Voer uit: chmod 600 op dat bestand; vernieuw de sleutels als anderen hem gelezen kunnen hebben.',
  ],
  'master-key-damaged': [
    'De hoofdsleutel is beschadigd.',
    'Zet hem terug uit uw kopie: zonder hem zijn de bewaarde sleutels en wachtwoorden weg.',
  ],
  'master-key-wrong': [
    'De hoofdsleutel past niet op de geheimen in deze database.',
    'Geef de juiste in NACHTWACHT_MASTER_KEY, of zet master-key terug uit uw kopie.',
  ],
  'secret-unreadable': [
    'Een bewaard geheim is niet te lezen.',
    'Maak het opnieuw (koppel de site opnieuw, of maak een nieuw token).',
  ],
  unexpected: [
    'Er ging iets mis dat Nachtwacht niet verwachtte.',
    'Kijk in het logboek van het platform; probeer het opnieuw, en meld het als het blijft.',
  ],

  // Backups.
  'repository-none-yet': ['Deze site heeft nog geen backups.', 'Maak er eerst een: nachtwacht backup SITE'],
  'repository-missing': [
    'De backups van deze site zijn niet waar ze waren.',
    'Breng de schijf of bucket terug; alleen als die echt weg is: neem de site uit en voeg haar opnieuw toe.',
  ],
  'store-keys-missing': [
    'De backups van deze site liggen op {where}, en voor die opslag zijn geen sleutels ingesteld.',
    'Geef de sleutels van die opslag onder Instellingen > Opslag, of in NACHTWACHT_S3_...',
  ],
  'store-changed': [
    'De opslag van het huis is veranderd terwijl deze repository gemaakt werd.',
    'Het wordt vanzelf opnieuw geprobeerd.',
  ],
  'store-full': [
    'Er is geen ruimte voor deze backup.',
    'Maak ruimte op die schijf, of verplaats de backups; begin de backup dan opnieuw.',
  ],
  'backup-not-made': ['De backup is niet gemaakt.', 'Begin haar opnieuw; nachtwacht alarms zegt wat er mis is.'],
  'snapshot-not-found': ['Die momentopname is er niet.', `${look} snapshots SITE`],
  'snapshot-not-clear': ['Meer dan één momentopname begint zo.', 'Geef minstens acht tekens van de id.'],
  'snapshot-unknown': ['Die momentopname is er niet.', `${look} snapshots SITE`],
  'snapshot-ambiguous': ['Meer dan één momentopname begint zo.', 'Geef minstens acht tekens van de id.'],
  'snapshot-gone': [
    'De momentopname staat in onze lijst maar niet in de opslag.',
    'Controleer de opslag: nachtwacht verify SITE',
  ],
  'manifest-unreadable': [
    'De beschrijving van een tabel in de momentopname is niet te lezen.',
    'Gebruik de versie die haar maakte, of laad de SQL-bestanden met het programma mariadb.',
  ],
  'dump-unreadable': [
    'De SQL van een tabel in de momentopname is niet wat er geschreven is.',
    'Maak een nieuwe backup en controleer de opslag.',
  ],
  'site-gives-nothing': [
    'De site antwoordt maar geeft geen bestanden.',
    'Werk de plugin bij; blijft het zo, kijk in het foutenlogboek van de host.',
  ],
  'site-listing-too-large': [
    'Aan de bestandenlijst van de site komt geen eind.',
    'Zoek een map die zichzelf vult (sessies, cache, logboeken) en sluit die uit of maak haar leeg.',
  ],
  'site-listing-invalid': [
    'De bestandenlijst van de site noemt iets dat niet kan.',
    'Werk de plugin bij; blijft het zo, behandel de site als gekraakt.',
  ],

  // Terugzetten.
  'unknown-in-snapshot': [
    'Dat is er niet, in de momentopname noch op de site.',
    'Schrijf paden vanaf de map van WordPress (wp-content/uploads) en tabellen met hun voorvoegsel.',
  ],
  'restore-scope-wrong': [
    'Dat is geen pad binnen de site of geen tabelnaam.',
    'Schrijf paden vanaf de map van WordPress (wp-content/uploads) en tabellen met hun voorvoegsel.',
  ],
  'restore-running': [
    'Deze site wordt al teruggezet.',
    'Wacht tot het klaar is, of stop het: nachtwacht run cancel {runId}',
  ],
  'restore-unknown': ['Er is niets teruggezet dat ongedaan gemaakt kan worden.', `${look} restore list SITE`],
  'restore-reverted': [
    'Het terugzetten mislukte halverwege; alles staat weer zoals het was.',
    'Kijk wat er mis ging (nachtwacht alarms) en probeer het opnieuw.',
  ],
  'restore-not-exact': [
    'Een tabel werd geladen maar is niet gelijk aan de momentopname; er is niets verwisseld.',
    'Probeer het opnieuw; blijft het zo, zet terug in een map en laad de SQL met de hand.',
  ],
  'restore-not-as-wanted': [
    'Na het verwisselen zijn bestanden niet zoals in de momentopname.',
    'Kijk of iets op de host deze bestanden schrijft of blokkeert, en zet dan opnieuw terug.',
  ],
  'files-rolled-back': [
    'De site kon een bestand niet verwisselen en heeft alles teruggezet.',
    'Kijk naar rechten en schijfruimte van de site en zet dan opnieuw terug.',
  ],
  'stage-refused': [
    'De site ontving andere gegevens dan wij stuurden.',
    `${again}; blijft het zo, kijk naar de schijf van de site.`,
  ],
  'no-such-table': [
    'De momentopname heeft die tabel niet.',
    'Kijk welke tabellen er zijn, of kies een andere momentopname.',
  ],
  'folder-not-absolute': ['Dat is geen volledig pad.', 'Geef het hele pad vanaf /, want de werker kan elders draaien.'],
  'folder-not-empty': [
    'In die map staat al iets.',
    'Noem een map die leeg is of nog niet bestaat: er wordt niets overschreven.',
  ],
  'trial-database-missing': [
    'Er is geen databaseserver om een proef in te laden.',
    'Installeer mariadb-server-core en mariadb-client, of zet NACHTWACHT_TRIAL_DATABASE_URL.',
  ],
  'trial-load-failed': [
    'De database weigerde een opdracht uit de momentopname.',
    'Probeer de proef op de versie die de site gebruikt.',
  ],
  'trial-restore-differs': [
    'De proef is niet gelijk aan de momentopname.',
    'Maak nu een nieuwe backup, controleer de opslag, en vertrouw deze momentopname niet.',
  ],

  // Instellingen.
  'setting-fixed': [
    'Dit staat in de omgeving ({variables}) en is hier niet te veranderen.',
    'Verander het daar en start Nachtwacht opnieuw, of haal het eerst uit de omgeving.',
  ],
  'time-zone-wrong': ['Dit is geen tijdzone.', 'Geef haar naam, zoals Europe/Amsterdam.'],
  'colour-wrong': ['Dit is geen kleur.', 'Geef haar als # en zes cijfers, zoals #8a5a00.'],
  'logo-refused': [
    'Dit bestand kan niet het logo zijn.',
    'Kies een PNG, JPEG, WebP of SVG van hoogstens 300 kB, zonder scripts of verwijzingen naar elders.',
  ],
  'storage-test-failed': [
    'De opslag doet niet wat backups nodig hebben.',
    'Probeer haar eerst uit en lees wat er mis is.',
  ],
  'storage-folder-wrong': ['Dit is geen map voor backups.', 'Geef het hele pad van een map, zoals /srv/backups.'],
  'storage-keys-needed': [
    'Voor deze opslag zijn geen sleutels bewaard.',
    'Geef de toegangssleutel en de geheime sleutel.',
  ],
  'mail-password-needed': [
    'Het bewaarde wachtwoord was voor een andere mailserver of gebruiker.',
    'Typ het wachtwoord opnieuw.',
  ],
  'mail-not-set': ['Er is geen mailserver ingesteld.', 'Stel er een in onder Instellingen > Mail.'],
  'keys-none': [
    'Er is geen opslag waarvan het wachtwoord te bewaren is.',
    'Maak een eerste backup; daarna is er een wachtwoord om te bewaren.',
  ],
  'sign-in-not-fresh': [
    'Hiervoor moet je minder dan tien minuten geleden hebben ingelogd.',
    'Bevestig dat jij het bent en doe het opnieuw.',
  ],
  'link-not-valid': [
    'Deze link werkt niet (meer): hij is gebruikt, ingetrokken of verlopen.',
    'Vraag een nieuwe aan wie je hem stuurde; die van de eerste beheerder maak je op de machine van het platform.',
  ],
  'operator-there': [
    'Er is al een beheerder.',
    'Meld je aan, of maak een link voor wie alles kwijt is (operator reset-link E-MAIL).',
  ],
  'not-a-person': ['Dit is voor mensen; een token heeft geen account.', 'Meld je aan als persoon.'],
  'session-not-found': ['Deze aanmelding was al beëindigd.', 'Kijk opnieuw in de lijst.'],
  'passkey-not-found': ['Deze passkey is er niet meer.', 'Kijk opnieuw in de lijst.'],
  'password-there': ['Je hebt al een wachtwoord.', 'Wijzig het met je oude wachtwoord.'],
  'password-too-short': ['Dit wachtwoord is te kort.', 'Neem minstens twaalf tekens; vier losse woorden werken goed.'],
  'password-too-long': ['Dit wachtwoord is te lang.', 'Neem hooguit 128 tekens.'],
  'password-too-common': [
    'Dit wachtwoord is te makkelijk te raden.',
    'Laat namen, jaartallen en rijtjes weg; vier losse woorden werken goed.',
  ],
  'last-way-in': [
    'Met deze passkey meld je je aan; een andere manier heb je niet.',
    'Kies eerst een wachtwoord of voeg een andere passkey toe.',
  ],
  'last-second-factor': [
    'Deze passkey is je enige tweede stap.',
    'Stel eerst een authenticator-app in of voeg een andere passkey toe.',
  ],
  'email-taken': [
    'Voor dit e-mailadres is er al een account.',
    'Kijk in de lijst met mensen: wijzig daar de rol of geef weer toegang.',
  ],
  'invited-already': ['Dit e-mailadres is al uitgenodigd.', 'Stuur die uitnodiging opnieuw, of trek haar eerst in.'],
  'invitation-not-found': ['Deze uitnodiging staat niet meer open.', 'Kijk opnieuw in de lijst.'],
  'person-not-found': ['Deze persoon is er niet.', 'Kijk opnieuw in de lijst.'],
  'not-yourself': ['Dit kun je niet met je eigen account doen.', 'Vraag een andere beheerder.'],
  'last-operator': ['Dit is de laatste beheerder.', 'Maak eerst iemand anders beheerder.'],
  'on-the-machine-only': [
    'De aanmelding van een beheerder stel je alleen op de machine van het platform opnieuw in.',
    'Daar: het commando operator reset-link, met het e-mailadres.',
  ],
  'customer-needed': ['Een klant-persoon hoort bij een klant.', 'Kies de klant.'],
  'customer-not-wanted': ['Een beheerder of bewaker hoort bij geen klant.', 'Laat de klant weg.'],
  'mail-not-configured': [
    'Er is geen mailserver ingesteld.',
    'Stel er een in onder Instellingen, of geef het bericht zelf door.',
  ],
  'mail-not-sent': [
    'De mailserver nam de mail niet aan: {said}',
    'Kijk onder Instellingen of de mailserver werkt, of geef het bericht zelf door.',
  ],

  // Opslag (restic).
  locked: ['De opslag is bezet door ander werk.', `${again}; anders: wacht tot het andere klaar is.`],
  'lock-lost': [
    'Iemand heeft ons slot op de opslag weggehaald.',
    'Kijk of er nog iemand met restic in werkt, en begin opnieuw.',
  ],
  damaged: ['De opslag is beschadigd.', 'Controleer haar: nachtwacht verify SITE'],
  'wrong-password': ['Het wachtwoord past niet op deze opslag.', 'Kijk of dit de opslag van deze site is.'],
  'not-a-repository': ['Daar is geen opslag van backups.', 'Kijk of de schijf of bucket de juiste is.'],
  'access-denied': [
    'De opslag weigert onze sleutel.',
    'Controleer NACHTWACHT_S3_ACCESS_KEY en _SECRET_KEY en hun rechten.',
  ],
  'no-bucket': ['De bucket bestaat niet.', 'Maak hem, of verbeter NACHTWACHT_S3_BUCKET.'],
  'store-failed': ['De opslag deed niet wat er gevraagd werd.', `${again}; blijft het zo, kijk naar de opslag.`],
  'missing-pack': ['Er ontbreekt een bestand in de opslag.', 'Controleer haar: nachtwacht verify SITE'],
  'missing-blob': ['Er ontbreken gegevens in de opslag.', 'Controleer haar: nachtwacht verify SITE'],

  // De site en haar host.
  unpaired: [
    'De plugin op de site is met niemand gekoppeld.',
    'Neem een nieuwe code van Instellingen > Nachtwacht en koppel de site.',
  ],
  'signature-missing': [
    'De site kreeg ons verzoek zonder handtekening: er staat iets voor dat die weghaalt.',
    'Vraag de host welke firewall of proxy voor de site staat.',
  ],
  malformed: [
    'De site kon ons verzoek niet lezen: onderweg is het veranderd.',
    'Vraag de host of een firewall verzoeken herschrijft; werk de plugin bij.',
  ],
  version: [
    'De plugin spreekt een andere versie van het protocol.',
    'Installeer de plugin van dit platform (nachtwacht connector build).',
  ],
  'wrong-site': [
    'De site is onder een andere id gekoppeld.',
    'Kijk of het adres bij deze site hoort; koppel opnieuw als zij hierheen verhuisd is.',
  ],
  'wrong-key': [
    'De site is met een andere sleutel gekoppeld.',
    'Ontkoppel haar op haar instellingenpagina en koppel opnieuw, als dit het juiste platform is.',
  ],
  clock: ['De klok van de site en de onze verschillen te veel.', 'Laat beide klokken gelijkzetten (NTP).'],
  signature: [
    'De site weigerde onze handtekening.',
    'Controleer het adres (https, www, pad); vraag de host of een proxy adressen herschrijft.',
  ],
  'site-moved': [
    'De site draait onder een ander adres dan toen zij gekoppeld werd.',
    'Koppel opnieuw als zij echt verhuisd is; is het een kopie, laat haar dan.',
  ],
  claim: [
    'Nieuwer werk heeft deze site overgenomen.',
    'Niets, dat gaat verder. Na terugzetten van onze database: nachtwacht site check SITE --take-over',
  ],
  replayed: [
    'De site zag dit verzoek al eerder.',
    `${again}; blijft het zo, vraag de host of een proxy verzoeken herhaalt.`,
  ],
  'paired-already': [
    'De site is al gekoppeld.',
    'Ontkoppel haar eerst onder Instellingen > Nachtwacht, en koppel dan opnieuw.',
  ],
  'needs-wordpress': [
    'Dit kan alleen als WordPress draait, en dat doet het nu niet.',
    'Zet de site eerst terug, of kijk in haar foutenlogboek.',
  ],
  'no-session': [
    'De host staat geen vaste momentopname van de database toe.',
    'Niets: het gaat zonder, en de momentopname zegt dat.',
  ],
  'session-gone': [
    'De vaste momentopname van de database op de site is voorbij.',
    'Niets: de backup gaat zonder verder, en zegt dat.',
  ],
  'bad-path': ['Een pad is niet toegestaan.', 'Meld dit met de naam van het bestand.'],
  'unknown-command': ['De plugin kent deze opdracht niet.', 'Werk de plugin bij (nachtwacht connector build).'],
  'disk-full': ['De schijf van de site is vol.', 'Maak ruimte bij de host en probeer het opnieuw.'],
  unreachable: ['De site is niet bereikbaar.', 'Open haar in een browser; controleer adres en DNS.'],
  'address-refused': [
    'De site heeft een privé- of lokaal adres, en die worden niet aangesproken.',
    'Zet NACHTWACHT_ALLOW_PRIVATE=1 als sites in uw eigen netwerk mogen staan.',
  ],
  timeout: [
    'De site antwoordde niet op tijd.',
    `${again}, met minder werk tegelijk; blijft het zo, kijk naar de belasting van de host.`,
  ],
  'too-slow': [
    'De site stuurde haar antwoord te traag.',
    `${again}, met minder werk tegelijk; blijft het zo, kijk naar de belasting van de host.`,
  ],
  'answer-cut': [
    'Het antwoord van de site brak halverwege af.',
    `${again}, met minder werk tegelijk; blijft het zo, kijk naar de grenzen van de host.`,
  ],
  'answer-corrupt': [
    'Het antwoord van de site klopt niet met zijn eigen controlegetal.',
    `${again}; blijft het zo, zoek een plugin of proxy die antwoorden herschrijft.`,
  ],
  'answer-invalid': [
    'Het antwoord van de site zegt iets dat niet kan.',
    'Werk de plugin bij; blijft het zo, behandel de site als gekraakt.',
  ],
  'answer-too-large': [
    'De site stuurde meer dan gevraagd; er is niets van gebruikt.',
    'Werk de plugin bij; blijft het zo, behandel de site als gekraakt.',
  ],
  'not-our-answer': [
    'Iets anders dan onze plugin antwoordde.',
    'Kijk of de plugin actief is en geen cache of firewall in haar plaats antwoordt.',
  ],
  'entry-missing': [
    'Het adres van de plugin bestaat niet op de site.',
    'Kijk of de plugin geïnstalleerd en actief is.',
  ],
  'challenge-page': [
    'Een robotcontrole antwoordde in plaats van de site.',
    'Laat ons adres of onze user agent toe in de firewall of het CDN van de host.',
  ],
  'basic-auth-needed': ['Er staat een wachtwoord voor de site.', 'Koppel opnieuw met --basic-auth-file.'],
  maintenance: [
    'De site zegt dat zij in onderhoud is.',
    `${again}; blijft het zo, dan is een bestand .maintenance achtergebleven.`,
  ],
  'rate-limited': ['De host zegt dat wij te vaak vragen.', `${again}, maar langzamer.`],
  'site-error': ['De site antwoordde met een serverfout.', `${again}; kijk in het foutenlogboek van de site.`],
  'request-too-large': ['De host weigert verzoeken van deze grootte.', `${again}, in kleinere delen.`],
  'redirected-elsewhere': [
    'De site stuurt ons door naar een ander adres, en dat volgen wij niet.',
    'Voeg de site toe onder het adres waar zij naar doorstuurt en koppel opnieuw.',
  ],
  'redirect-loop': [
    'De site stuurt in een kring door.',
    'Controleer de adressen in WordPress en de doorsturing naar https.',
  ],
  'certificate-invalid': [
    'Het certificaat van de site is niet geldig.',
    'Vernieuw het certificaat en probeer het opnieuw.',
  ],
  'pairing-code': [
    'De site neemt deze koppelcode niet aan: ze klopt niet, is gebruikt of is ouder dan 15 minuten.',
    'Maak een nieuwe code onder Instellingen > Nachtwacht op de site en typ die.',
  ],
  'pairing-refused': [
    'De site nam de code niet aan.',
    'Maak een nieuwe code onder Instellingen > Nachtwacht: elke leeft 15 minuten en vijf pogingen.',
  ],
  'pairing-forged': [
    'De site antwoordde zonder de code te kennen: iemand anders antwoordt in haar plaats.',
    'Controleer het adres; koppel niet voor duidelijk is wie er antwoordt.',
  ],
};

/** Codes that have a Dutch sentence: for the test that finds missing ones. */
export const dutchCodes: ReadonlySet<string> = new Set(Object.keys(dutch));

/** What errors say of themselves, in whatever form they came. */
interface ErrorSaid {
  code: string;
  message: string;
  nextStep: string;
  details: Record<string, unknown>;
}

/** The Dutch of an error, filled in with its details; undefined when there is none. */
export function dutchOf(error: ErrorSaid): { message: string; nextStep: string } | undefined {
  const words = dutch[error.code];
  if (!words) return undefined;
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => detailInWords(error.details[name]));
  return { message: fill(words[0]), nextStep: fill(words[1]) };
}

/** The error in the reader's language; what English says of the case at hand stays behind it in brackets. */
export function errorInWords(error: ErrorSaid, language: Language): { message: string; nextStep: string } {
  // The command line's own errors are in the reader's language already.
  const said = language === 'nl' ? dutchOf(error) : undefined;
  if (!said) return { message: error.message, nextStep: error.nextStep };
  const { message, nextStep } = said;
  return { message: message === error.message ? message : `${message} (${error.message})`, nextStep };
}

function detailInWords(detail: unknown): string {
  if (Array.isArray(detail)) return detail.map(detailInWords).join('; ');
  return typeof detail === 'string' || typeof detail === 'number' ? `${detail}` : '…';
}
