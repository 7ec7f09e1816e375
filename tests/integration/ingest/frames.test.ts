import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Door, collect, frameOf, heardOut } from './door.ts';
import { OPUS, SOUND, TrackSamples, VP8, errors, payload, publisher } from './fed-track.ts';

let samples: TrackSamples;

beforeAll(async () => {
  samples = await TrackSamples.make();
});
afterAll(() => samples.close());

describe('a track', () => {
  it('brings H.264 into its stream: bytes, key frames, configuration, times on our clock', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', samples.h264Message());
    door.clock.advance(1000);
    for (const [seq, { data, keyframe }] of samples.h264.packets.entries()) {
      const captureUs = 77_000_000 + seq * 33_333;
      control.socket.send(frameOf('video', data, { seq, keyframe, captureUs, durationUs: 33_333 }));
    }
    await heardOut(control);
    expect(packets.map(({ data }) => Buffer.from(data))).toEqual(
      samples.h264.packets.map(({ data }) => Buffer.from(data)),
    );
    expect(packets.map(({ keyframe }) => keyframe)).toEqual([true, false, false, true, false, false]);
    expect(packets.map(({ pts }) => pts)).toEqual([0, 1, 2, 3, 4, 5].map((index) => 1_000_000 + index * 33_333));
    expect(packets.map(({ duration }) => duration)).toEqual(packets.map(() => 33_333));
    expect(packets.map(({ wallTime }) => Math.round(wallTime - door.clock.wallMs()))).toEqual([
      0, 33, 67, 100, 133, 167,
    ]);
    expect(new Set(packets.map(({ config }) => config)).size).toBe(1);
    expect(packets[0]?.config).toEqual({ ...samples.h264.config });
  });

  it('brings VP8 into its stream', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', VP8);
    for (const [seq, { data, keyframe }] of samples.vp8.packets.entries()) {
      control.socket.send(frameOf('video', data, { seq, keyframe, captureUs: seq * 33_333 }));
    }
    await heardOut(control);
    expect(packets.map(({ keyframe }) => keyframe)).toEqual([true, false, false]);
    expect(packets[0]?.config).toEqual(samples.vp8.config);
  });

  it('brings Opus into its stream, every packet a key frame whatever the flags say', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'audio', { ...OPUS, channels: 2 });
    for (const [seq, { data }] of samples.opus.packets.entries()) {
      control.socket.send(frameOf('audio', data, { seq, captureUs: seq * 20_000 }));
    }
    await heardOut(control);
    expect(packets).toHaveLength(samples.opus.packets.length);
    expect(packets.every(({ keyframe }) => keyframe)).toBe(true);
    expect(packets[0]?.config).toEqual({ codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 2 });
  });

  it('takes its frames on the picture socket as well', async () => {
    const door = await Door.open();
    const { control, welcome, packets } = await publisher(door, 'video', samples.h264Message());
    const video = await door.attach(welcome.ticket);
    video.socket.send(frameOf('video', payload(samples.h264, 0)));
    await heardOut(control, video);
    expect(packets).toHaveLength(1);
  });

  it('counts as traffic with all its bytes, used or not', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'audio', OPUS);
    const before = { ...door.ingest.traffic };
    control.socket.send(frameOf('audio', SOUND));
    control.socket.send(frameOf('audio', SOUND, { track: 9 }));
    await heardOut(control);
    expect(door.ingest.traffic).toEqual({ received: before.received + 2 * (24 + SOUND.length), sent: before.sent });
  });

  it('begins with a key frame, and asks for one at most every half second', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', samples.h264Message());
    const delta = frameOf('video', payload(samples.h264, 1), { keyframe: false });
    const asked = () => control.messages.filter(({ type }) => type === 'keyframe').length;
    control.socket.send(delta);
    control.socket.send(delta);
    await heardOut(control);
    expect(asked()).toBe(1);
    door.clock.advance(499);
    control.socket.send(delta);
    await heardOut(control);
    expect(asked()).toBe(1);
    door.clock.advance(1);
    control.socket.send(delta);
    await heardOut(control);
    expect(asked()).toBe(2);
    expect(control.messages).toContainEqual({ type: 'keyframe', track: 0 });
    expect(packets).toEqual([]);
  });

  it('passes the wishes of the mixer on to its sender', async () => {
    const door = await Door.open();
    const { control, welcome } = await publisher(door, 'video', samples.h264Message());
    const { events } = door.room.find(welcome.participant)?.tracks.get(0) ?? {};
    const target = { width: 640, height: 360, framerate: 30, maxBitrate: 900_000 };
    events?.emit('target', target);
    events?.emit('keyframeWanted', undefined);
    expect(await control.heard('target')).toEqual({ type: 'target', track: 0, ...target });
    await control.heard('keyframe');
  });

  it('that the mixer refuses ends with the reason, and may be published again', async () => {
    const door = await Door.open();
    const { control, welcome } = await publisher(door, 'video', samples.h264Message());
    const track = door.room.find(welcome.participant)?.tracks.get(0);
    track?.events.emit('refused', { code: 'decode_failed', message: 'It cannot be decoded.' });
    expect(await control.heard('error')).toEqual({
      type: 'error',
      code: 'decode_failed',
      message: 'It cannot be decoded.',
      track: 0,
      ended: true,
    });
    expect(track?.stream.closed).toBe(true);
    control.say({ type: 'publish', track: 0, kind: 'video', source: 'camera' });
    await heardOut(control);
    // The old track's last word is not about the new one.
    track?.events.emit('refused', { code: 'decode_failed', message: 'It cannot be decoded.' });
    await heardOut(control);
    expect(door.stream(welcome.participant, 0).closed).toBe(false);
  });

  it('ends with unpublish, and with a frame that says so', async () => {
    const door = await Door.open();
    const { control, welcome, packets } = await publisher(door, 'audio', OPUS);
    const first = door.stream(welcome.participant, 0);
    control.socket.send(frameOf('audio', SOUND, { endOfTrack: true }));
    await heardOut(control);
    expect(packets).toHaveLength(1);
    expect(first.closed).toBe(true);
    control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
    await heardOut(control);
    const second = door.stream(welcome.participant, 0);
    control.say({ type: 'unpublish', track: 0 });
    control.say({ type: 'unpublish', track: 0 });
    control.socket.send(frameOf('audio', SOUND));
    await heardOut(control);
    expect(second.closed).toBe(true);
    expect(errors(control)).toEqual([]);
    const rosters = control.messages.filter((message) => message.type === 'roster');
    expect(rosters.map(({ participants }) => participants[0]?.tracks.length)).toEqual([0, 1, 0, 1, 0]);
  });

  it('is acknowledged every 100 ms while frames come', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'audio', OPUS);
    const acks = () => control.messages.filter((message) => message.type === 'ack');
    control.socket.send(frameOf('audio', SOUND, { seq: 4_294_967_294 }));
    control.socket.send(frameOf('audio', SOUND, { seq: 4_294_967_295 }));
    await heardOut(control);
    door.clock.advance(100);
    await heardOut(control);
    expect(acks()).toEqual([{ type: 'ack', track: 0, seq: 4_294_967_295, bytes: 8, receivedMs: 0 }]);
    door.clock.advance(500);
    await heardOut(control);
    expect(acks()).toHaveLength(1);
    control.socket.send(frameOf('audio', SOUND, { seq: 0 }));
    await heardOut(control);
    door.clock.advance(100);
    await heardOut(control);
    expect(acks()[1]).toEqual({ type: 'ack', track: 0, seq: 0, bytes: 12, receivedMs: 600 });
  });

  it('is acknowledged at once for a key frame of a picture', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'video', samples.h264Message());
    control.socket.send(frameOf('video', payload(samples.h264, 0), { seq: 5 }));
    await heardOut(control);
    const acks = control.messages.filter((message) => message.type === 'ack');
    expect(acks).toEqual([
      { type: 'ack', track: 0, seq: 5, bytes: payload(samples.h264, 0).byteLength, receivedMs: 0 },
    ]);
  });

  it('of another configuration waits for its key frame', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', samples.h264Message());
    control.socket.send(frameOf('video', payload(samples.h264, 0), { seq: 0 }));
    control.say(samples.h264Message(0, 1));
    control.socket.send(frameOf('video', payload(samples.h264, 1), { seq: 1, keyframe: false }));
    control.socket.send(frameOf('video', payload(samples.h264, 2), { seq: 2, keyframe: false, configId: 1 }));
    control.socket.send(frameOf('video', payload(samples.h264, 3), { seq: 3, configId: 1 }));
    await heardOut(control);
    expect(packets.map(({ data }) => data.byteLength)).toEqual(
      [0, 1, 3].map((index) => payload(samples.h264, index).byteLength),
    );
    expect(control.messages).toContainEqual({ type: 'keyframe', track: 0 });
  });

  it('with an unknown configuration is dropped up to a key frame with a known one', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', samples.h264Message());
    control.socket.send(frameOf('video', payload(samples.h264, 0), { configId: 9 }));
    control.socket.send(frameOf('video', payload(samples.h264, 1), { keyframe: false }));
    control.socket.send(frameOf('video', payload(samples.h264, 3)));
    await heardOut(control);
    expect(packets).toHaveLength(1);
  });

  it('remembers the newest 8 configurations', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'audio', OPUS);
    for (let id = 1; id <= 7; id += 1) control.say({ ...OPUS, id });
    // Said again, it is the newest.
    control.say(OPUS);
    control.say({ ...OPUS, id: 8 });
    for (const configId of [0, 1, 2, 8])
      control.socket.send(frameOf('audio', SOUND, { configId, captureUs: configId }));
    await heardOut(control);
    expect(packets).toHaveLength(3);
  });
});

describe('capture times', () => {
  it('of one participant share one origin, so that lips and voice stay together', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    for (const track of [0, 1]) {
      control.say({ type: 'publish', track, kind: 'audio', source: 'mic' });
      control.say({ ...OPUS, track });
    }
    await heardOut(control);
    const packets = [0, 1].map((track) => collect(door.stream(welcome.participant, track)));
    door.clock.advance(50);
    control.socket.send(frameOf('audio', SOUND, { track: 0, captureUs: 9_007_199_254_000_000 }));
    await heardOut(control);
    door.clock.advance(70);
    control.socket.send(frameOf('audio', SOUND, { track: 1, captureUs: 9_007_199_254_010_000 }));
    await heardOut(control);
    expect(packets.map(([packet]) => packet?.pts)).toEqual([50_000, 60_000]);
  });

  it('that leap are told to their sender, at most every 5 s', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'audio', OPUS);
    const send = async (seconds: number) => {
      control.socket.send(frameOf('audio', SOUND, { captureUs: seconds * 1_000_000 }));
      await heardOut(control);
    };
    await send(100);
    await send(36_100);
    await send(100);
    expect(errors(control)).toEqual([
      { type: 'error', code: 'time_jump', track: 0, message: expect.stringContaining('36000.0 s') },
    ]);
    door.clock.advance(5000);
    await send(72_100);
    expect(errors(control)).toHaveLength(2);
    expect(packets.map(({ pts }) => pts)).toEqual([0, 1000, 2000, 5_000_000]);
  });
});
