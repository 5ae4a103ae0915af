// An overdue promise asks somebody within the agency's hours, once, and is over when it is kept.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { listUnanswered } from '../incidents/index.ts';
import { clearAlarm, raiseAlarm } from '../platform/alarms/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite, siteSubject } from '../sites/index.ts';
import { settleDutyIncidents } from './raise-duties.ts';

// A Friday evening in Amsterdam.
const clock = new TestClock('2026-11-27T19:00:00Z');
const admin = systemActor('test');
let platform: TestPlatform;
let subject: string;

const incidents = async () =>
  (
    await platform.connection.pool.query<{ kind: string; urgency: string; over: boolean }>(
      'select kind, urgency, resolved_at is not null as over from incidents order by number',
    )
  ).rows;

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  const { id } = await addCustomer(platform, admin, { name: 'Bakker' });
  subject = siteSubject((await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: id })).id);
});
afterAll(() => platform.close());

test('opens once, waits for Monday, and is over with the alarm; late again it is a new one', async () => {
  const raise = () => raiseAlarm(platform.db, { code: 'backup-hourly-overdue', subject, facts: {}, at: clock.now() });
  await raise();
  await raiseAlarm(platform.db, { code: 'backup-site-failed', subject, facts: {}, at: clock.now() });
  await Promise.all([settleDutyIncidents(platform), settleDutyIncidents(platform)]);
  await settleDutyIncidents(platform);
  expect(await incidents()).toEqual([{ kind: 'duty', urgency: 'low', over: false }]);
  expect(await listUnanswered(platform.db, new Date('2026-11-30T07:59:59Z'))).toEqual([]);
  expect(await listUnanswered(platform.db, new Date('2026-11-30T08:00:00Z'))).toMatchObject([
    { subject: `duty:backup-hourly:${subject}` },
  ]);
  await clearAlarm(platform.db, { code: 'backup-hourly-overdue', subject, at: clock.now() });
  await settleDutyIncidents(platform);
  await settleDutyIncidents(platform);
  expect(await incidents()).toEqual([{ kind: 'duty', urgency: 'low', over: true }]);
  clock.advance(3_600_000);
  await raise();
  await settleDutyIncidents(platform);
  expect(await incidents()).toMatchObject([{ over: true }, { over: false }]);
});

test('a flood of other alarms hides none: what is overdue stays open', async () => {
  for (let i = 0; i < 1001; i++)
    await raiseAlarm(platform.db, { code: 'x-failed', subject: `thing:${i}`, facts: {}, at: clock.now() });
  await settleDutyIncidents(platform);
  expect((await incidents()).filter((one) => !one.over)).toHaveLength(1);
});
