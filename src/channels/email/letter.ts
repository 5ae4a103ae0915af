import { html } from 'hono/html';
import type { Language } from '../../platform/words.ts';

export interface Letter {
  language: Language;
  /** The agency's name. */
  agency: string;
  /** `#rrggbb`, readable with white on it. */
  accent: string;
  heading: string;
  paragraphs: string[];
  /** The one thing to do. */
  action: { label: string; url: string };
  /** Small, below the button: until when, and what if it was not you. */
  notes: string[];
}

/** Our own lantern gold, for who has no accent of his own. */
export const lantern = '#8a5a00';

/** A letter as a mail's page and as plain text. Every word is escaped: names are other people's. */
export function letter(given: Letter): { html: string; text: string } {
  return { html: pageOf(given), text: textOf(given) };
}

// Mail programs know no style sheets: everything stands at its element. One column, no pictures, dark by itself.
function pageOf({ language, agency, accent, heading, paragraphs, action, notes }: Letter): string {
  const font = 'font-family: system-ui, -apple-system, Segoe UI, Roboto, sans-serif;';
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${heading}</title>
      </head>
      <body style="margin: 0; padding: 24px 12px; background: #faf8f4;">
        <div
          style="${font} max-width: 520px; margin: 0 auto; padding: 28px; background: #ffffff; border: 1px solid #e3ddd1; border-radius: 8px; color: #211c15; font-size: 16px; line-height: 1.5;"
        >
          <p style="margin: 0 0 20px; color: #665d50; font-size: 14px;">${agency}</p>
          <h1 style="margin: 0 0 16px; font-size: 22px; line-height: 1.25;">${heading}</h1>
          ${paragraphs.map((each) => html`<p style="margin: 0 0 14px;">${each}</p>`)}
          <p style="margin: 24px 0;">
            <a
              href="${action.url}"
              style="display: inline-block; padding: 12px 18px; border-radius: 8px; background: ${accent}; color: #ffffff; font-weight: 600; text-decoration: none;"
              >${action.label}</a
            >
          </p>
          <p style="margin: 0 0 14px; color: #665d50; font-size: 14px; word-break: break-all;">${action.url}</p>
          ${notes.map((each) => html`<p style="margin: 0 0 8px; color: #665d50; font-size: 14px;">${each}</p>`)}
        </div>
      </body>
    </html>`;
  if (page instanceof Promise) throw new Error('a letter waits for nothing');
  return page.valueOf();
}

function textOf({ agency, heading, paragraphs, action, notes }: Letter): string {
  const parts = [heading, ...paragraphs, `${action.label}:\n${action.url}`, ...notes, `-- \n${agency}`];
  return `${parts.map((part) => part.replaceAll(/\r/g, '')).join('\n\n')}\n`;
}
