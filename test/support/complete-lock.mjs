// Completes package-lock.json after `npm install`: a registry mirror that lacks another platform's optional
// package makes npm leave it out of the lock, and `npm ci` then refuses the lock as out of step. Each missing
// one is entered with the version its parent names and the platform its name says, so it installs where it fits.
import { readFileSync, writeFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = {
  'arm-eabi': 'arm',
  gnueabihf: 'arm',
  musleabihf: 'arm',
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};

let added = 0;
for (const [, parent] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] !== undefined || name === 'fsevents' || !/^[0-9.]+$/.test(version)) continue;
    const os = systems.find((system) => name.includes(system));
    const cpu = Object.entries(processors).find(([word]) => name.includes(word))?.[1];
    if (os === undefined || cpu === undefined) continue;
    lock.packages[path] = {
      version,
      cpu: [cpu],
      ...(parent.dev === true ? { dev: true } : {}),
      ...(name.includes('musl') ? { libc: ['musl'] } : os === 'linux' && name.endsWith('gnu') ? { libc: ['glibc'] } : {}),
      license: 'MIT',
      optional: true,
      os: [os],
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} packages of other platforms added to package-lock.json\n`);
