import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { Door, RESUME_MS, collect, frameOf, heardOut } from './door.ts';
import { keptOutEntry } from '../../helpers/kept-out.ts';
import { rawFrame } from './raw-peer.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const OPUS = { type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 } as const;
const SOUND = Buffer.from([0xf8, 1, 2, 3]);

/** Timers of a door that nobody has come through: it looks for pauses of its own process. */
const IDLE_TIMERS = 1;

/** Nobody is left: no session, no participant, no timer but those of a door that is open. */
async function expectEmpty(door: Door, timers = IDLE_TIMERS): Promise<void> {
  await vi.waitFor(() => {
    expect(door.ingest.participants).toBe(0);
    expect(door.clock.pending).toBe(timers);
  }, WAIT);
  expect(door.room.participants).toEqual([]);
}

async function speaker(door: Door, token = 'participant') {
  const member = await door.join(token);
  member.control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
  member.control.say(OPUS);
  await heardOut(member.control);
  return member;
}

describe('a participant', () => {
  it('is told who comes, speaks, goes, and what the room is called', async () => {
    const door = await Door.open();
    const { control } = await door.join('ana');
    const other = await speaker(door);
    other.control.say({ type: 'bye' });
    await other.control.closed;
    door.room.title = 'Evening';
    door.room.recordingMark = 'recording';
    await control.heard('room', ({ recording }) => recording);
    const rosters = control.messages.filter((message) => message.type === 'roster');
    const here = { role: 'participant', muted: false, connected: true };
    const ana = { id: 'ana', name: 'Ana', ...here, tracks: [] };
    const guest = { id: other.welcome.participant, name: 'Guest', ...here };
    expect(rosters.map(({ participants }) => participants)).toEqual([
      [ana],
      [ana, { ...guest, tracks: [] }],
      [ana, { ...guest, tracks: [{ track: 0, kind: 'audio', source: 'mic', state: 'live', since: 1 }] }],
      [ana, { ...guest, tracks: [] }],
      [ana],
    ]);
    expect(control.messages.slice(-2)).toEqual([
      { type: 'room', title: 'Evening', recording: false },
      { type: 'room', title: 'Evening', recording: true },
    ]);
  });

  it('gets the room’s clock for their own', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    door.clock.advance(1234);
    control.say({ type: 'ping', sentMs: 5.25 });
    const now = door.clock.wallMs();
    expect(await control.heard('pong')).toEqual({ type: 'pong', sentMs: 5.25, receivedMs: now, repliedMs: now });
  });

  it('gets the time of the program while one is made, whatever the machine’s clock is set to', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    const programMs = door.clock.wallMs();
    door.room.programOffsetMs = programMs - door.clock.monotonicMs();
    door.clock.jumpWall(600_000);
    control.say({ type: 'ping', sentMs: 1 });
    expect(await control.heard('pong')).toEqual({
      type: 'pong',
      sentMs: 1,
      receivedMs: programMs,
      repliedMs: programMs,
    });
  });

  it('who says goodbye is gone at once, from both sockets', async () => {
    const door = await Door.open();
    const { control, welcome } = await speaker(door);
    const video = await door.attach(welcome.ticket);
    const stream = door.stream(welcome.participant, 0);
    control.say({ type: 'bye' });
    expect(await control.closed).toEqual({ code: 1000, reason: 'Goodbye.' });
    expect((await video.closed).code).toBe(1000);
    expect(stream.closed).toBe(true);
    await expectEmpty(door);
  });

  it('may say goodbye on the picture socket', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    const video = await door.attach(welcome.ticket);
    video.say({ type: 'bye' });
    expect((await control.closed).code).toBe(1000);
    await expectEmpty(door);
  });

  it.each([1000, 1001, 4000])('who closes their control socket with %i is gone at once', async (code) => {
    const door = await Door.open();
    const { control } = await door.join();
    control.socket.close(code);
    await expectEmpty(door);
  });

  it('who closes their picture socket stays', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    const video = await door.attach(welcome.ticket);
    video.socket.close(1000);
    await video.closed;
    await heardOut(control);
    await door.attach(welcome.ticket);
    expect(door.ingest.participants).toBe(1);
  });

  it('who says more after their goodbye is not heard', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    let tracks = 0;
    door.room.events.on('trackAdded', () => {
      tracks += 1;
    });
    control.say({ type: 'bye' });
    control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
    await control.closed;
    expect(tracks).toBe(0);
    await expectEmpty(door);
  });
});

describe('a cut connection', () => {
  it.each([
    ['broke', undefined],
    ['was closed by a page that gives it up to make another', 3000],
  ])('that %s comes back as the same participant with the same tracks', async (_, code) => {
    const door = await Door.open();
    const { control, welcome } = await speaker(door);
    const packets = collect(door.stream(welcome.participant, 0));
    control.socket.send(frameOf('audio', SOUND, { captureUs: 1_000_000 }));
    await heardOut(control);
    if (code === undefined) control.socket.terminate();
    else control.socket.close(code);
    await control.closed;
    await heardOut((await door.join('ana')).control);
    door.clock.advance(RESUME_MS - 1);
    expect(door.room.find(welcome.participant)?.tracks.size).toBe(1);
    const back = await door.join('participant', { resume: welcome.resume });
    expect(back.welcome).toEqual(welcome);
    back.control.say({ ...OPUS, channels: 2 });
    back.control.socket.send(frameOf('audio', SOUND, { captureUs: 2_000_000 }));
    await heardOut(back.control);
    expect(packets).toHaveLength(2);
    expect(packets[1]?.config).toMatchObject({ channels: 2 });
    door.clock.advance(1);
    await heardOut(back.control);
    expect(door.ingest.participants).toBe(2);
  });

  it('that does not come back in time has left', async () => {
    const door = await Door.open();
    const { control, welcome } = await speaker(door);
    const video = await door.attach(welcome.ticket);
    const stream = door.stream(welcome.participant, 0);
    control.socket.terminate();
    // Time passes once: twice as much would be the silence of the other socket, whose answers take real time.
    await vi.waitFor(() => expect(door.room.find(welcome.participant)?.detached).toBe(true), WAIT);
    door.clock.advance(RESUME_MS);
    expect(stream.closed).toBe(true);
    expect((await video.closed).code).toBe(1000);
    await expectEmpty(door);
    const late = await door.join('participant', { resume: welcome.resume });
    expect(late.welcome.participant).not.toBe(welcome.participant);
  });

  it('is told again what is worth sending, which may have changed meanwhile', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    control.say({ type: 'publish', track: 3, kind: 'video', source: 'camera' });
    control.say({ type: 'publish', track: 4, kind: 'video', source: 'screen' });
    await heardOut(control);
    const tell = (width: number): void => {
      const target = { width, height: 90, framerate: 30, maxBitrate: 200_000 };
      door.room.find(welcome.participant)?.tracks.get(3)?.events.emit('target', target);
    };
    tell(640);
    await heardOut(control);
    control.socket.terminate();
    await vi.waitFor(() => expect(door.room.find(welcome.participant)?.detached).toBe(true), WAIT);
    tell(320);
    const back = await door.join('participant', { resume: welcome.resume });
    await heardOut(back.control);
    const told = (socket: typeof control) => socket.messages.filter(({ type }) => type === 'target');
    expect(told(control)).toMatchObject([{ track: 3, width: 640 }]);
    expect(told(back.control)).toMatchObject([{ track: 3, width: 320 }]);
  });

  it('may be taken up while the server still believes in the old one, which is closed', async () => {
    const door = await Door.open();
    const { control, welcome } = await speaker(door);
    const back = await door.join('participant', { resume: welcome.resume });
    expect((await control.closed).code).toBe(4409);
    await heardOut(back.control);
    expect(back.welcome.participant).toBe(welcome.participant);
    expect(door.ingest.participants).toBe(1);
    expect(door.stream(welcome.participant, 0).closed).toBe(false);
  });

  it('may be taken up while the old one closes and does not answer', async () => {
    const door = await Door.open();
    const deaf = await door.deafMember();
    const [participant] = door.room.participants;
    const [, resume = ''] = /"resume":"([^"]+)"/.exec(deaf.heard) ?? [];
    const second = await door.join('participant', { resume });
    const third = await door.join('participant', { resume });
    expect((await second.control.closed).code).toBe(4409);
    door.clock.advance(2000);
    await heardOut(third.control);
    expect(door.room.participants).toEqual([participant]);
    await door.ingest.close();
    await expectEmpty(door, 0);
  });

  it('needs the secret of the same room', async () => {
    const door = await Door.open();
    door.addRoom('other');
    const { welcome } = await door.join('admin');
    const elsewhere = await door.socket('other');
    elsewhere.say({ type: 'hello', version: 1, token: 'admin', resume: welcome.resume });
    expect((await elsewhere.heard('welcome')).participant).not.toBe(welcome.participant);
    const guess = await door.join('admin', { resume: `${welcome.resume.slice(0, -1)}!` });
    expect(guess.welcome.participant).not.toBe(welcome.participant);
  });

  it('is found out by its silence', async () => {
    const door = await Door.open();
    const deaf = await door.deafMember();
    door.clock.advance(44_999);
    expect(deaf.socket.readyState).toBe('open');
    door.clock.advance(1);
    deaf.socket.resume();
    await deaf.gone;
    await vi.waitFor(() => {
      door.clock.advance(RESUME_MS);
      expect(door.room.participants).toEqual([]);
    }, WAIT);
  });

  it('is none that answers the pings, on either socket', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    const video = await door.attach(welcome.ticket);
    for (let beat = 0; beat < 4; beat += 1) {
      const pings = [control, video].map(({ socket }) => once(socket, 'ping'));
      door.clock.advance(15_000);
      await Promise.all(pings);
      await heardOut(control);
      await heardOut(control, video);
    }
    expect(door.ingest.participants).toBe(1);
  });
});

describe('one person on two devices', () => {
  it('is heard from the newer one', async () => {
    const door = await Door.open({ maxParticipants: 1 });
    const first = await speaker(door, 'ana');
    const stream = door.stream('ana', 0);
    const second = await door.join('ana');
    expect(await first.control.closed).toEqual({ code: 4409, reason: 'You are now connected from another page.' });
    expect(stream.closed).toBe(true);
    expect(second.welcome.participant).toBe('ana');
    expect(door.room.participants.map(({ id }) => id)).toEqual(['ana']);
    expect(door.ingest.participants).toBe(1);
    await heardOut(second.control);
  });
});

describe('a host', () => {
  it('removes somebody for good', async () => {
    const door = await Door.open();
    const { control, welcome } = await speaker(door);
    const video = await door.attach(welcome.ticket);
    expect(door.ingest.kick('demo', 'nobody')).toBe(false);
    expect(door.ingest.kick('other', welcome.participant)).toBe(false);
    expect(door.ingest.kick('demo', welcome.participant)).toBe(true);
    for (const socket of [control, video]) {
      expect(await socket.closed).toEqual({ code: 4403, reason: expect.stringContaining('has removed you') });
      expect(socket.messages.at(-1)).toMatchObject({ type: 'error', code: 'removed' });
    }
    await expectEmpty(door);
    expect(door.ingest.kick('demo', welcome.participant)).toBe(false);
  });

  it('keeps somebody out whose token always brings the same person', async () => {
    const door = await Door.open();
    const { control } = await speaker(door, 'ana');
    door.room.keptOut.add(keptOutEntry('ana'));
    door.ingest.kick('demo', 'ana');
    await control.closed;
    const again = await door.socket();
    again.say({ type: 'hello', version: 1, token: 'ana' });
    expect(await again.closed).toEqual({ code: 4403, reason: expect.stringContaining('has removed you') });
    expect(again.messages[0]).toMatchObject({ code: 'removed' });
    await expectEmpty(door);
  });

  it('removes somebody who is cut off just now', async () => {
    const door = await Door.open();
    const { control, welcome } = await speaker(door);
    control.socket.terminate();
    await control.closed;
    await vi.waitFor(() => expect(door.ingest.kick('demo', welcome.participant)).toBe(true), WAIT);
    await expectEmpty(door);
    const back = await door.join('participant', { resume: welcome.resume });
    expect(back.welcome.participant).not.toBe(welcome.participant);
  });

  it('ends a room for everybody in it, and for nobody else', async () => {
    const door = await Door.open();
    door.addRoom('other');
    const stay = await door.socket('other');
    stay.say({ type: 'hello', version: 1, token: 'admin' });
    await stay.heard('welcome');
    const members = [await door.join(), await door.join('ana')];
    await door.ingest.endRoom('demo');
    for (const { control } of members)
      expect(await control.closed).toEqual({ code: 4410, reason: 'The room has ended.' });
    expect(door.ingest.participants).toBe(1);
    await heardOut(stay);
  });

  it('ends a room also for who came while it was ending', async () => {
    const door = await Door.open();
    await door.deafMember();
    const ending = door.ingest.endRoom('demo');
    const late = await door.join();
    door.clock.advance(2000);
    await ending;
    door.room.end();
    expect((await late.control.closed).code).toBe(4410);
    await expectEmpty(door);
  });
});

describe('a server that closes', () => {
  it('says goodbye to everybody, cuts who does not answer, and is then empty', async () => {
    const door = await Door.open();
    const { control, welcome } = await speaker(door);
    const video = await door.attach(welcome.ticket);
    const silent = await door.socket();
    const cut = await door.join('ana');
    cut.control.socket.terminate();
    await cut.control.closed;
    const deaf = await door.deafMember();
    let closed = false;
    const closing = door.ingest.close().then(() => {
      closed = true;
    });
    expect(door.ingest.close()).toBe(door.ingest.close());
    for (const socket of [control, video, silent]) {
      expect(await socket.closed).toEqual({ code: 1001, reason: expect.stringContaining('shutting down') });
    }
    door.clock.advance(1999);
    expect(closed).toBe(false);
    door.clock.advance(1);
    await closing;
    await expectEmpty(door, 0);
    deaf.socket.resume();
    await deaf.gone;
    expect((await door.refusal('/ws?room=demo')).status).toBe(503);
  });

  it('does not wait for a peer that began to close and let it rest', async () => {
    const door = await Door.open();
    const deaf = await door.deafMember();
    deaf.socket.resume();
    // A close frame with 1000; its sender then keeps the connection open.
    deaf.write(0x88, Buffer.from([0x03, 0xe8]));
    await deaf.until('\x88\x02\x03\xe8');
    const closing = door.ingest.close();
    door.clock.advance(2000);
    await closing;
    await expectEmpty(door, 0);
  });
});

describe('memory', () => {
  it('is not held for a peer that does not read what the room says', async () => {
    const door = await Door.open();
    const deaf = await door.deafMember();
    const { control } = await door.join();
    for (let count = 0; count < 100; count += 1) {
      door.room.title = String(count).padStart(1_000_000, '.');
      await heardOut(control);
    }
    deaf.socket.resume();
    await deaf.gone;
    expect(deaf.heard.length).toBeLessThan(30_000_000);
    await vi.waitFor(() => {
      door.clock.advance(RESUME_MS);
      expect(door.room.participants).toHaveLength(1);
    }, WAIT);
  });

  it.each([
    ['pings', 0x89],
    ['pongs', 0x8a],
  ])('ends at the fifty-first of %s at once, read or not', async (_what, first) => {
    const door = await Door.open();
    const control = await door.socket();
    const peer = await door.peer();
    await peer.upgrade('/ws?room=demo');
    const many = Buffer.concat(Array.from({ length: 50 }, () => rawFrame(first, Buffer.from('hello?'))));
    peer.socket.write(many);
    peer.say({ type: 'hello', version: 1, token: 'participant' });
    await peer.until('"type":"welcome"');
    peer.write(first, Buffer.alloc(0));
    await peer.until('rate_limited');
    await peer.until('Send at most 10 pings a second');
    expect(peer.heard.split('hello?')).toHaveLength(first === 0x89 ? 51 : 1);
    expect(control.socket.readyState).toBe(control.socket.OPEN);
  });

  it('answers the pings of a peer that reads', async () => {
    const door = await Door.open();
    const control = await door.socket();
    control.socket.ping('hello?');
    const [data] = (await once(control.socket, 'pong')) as [Buffer];
    expect(data.toString()).toBe('hello?');
  });
});
