import { describe, expect, it } from 'vitest';
import { annotationSchema } from '../../../src/layout/annotation.ts';
import { layoutSchema } from '../../../src/layout/layout.ts';
import type { RosterEntry, ServerMessage } from '../../../src/protocol/messages.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { Door, frameOf, heardOut } from './door.ts';

const SOUND = Buffer.from([0xf8, 1, 2, 3]);
const OPUS = { type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 } as const;

function ofType(socket: TestSocket, type: ServerMessage['type']) {
  return socket.messages.filter((message) => message.type === type);
}

function roster(socket: TestSocket, id: string): RosterEntry | undefined {
  const rosters = socket.messages.flatMap((message) => (message.type === 'roster' ? [message.participants] : []));
  return rosters.at(-1)?.find((entry) => entry.id === id);
}

/** Ana with a microphone (0) and a camera (1), and somebody who looks on. */
async function company(door: Door) {
  const { control, welcome } = await door.join('ana');
  control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
  control.say(OPUS);
  control.say({ type: 'publish', track: 1, kind: 'video', source: 'camera' });
  await heardOut(control);
  const other = await door.join();
  const state = async (track: number): Promise<string | undefined> => {
    await heardOut(control);
    await heardOut(other.control);
    return roster(other.control, 'ana')?.tracks.find((entry) => entry.track === track)?.state;
  };
  return { control, welcome, other: other.control, state };
}

describe('everybody is told', () => {
  it('how the program is arranged, at the start and when that changes, but not for a title', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    const layout = layoutSchema.parse({ policy: 'speaker', pinned: ['ana/1'] });
    const annotation = annotationSchema.parse({ title: true });
    door.room.layout = layout;
    door.room.annotation = annotation;
    door.room.title = 'Evening';
    await heardOut(control);
    const program = { width: 1280, height: 720 };
    const first = { layout: layoutSchema.parse({}), annotation: annotationSchema.parse({}) };
    expect(ofType(control, 'layout')).toEqual([
      { type: 'layout', ...first, program },
      { type: 'layout', layout, annotation: first.annotation, program },
      { type: 'layout', layout, annotation, program },
    ]);
    const late = await door.join('ana');
    await heardOut(late.control);
    expect(ofType(late.control, 'layout')).toEqual([{ type: 'layout', layout, annotation, program }]);
  });

  it('who speaks, at the start and when that changes', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    door.room.speaking = { participants: ['a', 'b'], speaker: 'a' };
    door.room.speaking = { participants: [], speaker: 'a' };
    await heardOut(control);
    expect(ofType(control, 'speaking')).toEqual([
      { type: 'speaking', participants: [] },
      { type: 'speaking', participants: ['a', 'b'], speaker: 'a' },
      { type: 'speaking', participants: [], speaker: 'a' },
    ]);
    const late = await door.join('ana');
    await heardOut(late.control);
    expect(ofType(late.control, 'speaking')).toEqual([{ type: 'speaking', participants: [], speaker: 'a' }]);
  });

  it('whom a host silenced and how they are called now, but not how loud they are', async () => {
    const door = await Door.open();
    const { other, control } = await company(door);
    const ana = door.room.find('ana');
    if (!ana) throw new Error('Ana is not there');
    const count = (): number => ofType(other, 'roster').length;
    const before = count();
    door.room.change(ana, { gainDb: 6 });
    door.room.change(ana, { avatar: new Uint8Array(1) });
    await heardOut(other);
    expect(count()).toBe(before);
    door.room.change(ana, { silenced: true, name: 'Anna' });
    await heardOut(other);
    expect(roster(other, 'ana')).toMatchObject({ name: 'Anna', muted: true, connected: true });
    await heardOut(control);
    expect(roster(control, 'ana')).toMatchObject({ muted: true });
  });
});

describe('who has left', () => {
  it('costs nothing any more', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    control.say({ type: 'bye' });
    await control.closed;
    const before = door.programSizeAsked;
    door.room.layout = { ...door.room.layout };
    expect(door.programSizeAsked).toBe(before);
  });
});

describe('hosts alone', () => {
  it('hear of what goes wrong in the room', async () => {
    const door = await Door.open();
    const [host, guest] = [await door.join('host'), await door.join()];
    door.room.events.emit('notice', { code: 'degraded', message: 'The machine is busy.' });
    expect(await host.control.heard('notice')).toEqual({
      type: 'notice',
      code: 'degraded',
      message: 'The machine is busy.',
    });
    await heardOut(guest.control);
    expect(ofType(guest.control, 'notice')).toEqual([]);
  });
});

describe('somebody who is cut off', () => {
  it('is shown as such until they are back, and hears their welcome first', async () => {
    const door = await Door.open();
    const { control, welcome, other } = await company(door);
    control.socket.terminate();
    await other.until(() => (roster(other, 'ana')?.connected === false ? true : undefined));
    expect(door.room.find('ana')?.detached).toBe(true);
    // A token with an identity makes a new presence; the secret brings the old one back.
    const back = await door.join('participant', { resume: welcome.resume });
    expect(back.control.messages[0]?.type).toBe('welcome');
    await other.until(() => (roster(other, 'ana')?.connected === true ? true : undefined));
    expect(door.room.find('ana')?.detached).toBe(false);
    expect(roster(other, 'ana')?.tracks).toHaveLength(2);
    await heardOut(back.control);
    expect(ofType(back.control, 'roster')).toHaveLength(1);
    expect(roster(back.control, 'ana')?.connected).toBe(true);
  });

  it('is never away while a newer connection takes over', async () => {
    const door = await Door.open();
    const { welcome, other } = await company(door);
    const back = await door.join('participant', { resume: welcome.resume });
    await heardOut(back.control);
    await heardOut(other);
    const seen = other.messages.flatMap((message) => (message.type === 'roster' ? message.participants : []));
    expect(seen.every(({ connected }) => connected)).toBe(true);
  });
});

describe('the quality that somebody asks for', () => {
  it('is passed on at once, also before their picture socket is there, and holds for every later one', async () => {
    const said: string[] = [];
    const receivers = {
      showTo: (id: string) => void said.push(`show ${id}`),
      soundTo: () => {},
      refresh: () => {},
      setQuality: (id: string, quality: string) => void said.push(`${quality} ${id}`),
      remove: () => {},
    };
    const door = await Door.open({ receivers: () => receivers });
    const { control, welcome } = await door.join('ana');
    control.say({ type: 'quality', quality: 'low' });
    await heardOut(control);
    await door.attach(welcome.ticket);
    await door.attach(welcome.ticket);
    control.say({ type: 'quality', quality: 'low' });
    control.say({ type: 'quality', quality: 'auto' });
    await heardOut(control);
    const shown = ['show ana', 'low ana'];
    expect(said).toEqual(['low ana', ...shown, ...shown, 'auto ana']);
  });

  it('changes three times at once and then every five seconds', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    for (const quality of ['low', 'auto', 'low'] as const) control.say({ type: 'quality', quality });
    await heardOut(control);
    expect(ofType(control, 'error')).toEqual([]);
    control.say({ type: 'quality', quality: 'auto' });
    const refused = { type: 'error', code: 'rate_limited', message: expect.stringContaining('every 5 s') };
    expect(await control.heard('error')).toEqual(refused);
    door.clock.advance(5000);
    control.say({ type: 'quality', quality: 'auto' });
    await heardOut(control);
    expect(ofType(control, 'error')).toHaveLength(1);
  });
});

describe('the state of a track', () => {
  it('is what its sender says: muted for sound, paused for pictures', async () => {
    const door = await Door.open();
    const { control, state } = await company(door);
    expect([await state(0), await state(1)]).toEqual(['live', 'live']);
    control.say({ type: 'state', track: 0, state: 'muted' });
    control.say({ type: 'state', track: 1, state: 'paused' });
    expect([await state(0), await state(1)]).toEqual(['muted', 'paused']);
    expect(door.room.find('ana')?.tracks.get(1)?.state).toBe('paused');
    control.say({ type: 'state', track: 0, state: 'live' });
    expect(await state(0)).toBe('live');
  });

  it.each([
    [0, 'paused', 'wrong_state', 'say "live" or "muted"'],
    [1, 'muted', 'wrong_state', 'say "live" or "paused"'],
    [5, 'muted', 'unknown_track', 'publish it first'],
  ] as const)('that does not fit is answered, and changes nothing: %i %s', async (track, said, code, sentence) => {
    const door = await Door.open();
    const { control, state } = await company(door);
    control.say({ type: 'state', track, state: said });
    expect(await control.heard('error')).toEqual({
      type: 'error',
      code,
      track,
      message: expect.stringContaining(sentence),
    });
    expect([await state(0), await state(1)]).toEqual(['live', 'live']);
  });

  it('changes ten times at once and twice a second, and no more', async () => {
    const door = await Door.open();
    const { control, other } = await company(door);
    const rosters = (): number => ofType(other, 'roster').length;
    const toggle = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const muted = door.room.find('ana')?.tracks.get(0)?.state === 'muted';
        control.say({ type: 'state', track: 0, state: muted ? 'live' : 'muted' });
        await heardOut(control);
      }
      await heardOut(other);
    };
    const before = rosters();
    await toggle(10);
    expect(rosters()).toBe(before + 10);
    await toggle(1);
    expect(rosters()).toBe(before + 10);
    expect(await control.heard('error')).toMatchObject({ code: 'rate_limited', track: 0 });
    door.clock.advance(500);
    await toggle(2);
    expect(rosters()).toBe(before + 11);
  });

  it('follows the flag of the frames, also when it comes faster than it is passed on', async () => {
    const door = await Door.open();
    const { control, state } = await company(door);
    const send = (muted: boolean): void => control.socket.send(frameOf('audio', SOUND, { muted }));
    send(true);
    expect(await state(0)).toBe('muted');
    send(false);
    expect(await state(0)).toBe('live');
    for (let index = 0; index < 20; index += 1) send(index % 2 === 0);
    send(true);
    await heardOut(control);
    door.clock.advance(1000);
    send(true);
    expect(await state(0)).toBe('muted');
    expect(ofType(control, 'error')).toEqual([]);
  });

  it('said by message is not taken back by frames whose flag does not change', async () => {
    const door = await Door.open();
    const { control, state } = await company(door);
    control.socket.send(frameOf('audio', SOUND));
    control.say({ type: 'state', track: 0, state: 'muted' });
    control.socket.send(frameOf('audio', SOUND));
    expect(await state(0)).toBe('muted');
  });
});
