import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { entryInWords, incidentInWords, incidentWords } from '../../incidents/index.ts';
import {
  causeInWords,
  findingShort,
  monitoringWords,
  watchReasonInWords,
  type AnyCause,
} from '../../monitoring/index.ts';
import type { Branding } from '../../platform/house/index.ts';
import type { Language } from '../../platform/words.ts';
import { oncallWords } from '../words.ts';
import { linkStyle } from './page-style.ts';
import { refreshScript } from './refresh-script.ts';
import type { GuardPage } from './read-page.ts';
import { linkWords, longInWords } from './words.ts';

export interface RenderedLinkPage {
  html: string;
  /** Its own style and script by their hashes, its own forms, and nothing else. */
  policy: string;
}

export const saidWords = ['taken', 'handed', 'noted', 'done', 'nobody', 'late'] as const;
export type Said = (typeof saidWords)[number];

/** What was just done, and whether a note is being written (then nothing refreshes under his fingers). */
export interface Asked {
  secret: string;
  said: Said | undefined;
  isWriting: boolean;
}

type Markup = ReturnType<typeof html> | string;

/** A guard's page. Works without its script, which only keeps it fresh. */
export function renderGuardPage(page: GuardPage, asked: Asked): RenderedLinkPage {
  const { language, state, incident } = page;
  const words = linkWords(language);
  const heading = incidentInWords(incident, language, causeOf(page));
  const { timeOf } = formats(page);
  const long = longInWords(Date.parse(incident.resolvedAt ?? page.at.toISOString()) - since(page), language);
  const kind = incidentWords(language).kinds[incident.kind];
  const body = html`<main class="${state === 'open' || incident.resolvedAt === null ? '' : 'calm'}">
    ${asked.said === undefined ? '' : html`<p class="said" role="status">${words.said[asked.said]}</p>`}
    <p class="state ${state === 'open' ? 'broken' : state}">
      ${signs[state]} ${kind.charAt(0).toUpperCase() + kind.slice(1)} · ${long}
    </p>
    <h1>${heading}</h1>
    ${proof(page)} ${facts(page)} ${timeline(page)}
    <div class="act">${asked.isWriting ? noteForm(page, asked) : actions(page, asked)}</div>
  </main>`;
  return layout({
    language,
    agency: page.agency,
    title: `${words.title} ${incident.number}: ${heading}`,
    right: html`<a
        href="${path(asked.secret, { lang: language === 'nl' ? 'en' : 'nl' })}"
        hreflang="${language === 'nl' ? 'en' : 'nl'}"
        lang="${language === 'nl' ? 'en' : 'nl'}"
        >${words.other}</a
      ><span>${page.guard.name} · ${timeOf(page.at)}</span>`,
    body,
    footer: words.footer,
    refreshes: state !== 'over' && !asked.isWriting,
  });
}

export type Trouble = 'wrong' | 'expiredLink' | 'tooMany' | 'noDatabase';

/** What stands at an address that leads nowhere: what to do instead. Tells nothing of the house but its name. */
export function renderTrouble(trouble: Trouble, language: Language, agency: Branding): RenderedLinkPage {
  const words = linkWords(language);
  const { title, text } = words[trouble];
  const isAway = trouble === 'tooMany' || trouble === 'noDatabase';
  const body = html`<main>
    <h1>${title}</h1>
    <p>${text}</p>
    <ul class="what">
      ${words.whatToDo.slice(0, isAway ? 1 : 3).map((line) => html`<li>${line}</li>`)}
    </ul>
    <div class="act"><a class="button" href="/">${words.signIn}</a></div>
  </main>`;
  return layout({ language, agency, title, right: '', body, footer: '', refreshes: false });
}

const signs = { open: '▲', mine: '◆', taken: '◆', over: '●' } as const;

function proof(page: GuardPage): Markup {
  const { incident, language } = page;
  const words = linkWords(language);
  const { exactly } = formats(page);
  const says = isWatchCause(incident.cause, language)
    ? monitoringWords(language).causes[incident.cause].says(incident.detail ?? '')
    : '';
  const why = reasonOf(page);
  const times = [
    words.since(exactly(new Date(incident.firstFailureAt))),
    words.confirmed(exactly(new Date(incident.confirmedAt))),
  ].join(', ');
  return html`<div class="proof">
    ${says === '' ? '' : html`<p>${says}</p>`}
    <p class="small">${why} ${times.charAt(0).toUpperCase() + times.slice(1)}.</p>
  </div>`;
}

function facts(page: GuardPage): Markup {
  const { incident, language, at } = page;
  const { known, sites, siteCount } = incident;
  const words = linkWords(language);
  const { timeOf } = formats(page);
  const rows: [string, Markup][] = [];
  if (siteCount > 1) {
    const shown = sites.slice(0, 5).map((site) => new URL(site.url).host);
    const more = siteCount - shown.length;
    rows.push([words.facts.sites, `${shown.join(', ')}${more > 0 ? ` ${words.sitesMore(more)}` : ''}`]);
  }
  if (known) {
    const { sameAddress: same } = known;
    rows.push([words.facts.server, serverInWords(same, language)]);
    const changes = incident.recentChanges.slice(0, 3).map((one) => {
      const what = incidentWords(language).changes[one.what];
      return html`<div>${what}, ${timeOf(new Date(one.at))}</div>`;
    });
    rows.push([words.facts.changed, changes.length === 0 ? words.nothingChanged : html`${changes}`]);
    const backup = known.lastBackupAt === null ? undefined : new Date(known.lastBackupAt);
    rows.push([
      words.facts.backup,
      backup === undefined
        ? words.noBackup
        : `${timeOf(backup)}, ${words.ago(longInWords(at.getTime() - backup.getTime(), language))}`,
    ]);
    if (known.certificateExpiresAt !== null) {
      const days = Math.floor((Date.parse(known.certificateExpiresAt) - at.getTime()) / 86_400_000);
      rows.push([words.facts.certificate, days < 0 ? html`<b class="broken">${words.expired}</b>` : words.days(days)]);
    }
    const { name, contact, phone } = known.customer;
    const who = contact === null ? name : `${name}, ${contact}`;
    rows.push([words.facts.customer, phone === null ? who : html`<a href="${telOf(phone)}">${who}</a>`]);
    rows.push([
      words.facts.site,
      html`<a href="${known.site.url}" rel="noreferrer noopener" target="_blank">${new URL(known.site.url).host}</a>`,
    ]);
  }
  if (rows.length === 0) return '';
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function serverInWords(same: { sites: number; well: number }, language: Language): Markup {
  const words = linkWords(language).server;
  if (same.sites === 0) return words.none;
  if (same.well === same.sites) return html`<span class="ok">${words.well(same.sites)}</span>`;
  return html`<span class="broken">${words.failing(same.sites - same.well, same.sites)}</span>`;
}

function timeline(page: GuardPage): Markup {
  const { incident, language } = page;
  const { exactly } = formats(page);
  const entries = incident.timeline.slice(-40).toReversed();
  return html`<details>
    <summary>${linkWords(language).timeline}</summary>
    <ol>
      ${entries.map((entry) => {
        const cause = entry.facts['cause'];
        const detail = entry.facts['detail'];
        const inWords = shortCause(
          typeof cause === 'string' ? cause : null,
          typeof detail === 'string' ? detail : '',
          language,
        );
        return html`<li>
          <time datetime="${entry.at}">${exactly(new Date(entry.at))}</time
          ><span>${entryInWords(entry, language, inWords)}</span>
        </li>`;
      })}
    </ol>
  </details>`;
}

function actions(page: GuardPage, { secret }: Asked): Markup {
  const { state, incident, language, canHandOver } = page;
  const words = linkWords(language);
  const { timeOf } = formats(page);
  const post = (verb: string, label: string, look: string): Markup =>
    html`<form method="post" action="${path(secret, { lang: language }, verb)}">
      <button class="${look}">${label}</button>
    </form>`;
  const customer = incident.known?.customer;
  const call = customer?.phone ? html`<a class="button" href="${telOf(customer.phone)}">${words.call}</a>` : '';
  const note = html`<a class="button" href="${path(secret, { lang: language, write: '1' })}">${words.write}</a>`;
  const handOver = canHandOver ? post('hand-over', words.handOver, '') : '';
  if (state === 'open') {
    return html`${post('acknowledge', words.take, 'primary')}
      <p class="soft small who">${nextInWords(page)}</p>
      <div class="two">${handOver}${call}</div>`;
  }
  if (state === 'mine' && incident.acknowledged) {
    return html`<p class="who">${words.mine(timeOf(new Date(incident.acknowledged.at)))}</p>
      ${post('done', words.done, 'primary')}
      <p class="soft small who"></p>
      <div class="two">${handOver}${note}${call}</div>`;
  }
  const { acknowledged, resolvedAt } = incident;
  const long = incident.outMinutes;
  const says =
    resolvedAt === null
      ? acknowledged && words.taken(acknowledged.by.name, timeOf(new Date(acknowledged.at)))
      : words.over(timeOf(new Date(resolvedAt)), long);
  return html`<p class="who state ${state}">${says}</p>
    <div class="two">${note}${call}</div>`;
}

function nextInWords({ next, guard, at, language, timeZone }: GuardPage): string {
  const words = linkWords(language);
  if (next === null) return words.nobodyNext;
  const minutes = Math.ceil((next.at.getTime() - at.getTime()) / 60_000);
  const time = timeFormat(language, timeZone).format(next.at);
  if (next.id === guard.id) return words.nextYou(Math.max(1, minutes), time);
  return minutes <= 0 ? words.nextNow(next.name) : words.next(next.name, minutes, time);
}

function noteForm({ language }: GuardPage, { secret }: Asked): Markup {
  const words = linkWords(language);
  return html`<form method="post" action="${path(secret, { lang: language }, 'note')}">
    <label for="text">${words.note.label}</label>
    <textarea id="text" name="text" required maxlength="2000"></textarea>
    <div class="two">
      <button>${words.note.send}</button>
      <a class="button" href="${path(secret, { lang: language })}">${words.note.back}</a>
    </div>
  </form>`;
}

/** The page's own address; `verb`: what a form asks for. */
function path(secret: string, query: Record<string, string>, verb?: string): string {
  return `/g/${secret}${verb === undefined ? '' : `/${verb}`}?${new URLSearchParams(query).toString()}`;
}

/** RFC 3966: digits and the plus, without what people put between them. */
function telOf(phone: string): string {
  return `tel:${phone.replaceAll(/[^+\d]/g, '')}`;
}

function since({ incident }: GuardPage): number {
  return Date.parse(incident.firstFailureAt);
}

function causeOf({ incident, language }: GuardPage): string {
  return shortCause(incident.cause, incident.detail ?? '', language);
}

function shortCause(cause: string | null, detail: string, language: Language): string {
  if (cause === null) return '';
  if (isWatchCause(cause, language)) return causeInWords(cause, detail, language);
  return oncallWords(language).duty[cause] ?? findingShort(cause, language);
}

function isWatchCause(cause: string | null, language: Language): cause is AnyCause {
  return cause !== null && Object.hasOwn(monitoringWords(language).causes, cause);
}

/** What the rule of confirmation said, when this is of the watch: what stands in the database is looked at first. */
function reasonOf({ incident, language }: GuardPage): string {
  const { code, cause, failures } = incident.reason;
  if (code !== 'confirmed-elsewhere' && code !== 'confirmed-alone') return '';
  const known = typeof cause === 'string' && isWatchCause(cause, language) ? cause : undefined;
  const given = { code, ...(known && { cause: known }), ...(typeof failures === 'number' && { failures }) } as const;
  return watchReasonInWords(given, incident.detail, language);
}

function timeFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { timeStyle: 'short', timeZone });
}

/** Times on the wall; with the day when it is not today. */
function formats({ at, language, timeZone }: GuardPage): {
  timeOf: (moment: Date) => string;
  exactly: (moment: Date) => string;
} {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone });
  const time = timeFormat(language, timeZone);
  const seconds = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone });
  const date = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone });
  const withDay = (moment: Date, text: string): string =>
    day.format(moment) === day.format(at) ? text : `${date.format(moment)} ${text}`;
  return {
    timeOf: (moment) => withDay(moment, time.format(moment)),
    exactly: (moment) => withDay(moment, seconds.format(moment)),
  };
}

function layout(parts: {
  language: Language;
  agency: Branding;
  title: string;
  right: Markup;
  body: Markup;
  footer: string;
  refreshes: boolean;
}): RenderedLinkPage {
  const { language, agency, title, right, body, footer, refreshes } = parts;
  const style = linkStyle(agency.accent);
  const document = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <div class="page">
          <header>
            ${agency.logo === null ? html`<span>${agency.name}</span>` : html`<img src="${agency.logo}" alt="${agency.name}" />`}
            ${right}
          </header>
          ${body}
          ${footer === '' ? '' : html`<footer>${footer}${refreshes ? html`<noscript> <a href="">${linkWords(language).refresh}</a></noscript>` : ''}</footer>`}
        </div>
        ${refreshes ? raw(`<script>${refreshScript}</script>`) : ''}
      </body>
    </html> `;
  if (document instanceof Promise) throw new Error('a guard page waits for nothing');
  return { html: document.valueOf(), policy: policyOf(style, refreshes) };
}

function policyOf(style: string, refreshes: boolean): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    ...(refreshes ? [`script-src ${hash(refreshScript)}`, "connect-src 'self'"] : []),
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
