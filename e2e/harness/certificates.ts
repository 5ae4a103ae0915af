import { readFile, writeFile } from 'node:fs/promises';
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

/** A certificate for one loopback address. */
export async function makeCertificate(address: string): Promise<Certificate> {
  authority ??= makeAuthority();
  const ca = await authority;
  const certificate = join(ca.folder, `${address}.pem`);
  const key = join(ca.folder, `${address}.key`);
  const request = join(ca.folder, `${address}.csr`);
  const names = join(ca.folder, `${address}.names`);
  await writeFile(names, `subjectAltName=IP:${address}\n`);
  await runCommand('openssl', ['req', ...newKey(key), '-subj', `/CN=${address}`, '-out', request]);
  const sign = ['-CA', ca.certificate, '-CAkey', ca.key, '-CAcreateserial', '-days', '2', '-extfile', names];
  await runCommand('openssl', ['x509', '-req', '-in', request, ...sign, '-out', certificate]);
  return { certificate, key, authority: ca.certificate };
}

function newKey(path: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', path];
}
