// oxlint-disable typescript/no-unsafe-type-assertion -- parsed JSON: each field is checked before it is used
import { randomBytes } from 'node:crypto';
import { damaged, hasCode, ResticError } from './errors.ts';
import { isId } from './hash.ts';
import { parseObject } from './json.ts';
import { isIrreducible, randomPolynomial } from './polynomial.ts';
import type { Sealer } from './seal.ts';
import type { Backend, Id } from './types.ts';

/** The only repository version this library reads and writes. */
export const REPOSITORY_VERSION = 2;

export interface Config {
  id: Id;
  /** Hexadecimal. Used by restic's own chunker; checked for irreducibility when opening. */
  chunkerPolynomial: string;
}

export function createConfig(): Config {
  return { id: randomBytes(32).toString('hex'), chunkerPolynomial: randomPolynomial().toString(16) };
}

/** The config is sealed but, unlike other files, neither compressed nor marked with a version byte. */
export async function writeConfig(backend: Backend, sealer: Sealer, config: Config): Promise<void> {
  const json = { version: REPOSITORY_VERSION, id: config.id, chunker_polynomial: config.chunkerPolynomial };
  await backend.write('config', '', sealer.seal(Buffer.from(JSON.stringify(json))), { ifAbsent: true });
}

/** True when a repository was created here. */
export async function hasConfig(backend: Backend): Promise<boolean> {
  try {
    await backend.read('config', '');
    return true;
  } catch (error) {
    if (hasCode(error, 'not-found')) return false;
    throw error;
  }
}

/** Throws `not-a-repository`, `unknown-version` or `damaged`. */
export async function readConfig(backend: Backend, sealer: Sealer): Promise<Config> {
  let sealed: Buffer;
  try {
    sealed = await backend.read('config', '');
  } catch (error) {
    if (!hasCode(error, 'not-found')) throw error;
    throw new ResticError('not-a-repository', `There is no repository at ${backend.description}.`, {
      nextStep: 'Check the place of the repository, or create it first.',
    });
  }
  const plain = sealer.open(sealed, 'the config file');
  const { version, id, chunker_polynomial: polynomial } = parseObject(plain, 'the config file');
  if (version !== REPOSITORY_VERSION) {
    throw new ResticError(
      'unknown-version',
      `The repository has version ${JSON.stringify(version)}; only 2 is known.`,
      {
        nextStep:
          version === 1
            ? 'Run "restic migrate upgrade_repo_v2" on it.'
            : 'Upgrade this program to a version that knows this format.',
      },
    );
  }
  if (!isId(id) || typeof polynomial !== 'string' || !/^[0-9a-f]{1,16}$/.test(polynomial)) {
    throw damaged('the config file has bad fields');
  }
  if (!isIrreducible(BigInt(`0x${polynomial}`))) throw damaged('the chunker polynomial is not irreducible');
  return { id, chunkerPolynomial: polynomial };
}
