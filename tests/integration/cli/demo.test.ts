import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startGridcast } from '../../helpers/command.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** Four people begin at once, each with an FFmpeg, which on a busy machine takes a while. */
const PATIENCE = 120_000;
const WAIT = { timeout: PATIENCE / 2, interval: 100 };

it('the demo fills a room, and ends with Ctrl-C without another word from whoever was in it', {
  timeout: PATIENCE,
}, async () => {
  const data = await tempDir();
  const demo = startGridcast(['demo'], { GRIDCAST_PORT: '0', GRIDCAST_DATA: data });
  onTestFinished(async () => {
    demo.interrupt();
    await demo.ended;
  });
  const [, url = ''] = await vi.waitFor(() => {
    const found = /Watch\s+(http:\S+)\/watch\/demo\n/.exec(demo.output().stdout);
    if (!found) throw new Error(`Nothing to watch: ${demo.output().stderr}`);
    return found;
  }, WAIT);
  const token = (await readFile(join(data, 'admin-token'), 'utf8')).trim();
  await vi.waitFor(async () => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/api/rooms/demo/participants`, { headers });
    const { items } = (await answer.json()) as { readonly items: readonly { readonly tracks: readonly unknown[] }[] };
    expect(items.map(({ tracks }) => tracks.length)).toEqual([2, 2, 2, 2]);
  }, WAIT);
  demo.interrupt();
  const { code, stdout, stderr } = await demo.ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Ending');
  expect(stderr).not.toContain('rying again');
});
