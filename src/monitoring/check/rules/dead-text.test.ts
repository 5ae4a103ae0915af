import { describe, expect, test } from 'vitest';
import { findDeadText, type DeadText } from './dead-text.ts';

const wpDie = (title: string, text: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body id="error-page"><div class="wp-die-message">${text}</div></body></html>`;
const filler = '<p>Gewoon een bericht van de bakker.</p>'.repeat(1000);
const find = (html: string, status = 200, hasKeyword: boolean | null = null): DeadText | null =>
  findDeadText({ status, body: Buffer.from(html), hasKeyword });

describe('a dead WordPress is recognised', () => {
  test.each<[string, number, string, DeadText]>([
    [
      'its database, English',
      500,
      wpDie('Database Error', '<h1>Error establishing a database connection</h1>'),
      'database-error',
    ],
    ['with status 200 of some plugin', 200, '<h1>Error establishing a database connection</h1>', 'database-error'],
    ['Dutch', 500, '<h1>Fout bij het maken van een verbinding met de database</h1>', 'database-error'],
    ['German', 500, '<h1>Fehler beim Aufbau einer Datenbankverbindung</h1>', 'database-error'],
    ['French', 500, '<h1>Erreur lors de la connexion à la base de données</h1>', 'database-error'],
    [
      'critical, English',
      500,
      wpDie('Error', '<p>There has been a critical error on this website.</p>'),
      'critical-error',
    ],
    ['critical, Dutch', 500, '<p>Er heeft zich een kritieke fout voorgedaan op deze site.</p>', 'critical-error'],
    ['critical, Italian with a curly quote', 500, 'C&#8217;è stato un errore critico', 'critical-error'],
    ['PHP says it itself', 200, '<br /><b>Fatal error</b>:  Uncaught Error: x in /var/www/a.php:3', 'critical-error'],
    [
      'maintenance, English',
      503,
      'Briefly unavailable for scheduled maintenance. Check back in a minute.',
      'maintenance',
    ],
    ['maintenance, Dutch', 503, 'Tijdelijk niet beschikbaar vanwege gepland onderhoud.', 'maintenance'],
    ['maintenance in a language that is not listed', 503, wpDie('Tenging', 'Viðhald stendur yfir'), 'maintenance'],
    [
      'broken off half-way by WordPress',
      200,
      filler + wpDie('Error', 'There has been a critical error on this website.'),
      'critical-error',
    ],
    [
      'broken off half-way by PHP',
      200,
      `${filler}<b>Fatal error</b>: Allowed memory size of 1 bytes exhausted`,
      'critical-error',
    ],
    ['a big error page', 500, `There has been a critical error on this website.${filler}`, 'critical-error'],
  ])('%s', (_name, status, html, expected) => {
    expect(find(html, status)).toBe(expected);
  });

  test('also when the page half-way had its keyword', () => {
    const html = `${filler}Bakkerij Jansen${wpDie('Error', 'There has been a critical error on this website.')}`;
    expect(find(html, 200, true)).toBe('critical-error');
  });
});

describe('a living page is not', () => {
  test.each<[string, string, number, boolean | null]>([
    ['nothing at all', '', 200, null],
    ['an ordinary page', filler, 200, null],
    [
      'a small page that writes of the error and has its keyword',
      'How to fix: error establishing a database connection',
      200,
      true,
    ],
    ['a long article about it', `${filler}Error establishing a database connection${filler}`, 200, null],
    ['a 500 that says nothing', '<h1>Internal Server Error</h1>', 500, null],
    ['a 503 of the web server', '<h1>Service Unavailable</h1>', 503, null],
  ])('%s', (_name, html, status, hasKeyword) => {
    expect(find(html, status, hasKeyword)).toBeNull();
  });
});
