import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openAlarmHouse, type AlarmHouse } from './alarm-house.ts';

// Everything is real but the phone: the watch sees our own page fail, the duty asks the guard, the gateway takes the SMS and
// tells that it was delivered. Times are six times faster; nothing of the network is.
const scale = 6;
const waiting = { timeout: 100_000, interval: 200 };
let house: AlarmHouse;

beforeAll(async () => {
  house = await openAlarmHouse(scale);
});
afterAll(() => house.stop());

test('a fire drill: the page fails for real, the guard gets his SMS, and the measured times are on record', async () => {
  const { client } = house.platform;
  await vi.waitFor(async () => {
    expect((await client.drills.list({})).obstacle).toBeNull();
  }, waiting);
  await client.drills.start();
  const sms = await house.gateway.waitForSms(({ to }) => to === house.jan, 100_000);
  expect(sms.text).toMatch(/^OEFENING /);
  await vi.waitFor(async () => {
    const [drill] = (await client.drills.list({})).drills;
    expect(drill).toMatchObject({ state: 'passed', failure: null });
  }, waiting);
  const [drill] = (await client.drills.list({})).drills;
  const { confirmed, accepted, delivered } = drill?.seconds ?? {};
  console.log(
    `drill: confirmed, accepted, delivered after ${confirmed}, ${accepted}, ${delivered} s (times ${scale} times faster)`,
  );
  expect(confirmed).toBeLessThanOrEqual(accepted ?? -1);
  expect(accepted).toBeLessThanOrEqual(delivered ?? -1);
  // The page is well again, the watch sees it, the incident ends by itself.
  await vi.waitFor(async () => {
    const { rows } = await client.incidents.list({ kind: 'drill', open: false });
    expect(rows).toHaveLength(1);
  }, waiting);
  expect(house.gateway.sent.filter(({ text }) => text.startsWith('OEFENING'))).toHaveLength(1);
});
