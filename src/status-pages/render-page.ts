import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { momentInWords, type Language } from '../platform/words.ts';
import { pageStyle } from './page-style.ts';
import type { PublicOutage, PublicPage, PublicSite } from './read-page.ts';
import { barsPath, slotWidth } from './rules/bars-path.ts';
import { shareInHundredths, worstOf, type PublicState } from './rules/public-state.ts';
import { daysInWords, minutesInWords, statusWords } from './words.ts';

export interface RenderedPage {
  html: string;
  /** A strong one, with its quotation marks. */
  etag: string;
  /** Its Content-Security-Policy: its own style by its hash, pictures, and nothing else. */
  policy: string;
}

/** Each state with its own sign: colour is never the only one. */
const signs: Record<PublicState, string> = { well: '●', out: '▲', work: '◆', unsure: '◐', unwatched: '◐' };
const barStates = ['well', 'maintenance', 'unknown', 'none', 'out'] as const;

/** The whole page. No script, and its style inside: a copy of it on disk is complete. */
export function renderPage(page: PublicPage): RenderedPage {
  const { language, agency, title } = page;
  const words = statusWords(language);
  const style = pageStyle(agency.accent);
  const policy = policyOf(style);
  const heading = headingOf(page);
  const isOfMany = page.sites.length > 1;
  const at = (moment: Date): string => momentInWords(moment, language, page.timeZone);
  const document = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${raw(policy.replace(/; frame-ancestors [^;]*/, '').replaceAll('"', '&quot;'))}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}: ${heading}</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <header>
          ${agency.logo === null ? '' : html`<img src="${agency.logo}" alt="" />`}<span>${agency.name}</span>
        </header>
        <main>
          <p class="title">${title}</p>
          <h1>${heading}</h1>
          <p class="soft">${words.asOf(at(page.at))} ${words.old}</p>
          <h2>${words.sites}</h2>
          <ul class="sites">
            ${page.sites.map((site) => siteItem(site, language, at))}
          </ul>
          <h2>${words.outages}</h2>
          ${
            page.outages.length === 0
              ? html`<p>${words.noOutages}</p>`
              : html`<ol class="outages">
                  ${page.outages.map((one) => outageItem(one, isOfMany, language, at))}
                </ol>`
          }${page.moreOutages > 0 ? html`<p class="soft">${words.more(page.moreOutages)}</p>` : ''}
        </main>
        <footer>${words.watchedBy(agency.name)}</footer>
      </body>
    </html> `;
  if (document instanceof Promise) throw new Error('a status page waits for nothing');
  const text = document.valueOf();
  return { html: text, etag: `"${hashOf(text, 'hex').slice(0, 32)}"`, policy };
}

type Moments = (moment: Date) => string;

function headingOf({ sites, language }: PublicPage): string {
  const worst = worstOf(sites.map((site) => site.state));
  return statusWords(language).heading[worst.state](worst.sites, sites.length);
}

function siteItem(site: PublicSite, language: Language, at: Moments) {
  const words = statusWords(language);
  const since = site.since === null ? '' : ` ${words.since(at(site.since))}`;
  const span = daysInWords(site.days.length, language);
  return html`<li>
    <div class="row">
      <a href="${site.url}">${site.name}</a>
      <span class="state ${site.state}"
        ><span aria-hidden="true">${signs[site.state]}</span> ${words.states[site.state]}${since}</span
      >
    </div>
    <svg
      viewBox="0 0 ${site.days.length * slotWidth} 40"
      preserveAspectRatio="none"
      role="img"
      aria-label="${barsInWords(site, language)}"
    >
      ${barStates.map((state) => {
        const path = barsPath(site.days, state);
        return path === '' ? '' : html`<path class="${state}" d="${path}" />`;
      })}
    </svg>
    <div class="row small">
      <span>${words.ago(span)}</span><span>${availabilityInWords(site, language)}</span><span>${words.today}</span>
    </div>
  </li> `;
}

function availabilityInWords({ availability, watchedDays }: PublicSite, language: Language): string {
  if (availability === null) return '';
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(
    shareInHundredths(availability),
  );
  return statusWords(language).available(share, daysInWords(watchedDays, language));
}

/** The bars for who hears the page. */
function barsInWords({ days, outageMinutes }: PublicSite, language: Language): string {
  const words = statusWords(language).bars;
  const span = daysInWords(days.length, language);
  const bad = days.filter((day) => day.worst === 'out');
  if (bad.length === 0) return days.every((day) => day.worst === 'none') ? words.never(span) : words.none(span);
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const which = bad.slice(-10).map(({ day }) => format.format(new Date(`${day}T12:00:00Z`)));
  return words.some(span, bad.length, minutesInWords(outageMinutes, language), which.join(', '));
}

function outageItem({ site, from, to, minutes, cause }: PublicOutage, named: boolean, language: Language, at: Moments) {
  const words = statusWords(language);
  const end = to === null ? ` (${words.still})` : '';
  return html`<li>
    <div class="row">
      <span
        >${named ? html`<strong>${site}</strong> ` : ''}<time datetime="${from.toISOString()}">${at(from)}</time></span
      >
      <span>${minutesInWords(minutes, language)}${end}</span>
    </div>
    <p class="soft">${cause === null ? words.work : words.causes[cause]}</p>
  </li> `;
}

function policyOf(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${hashOf(style, 'base64')}'`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashOf(text: string, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(text).digest(encoding);
}
