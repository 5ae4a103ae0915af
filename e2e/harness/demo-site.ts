import { freePort, isFree } from './free-port.ts';
import { drawLoaf, drawMorning, drawWindow } from './picture.ts';
import { startSite } from './start-site.ts';
import type { TestSite } from './test-site.ts';
import { phpScript } from './wordpress.ts';

const name = 'Bakkerij De Wit';

const paragraphs = (...texts: string[]): string =>
  texts.map((text) => `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->`).join('\n\n');

const posts = [
  {
    title: 'Vers brood, elke ochtend om zes uur',
    picture: 'brood.png',
    excerpt: 'Ons zuurdesem rijst een hele nacht. Om zes uur ligt het op de plank.',
    content: paragraphs(
      `Bij ${name} rijst het zuurdesem een hele nacht. Om zes uur ligt het brood op de plank, nog warm.`,
      'Wij bakken met meel van de molen om de hoek, water en zout. Meer hoeft er niet in.',
    ),
  },
  {
    title: 'Het meel komt van de molen om de hoek',
    picture: 'velden.png',
    excerpt: 'Tarwe van drie boeren uit de buurt, gemalen op steen.',
    content: paragraphs(
      'Drie boeren uit de buurt zaaien voor ons tarwe, rogge en spelt. De molenaar maalt op steen.',
      'In september mag u mee kijken, van de akker tot de oven. Geef u op in de winkel.',
    ),
  },
  {
    title: 'In december open tot acht uur',
    picture: 'winkel.png',
    excerpt: 'De hele maand december zijn wij langer open.',
    content: paragraphs(
      'De hele maand december is de winkel open tot acht uur. Bestellen voor de feestdagen kan tot de twintigste.',
      'Speculaas, banketstaaf en oliebollen: van alles is er genoeg, maar op is op.',
    ),
  },
];

const pages = [
  { title: 'Over ons', content: paragraphs('Drie generaties bakkers, een oven, en een zwak voor roggebrood.') },
  { title: 'Contact', content: paragraphs('Kerkstraat 5, 3511 AB Utrecht. Open van zes tot zes, zondag gesloten.') },
];

/** The front page in blocks, for themes of WordPress 6.1 (displayLayout) and later (layout) alike. */
const front = `<!-- wp:template-part {"slug":"header","theme":"THEME","tagName":"header"} /-->
<!-- wp:group {"tagName":"main","layout":{"type":"constrained"}} -->
<main class="wp-block-group"><!-- wp:heading {"level":1,"align":"wide"} -->
<h1 class="wp-block-heading alignwide">Zuurdesem sinds 1954</h1>
<!-- /wp:heading -->
<!-- wp:query {"query":{"perPage":6,"postType":"post","order":"desc","orderBy":"date","inherit":true},"displayLayout":{"type":"flex","columns":3},"align":"wide"} -->
<div class="wp-block-query alignwide"><!-- wp:post-template {"align":"wide","layout":{"type":"grid","columnCount":3}} -->
<!-- wp:post-featured-image {"isLink":true,"aspectRatio":"3/2"} /-->
<!-- wp:post-title {"isLink":true,"fontSize":"large"} /-->
<!-- wp:post-excerpt /-->
<!-- /wp:post-template --></div>
<!-- /wp:query --></main>
<!-- /wp:group -->
<!-- wp:template-part {"slug":"footer","theme":"THEME","tagName":"footer"} /-->`;

/**
 * The demonstration's site: a small bakery with pictures, posts and pages, on the WordPress and PHP of this machine's own
 * Debian release, nginx and MariaDB, at 127.0.0.1. Needs nothing but packages that ensurePackages() installs.
 */
export async function startDemoSite(): Promise<TestSite> {
  const site = await startSite({
    core: 'native',
    php: 'native',
    server: 'nginx',
    title: name,
    keyword: name,
    address: '127.0.0.1',
    port: (await isFree(8080)) ? 8080 : await freePort(),
    onDisk: true,
  });
  const pictures = {
    'brood.png': drawLoaf(1200, 800).toString('base64'),
    'velden.png': drawMorning(1200, 800).toString('base64'),
    'winkel.png': drawWindow(1200, 800).toString('base64'),
  };
  await site.runPhp(await phpScript('fill-demo-site'), {
    pictures,
    posts,
    pages,
    front,
    description: 'Zuurdesem sinds 1954',
  });
  return site;
}
