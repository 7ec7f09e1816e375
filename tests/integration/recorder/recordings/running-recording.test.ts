import { beforeEach, expect, it } from 'vitest';
import { RunningRecording } from '../../../../src/recorder/recordings/running-recording.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { TestSession } from '../../../helpers/test-session.ts';

let session: TestSession;
let recording: RunningRecording;
beforeEach(async () => {
  session = await TestSession.open(await tempDir(), 's1', []);
  recording = new RunningRecording('r1', session);
});

/** State and milliseconds of what was told. */
const told = (): unknown[] =>
  session.written
    .splice(0)
    .map((event) => (event.type === 'recording' ? [event.recording, event.state, event.ms] : event.type));

it('tells the session from which frame to which it keeps, and wants everybody’s tracks in between', () => {
  recording.begin(30);
  expect([told(), session.keepers]).toEqual([[['r1', 'recording', 1000]], 1]);
  recording.begin(45);
  recording.end(60, 'paused');
  expect([told(), session.keepers]).toEqual([[['r1', 'paused', 2000]], 0]);
  recording.begin(90);
  expect([told(), session.keepers]).toEqual([[['r1', 'recording', 3000]], 1]);
  recording.end(120, 'stopped');
  recording.release();
  expect([told(), session.keepers]).toEqual([[['r1', 'stopped', 4000]], 0]);
});

it('is stopped also while it is paused', () => {
  recording.begin(0);
  recording.end(30, 'paused');
  told();
  recording.end(60, 'stopped');
  expect([told(), session.keepers]).toEqual([[['r1', 'stopped', 2000]], 0]);
});

it('tells nothing of what it kept before the session was gone on with', () => {
  recording.keep({ from: 0, to: 60 });
  expect([told(), session.keepers, recording.frames()]).toEqual([[], 0, 60]);
});

it('lets the tracks go when it is given up while it runs', () => {
  session.frame = 75;
  recording.begin(60);
  recording.release();
  expect([told(), session.keepers]).toEqual([
    [
      ['r1', 'recording', 2000],
      ['r1', 'stopped', 2500],
    ],
    0,
  ]);
});
