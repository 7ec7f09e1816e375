import { describe, expect, it } from 'vitest';
import { BadRequestError } from '../../../src/errors.ts';
import {
  decodeCursor,
  downloadName,
  encodeCursor,
  type Recording,
  viewOf,
} from '../../../src/recorder/recording-view.ts';

const recording: Recording = {
  id: 'r1',
  room: 'demo',
  title: 'Demo',
  session: 's1',
  state: 'recording',
  startedAt: new Date('2026-03-04T05:06:07.890Z'),
  ranges: [
    { from: 0, to: 45 },
    { from: 100, to: null },
  ],
  framerate: 30,
};

describe('viewOf', () => {
  it('counts the range that runs up to the current frame', () => {
    expect(viewOf(recording, 130).duration).toBe(2.5);
    expect(viewOf(recording).duration).toBe(1.5);
  });

  it('shows progress, error and film only in the states that have them', () => {
    const ended = { ...recording, ranges: [{ from: 0, to: 30 }], progress: 0.5, error: 'why' };
    expect(viewOf({ ...ended, state: 'archiving' })).toMatchObject({ progress: 0.5 });
    expect(viewOf({ ...ended, state: 'archiving' }).error).toBeUndefined();
    expect(viewOf({ ...ended, state: 'failed' })).toMatchObject({ error: 'why' });
    expect(viewOf({ ...ended, state: 'failed' }).progress).toBeUndefined();
    const film = { duration: 1.02, size: 7, sha256: 'abc' };
    expect(viewOf({ ...ended, state: 'ready', film })).toMatchObject({ duration: 1.02, size: 7, sha256: 'abc' });
  });
});

describe('downloadName', () => {
  it('tells room and start, and what the file is when it is not the film', () => {
    expect(downloadName(recording, 'recording.mp4')).toBe('demo-2026-03-04T05-06-07Z.mp4');
    expect(downloadName(recording, 'chat.vtt')).toBe('demo-2026-03-04T05-06-07Z-chat.vtt');
  });
});

describe('cursors', () => {
  it('come back as they were given', () => {
    const cursor = { startedAt: '2026-03-04T05:06:07.890Z', id: 'r-_1' };
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  });

  it.each(['', 'x', 'bnVsbA', Buffer.from('["2026",1]').toString('base64url'), '%00'])('refuse %j', (word) => {
    expect(() => decodeCursor(word)).toThrow(BadRequestError);
  });
});
