// What people choose when they must choose a password quickly, in Dutch and English; written down by ourselves.
const words = `
password passwort passw0rd wachtwoord welkom welcome hallo hello login inloggen admin administrator beheer beheerder
root user gebruiker guest gast test testing proef demo default standaard secret geheim letmein open openup access toegang
change changeme verander temp tijdelijk temporary master boss baas chef computer laptop internet google facebook
instagram twitter linkedin microsoft windows apple iphone android samsung office outlook gmail hotmail yahoo email mail
website webshop wordpress plugin server hosting domein domain database backup reserve nachtwacht nightwatch rembrandt
bewaker guard watch wacht service support helpdesk contact info sales verkoop winkel shop store bedrijf company kantoor
zakelijk business firma agency bureau klant customer klanten customers
amsterdam rotterdam utrecht denhaag haag eindhoven groningen tilburg almere breda nijmegen arnhem haarlem enschede zwolle
leiden maastricht delft antwerpen gent brussel brugge holland nederland netherlands belgie belgium vlaanderen friesland
limburg brabant zeeland drenthe london paris berlin madrid york texas america england germany france europa europe
ajax feyenoord psv vitesse heerenveen twente sparta utrecht arsenal chelsea liverpool barcelona manchester united juventus
voetbal football soccer baseball hockey tennis golf basketball schaatsen fietsen racing formula verstappen cruijff
oranje orange rood red blauw blue groen green geel yellow zwart black wit white paars purple roze pink zilver silver goud
gold bruin brown grijs grey
lente spring zomer summer herfst autumn winter januari january februari february maart march april mei may juni june juli
july augustus august september oktober october november december maandag monday dinsdag tuesday woensdag wednesday
donderdag thursday vrijdag friday zaterdag saturday zondag sunday vandaag today morgen tomorrow vakantie holiday weekend
kerst christmas pasen easter
hond dog kat cat poes paard horse vis fish vogel bird beer bear leeuw lion tijger tiger wolf aap monkey konijn rabbit muis
mouse olifant elephant draak dragon eenhoorn unicorn dolfijn dolphin adelaar eagle haai shark kip chicken koe varken pig
schaap sheep vlinder butterfly panda
liefde love lieve lief lover iloveyou ikhouvanjou houvanjou schat schatje darling baby babe angel engel prinses princess
prins prince koning king koningin queen mama papa mom dad mother father moeder vader familie family broer brother zus
sister zoon son dochter daughter opa oma grandpa grandma vriend friend vrienden friends kind child kinderen
jan piet klaas kees henk peter johan thomas daan sem lucas levi finn noah luuk bram max mark martijn jeroen bas tim tom
rob erik marco dennis kevin michael robert david daniel james john william george richard joseph charles anna emma julia
sophie lisa sanne eva lotte fleur maria marie johanna linda sandra monique petra ingrid karin jessica ashley jennifer
michelle nicole amanda samantha sarah laura charlie jordan hunter andrew matthew joshua anthony thomas hannah
auto car bmw mercedes audi volvo toyota honda ferrari porsche ford fiets bike motor scooter trein train boot boat vliegtuig
huis house home thuis tuin garden kamer room keuken kitchen school werk work baan job geld money bank bitcoin rijk rich
zon sun maan moon ster star sterren hemel heaven sky wolk cloud regen rain sneeuw snow ijs ice vuur fire water aarde earth
wereld world zee sea strand beach berg mountain bos forest bloem flower roos rose tulp tulip boom tree appel apple banaan
banana kaas cheese bier wijn wine koffie coffee thee tea chocolade chocolate brood bread pizza cookie snoep candy sugar
suiker peper pepper zout salt
muziek music rock metal gitaar guitar film movie game games gamer player speler play spelen pokemon pikachu mario minecraft
fortnite roblox starwars batman superman spiderman ironman hulk matrix naruto hobbit gandalf harry potter frodo
god jezus jesus christ bijbel bible heer lord church kerk duivel devil satan hell hel ghost geest ninja pirate piraat
soldier killer death dood power kracht freedom vrijheid vrede peace hope hoop geluk happy lucky luck sunshine shadow
schaduw silence stil legend hero held strong sterk super mega ultra turbo cool nice lekker mooi pretty sexy hot crazy gek
groot big klein small nieuw new oud old goed good slecht bad snel fast speed ready start stop enter exit forever altijd
always never nooit nothing niets alles everything someone iemand niemand nobody please graag alsjeblieft thanks dank bedankt
trustno one two three four five zes zeven acht negen tien een twee drie vier vijf seven eight nine ten hundred duizend
qwerty azerty qwertz asdf zxcv abc xyz code coding developer ontwikkelaar website design
`;

/** Lower case, at least three letters. */
export const commonWords: ReadonlySet<string> = new Set(words.split(/\s+/).filter((word) => word.length >= 3));
