import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ensurePackages } from './apt.ts';
import { getKeeper } from './keeper.ts';
import { runCommand } from './run-command.ts';

interface Authority {
  folder: string;
  certificate: string;
  key: string;
}

let authority: Promise<Authority> | undefined;
let made = 0;

/** A certificate authority of this process alone; this process trusts it from then on. */
async function makeAuthority(): Promise<Authority> {
  await ensurePackages(['openssl']);
  const folder = await (await getKeeper()).makeFolder('authority');
  const certificate = join(folder, 'ca.pem');
  const key = join(folder, 'ca.key');
  const subject = ['-subj', '/CN=Rig of one test run', '-days', '2'];
  await runCommand('openssl', ['req', '-x509', ...newKey(key), ...subject, '-out', certificate]);
  setDefaultCACertificates([...getCACertificates('default'), await readFile(certificate, 'utf8')]);
  return { folder, certificate, key };
}

export interface Certificate {
  certificate: string;
  key: string;
  /** The authority's own certificate: NODE_EXTRA_CA_CERTS for child processes. */
  authority: string;
}

/** A certificate for one loopback address. Paths of files. */
export function makeCertificate(address: string): Promise<Certificate> {
  return makeCertificateFor([address]);
}

/** A certificate for names (`*.shops.test` too) and addresses. `expired`: it ended an hour ago. */
export async function makeCertificateFor(
  names: readonly string[],
  options: { expired?: boolean } = {},
): Promise<Certificate> {
  authority ??= makeAuthority();
  const ca = await authority;
  const at = join(ca.folder, String((made += 1)));
  const [certificate, key, request, extensions] = [`${at}.pem`, `${at}.key`, `${at}.csr`, `${at}.names`];
  const alternatives = names.map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',');
  await writeFile(extensions, `subjectAltName=${alternatives}\n`);
  await runCommand('openssl', ['req', ...newKey(key), '-subj', `/CN=${names[0]}`, '-out', request]);
  if (options.expired === true) await signAsExpired(ca, { at, request, extensions, certificate });
  else {
    const sign = ['-CA', ca.certificate, '-CAkey', ca.key, '-CAcreateserial', '-days', '2', '-extfile', extensions];
    await runCommand('openssl', ['x509', '-req', '-in', request, ...sign, '-out', certificate]);
  }
  return { certificate, key, authority: ca.certificate };
}

/** `openssl x509` knows no end in the past in every version; `openssl ca` does, and wants a folder and settings. */
async function signAsExpired(
  ca: Authority,
  files: { at: string; request: string; extensions: string; certificate: string },
): Promise<void> {
  await mkdir(files.at);
  const settings = join(files.at, 'settings');
  await writeFile(join(files.at, 'index.txt'), '');
  await writeFile(
    settings,
    `[ca]\ndefault_ca=own\n[own]\ndatabase=${files.at}/index.txt\nnew_certs_dir=${files.at}\nrand_serial=yes\n` +
      `default_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n`,
  );
  const moment = (hoursAgo: number): string =>
    new Date(Date.now() - hoursAgo * 3_600_000).toISOString().replaceAll(/[-T:]|\.\d+/g, '');
  const ends = ['-startdate', moment(48), '-enddate', moment(1)];
  const sign = ['-cert', ca.certificate, '-keyfile', ca.key, '-extfile', files.extensions, ...ends];
  const inOut = ['-in', files.request, '-out', files.certificate];
  await runCommand('openssl', ['ca', '-batch', '-notext', '-config', settings, ...inOut, ...sign]);
}

/** The path of the authority's certificate: NODE_EXTRA_CA_CERTS for child processes. */
export async function authorityFile(): Promise<string> {
  authority ??= makeAuthority();
  return (await authority).certificate;
}

function newKey(path: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', path];
}
