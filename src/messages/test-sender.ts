// For kill.paced.test.ts: a process that sends, on the database and data folder of a test's platform, until killed.
import { readConfig } from '../platform/config.ts';
import { openPlatform } from '../platform/platform.ts';
import { sendLoop } from './sending/send-loop.ts';

const config = readConfig(process.env);
const platform = await openPlatform({
  config,
  databaseUrl: config.databaseUrl ?? '',
  migrate: false,
  supervise: false,
});
process.stdout.write('ready\n');
await sendLoop.run(platform, new AbortController().signal);
