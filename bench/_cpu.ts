import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** User and system seconds of a process so far; Linux counts them in hundredths (proc(5), fields 14 and 15). */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A command that holds a program to one core (`taskset`, util-linux), so that it competes with nobody of ours. */
export function onCore(core: number, command: string, args: readonly string[]): { command: string; args: string[] } {
  const [first] = coresAllowed();
  const chosen = coresAllowed()[core] ?? first ?? 0;
  return { command: 'taskset', args: ['-c', String(chosen), command, ...args] };
}

/** Cores that this process may use, from its own affinity. */
function coresAllowed(): number[] {
  const list = /^Cpus_allowed_list:\s+(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const cores = list.split(',').flatMap((part) => {
    const [from = NaN, to = from] = part.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
  return cores.length > 0 ? cores : Array.from({ length: availableParallelism() }, (_, at) => at);
}

/** How busy the machine is beside us: runnable processes of the last minute. */
export function loadAverage(): number {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
}
