import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { publishArgs } from '../../../src/cli/publish/publish-source.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const run = promisify(execFile);
const FORMAT = { width: 640, height: 360, framerate: 30, videoKbit: 1000, loop: false };

it('what publishes a file is understood by FFmpeg, also with a colon in its name', async () => {
  const dir = await tempDir();
  const make = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=30', '-frames:v', '6'];
  await run('ffmpeg', [...make, 'film.mp4'], { cwd: dir });
  await run('mv', ['film.mp4', 'concat:a|b.mp4'], { cwd: dir });
  const args = publishArgs({ kind: 'file', path: 'concat:a|b.mp4' }, FORMAT);
  const { stdout, stderr } = await run('ffmpeg', args, { cwd: dir, encoding: 'buffer' });
  expect(stderr.toString()).toBe('');
  expect(stdout.subarray(0, 24).toString()).toContain('nut/multimedia container');
});
