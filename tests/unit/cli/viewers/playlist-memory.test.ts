import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type LineAnswer, TransferError } from '../../../../src/cli/viewers/line.ts';
import { PlaylistMemory, textOf } from '../../../../src/cli/viewers/playlist-memory.ts';
import { PlaylistError } from '../../../../src/cli/viewers/playlist-text.ts';
import { livePlaylist } from './playlists.ts';

function answerOf(text: string, gzip: boolean): LineAnswer {
  const body = gzip ? gzipSync(text) : Buffer.from(text);
  return { status: 200, bytes: body.length, body, gzip };
}

describe('the memory of playlists', () => {
  it('reads what is packed and what is not', () => {
    const memory = new PlaylistMemory();
    for (const gzip of [false, true]) {
      expect(memory.read(answerOf(livePlaylist({ parts: 14 }), gzip)).segments).toHaveLength(4);
    }
  });

  it('gives the same answer once read to everybody, and another one to who has another', () => {
    const memory = new PlaylistMemory();
    const first = memory.read(answerOf(livePlaylist({ parts: 14 }), true));
    expect(memory.read(answerOf(livePlaylist({ parts: 15 }), true))).not.toBe(first);
    expect(memory.read(answerOf(livePlaylist({ parts: 14 }), true))).toBe(first);
  });

  it('forgets the oldest of nine', () => {
    const memory = new PlaylistMemory();
    const all = Array.from({ length: 9 }, (_, index) => answerOf(livePlaylist({ parts: 14 + index }), false));
    const read = all.map((answer) => memory.read(answer));
    expect(all.slice(1).map((answer, index) => memory.read(answer) === read[index + 1])).toEqual(Array(8).fill(true));
    expect(memory.read(all[0] as LineAnswer)).not.toBe(read[0]);
  });

  it('refuses what is no playlist, and what is not gzip as it says, each time', () => {
    const memory = new PlaylistMemory();
    const broken = { ...answerOf(livePlaylist({ parts: 14 }), false), gzip: true };
    for (let count = 0; count < 2; count += 1) {
      expect(() => memory.read(answerOf('<html>', true))).toThrow(PlaylistError);
      expect(() => memory.read(broken)).toThrow(TransferError);
    }
  });

  it('unpacks texts of other kinds', () => {
    expect(textOf(answerOf('{"ms": 1}', true))).toBe('{"ms": 1}');
  });
});
