import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runProbeCommand, startProbeProcess, writeSmsAccount, type ProbeProcess } from '../harness/probe-process.ts';
import { startSmsGateway, type SmsGateway } from '../harness/sms-gateway.ts';
import { openSplitNetwork, whyNoSplitNetwork, type SplitNetwork } from '../harness/split-network.ts';
import { openAlarmHouse, type AlarmHouse } from './alarm-house.ts';

// The whole platform, and a second location in a network namespace: the line between them is cut while sites are watched.
// Times are six times faster; nothing of the network is.
const scale = 6;
const environment = { NACHTWACHT_TEST_TIME_SCALE: String(scale) };
const waiting = { timeout: 90_000, interval: 100 };
const page = `<html><body><footer>Bakkerij De Wit, sinds 1921</footer>${'<p>brood</p>'.repeat(50)}</body></html>`;

if (whyNoSplitNetwork !== undefined)
  console.warn(
    `The test of a cut between the whole platform and a second location does not run: ${whyNoSplitNetwork}.`,
  );

describe.runIf(whyNoSplitNetwork === undefined)(
  'a cut between the platform and its second location (needs root)',
  () => {
    let network: SplitNetwork;
    let house: AlarmHouse;
    let ownGateway: SmsGateway;
    let site: Server;
    let fails = 0;
    let folder: string;
    let probe: ProbeProcess;

    const watched = async () => (await house.platform.client.monitoring.sites({})).rows[0];

    beforeAll(async () => {
      network = await openSplitNetwork();
      house = await openAlarmHouse(scale, {}, network.core);
      ownGateway = await startSmsGateway();
      site = createServer((_, response) => {
        if (fails > 0) {
          fails--;
          response.writeHead(503).end('busy');
        } else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      });
      await new Promise<void>((resolve) => site.listen(0, '0.0.0.0', resolve));
      const address = site.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const { client } = house.platform;
      const customer = await client.customers.add({ name: 'Bakkerij De Wit' });
      await client.sites.add({ url: `http://${network.outside}:${port}`, customer: customer.id, allowHttp: true });
      await client.monitoring.setReferences({ hosts: [await network.answerOutside()] });
      folder = await mkdtemp(path.join(os.tmpdir(), 'nw-outpost-'));
      const { token } = await client.probes.invite({ name: 'FRANKFURT' });
      const place = { folder, environment, namespace: network.namespace };
      await runProbeCommand(place, ['--join', house.platform.url, '--token', token]);
      writeSmsAccount(folder, ownGateway, `http://${await network.relayOutside(Number(new URL(ownGateway.url).port))}`);
      probe = await startProbeProcess(place);
    });
    afterAll(async () => {
      await probe.end('SIGKILL');
      await house.stop();
      await ownGateway.stop();
      site.close();
      await network.close();
      await rm(folder, { recursive: true, force: true });
    });

    test('while both see: a site that fails once more than once is asked about elsewhere', async () => {
      const { client } = house.platform;
      await vi.waitFor(async () => {
        const { probes } = await client.probes.list();
        expect(probes).toMatchObject([{ state: 'seen', canAlarm: true, facts: { references: 'fine' } }]);
        expect(await watched()).toMatchObject({ verdict: 'up' });
      }, waiting);
      const before = (await client.probes.list()).probes[0]?.facts?.checks ?? 0;
      fails = 4;
      await vi.waitFor(async () => {
        expect((await client.probes.list()).probes[0]?.facts?.checks).toBeGreaterThan(before);
      }, waiting);
      fails = 0;
    });

    test('no site is called down for it, and there is one notice of it', async () => {
      const { client } = house.platform;
      await network.cut('core');
      const began = performance.now();
      // A blip in the middle of it, so that the watch is in doubt while nobody can be asked.
      fails = 2;
      const sms = await ownGateway.waitForSms(() => true, 90_000);
      console.log(`cut to notice: ${(((sms.at - began) * scale) / 1000).toFixed(0)} s (times ${scale} times faster)`);
      expect(((sms.at - began) * scale) / 1000).toBeLessThanOrEqual(120);
      await vi.waitFor(async () => {
        expect((await client.probes.list()).probes).toMatchObject([{ state: 'silent' }]);
        const { rows } = await client.incidents.list({ open: true });
        expect(rows.map(({ kind }) => kind)).toEqual(['probe']);
        expect(await watched()).toMatchObject({ verdict: 'up' });
      }, waiting);
      expect(house.gateway.sent).toEqual([]);

      await network.mend('core');
      await ownGateway.waitForSms(({ text }) => text.includes('werkt weer'), 90_000);
      await vi.waitFor(async () => expect((await client.incidents.list({ open: true })).rows).toEqual([]), waiting);
      const kinds = (await client.incidents.list({})).rows.map(({ kind }) => kind);
      expect(new Set(kinds)).toEqual(new Set(['probe']));
      expect(ownGateway.sent).toHaveLength(2);
      expect(house.gateway.sent).toEqual([]);
    });
  },
);
