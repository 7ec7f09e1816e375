/** A move in a process of its own, which ends hard in the middle of it. Arguments: file, address, phase. */
import { moveToPostgres } from '../../src/database/move/move-to-postgres.ts';
import { serverMigrations } from '../../src/server/server-migrations.ts';

const [file = '', postgres = '', phase = ''] = process.argv.slice(2);
await moveToPostgres({
  file,
  postgres,
  migrations: serverMigrations,
  signal: new AbortController().signal,
  onProgress: (now) => {
    if (now.phase === phase && now.done > 1000) process.kill(process.pid, 'SIGKILL');
  },
});
