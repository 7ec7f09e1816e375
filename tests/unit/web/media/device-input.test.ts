import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../../../web/util/problem.ts';
import { type DeviceAccess, DeviceInput } from '../../../../web/media/device-input.ts';

/** As much of a media track as is looked at. */
class FakeTrack extends EventTarget {
  readonly label: string;
  stopped = false;

  constructor(label: string) {
    super();
    this.label = label;
  }

  stop(): void {
    this.stopped = true;
  }

  getSettings(): { deviceId: string } {
    return { deviceId: this.label };
  }

  say(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}

const FAILED: Problem = { title: 'The camera is in use', detail: 'Close the other program.', retry: true };

function setUp(plugged: string[]) {
  const tracks: FakeTrack[] = [];
  const chosen: string[] = [];
  const asked: string[] = [];
  const access: DeviceAccess<FakeTrack> = {
    open: async (_kind, id) => {
      asked.push(id);
      const label = plugged.includes(id) ? id : plugged[0];
      if (label === undefined || label === 'broken') return { problem: FAILED };
      const track = new FakeTrack(label);
      tracks.push(track);
      return { track };
    },
    list: async () => plugged.map((id) => ({ id, label: id })),
  };
  const input = new DeviceInput({
    kind: 'camera',
    access,
    id: '',
    nowMs: () => Date.now(),
    changed: () => undefined,
    chosen: (id) => chosen.push(id),
  });
  const current = (): FakeTrack => tracks.at(-1) as FakeTrack;
  return { input, tracks, chosen, asked, current };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('DeviceInput', () => {
  it('remembers a device only when a person chose it and it opened', async () => {
    const { input, chosen } = setUp(['front', 'back']);
    await input.open();
    expect(chosen).toEqual([]);
    await input.open('back');
    expect(chosen).toEqual(['back']);
    expect(input.state).toMatchObject({ id: 'back', opening: false, problem: undefined });
  });

  it('keeps the ended track among the sources until another device stands in, and says so', async () => {
    const plugged = ['usb', 'built-in'];
    const { input, current, tracks } = setUp(plugged);
    await input.open('usb');
    plugged.shift();
    current().say('ended');
    expect(input.state).toMatchObject({ track: undefined, opening: true, problem: undefined });
    expect(input.media).toBe(tracks[0]);
    expect(input.interrupted).toBe(true);
    await vi.advanceTimersByTimeAsync(249);
    expect(tracks).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(input.state).toMatchObject({ track: tracks[1], opening: false, id: 'built-in' });
    expect(input.interrupted).toBe(false);
    expect(input.notice?.detail).toContain('usb went away; built-in is used instead');
  });

  it('says nothing when the same device is back', async () => {
    const { input, current } = setUp(['usb']);
    await input.open();
    current().say('ended');
    await vi.advanceTimersByTimeAsync(250);
    expect(input.state.track).toBe(current());
    expect(input.notice).toBeUndefined();
  });

  it('gives up after three tries with words, and comes back when a device is connected', async () => {
    const plugged = ['usb'];
    const { input, current, asked } = setUp(plugged);
    await input.open('usb');
    plugged.pop();
    current().say('ended');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(4);
    expect(input.state).toMatchObject({ opening: false, problem: { title: 'The camera went away' } });
    expect(input.media).toBeUndefined();
    plugged.push('usb');
    await input.relist();
    expect(input.state).toMatchObject({ track: current(), problem: undefined, id: 'usb' });
  });

  it('tells why another device does not open', async () => {
    const plugged = ['usb'];
    const { input, current } = setUp(plugged);
    await input.open('usb');
    plugged[0] = 'broken';
    current().say('ended');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(input.state.problem).toEqual(FAILED);
  });

  it('does not bring back what a person switched off', async () => {
    const { input, current, tracks } = setUp(['usb']);
    await input.open();
    current().say('ended');
    input.shut();
    await vi.advanceTimersByTimeAsync(60_000);
    await input.relist();
    expect(tracks).toHaveLength(1);
    expect(input.media).toBeUndefined();
  });

  it('notices a device that is gone from the list without a word on its track', async () => {
    const plugged = ['usb', 'built-in'];
    const { input, tracks } = setUp(plugged);
    await input.open('usb');
    plugged.shift();
    await input.relist();
    expect(tracks[0]?.stopped).toBe(true);
    await vi.advanceTimersByTimeAsync(250);
    expect(input.state.id).toBe('built-in');
  });

  it('gives a device back before it takes it again, and says why when it is not to be had any more', async () => {
    const plugged = ['usb'];
    const { input, current, tracks, asked } = setUp(plugged);
    input.retake();
    await input.open('usb');
    current().say('mute');
    input.retake();
    expect(tracks[0]?.stopped).toBe(true);
    expect(input.media).toBe(tracks[0]);
    await vi.advanceTimersByTimeAsync(250);
    expect(asked).toEqual(['usb', 'usb']);
    expect(input.state.track).toBe(tracks[1]);
    expect([input.interrupted, input.notice]).toEqual([false, undefined]);
    await vi.advanceTimersByTimeAsync(5000);
    plugged[0] = 'broken';
    input.retake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(input.state).toMatchObject({ track: undefined, opening: false, problem: FAILED });
    expect(asked).toHaveLength(5);
  });

  it('waits while the system holds the device back', async () => {
    const { input, current, tracks } = setUp(['usb']);
    await input.open();
    current().say('mute');
    expect(input.interrupted).toBe(true);
    current().say('unmute');
    expect(input.interrupted).toBe(false);
    expect(tracks).toHaveLength(1);
  });

  it('stops a track that comes after it was closed', async () => {
    const { input, tracks } = setUp(['usb']);
    const opening = input.open();
    input.close();
    await opening;
    expect(tracks.map(({ stopped }) => stopped)).toEqual([true]);
  });
});
