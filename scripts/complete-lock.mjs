// After every `npm install NAME`: `node scripts/complete-lock.mjs`. Newer npm refuses (`npm ci`: "Missing ... from lock
// file") a lock without entries for optional platform packages that the registry at hand does not carry. This adds
// them: exact version and platform, so that they are known everywhere and installed only where they fit.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'aix', 'sunos', 'netbsd', 'openbsd'];
const processors = ['arm64', 'arm', 'ppc64', 'riscv64', 's390x', 'ia32', 'x64', 'loong64', 'mips64el', 'wasm32'];

/** The lock with an entry for every optional dependency whose name says its platform; and how many were added. */
export function complete(lock) {
  const packages = { ...lock.packages };
  let added = 0;
  for (const [where, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(where === '' ? {} : (entry.optionalDependencies ?? {}))) {
      if (packages[`node_modules/${name}`]?.version || packages[`${where}/node_modules/${name}`]) continue;
      const os = systems.find((system) => name.includes(system));
      const cpu = processors.find((processor) => name.includes(processor));
      if (!os || !cpu || !/^\d/.test(version))
        throw new Error(`Cannot tell the platform of ${name}@${version}: add it to scripts/complete-lock.mjs.`);
      packages[`node_modules/${name}`] = {
        version,
        cpu: [cpu],
        ...(entry.dev ? { dev: true } : {}),
        ...(name.includes('musl') ? { libc: ['musl'] } : {}),
        optional: true,
        os: [os],
      };
      added += 1;
    }
  }
  const sorted = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { lock: { ...lock, packages: sorted }, added };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { lock, added } = complete(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${added} platform packages added to package-lock.json`);
}
