import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { ArchiveBundles } from '../../../../src/recorder/archive/archive-bundle.ts';
import { finishArchive } from '../../../../src/recorder/archive/archive-finish.ts';
import { archiveSteps } from '../../../../src/recorder/archive/archive-steps.ts';
import { readPlainFile } from '../../../../src/recorder/storage/local-file.ts';
import { verifyArchive } from '../../../../src/recorder/archive/verify-archive.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { writeKeptTracks } from '../../../helpers/kept-tracks.ts';
import { MediaSamples } from '../../../helpers/media-samples.ts';
import { numberedProgram } from '../../../helpers/numbered-program.ts';
import { writeHappenings } from '../../../helpers/step-context.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { unzip } from '../../../helpers/unzip.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const RANGES = [
  { from: 20, to: 91, endedBy: 'pause' as const },
  { from: 133, to: 170 },
];

it('makes an archive of all steps that is whole by its own account', async () => {
  const samples = new MediaSamples();
  onTestFinished(() => samples.close());
  const dataDir = await tempDir();
  const session = await TestSession.open(dataDir, 's1', await numberedProgram({ seconds: 6 }));
  session.feed(180);
  await session.log.close();
  const [camera, mic] = await Promise.all([samples.vp8({ frames: 60, gopFrames: 30 }), samples.opus({ seconds: 3 })]);
  const ana = { participant: 'ana', name: 'Ana' } as const;
  await writeKeptTracks(session.log.folder, [
    { ...ana, source: 'camera', sample: camera, fromMs: 1000 },
    { ...ana, source: 'mic', sample: mic, fromMs: 1000 },
  ]);
  await writeHappenings(session.log.folder, [
    { type: 'joined', ms: 0, ...ana, role: 'host' },
    { type: 'speaking', ms: 1000, participants: ['ana'] },
    { type: 'chat', ms: 2000, id: 'c1', ...ana, text: 'hello' },
  ]);
  const { path: ffmpegPath, ffprobePath } = await locateFfmpeg({});
  const tools = { dataDir, ffmpegPath, ffprobePath, clock: systemClock, log: nullLogger, onProgress: () => {} };
  const manifest = await finishArchive({ recording: 'r1', session: 's1', ranges: RANGES }, archiveSteps, tools);
  expect(manifest.left).toEqual([]);
  const kinds = new Set(manifest.files.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(
    ['captions', 'film', 'poster', 'sprite', 'table', 'timeline', 'track', 'vod', 'waveform'].sort(),
  );
  const folder = join(dataDir, 'recordings', 'r1');
  const verdict = await verifyArchive({ folder, quick: false, ffmpegPath, ffprobePath, clock: systemClock });
  expect(verdict.files.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(verdict).toMatchObject({ ok: true, recording: 'r1', unknown: [] });

  // What is unpacked from the bundle is an archive, too, without the HLS.
  const recording = {
    id: 'r1',
    room: 'monday',
    title: 'Monday',
    session: 's1',
    state: 'ready' as const,
    startedAt: new Date(0),
    ranges: RANGES,
    framerate: 30,
  };
  const bundles = new ArchiveBundles({
    store: { find: async () => recording },
    source: { open: (id, name) => readPlainFile(join(dataDir, 'recordings', id, name)) },
    dataDir,
  });
  const { stream } = await (await bundles.find('r1')).start();
  const unpacked = await tempDir();
  for (const { name, data } of unzip(await buffer(stream))) await writeFile(join(unpacked, basename(name)), data);
  const again = await verifyArchive({ folder: unpacked, quick: true, ffmpegPath, ffprobePath, clock: systemClock });
  expect(again).toMatchObject({ ok: true, unknown: [] });
});
