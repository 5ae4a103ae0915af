import { readConfig, settings, type Config } from '../platform/config.ts';
import { factsOf } from '../platform/errors.ts';
import type { Language } from '../platform/words.ts';
import {
  checkDatabase,
  checkDisk,
  checkFolder,
  checkKey,
  checkNode,
  checkPostgres,
  checkStore,
  checkTrial,
  checkWeb,
  type Finding,
} from './checks.ts';
import { doctorWords } from './words.ts';

/** Looks at everything that Nachtwacht needs; changes nothing. */
export async function examine(environment: NodeJS.ProcessEnv, language: Language): Promise<Finding[]> {
  const node = checkNode(language);
  let config: Config;
  try {
    config = readConfig(environment);
  } catch (error) {
    const { message, nextStep } = factsOf(error);
    return [node, { check: 'settings', state: 'bad', says: message, next: nextStep }];
  }
  return [
    node,
    { check: 'settings', state: 'ok', says: doctorWords(language).says.settingsOk },
    checkPostgres(config, language),
    checkFolder(config, language),
    checkDisk(config, language),
    checkKey(config, language),
    ...(await checkDatabase(config, language)),
    await checkStore(config, language),
    checkTrial(config, language),
    await checkWeb(config, language),
  ];
}

/** Prints what it found. Exit code 0 = nothing is wrong (warnings allowed), 1 = something is. */
export async function runDoctor(options: { json?: boolean; settings?: boolean; language: Language }): Promise<number> {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  if (options.settings) {
    printSettings(options.json === true, print);
    return 0;
  }
  const findings = await examine(process.env, options.language);
  const bad = findings.some((finding) => finding.state === 'bad');
  if (options.json) {
    print(JSON.stringify({ ok: !bad, findings }, null, 2));
    return bad ? 1 : 0;
  }
  const words = doctorWords(options.language);
  const widest = Math.max(...findings.map((finding) => words.names[finding.check].length));
  for (const { check, state, says, next } of findings) {
    print(`${words.states[state].padEnd(6)} ${words.names[check].padEnd(widest)}  ${says}`);
    if (next) print(`${' '.repeat(7)} -> ${next}`);
  }
  print('');
  print(bad ? words.notWell : words.allWell);
  return bad ? 1 : 0;
}

function printSettings(asJson: boolean, print: (text: string) => void): void {
  const rows = Object.entries(settings).map(([name, setting]) => ({ name, about: setting.about }));
  if (asJson) return print(JSON.stringify(rows, null, 2));
  for (const { name, about } of rows) print(`${name}\n    ${about}`);
}
