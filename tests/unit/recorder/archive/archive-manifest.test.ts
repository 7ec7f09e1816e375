import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../../src/recorder/archive/archive-manifest.ts';

const common = {
  recording: 'r1',
  session: 's1',
  duration: 10,
  width: 1280,
  height: 720,
  framerate: 30,
  ranges: [{ from: 0, to: 300 }],
  missingFrames: 0,
};
const film = { name: 'recording.mp4', contentType: 'video/mp4', size: 5, sha256: 'a'.repeat(64) };

describe('parseManifest', () => {
  it('reads archives of the first version as ones that hold a film alone', () => {
    const text = JSON.stringify({ version: 1, ...common, files: [film] });
    const files = [{ ...film, kind: 'film' }];
    expect(parseManifest(text)).toEqual({ version: 2, ...common, files, facts: {}, left: [] });
  });

  it('reads archives of this version as they are', () => {
    const manifest = {
      version: 2,
      ...common,
      files: [{ ...film, kind: 'film', title: 'Weekly' }],
      facts: { film: { damagedParts: 0 } },
      left: [{ step: 'tracks', reason: 'No such codec today' }],
    };
    expect(parseManifest(JSON.stringify(manifest))).toEqual(manifest);
  });

  it.each([
    ['another version', { version: 3, ...common, files: [{ ...film, kind: 'film' }], facts: {}, left: [] }],
    ['a name with a folder', { version: 1, ...common, files: [{ ...film, name: '../x.mp4' }] }],
    ['a hidden name', { version: 1, ...common, files: [{ ...film, name: '.x' }] }],
    ['no file', { version: 1, ...common, files: [] }],
  ])('refuses one with %s', (_, manifest) => {
    expect(parseManifest(JSON.stringify(manifest))).toBeUndefined();
    expect(parseManifest('{')).toBeUndefined();
  });
});
