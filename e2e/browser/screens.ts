import type { Page } from '@playwright/test';
import { designAddress } from './design-server.ts';
import type { House, Reader, Stage } from './house.ts';

/** One screen in one state, as `npm run pictures` shows it and the accessibility test checks it. */
export interface Screen {
  /** File name of its pictures. */
  name: string;
  /** Who looks at it. */
  as: Reader;
  /** `fresh`: just installed; `empty`: an operator and nothing else; `busy`: customers, a real site with backups, people. */
  stage: Stage;
  path(house: House): string | Promise<string>;
  /** Brings the page into the state to be seen, such as opening a dialog. Waits for conditions, never for time. */
  prepare?(page: Page, house: House): Promise<void>;
  /** It shows something that stays `aria-busy`, on purpose. */
  staysBusy?: boolean;
  /** False: no pictures of it while its data loads and when they fail to come. Default true for `busy`. */
  waits?: boolean;
}

async function openDialog(page: Page, button: RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).first().click();
  await page.getByRole('dialog').waitFor();
}

/** Every screen of the console. Add yours in one line; `npm run pictures -- NAME` makes its pictures. */
export const screens: Screen[] = [
  { name: 'start', as: 'nobody', stage: 'fresh', path: (house) => house.startLink },
  { name: 'sign-in', as: 'nobody', stage: 'empty', path: () => '/sign-in' },
  { name: 'invitation', as: 'nobody', stage: 'busy', path: (house) => house.invitationLink, waits: false },
  { name: 'not-found', as: 'operator', stage: 'empty', path: () => '/no-such-page' },
  { name: 'design', as: 'operator', stage: 'empty', path: designAddress, staysBusy: true },
  { name: 'today-empty', as: 'operator', stage: 'empty', path: () => '/' },
  { name: 'today', as: 'operator', stage: 'busy', path: () => '/' },
  { name: 'site', as: 'operator', stage: 'busy', path: (house) => `/sites/${house.siteId}` },
  { name: 'site-never-paired', as: 'operator', stage: 'busy', path: (house) => `/sites/${house.newSiteId}` },
  { name: 'restore', as: 'operator', stage: 'busy', path: (house) => `/sites/${house.siteId}/restore` },
  {
    name: 'site-changes',
    as: 'operator',
    stage: 'busy',
    path: (house) => `/sites/${house.siteId}`,
    waits: false,
    prepare: async (page) => {
      await page.getByRole('button', { name: /Bekijk alle bestanden|See all files/ }).click();
      await page.getByRole('table', { name: /^Bestanden$|^Files$/ }).waitFor();
    },
  },
  {
    name: 'site-skipped',
    as: 'operator',
    stage: 'busy',
    path: (house) => `/sites/${house.siteId}`,
    waits: false,
    prepare: async (page) => {
      await openDialog(page, /wat is overgeslagen|what was skipped/);
      await page.getByRole('dialog').getByRole('paragraph').first().waitFor();
    },
  },
  {
    name: 'restore-part',
    as: 'operator',
    stage: 'busy',
    path: (house) => `/sites/${house.siteId}/restore?part=true`,
    waits: false,
    prepare: async (page) => {
      await page.getByRole('checkbox', { name: /wp-content/ }).check();
      await page.getByRole('checkbox', { name: /wp_options/ }).check();
    },
  },
  {
    name: 'restore-preview',
    as: 'operator',
    stage: 'busy',
    path: (house) => `/sites/${house.siteId}/restore`,
    waits: false,
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Verder$|^Go on$/ }).click();
      await page.getByRole('heading', { name: /^Tabellen$|^Tables$/ }).waitFor();
    },
  },
  { name: 'site-add', as: 'operator', stage: 'empty', path: () => '/sites/new' },
  {
    name: 'site-add-plugin',
    as: 'operator',
    stage: 'busy',
    path: (house) => `/sites/new?site=${house.newSiteId}`,
    staysBusy: true,
  },
  { name: 'site-add-safe', as: 'operator', stage: 'busy', path: (house) => `/sites/new?site=${house.siteId}` },
  { name: 'people', as: 'operator', stage: 'busy', path: () => '/people' },
  { name: 'customers-empty', as: 'operator', stage: 'empty', path: () => '/customers' },
  { name: 'customers', as: 'operator', stage: 'busy', path: () => '/customers' },
  { name: 'audit', as: 'operator', stage: 'busy', path: () => '/audit?kind=all' },
  { name: 'audit-nothing', as: 'operator', stage: 'busy', path: () => '/audit?text=nergens', waits: false },
  { name: 'tokens', as: 'operator', stage: 'busy', path: () => '/tokens' },
  {
    name: 'tokens-made',
    as: 'operator',
    stage: 'busy',
    path: () => '/tokens',
    waits: false,
    prepare: async (page) => {
      await page.getByRole('button', { name: /Token maken|Make a token/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill('nightly report');
      await dialog.getByRole('button', { name: /Token maken|Make a token/ }).click();
      await dialog.getByText('Authorization').waitFor();
    },
  },
  {
    name: 'customers-one',
    as: 'operator',
    stage: 'busy',
    path: () => '/customers',
    waits: false,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Bakkerij De Wit' }).click();
      await page.getByRole('dialog').getByRole('heading', { level: 3 }).last().waitFor();
    },
  },
  { name: 'settings', as: 'operator', stage: 'busy', path: () => '/settings' },
  {
    name: 'settings-storage',
    as: 'operator',
    stage: 'busy',
    path: () => '/settings',
    waits: false,
    prepare: async (page) => {
      await page.getByRole('button', { name: /Andere plek kiezen|Choose another place/ }).click();
      await page.getByRole('radio', { name: /^S3/ }).click();
      await page.getByRole('button', { name: /Welke momenten|Which moments/ }).click();
      await page.getByRole('table', { name: /Voorbeeld|Example/ }).waitFor();
    },
  },
  { name: 'watch-empty', as: 'operator', stage: 'empty', path: () => '/watch' },
  { name: 'watch', as: 'operator', stage: 'busy', path: () => '/watch' },
  {
    name: 'site-watch',
    as: 'operator',
    stage: 'busy',
    path: (house) => `/sites/${house.siteId}/watch`,
    prepare: async (page) => {
      await page.locator('canvas').first().waitFor();
      await page.getByRole('slider').press('ArrowLeft');
    },
  },
  { name: 'incidents-empty', as: 'operator', stage: 'empty', path: () => '/incidents' },
  { name: 'incidents', as: 'operator', stage: 'busy', path: () => '/incidents' },
  {
    name: 'incident',
    as: 'operator',
    stage: 'busy',
    path: (house) => `/incidents/${encodeURIComponent(house.incidentId)}`,
    prepare: async (page) => {
      await page.getByRole('button', { name: /Een regel erbij|Add a line/ }).click();
    },
  },
  {
    name: 'incident-over',
    as: 'operator',
    stage: 'busy',
    path: () => '/incidents',
    waits: false,
    prepare: async (page) => {
      await page.locator('tbody a').first().click();
      await page.getByRole('list', { name: /Wat er gebeurde|What happened/ }).waitFor();
    },
  },
  { name: 'duty-empty', as: 'operator', stage: 'empty', path: () => '/duty' },
  { name: 'duty', as: 'operator', stage: 'busy', path: () => '/duty' },
  {
    name: 'duty-rota',
    as: 'operator',
    stage: 'busy',
    path: () => '/duty',
    waits: false,
    prepare: (page) => openDialog(page, /Rooster wijzigen|Change the rota/),
  },
  {
    name: 'duty-stand-in',
    as: 'operator',
    stage: 'busy',
    path: () => '/duty',
    waits: false,
    prepare: (page) => openDialog(page, /Laten waarnemen|Let somebody stand in/),
  },
  {
    name: 'duty-guard',
    as: 'operator',
    stage: 'busy',
    path: () => '/duty',
    waits: false,
    prepare: (page) => openDialog(page, /Iemand toevoegen|Add somebody/),
  },
  {
    name: 'duty-policy',
    as: 'operator',
    stage: 'busy',
    path: () => '/duty',
    waits: false,
    prepare: async (page) => {
      const panel = page.getByRole('region', { name: /Zo wordt er gewekt|How somebody is woken/ });
      await panel.getByRole('button', { name: /Wijzigen|Change/ }).click();
      await panel.getByRole('spinbutton').first().waitFor();
    },
  },
  { name: 'duty-mine', as: 'guard', stage: 'busy', path: () => '/duty/mine' },
  {
    name: 'settings-channel',
    as: 'operator',
    stage: 'busy',
    path: () => '/settings',
    waits: false,
    prepare: (page) => openDialog(page, /Kanaal toevoegen|Add a channel/),
  },
  {
    name: 'settings-place',
    as: 'operator',
    stage: 'busy',
    path: () => '/settings',
    waits: false,
    prepare: (page) => openDialog(page, /Tweede plek uitnodigen|Invite a second place/),
  },
  {
    name: 'settings-status',
    as: 'operator',
    stage: 'busy',
    path: () => '/settings',
    waits: false,
    prepare: (page) => openDialog(page, /Statuspagina maken|Make a status page/),
  },
  { name: 'account', as: 'operator', stage: 'busy', path: () => '/account' },
  { name: 'mine', as: 'customer', stage: 'busy', path: () => '/mine' },
  { name: 'mine-site', as: 'customer', stage: 'busy', path: (house) => `/mine/${house.siteId}` },
  {
    name: 'mine-ask',
    as: 'customer',
    stage: 'busy',
    path: () => '/mine',
    waits: false,
    prepare: async (page) => {
      await page.getByRole('button', { name: /Vraag om terugzetten|Ask for a restore/ }).click();
      await page.getByRole('dialog').getByRole('combobox').first().waitFor();
    },
  },
  {
    name: 'mine-asked',
    as: 'customer',
    stage: 'busy',
    path: () => '/mine',
    waits: false,
    prepare: async (page) => {
      const ask = page.getByRole('button', { name: /Vraag om terugzetten|Ask for a restore/ });
      const asked = page.getByRole('heading', { name: /Wat je vroeg|What you asked for/ });
      await ask.or(asked).first().waitFor();
      if (await asked.isVisible()) return;
      await ask.click();
      await page.getByRole('dialog').getByRole('textbox').fill('Sinds vanmorgen is de prijslijst weg.');
      await page.getByRole('button', { name: /Versturen|Send/ }).click();
      await asked.waitFor();
    },
  },
  { name: 'customers-asked', as: 'operator', stage: 'busy', path: () => '/customers', waits: false },
  {
    name: 'customers-answer',
    as: 'operator',
    stage: 'busy',
    path: () => '/customers',
    waits: false,
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /antwoorden|Answer/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('radio').first().waitFor();
    },
  },
];
