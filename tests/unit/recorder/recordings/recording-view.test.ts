import { describe, expect, it } from 'vitest';
import { BadRequestError } from '../../../../src/errors.ts';
import {
  decodeCursor,
  downloadName,
  encodeCursor,
  type Recording,
  viewOf,
} from '../../../../src/recorder/recordings/recording-view.ts';

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
  const named = (title: string): string => downloadName({ ...recording, title }, 'recording.mp4');

  it('tells title and start, and what the file is when it is not the film', () => {
    expect(downloadName(recording, 'recording.mp4')).toBe('Demo 2026-03-04T05-06-07Z.mp4');
    expect(downloadName(recording, 'chat.vtt')).toBe('Demo 2026-03-04T05-06-07Z-chat.vtt');
  });

  it.each([
    ['Gezeiten 🌊 潮', 'Gezeiten 🌊 潮'],
    ['نشست هفتگی', 'نشست هفتگی'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['x\u202Egpj', 'x_gpj'],
    ['...', 'demo'],
  ])('makes of the title "%s" a name that every system takes', (title, shown) => {
    expect(named(title)).toBe(`${shown} 2026-03-04T05-06-07Z.mp4`);
  });

  it('is never too long for a file system, and never cut within a letter', () => {
    expect(named('潮'.repeat(50))).toBe(`${'潮'.repeat(50)} 2026-03-04T05-06-07Z.mp4`);
    expect(named('潮'.repeat(51))).toBe(named('潮'.repeat(50)));
    expect(named('🌊'.repeat(60))).toBe(`${'🌊'.repeat(37)} 2026-03-04T05-06-07Z.mp4`);
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
