// Needs the Debian packages radosgw, ceph-mon and ceph-osd (purpose `ceph` in packages.ts), and root.
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { ensurePackages } from './apt.ts';
import { freePort } from './free-port.ts';
import { getKeeper } from './keeper.ts';
import type { Daemon, Keeper } from './keeper.ts';

const run = promisify(execFile);

/** A real S3 store on this machine: what `openS3Backend` takes, but the prefix. */
export interface CephGateway {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  bucket: string;
  forcePathStyle: true;
  stop(): Promise<void>;
}

let gateway: Promise<CephGateway> | undefined;

/**
 * Starts a Ceph RADOS gateway with one monitor and one store in memory, in a temporary folder on ports of its own, once
 * a process (about 13 s); it ends with the process. Answers an empty bucket.
 */
export function startCeph(): Promise<CephGateway> {
  gateway ??= start();
  return gateway;
}

async function start(): Promise<CephGateway> {
  await ensurePackages(['ceph']);
  const keeper = await getKeeper();
  const folder = await keeper.makeFolder('ceph');
  const monitorPort = await freePort();
  const gatewayPort = await freePort();
  const conf = await writeConfig(folder, monitorPort, gatewayPort);
  const ceph = (args: string[]): Promise<unknown> => run('ceph', ['-c', conf, '--connect-timeout', '20', ...args]);
  const monitor = await startMonitor(keeper, folder, conf, monitorPort, ceph);
  const store = await startStore(keeper, folder, conf, ceph);
  const frontend = await startGateway(keeper, conf, gatewayPort);

  const accessKeyId = randomBytes(10).toString('hex').toUpperCase();
  const secretAccessKey = randomBytes(20).toString('hex');
  const user = [
    '--uid=tests',
    '--display-name=tests',
    `--access-key=${accessKeyId}`,
    `--secret-key=${secretAccessKey}`,
  ];
  await run('radosgw-admin', ['-c', conf, '-n', 'client.rgw', 'user', 'create', ...user]);
  const place = {
    endpoint: `http://127.0.0.1:${gatewayPort}`,
    region: 'us-east-1',
    accessKeyId,
    secretAccessKey,
    bucket: 'tests',
    forcePathStyle: true as const,
  };
  const client = new S3Client({ ...place, credentials: { accessKeyId, secretAccessKey } });
  await client.send(new CreateBucketCommand({ Bucket: place.bucket }));
  client.destroy();
  return {
    ...place,
    stop: async () => {
      gateway = undefined;
      for (const daemon of [frontend, store, monitor]) await daemon.stop('SIGKILL');
    },
  };
}

async function writeConfig(folder: string, monitorPort: number, gatewayPort: number): Promise<string> {
  for (const name of ['mon', 'osd', 'rgw', 'run']) await mkdir(join(folder, name));
  const settings = {
    fsid: randomUUID(),
    mon_host: `127.0.0.1:${monitorPort}`,
    mon_initial_members: 'a',
    public_addr: '127.0.0.1',
    ms_bind_ipv6: 'false',
    auth_cluster_required: 'cephx',
    auth_service_required: 'cephx',
    auth_client_required: 'cephx',
    keyring: join(folder, 'keyring'),
    mon_data: join(folder, 'mon'),
    osd_data: join(folder, 'osd'),
    rgw_data: join(folder, 'rgw'),
    run_dir: join(folder, 'run'),
    admin_socket: '',
    log_file: '',
    log_to_stderr: 'true',
    err_to_stderr: 'true',
    crash_dir: join(folder, 'run'),
    osd_objectstore: 'memstore',
    memstore_device_bytes: String(2 * 1024 ** 3),
    osd_crush_chooseleaf_type: '0',
    osd_crush_update_on_start: 'false',
    osd_pool_default_size: '1',
    osd_pool_default_min_size: '1',
    osd_pool_default_pg_num: '8',
    osd_pool_default_pg_autoscale_mode: 'off',
    mon_allow_pool_size_one: 'true',
    mon_warn_on_pool_no_redundancy: 'false',
    mon_max_pg_per_osd: '1000',
    mon_data_avail_crit: '1',
    auth_allow_insecure_global_id_reclaim: 'false',
    rgw_frontends: `beast endpoint=127.0.0.1:${gatewayPort}`,
    rgw_enable_usage_log: 'false',
    rgw_thread_pool_size: '32',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  const conf = join(folder, 'ceph.conf');
  await writeFile(conf, `[global]\n${lines.join('')}`);
  return conf;
}

type Ceph = (args: string[]) => Promise<unknown>;

async function startMonitor(keeper: Keeper, folder: string, conf: string, port: number, ceph: Ceph): Promise<Daemon> {
  const keyring = join(folder, 'keyring');
  const map = join(folder, 'monmap');
  const all = ['--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *', '--cap', 'mgr', 'allow *'];
  await run('ceph-authtool', ['--create-keyring', keyring, '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *']);
  for (const name of ['client.admin', 'client.rgw']) {
    await run('ceph-authtool', [keyring, '--gen-key', '-n', name, ...all]);
  }
  const { stdout } = await run('ceph-conf', ['-c', conf, '--lookup', 'fsid']);
  await run('monmaptool', ['--create', '--fsid', stdout.trim(), '--addv', 'a', `[v2:127.0.0.1:${port}]`, map]);
  await run('ceph-mon', ['-c', conf, '--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring]);
  return keeper.startDaemon({
    name: 'ceph-mon',
    command: 'ceph-mon',
    args: ['-f', '-c', conf, '-i', 'a', '--public-addr', `v2:127.0.0.1:${port}`],
    ready: async () => (await answers(port)) && (await ceph(['-s']).then(() => true)),
    readyMs: 60_000,
  });
}

async function startStore(keeper: Keeper, folder: string, conf: string, ceph: Ceph): Promise<Daemon> {
  const uuid = randomUUID();
  await ceph(['osd', 'new', uuid]);
  const keyring = join(folder, 'osd', 'keyring');
  const caps = ['mon', 'allow profile osd', 'osd', 'allow *'];
  await ceph(['auth', 'get-or-create', 'osd.0', ...caps, '-o', keyring]);
  await run('ceph-osd', ['-c', conf, '-i', '0', '--mkfs', '--osd-uuid', uuid, '--keyring', keyring]);
  await ceph(['osd', 'crush', 'add', 'osd.0', '1', 'root=default']);
  return keeper.startDaemon({
    name: 'ceph-osd',
    command: 'ceph-osd',
    args: ['-f', '-c', conf, '-i', '0', '--keyring', keyring],
    ready: async () => {
      const { stdout } = await run('ceph', ['-c', conf, 'osd', 'stat', '-f', 'json']);
      return (JSON.parse(stdout) as { num_up_osds?: number }).num_up_osds === 1;
    },
    readyMs: 60_000,
  });
}

async function startGateway(keeper: Keeper, conf: string, port: number): Promise<Daemon> {
  return keeper.startDaemon({
    name: 'radosgw',
    command: 'radosgw',
    args: ['-f', '-c', conf, '-n', 'client.rgw'],
    ready: () => answers(port),
    readyMs: 90_000,
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (yes: boolean) => (): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', done(true)).once('error', done(false));
  });
}
