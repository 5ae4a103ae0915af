import { isRoot, siteUser } from './machine.ts';
import type { Php } from './php.ts';
import { runCommand } from './run-command.ts';

export interface RunPhpOptions {
  /** Where WordPress lies. */
  dir: string;
  host: string;
  secure?: boolean;
  /** Any JSON; the code finds it as `$args`. */
  args?: unknown;
  /** Sets WP_INSTALLING before WordPress loads. */
  installing?: boolean;
  /** Path asked for; a network chooses the site by it. */
  path?: string;
  timeoutMs?: number;
}

/** Loads WordPress in PHP's command line, as the site's user, and runs `code` (without `<?php`) in it. Gives what it prints. */
export async function runWordPressPhp(php: Php, code: string, options: RunPhpOptions): Promise<string> {
  const script = `<?php
ini_set('display_errors', 'stderr');
ini_set('memory_limit', '1024M');
$_SERVER['HTTP_HOST'] = getenv('NW_HOST');
$_SERVER['SERVER_NAME'] = preg_replace('/:\\d+$/', '', getenv('NW_HOST'));
$_SERVER['REQUEST_URI'] = getenv('NW_PATH');
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = getenv('NW_DIR') . '/index.php';
${options.secure === true ? "$_SERVER['HTTPS'] = 'on';" : ''}
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
$args = json_decode(base64_decode('${Buffer.from(JSON.stringify(options.args ?? null)).toString('base64')}'), true);
${options.installing === true ? "define('WP_INSTALLING', true);" : ''}
require getenv('NW_DIR') . '/wp-load.php';
${code.replace(/^\s*<\?php/, '')}
`;
  const [command, ...args] = php.cli;
  if (command === undefined) throw new Error('no php');
  const user = siteUser();
  const { stdout } = await runCommand(command, args, {
    input: script,
    cwd: options.dir,
    ...(isRoot ? { uid: user.uid, gid: user.gid } : {}),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    env: {
      ...php.env,
      HOME: '/nonexistent',
      NW_DIR: options.dir,
      NW_HOST: options.host,
      NW_PATH: options.path ?? '/',
    },
  });
  return stdout;
}
