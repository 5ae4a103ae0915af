import { createServer, type Server } from 'node:net';
import { startPlatform, type PlatformProcess } from '../browser/platform-process.ts';
import { startSmsGateway, type SmsGateway } from '../harness/sms-gateway.ts';

/** A whole Nachtwacht as `npm start` runs it, with two guards, a rota, and a gateway for SMS that is real HTTP. */
export interface AlarmHouse {
  platform: PlatformProcess;
  gateway: SmsGateway;
  /** Number of the guard on duty. */
  jan: string;
  /** A host that always answers: ours, for there may be no Internet here. */
  reference: { address: string; stop(): void };
  stop(): Promise<void>;
}

/**
 * `scale`: how many times faster the watch and duty run (NACHTWACHT_TEST_TIME_SCALE); the network is as it is.
 * `environment`: settings besides; `host`: see startPlatform.
 */
export async function openAlarmHouse(
  scale: number,
  environment: Record<string, string> = {},
  host?: string,
): Promise<AlarmHouse> {
  const [platform, gateway, server] = await Promise.all([
    startPlatform({ NACHTWACHT_TEST_TIME_SCALE: String(scale), ...environment }, host),
    startSmsGateway(),
    listen(),
  ]);
  const { client } = platform;
  const { url, accountSid, authToken, number } = gateway;
  const address = server.address();
  const reference = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  await client.monitoring.setReferences({ hosts: [reference] });
  await client.messages.saveProvider({
    kind: 'twilio',
    name: 'Gateway',
    config: { url, accountSid, from: number },
    secrets: { authToken },
  });
  const jan = '+31600000001';
  const guard = await client.oncall.saveGuard({ name: 'Jan', phone: jan, language: 'nl' });
  await client.oncall.saveRota({
    name: 'Eerste lijn',
    timeZone: 'Europe/Amsterdam',
    every: 'week',
    handover: '09:00',
    firstTurn: '2026-01-05',
    turns: [guard.id],
  });
  return {
    platform,
    gateway,
    jan,
    reference: { address: reference, stop: () => server.close() },
    stop: async () => {
      await platform.stop();
      await gateway.stop();
      server.close();
    },
  };
}

async function listen(): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
