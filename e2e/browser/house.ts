import { startDemoSite } from '../harness/demo-site.ts';
import type { TestSite } from '../harness/test-site.ts';
import { closeDesignServer } from './design-server.ts';
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
  /** Path and query of the one-time links, '' before there is one. */
  startLink: string;
  invitationLink: string;
  /** Who is signed in as what; the operator from `empty` on, the others from `busy` on. */
  people: Partial<Record<Reader, Credentials>>;
}

/** Starts a platform that nobody has used yet. */
export async function openHouse(): Promise<House> {
  const platform = await startPlatform({ NACHTWACHT_NAME: 'Studio Noord' });
  return {
    platform,
    stage: 'fresh',
    site: undefined,
    siteId: '',
    newSiteId: '',
    customerId: '',
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
  const open = await client.people.invite({ email: 'vera@kapsalon.example', role: 'customer', customer: salon.id });
  house.invitationLink = localPath(house.platform, open.link);
}

/** Waits for a run over the API's own stream; throws unless it is done. */
export async function untilDone(client: Client, run: string): Promise<void> {
  let last: { state: string; error: unknown } | undefined;
  for await (const seen of await client.runs.watch({ run })) last = seen;
  if (last?.state !== 'done') throw new Error(`run ${run} ended as ${last?.state}: ${JSON.stringify(last?.error)}`);
}
