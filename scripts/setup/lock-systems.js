/** Which packages for other systems a lock file lacks. */

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/** Rows `[path, entry]` for each optional dependency without one. @param packages those of the lock file */
export function missingSystems(packages) {
  const found = new Map();
  for (const [parent, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      const known = packages[path] ?? packages[`${parent}/${path}`];
      if (known === undefined) found.set(path, describe(name, version, entry.dev));
    }
  }
  return [...found];
}

/** Such packages say in their names where they run: `@scope/binding-linux-arm64-musl`. */
function describe(name, version, dev) {
  const words = name.split('/').at(-1).split('-');
  const system = SYSTEMS.find((word) => words.includes(word));
  const processor = PROCESSORS.find((word) => words.includes(word));
  if (system === undefined || processor === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`package-lock.json has no row for ${name} ${version}, and its name does not say where it runs`);
  }
  const musl = words.some((word) => word.startsWith('musl'));
  return {
    version,
    cpu: [processor],
    ...(dev ? { dev } : {}),
    ...(system === 'linux' ? { libc: [musl ? 'musl' : 'glibc'] } : {}),
    optional: true,
    os: [system],
  };
}
