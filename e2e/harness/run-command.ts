import { spawn } from 'node:child_process';

export interface CommandOptions {
  /** Written to standard input; without it standard input is empty. */
  input?: string | Buffer;
  env?: Record<string, string>;
  cwd?: string;
  uid?: number;
  gid?: number;
  timeoutMs?: number;
  /** Exit codes that are no error; default 0 only. */
  okCodes?: number[];
  /** Called with every line of standard output and standard error as it comes. */
  onLine?: (line: string) => void;
}

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. Throws with the command and the end of its output when it fails. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs ?? 300_000);
    const listen = (chunks: Buffer[]) => (chunk: Buffer) => {
      chunks.push(chunk);
      if (options.onLine !== undefined)
        for (const line of chunk.toString('utf8').split('\n')) if (line.trim() !== '') options.onLine(line);
    };
    child.stdout.on('data', listen(out));
    child.stderr.on('data', listen(err));
    // The program may end before it has read its input; its exit code says what matters.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`cannot run ${command}: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const stdout = Buffer.concat(out).toString('utf8');
      const stderr = Buffer.concat(err).toString('utf8');
      if (code !== null && (options.okCodes ?? [0]).includes(code)) {
        resolve({ code, stdout, stderr });
        return;
      }
      const why = timedOut ? 'took too long' : code === null ? `was ended by ${String(signal)}` : `exit code ${code}`;
      const tail = (stderr.trim() + '\n' + stdout.trim()).trim().slice(-3000);
      reject(new Error(`${command} ${args.join(' ').slice(0, 400)}: ${why}\n${tail}`));
    });
  });
}
