import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** What pages complained of: none may, in any test. */
export interface Complaints {
  /** Listens to every page of this context, from before its first script on. */
  listenTo(context: BrowserContext): Promise<void>;
  /** From now on this is no complaint: what the test itself brings about, such as an answer 401. */
  expect(what: RegExp): void;
  readonly all: readonly string[];
}

/** Runs before any script of the page; as text, since this project's types know no DOM. */
const reportViolations = `addEventListener('securitypolicyviolation', (event) => {
  console.error('CSP: ' + event.effectiveDirective + ' stopped ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber);
});`;

/** A page that nobody is signed in to asks who is there, and Chromium writes every 401 onto the console. */
const whoIsThere = /status of 401.*\/api\/rpc\/account\/me/;

export function createComplaints(): Complaints {
  const all: string[] = [];
  const expected: RegExp[] = [whoIsThere];
  const hear = (text: string): void => {
    if (!expected.some((pattern) => pattern.test(text))) all.push(text);
  };
  const say = (message: ConsoleMessage): string => `console: ${message.text()} (${message.location().url})`;
  return {
    all,
    expect: (what) => void expected.push(what),
    listenTo: async (context) => {
      context.on('console', (message) => {
        if (message.type() === 'error') hear(say(message));
      });
      context.on('weberror', (error) => hear(`uncaught: ${error.error().stack ?? error.error().message}`));
      await context.addInitScript(reportViolations);
    },
  };
}
