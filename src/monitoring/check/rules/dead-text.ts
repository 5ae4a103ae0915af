// What WordPress, and PHP under it, say when they are dead. The sentences are those of WordPress's language packs
// (7.x and those of 6.1 in Debian's wordpress-l10n), lower case, without what differs between versions.

export type DeadText = 'database-error' | 'critical-error' | 'maintenance';

const sentences: readonly [DeadText, readonly string[]][] = [
  [
    'database-error',
    [
      'error establishing a database connection',
      'error establishing a redis connection',
      'fout bij het maken van een verbinding met de database',
      'fout bij het maken van de databaseverbinding',
      'fehler beim aufbau einer datenbankverbindung',
      'erreur lors de la connexion à la base de données',
      'error estableciendo una conexión con la base de datos',
      'error al establecer una conexión con la base de datos',
      'errore nello stabilire una connessione al database',
      'erro ao estabelecer uma conexão com o banco de dados',
      'erro ao estabelecer uma ligação com a base de dados',
      'fejl ved etablering af databaseforbindelse',
      'ett fel uppstod vid anslutning till databasen',
      'kunne ikke koble til databasen',
      'tietokantayhteys epäonnistui',
      'błąd podczas łączenia się z bazą danych',
      'błąd łączenia się z bazą danych',
      'chyba při navazování spojení s databází',
      'greška pri uspostavi veza s bazom podataka',
      'hiba az adatbázis-kapcsolat létrehozása során',
      'eroare la stabilirea conexiunii cu baza de date',
      'ошибка установки соединения с базой данных',
      'veritabanı bağlantısı kurulurken hata',
      'データベース接続確立エラー',
      '建立数据库连接时出错',
    ],
  ],
  [
    'critical-error',
    [
      'there has been a critical error on this website',
      'there has been a critical error on your website',
      'the site is experiencing technical difficulties',
      'er heeft zich een kritieke fout voorgedaan op',
      'er is een kritieke fout opgetreden op',
      'es gab einen kritischen fehler auf',
      'il y a eu une erreur critique sur',
      'ha habido un error crítico en',
      'si è verificato un errore critico',
      "c'è stato un errore critico",
      'ocorreu um erro crítico',
      'há um erro crítico',
      'der har været en kritisk fejl',
      'det har oppstått en kritisk feil',
      'det har inträffat ett kritiskt fel',
      'ett kritiskt fel har uppstått',
      'wystąpił błąd krytyczny',
      'na webu se vyskytla kritická chyba',
      'на сайте возникла критическая ошибка',
      '<b>fatal error</b>:',
      '<b>parse error</b>:',
      'fatal error: uncaught ',
      'fatal error: allowed memory size of ',
    ],
  ],
  [
    'maintenance',
    [
      'briefly unavailable for scheduled maintenance',
      'tijdelijk niet beschikbaar vanwege gepland onderhoud',
      'kort niet beschikbaar vanwege gepland onderhoud',
      'even niet beschikbaar vanwege gepland onderhoud',
      'für kurze zeit nicht verfügbar',
      'indisponibilité temporaire pour cause de maintenance',
      'no disponible por mantenimiento programado',
      'momentaneamente non disponibile per manutenzione',
      'momentaneamente indisponível para manutenção',
      'de momento indisponível para uma breve manutenção',
      'er ikke tilgængelig pga. planlagt vedligeholdelse',
      'midlertidig utilgjengelig for planlagt vedlikehold',
      'otillgänglig temporärt pga planerat underhållsarbete',
      'sivustoa huolletaan ja se on hetken poissa käytöstä',
      'jest tymczasowo niedostępna z powodu zaplanowanych prac',
      'web je dočasně nedostupný kvůli plánované údržbě',
      'сайт ненадолго закрыт на техническое обслуживание',
    ],
  ],
];

/** WordPress's own error page (wp_die), in any language. */
const errorPage = 'id="error-page"';
/** Error pages are small; this much of a page's end is searched when it is larger, for what broke half-way. */
const smallBytes = 16 * 1024;

/**
 * The text of a dead WordPress in a page, null = none. Looked for where it can be: in small pages, in those with an
 * error status, and at the end of the others (a fatal error half-way ends the page with its message). A page that holds
 * its keyword and answers well may write about such errors as much as it likes.
 */
export function findDeadText(page: { status: number; body: Buffer; hasKeyword: boolean | null }): DeadText | null {
  const { status, body } = page;
  if (body.length === 0) return null;
  const isWell = page.hasKeyword === true && status < 400;
  if (body.length > smallBytes && status < 400) {
    const end = body.subarray(-smallBytes);
    if (end.includes(errorPage)) return searchText(end.toString('utf8').slice(end.lastIndexOf('<body')), status);
    return isWell ? null : phpError(end.subarray(-2048).toString('utf8'));
  }
  return isWell ? null : searchText(body.toString('utf8', 0, 4 * smallBytes), status);
}

function searchText(text: string, status: number): DeadText | null {
  const lower = text.toLowerCase().replaceAll('&#8217;', "'").replaceAll('’', "'");
  for (const [dead, all] of sentences) if (all.some((sentence) => lower.includes(sentence))) return dead;
  // wp_maintenance() dies with 503 in the site's language, whichever that is.
  return status === 503 && lower.includes(errorPage) ? 'maintenance' : null;
}

function phpError(text: string): DeadText | null {
  return /<b>(Fatal|Parse) error<\/b>: |(^|\n)(PHP )?Fatal error: +(Uncaught|Allowed memory)/.test(text)
    ? 'critical-error'
    : null;
}
