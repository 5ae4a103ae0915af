// The checker as a process of its own, so that its CPU is ours alone: checks in a burst, or watches so many targets with
// the wheel for a while, as the watcher does. Told what to do over IPC.
import { createChecker } from '../src/monitoring/check/index.ts';
import { judgeCheck } from '../src/monitoring/rules/verdict.ts';
import { createOverload, createWheel } from '../src/monitoring/wheel/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import type { ChildAnswer, ChildTask } from './_watch-process.ts';

const dnsServer = process.argv[2] ?? '';
const checker = createChecker({
  clock: systemClock,
  allowPrivate: true,
  dnsServers: [dnsServer],
  dnsReferences: ['reference.bench.test'],
});

process.on('message', (task: ChildTask) => {
  void (task.kind === 'burst' ? burst(task) : watch(task)).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
process.send?.({ kind: 'ready' } satisfies ChildAnswer);

async function burst({ urls, checks, atOnce, keyword }: ChildTask & { kind: 'burst' }): Promise<ChildAnswer> {
  let begun = 0;
  let up = 0;
  const run = async (): Promise<void> => {
    while (begun < checks) {
      const url = urls[begun++ % urls.length] ?? '';
      const { outcome } = await checker.check({ url, keyword });
      if (judgeCheck(outcome, { hosts: [new URL(url).hostname], status: 200 }).verdict === 'up') up += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
  return { kind: 'burst', up };
}

async function watch(task: ChildTask & { kind: 'watch' }): Promise<ChildAnswer> {
  const { targets, intervalMs, port, zone, keyword, warmUpMs, measureMs } = task;
  const counts = { up: 0, down: 0, unknown: 0 };
  let late: number[] = [];
  let untilBlindMs: number | null = null;
  const firstDown: string[] = [];
  const wheel = createWheel({
    clock: systemClock,
    onDue: async (id) => {
      wheel.scheduleTurn(id, intervalMs);
      const startedAt = systemClock.monotonicMs();
      const host = `${id}.${zone}`;
      const checked = await checker.check({ url: `https://${host}:${port}/`, keyword });
      const verdict = judgeCheck(overload.trust(checked.outcome, startedAt), { hosts: [host], status: 200 });
      counts[verdict.verdict] += 1;
      if (verdict.verdict === 'down' && firstDown.length < 5) firstDown.push(`${verdict.cause} ${verdict.detail}`);
    },
  });
  const overload = createOverload({
    clock: systemClock,
    wheel: {
      waitingMs: () => wheel.waitingMs(),
      takeLateness: () => {
        const taken = wheel.takeLateness();
        late.push(taken.p99);
        return taken;
      },
    },
  });
  for (let at = 0; at < targets; at++) wheel.scheduleTurn(`m-${at}`, intervalMs);
  const began = systemClock.monotonicMs();
  wheel.start();
  overload.start();
  let loopDelayMs = 0;
  let turnsBefore = 0;
  let isWarm = false;
  const cpu = { before: process.cpuUsage(), at: began };
  const turns = (): number => counts.up + counts.down + counts.unknown;
  while (systemClock.monotonicMs() - began < warmUpMs + measureMs) {
    await systemClock.sleep(100);
    const gone = systemClock.monotonicMs() - began;
    if (untilBlindMs === null && overload.pace().blind !== null) untilBlindMs = gone;
    if (!isWarm && gone >= warmUpMs) {
      isWarm = true;
      late = [];
      turnsBefore = turns();
      cpu.before = process.cpuUsage();
      cpu.at = systemClock.monotonicMs();
    }
    loopDelayMs = Math.max(loopDelayMs, overload.pace().loopDelayMs);
  }
  const used = process.cpuUsage(cpu.before);
  const seconds = (systemClock.monotonicMs() - cpu.at) / 1000;
  const checksPerSecond = (turns() - turnsBefore) / seconds;
  await wheel.stop();
  overload.stop();
  return {
    kind: 'watch',
    ...counts,
    firstDown,
    untilBlindMs,
    loopDelayMs,
    // Of each five seconds; the worst of them counts.
    p99LatenessMs: Math.max(0, ...late),
    checksPerSecond,
    cpuShare: (used.user + used.system) / 1e6 / seconds,
  };
}
