import { expect, it } from 'vitest';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { EmptySince } from '../../../src/server/empty-since.ts';

function watched() {
  const room = new Room({
    id: 'hall',
    title: 'Hall',
    createdAt: new Date(0),
    limits: { maxParticipants: 5, maxTracksPerParticipant: 2 },
  });
  const [ann, bob] = [createParticipant('ann', 'Ann'), createParticipant('bob', 'Bob')];
  room.join(ann);
  const now = { frame: 0 };
  const empty = new EmptySince(room, () => now.frame);
  const at = (frame: number, act: () => void): number | undefined => {
    now.frame = frame;
    act();
    return empty.frame;
  };
  return { room, ann, bob, empty, at };
}

it('is when the last one left, and nothing once somebody is there again', () => {
  const { room, ann, bob, at } = watched();
  expect(at(10, () => room.join(bob))).toBeUndefined();
  expect(at(20, () => room.leave('ann'))).toBeUndefined();
  expect(at(30, () => room.leave('bob'))).toBe(30);
  expect(at(40, () => {})).toBe(30);
  expect(at(50, () => room.join(ann))).toBeUndefined();
  expect(at(60, () => room.leave('ann'))).toBe(60);
});

it('is when the last one was cut off, if they do not come back', () => {
  const { room, ann, bob, at } = watched();
  room.join(bob);
  expect(at(10, () => room.change(ann, { detached: true }))).toBeUndefined();
  expect(at(20, () => room.leave('bob'))).toBe(20);
  expect(at(30, () => room.change(ann, { name: 'Anna' }))).toBe(20);
  expect(at(40, () => room.change(ann, { detached: false }))).toBeUndefined();
  expect(at(50, () => room.change(ann, { detached: true }))).toBe(50);
  expect(at(1100, () => room.leave('ann'))).toBe(50);
});

it('is when somebody marked a moment, and stays as it was when the session ended', () => {
  const { room, ann, empty, at } = watched();
  expect(at(10, () => empty.touch())).toBeUndefined();
  expect(at(20, () => room.leave('ann'))).toBe(20);
  expect(at(30, () => empty.touch())).toBe(30);
  empty.close();
  expect(at(40, () => room.join(ann))).toBe(30);
});
