import { readdir } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { ServeProcess } from '../../helpers/serve-process.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

it('a server whose output nobody reads any more, as behind a tee that Ctrl-C has ended, ends in order', async () => {
  const data = await tempDir();
  const server = await ServeProcess.start(data);
  onTestFinished(() => server.end('SIGKILL'));
  // It takes requests a moment before it takes signals.
  await server.api('GET', '/api/rooms');
  server.deafen();
  await server.end('SIGINT');
  expect(await server.ended()).toBe(0);
  expect(await readdir(data)).not.toContain('machine.lock');
});
