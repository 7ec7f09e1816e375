import { expect, it } from 'vitest';
import { FrameGroup } from '../../../src/mixer/frame-group.ts';

function add(group: FrameGroup, captureUs: number, keyframe = false, bytes = 1): void {
  group.add({ captureUs, keyframe, data: new Uint8Array(bytes) });
}

it('remembers from the newest key frame on', () => {
  const group = new FrameGroup();
  add(group, 1000);
  expect(group.empty).toBe(true);
  add(group, 2000, true);
  add(group, 35_000);
  add(group, 68_000);
  expect(group.frames).toHaveLength(3);
  add(group, 101_000, true);
  expect(group.frames).toHaveLength(1);
});

it.each([
  ['frames', 299, 1],
  ['bytes', 7, 1024 * 1024],
])('forgets a group of too many %s as a whole', (_what, more, bytes) => {
  const group = new FrameGroup();
  add(group, 0, true, bytes);
  for (let frame = 1; frame <= more; frame += 1) add(group, frame, false, bytes);
  expect(group.frames).toHaveLength(more + 1);
  add(group, 1000, false, bytes);
  expect(group.empty).toBe(true);
});
