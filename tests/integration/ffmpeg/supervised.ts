/** Fake programs under the real supervisor. */
import { expect, onTestFinished, vi } from 'vitest';
import { createSpawner, type FfmpegProcess, type SpawnOptions } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { isAlive } from '../mixer/processes.ts';

/** A process, and the lines it has printed so far. */
export interface Supervised {
  readonly process: FfmpegProcess;
  readonly lines: readonly string[];
  /** Resolves when it has printed so many lines. */
  printed(count: number): Promise<void>;
}

/** Runs a script whose output is read. Its group is killed when the test has ended, should it have outlived that. */
export async function supervise(body: string, options: Partial<SpawnOptions> = {}): Promise<Supervised> {
  const process = await superviseUnread(body, options);
  const lines: string[] = [];
  let open = '';
  process.output.on('data', (chunk: Buffer) => {
    const pieces = (open + chunk.toString()).split('\n');
    open = pieces.pop() ?? '';
    lines.push(...pieces);
  });
  const printed = (count: number): Promise<void> =>
    vi.waitFor(() => expect(lines.length).toBeGreaterThanOrEqual(count), { timeout: 30_000, interval: 10 });
  return { process, lines, printed };
}

/** The same, but nobody reads the output. */
export async function superviseUnread(body: string, options: Partial<SpawnOptions> = {}): Promise<FfmpegProcess> {
  const path = await fakeFfmpeg(await tempDir(), body);
  const child = createSpawner(path)([], { label: 'fake', log: nullLogger, clock: systemClock, ...options });
  onTestFinished(() => {
    if (child.pid !== undefined && isAlive(child.pid)) process.kill(-child.pid, 'SIGKILL');
  });
  return child;
}
