import { createCanvas } from '@napi-rs/canvas';
import { expect, it, vi } from 'vitest';
import type { Picture } from '../../../src/mixer/picture.ts';
import { LiveRoom } from './live-room.ts';
import { allGone } from './processes.ts';

const WAIT = { timeout: 9000, interval: 50 };

function png(colour: string): Buffer {
  const canvas = createCanvas(64, 36);
  const context = canvas.getContext('2d');
  context.fillStyle = colour;
  context.fillRect(0, 0, 64, 36);
  return canvas.toBuffer('image/png');
}

/** How blue and how red the program is at a place, in shares of its sides; 128: not at all. */
function chromaAt({ data, width, height }: Picture, x: number, y: number): [blue: number, red: number] {
  const at = Math.floor((y * height) / 2) * (width >> 1) + Math.floor((x * width) / 2);
  const luma = width * height;
  return [data[luma + at] as number, data[luma + (luma >> 2) + at] as number];
}

async function expectStills(live: LiveRoom): Promise<void> {
  await vi.waitFor(async () => {
    const picture = await live.picture();
    // Two people side by side: above them is the background, in the middle of a tile the avatar.
    expect(chromaAt(picture, 0.1, 0.9)[0]).toBeGreaterThan(190);
    expect(chromaAt(picture, 0.25, 0.5)[1]).toBeGreaterThan(190);
    expect(chromaAt(picture, 0.75, 0.5)[1]).toBeLessThan(160);
  }, WAIT);
}

it('shows the background and the avatars of a room, also with another mixer process, until they are taken away', async () => {
  const live = await LiveRoom.open();
  const ana = live.enter('ana');
  live.enter('ben');
  live.room.setImage('background', png('#0000ff'));
  live.room.change(ana.participant, { avatar: png('#ff0000') });
  await expectStills(live);
  const before = live.process.pid;
  process.kill(before, 'SIGKILL');
  await allGone([before]);
  await vi.waitFor(() => expect(live.restarts).toBe(1), WAIT);
  const first = live.video.length;
  await vi.waitFor(() => expect(live.video.slice(first).some(({ keyframe }) => keyframe)).toBe(true), WAIT);
  await expectStills(live);
  live.room.setImage('background', undefined);
  live.room.change(ana.participant, { avatar: undefined });
  await vi.waitFor(async () => {
    const picture = await live.picture();
    expect(chromaAt(picture, 0.1, 0.9)[0]).toBeLessThan(160);
    expect(chromaAt(picture, 0.25, 0.4)[1]).toBeLessThan(160);
  }, WAIT);
});
