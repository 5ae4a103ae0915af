import { startDemoSite } from '../harness/demo-site.ts';
import type { TestSite } from '../harness/test-site.ts';
import { closeDesignServer } from './design-server.ts';
import { fillIncidents } from './fill-incidents.ts';
import { fillWatch } from './fill-watch.ts';
import { enterByLink, firstLink, localPath, type Credentials } from './enter-house.ts';
import { startPlatform, type Client, type PlatformProcess } from './platform-process.ts';

export const stages = ['fresh', 'empty', 'busy'] as const;
export type Stage = (typeof stages)[number];
export type Reader = 'nobody' | 'operator' | 'guard' | 'customer';

/** A real platform that is brought from stage to stage, with what the addresses of its screens need. */
export interface House {
  readonly platform: PlatformProcess;
  stage: Stage;
  /** From `busy` on: a real WordPress site, paired, with two backups. */
  site: TestSite | undefined;
  siteId: string;
  /** A site that was registered and nothing more. */
  newSiteId: string;
  customerId: string;
  /** An outage that lasts and that nobody has taken, '' before `busy`. */
  incidentId: string;
  /** Path and query of the one-time links, '' before there is one. */
  startLink: string;
  invitationLink: string;
  /** Who is signed in as what; the operator from `empty` on, the others from `busy` on. */
  people: Partial<Record<Reader, Credentials>>;
}

/** Starts a platform that nobody has used yet. Without the role `watch`: what it has seen is filled in, the same each time. */
export async function openHouse(): Promise<House> {
  const platform = await startPlatform({ NACHTWACHT_NAME: 'Studio Noord', NACHTWACHT_ROLES: 'web,worker' });
  return {
    platform,
    stage: 'fresh',
    site: undefined,
    siteId: '',
    newSiteId: '',
    customerId: '',
    incidentId: '',
    startLink: await firstLink(platform),
    invitationLink: '',
    people: {},
  };
}

/** Brings the house forward to this stage, through those between. */
export async function bringTo(house: House, stage: Stage): Promise<void> {
  for (const next of stages.slice(stages.indexOf(house.stage) + 1, stages.indexOf(stage) + 1)) {
    if (next === 'empty') {
      const who = { email: 'jan@noord.example', name: 'Jan Noord', isFirst: true };
      house.people.operator = await enterByLink(house.platform, house.startLink, who);
    }
    if (next === 'busy') await fill(house);
    house.stage = next;
  }
}

export async function closeHouse(house: House): Promise<void> {
  await Promise.all([house.platform.stop(), house.site?.stop(), closeDesignServer()]);
}

/** Customers, sites in several states, a real one with two backups between which something changed. */
async function fill(house: House): Promise<void> {
  const { client } = house.platform;
  const site = await startDemoSite();
  house.site = site;
  const customer = await client.customers.add({ name: 'Bakkerij De Wit', email: 'info@bakkerij.example' });
  house.customerId = customer.id;
  const { id } = await client.sites.add({ url: site.url, customer: customer.id, allowHttp: true });
  house.siteId = id;
  await client.sites.pair({ site: id, code: await site.makePairingCode() });
  await untilDone(client, (await client.backups.start({ site: id })).runId);
  await site.runPhp(
    `wp_insert_post( array( 'post_title' => 'Nieuw brood', 'post_content' => 'Vanaf morgen.', 'post_status' => 'publish' ) );`,
  );
  await site.writeFile('wp-content/uploads/prijslijst.txt', 'Zuurdesem 4,20\nRogge 3,80\n');
  await untilDone(client, (await client.backups.start({ site: id })).runId);

  const salon = await client.customers.add({ name: 'Kapsalon Vera', email: 'vera@kapsalon.example' });
  house.newSiteId = (await client.sites.add({ url: 'https://kapsalon.example', customer: salon.id })).id;
  await client.sites.add({ url: 'https://webwinkel.kapsalon.example', customer: salon.id, plan: 'hourly' });

  const people = [
    { reader: 'guard', email: 'sara@noord.example', name: 'Sara Noord', role: 'guard' },
    { reader: 'customer', email: 'wit@bakkerij.example', name: 'Els de Wit', role: 'customer', customer: customer.id },
  ] as const;
  for (const { reader, ...who } of people) {
    const { link } = await client.people.invite(who);
    house.people[reader] = await enterByLink(house.platform, localPath(house.platform, link), who);
  }
  await fillTheWatch(house);
  const open = await client.people.invite({ email: 'vera@kapsalon.example', role: 'customer', customer: salon.id });
  house.invitationLink = localPath(house.platform, open.link);
}

/** Guards with a rota that has a hole, channels, what the watch has seen, incidents with their proof, a status page. */
async function fillTheWatch(house: House): Promise<void> {
  const { client } = house.platform;
  const kaas = await client.customers.add({ name: 'Kaashuis Holland', email: 'groot@kaashuis.example' });
  const add = async (url: string): Promise<string> => (await client.sites.add({ url, customer: kaas.id })).id;
  const [out, doubted, fiets] = [
    await add('https://kaashuis-holland.example'),
    await add('https://museum-aan-de-kade.example'),
    await add('https://fietsplezier.example'),
  ];
  const modem = await client.messages.saveProvider({ kind: 'gammu', name: 'Modem in het rek', config: {} });
  await client.messages.saveProvider({
    kind: 'http-sms',
    name: 'Bird',
    config: { url: 'https://sms.example/send' },
    secrets: { secret: 'not-a-secret' },
  });
  const sara = (await client.people.list()).find(({ role }) => role === 'guard');
  const noor = await client.oncall.saveGuard({ name: 'Noor', phone: '+31612345678' });
  const own = await client.oncall.saveGuard({ name: 'Sara', phone: '+31687654321', ...(sara && { userId: sara.id }) });
  const rota = await client.oncall.saveRota({
    name: 'Nachtdienst',
    timeZone: 'Europe/Amsterdam',
    every: 'week',
    handover: '09:00',
    firstTurn: '2026-01-02',
    turns: [own.id, noor.id, null, own.id],
  });
  const from = new Date(Date.now() + 3 * 86_400_000);
  const to = new Date(from.getTime() + 86_400_000);
  const span = { from: from.toISOString(), to: to.toISOString() };
  await client.oncall.addOverride({ rota: rota.id, guard: noor.id, ...span, note: 'verjaardag' });
  await client.statusPages.save({ slug: 'bakkerij', create: true, title: 'De Wit', customer: house.customerId });
  await fillWatch(house.platform, [
    { id: house.siteId, phase: 'well', totalMs: 412, certificateDays: 62 },
    { id: out, phase: 'out', cause: 'database-error', detail: '500', minutes: 8, certificateDays: 40 },
    { id: doubted, phase: 'doubted', cause: 'too-slow', minutes: 1, totalMs: 10_020, certificateDays: 80 },
    { id: fiets, phase: 'well', totalMs: 530, certificateDays: 9 },
  ]);
  house.incidentId = await fillIncidents(house.platform, {
    out,
    past: house.siteId,
    guard: noor.id,
    provider: modem.id,
  });
}

/** Waits for a run over the API's own stream; throws unless it is done. */
export async function untilDone(client: Client, run: string): Promise<void> {
  let last: { state: string; error: unknown } | undefined;
  for await (const seen of await client.runs.watch({ run })) last = seen;
  if (last?.state !== 'done') throw new Error(`run ${run} ended as ${last?.state}: ${JSON.stringify(last?.error)}`);
}
