/** What a step of an archive is given, over a session's folder as a test wrote it. */
import { join } from 'node:path';
import { mkdtemp } from 'node:fs/promises';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../src/logger.ts';
import { planArchive, SLATE_SECONDS } from '../../src/recorder/archive/archive-plan.ts';
import type { StepContext } from '../../src/recorder/archive/archive-step.ts';
import type { FrameRange } from '../../src/recorder/recordings/frame-range.ts';
import { RecordingTimeline } from '../../src/recorder/recordings/recording-timeline.ts';
import { formatEvent, EVENTS_FILE, type SessionEvent } from '../../src/recorder/session/session-events.ts';
import { loadSessionIndex } from '../../src/recorder/session/session-index.ts';
import { formatSessionInfo, SESSION_FILE, type SessionInfo } from '../../src/recorder/session/session-info.ts';
import { systemClock } from '../../src/util/clock.ts';
import { writeFile } from 'node:fs/promises';

const FRAMERATE = 30;

/** The recording `r1` of a session in `dataDir`; the step's files go to a new folder there. */
export async function stepContext(
  dataDir: string,
  session: string,
  ranges: readonly FrameRange[],
  change: Partial<StepContext> = {},
): Promise<StepContext> {
  const sessionFolder = join(dataDir, 'sessions', session);
  const index = await loadSessionIndex(sessionFolder);
  const plan = planArchive(index, ranges, SLATE_SECONDS * FRAMERATE);
  const { path, ffprobePath } = await locateFfmpeg({});
  return {
    job: { recording: 'r1', session, ranges: [...ranges] },
    sessionFolder,
    index,
    plan,
    timeline: new RecordingTimeline(plan.pieces, FRAMERATE),
    framerate: FRAMERATE,
    folder: await mkdtemp(join(dataDir, 'step-')),
    ffmpegPath: path,
    ffprobePath,
    clock: systemClock,
    log: nullLogger,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...change,
  };
}

/** Writes `events.jsonl` into a session's folder, and `session.json` of a room that is called Monday. */
export async function writeHappenings(
  folder: string,
  events: readonly SessionEvent[],
  change: Partial<SessionInfo> = {},
): Promise<void> {
  const form = { framerate: FRAMERATE, width: 384, height: 64, segmentFrames: 60, partFrames: 15 };
  const origin = { originWallMs: 1_800_000_000_000, room: 'monday', title: 'Monday' };
  await writeFile(
    join(folder, SESSION_FILE),
    formatSessionInfo({ version: 1, id: 's1', ...origin, ...form, ...change }),
  );
  await writeFile(join(folder, EVENTS_FILE), events.map(formatEvent).join(''));
}
