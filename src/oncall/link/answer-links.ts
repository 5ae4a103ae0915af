import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { acknowledgeIncident, findIncident, noteIncident, sayDone } from '../../incidents/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import { readBranding, type Branding } from '../../platform/house/index.ts';
import { createLimiter } from '../../platform/http/rules/limiter.ts';
import type { HttpPart, HttpVariables } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Language } from '../../platform/words.ts';
import { handOver } from '../hand-over.ts';
import { openLink, readGuardPage, type Opened } from './read-page.ts';
import {
  renderGuardPage,
  renderTrouble,
  saidWords,
  type RenderedLinkPage,
  type Said,
  type Trouble,
} from './render-page.ts';

/** Requests a minute from one address: an open page asks six times; nobody finds a secret with thirty guesses. */
const mostAll = 240;
const mostWrong = 30;
const longestBody = 16_000;

type C = Context<HttpVariables>;
type Verb = 'acknowledge' | 'hand-over' | 'done' | 'note';

/**
 * The guard's page, GET /g/SECRET, and what he does on it, POST /g/SECRET/VERB. The secret in the path is the proof: no
 * cookie is read, so no other page can use one. GET changes nothing, whoever looks at a link in advance.
 */
export function answerGuardLinks(platform: Platform): HttpPart {
  const { clock } = platform;
  const all = createLimiter(mostAll);
  const wrong = createLimiter(mostWrong);

  async function trouble(c: C, what: Trouble, status: 403 | 404 | 410 | 429 | 503): Promise<Response> {
    const agency = await readBranding(platform).catch((): Branding => plain);
    const language = languageAsked(c) ?? languageOfBrowser(c) ?? agency.language;
    return give(c, renderTrouble(what, language, agency), status);
  }

  /** What the link opens, or the page that says why it opens nothing. */
  async function opened(c: C): Promise<Opened | Response> {
    const now = clock.now().getTime();
    const { address } = c.get('facts');
    if (!all.take(address, now) || wrong.isFull(address, now)) return trouble(c, 'tooMany', 429);
    const found = await openLink(platform, c.req.param('secret') ?? '');
    if (found === 'expired') return trouble(c, 'expiredLink', 410);
    if (found !== 'wrong') return found;
    wrong.take(address, now);
    return trouble(c, 'wrong', 404);
  }

  /** With the database away the page says so, and that the SMS can be answered all the same. */
  async function withDatabase(c: C, answer: () => Promise<Response>): Promise<Response> {
    try {
      return await answer();
    } catch (error) {
      platform.log.error({ err: error, id: c.get('facts').id }, 'a guard page could not be shown');
      return trouble(c, 'noDatabase', 503);
    }
  }

  async function show(c: C): Promise<Response> {
    const link = await opened(c);
    if (link instanceof Response) return link;
    const page = await readGuardPage(platform, link, languageAsked(c));
    const said = saidWords.find((word) => word === c.req.query('said'));
    const isWriting = c.req.query('write') === '1';
    return give(c, renderGuardPage(page, { secret: c.req.param('secret') ?? '', said, isWriting }), 200);
  }

  async function act(c: C, verb: Verb): Promise<Response> {
    const link = await opened(c);
    if (link instanceof Response) return link;
    const said = await carryOut(platform, link, verb, c);
    const language = languageAsked(c);
    const query = new URLSearchParams({ ...(language && { lang: language }), ...(said && { said }) }).toString();
    // See other: reloading the page that follows does nothing again.
    return c.body(null, 303, {
      location: `/g/${c.req.param('secret') ?? ''}${query === '' ? '' : `?${query}`}`,
      'cache-control': 'no-store',
    });
  }

  return (app: Hono<HttpVariables>): void => {
    app.use('/g/*', bodyLimit({ maxSize: longestBody, onError: (c) => c.body(null, 413) }));
    app.get('/g/:secret', (c) => withDatabase(c, () => show(c)));
    for (const verb of ['acknowledge', 'hand-over', 'done', 'note'] as const) {
      app.post(`/g/:secret/${verb}`, (c) => withDatabase(c, () => act(c, verb)));
    }
    // An address of a form that was reloaded: back to the page.
    app.get('/g/:secret/:verb', (c) => c.redirect(`/g/${encodeURIComponent(c.req.param('secret'))}`, 303));
  };
}

async function carryOut(platform: Platform, link: Opened, verb: Verb, c: C): Promise<Said | undefined> {
  const { db, clock } = platform;
  const { guard, incidentId } = link;
  const actor = { name: `guard:${guard.id}` };
  const now = clock.now();
  if (verb === 'note') {
    const form = new URLSearchParams(await c.req.text());
    const text = (form.get('text') ?? '').trim().slice(0, 2000);
    if (text === '') return undefined;
    await noteIncident(db, actor, incidentId, text, now);
    return 'noted';
  }
  if (verb === 'done') {
    await sayDone(db, actor, incidentId, now);
    return 'done';
  }
  if (verb === 'acknowledge') {
    // Pressed twice with a slow phone: it is his already, and that is no news for the timeline.
    if ((await findIncident(db, incidentId))?.acknowledged_by === actor.name) return 'taken';
    const taken = await acknowledgeIncident(db, actor, incidentId, now, { means: 'link' });
    return taken.taken ? 'taken' : 'late';
  }
  try {
    const handed = await handOver(platform, guard, incidentId);
    return handed.handed || handed.why === 'already' ? 'handed' : 'nobody';
  } catch (error) {
    if (error instanceof NachtwachtError && error.code === 'incident-not-yours') return 'late';
    throw error;
  }
}

/** Without a database nothing is known of the agency. */
const plain: Branding = { name: 'Nachtwacht', accent: null, logo: null, language: 'nl' };

function give(c: C, page: RenderedLinkPage, status: 200 | 403 | 404 | 410 | 429 | 503): Response {
  return c.html(page.html, status, {
    'content-security-policy': page.policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    ...(status === 429 ? { 'retry-after': '60' } : {}),
  });
}

function languageAsked(c: C): Language | undefined {
  const asked = c.req.query('lang');
  return asked === 'nl' || asked === 'en' ? asked : undefined;
}

function languageOfBrowser(c: C): Language | undefined {
  const first = (c.req.header('accept-language') ?? '').slice(0, 2).toLowerCase();
  return first === 'nl' || first === 'en' ? first : undefined;
}
