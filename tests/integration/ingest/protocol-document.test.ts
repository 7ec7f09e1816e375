import { Decoder } from '@evan/opus';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Broadcaster, type ProgramSource } from '../../../src/broadcast/broadcaster.ts';
import type { H264Config, OpusConfig } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import { Stream } from '../../../src/media/stream.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import { FPS, WALL_START, ffmpeg, videoRun } from '../hls/program-media.ts';
import { DocumentClient, type MediaFrame, type Said } from './document-client.ts';
import { Door, collect } from './door.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

let samples: MediaSamples;
let picture: Sample<H264Config>;
let vp8: Sample<unknown>;
let voice: Sample<OpusConfig>;
/** Four seconds of the program's picture, and its sound. */
let program: Packet<H264Config>[];
let programSound: Sample<OpusConfig>;

beforeAll(async () => {
  samples = new MediaSamples();
  [picture, vp8, voice, programSound, program] = await Promise.all([
    samples.h264({ frames: 10, gopFrames: 5 }),
    samples.vp8({ frames: 3 }),
    samples.opus({ seconds: 0.2 }),
    samples.opus({ seconds: 1, channels: 2, toneHz: 500 }),
    videoRun(0, 4 * FPS),
  ]);
});
afterAll(() => samples.close());

/** A mixer that shows and plays what the test writes. */
class ScriptedProgram implements ProgramSource {
  readonly video = pictures('video');
  readonly low = pictures('low');
  lowWanted = false;
  readonly sound = new Stream<OpusConfig>({ label: 'return', timescale: 48000 });
  listening = false;

  setLowWanted(wanted: boolean): void {
    this.lowWanted = wanted;
  }

  returnSound(): Stream<OpusConfig> {
    return this.sound;
  }

  setListening(_: string, listens: boolean): void {
    this.listening = listens;
  }
}

function pictures(label: string): Stream<H264Config> {
  return new Stream({ label, timescale: FPS, replay: { maxItems: 999, maxBytes: 2 ** 24 } });
}

async function open() {
  const source = new ScriptedProgram();
  const door = await Door.open({ receivers: () => broadcaster });
  const broadcaster = new Broadcaster(source, door.clock);
  onTestFinished(() => broadcaster.close());
  return { door, source };
}

async function join(door: Door, hello: Readonly<Record<string, unknown>> = {}): Promise<DocumentClient> {
  const client = await DocumentClient.join(door.url, 'participant', hello);
  onTestFinished(() => client.cut());
  return client;
}

/** The server has dealt with everything said so far on the control socket. */
async function heardOut(client: DocumentClient, sentMs: number): Promise<void> {
  client.say({ type: 'ping', sentMs });
  await client.heard('pong', (pong) => pong['sentMs'] === sentMs);
}

function ofTrack(client: DocumentClient, track: number): MediaFrame[] {
  return client.frames.filter((frame) => frame.track === track);
}

describe('with docs/protocol.md alone', () => {
  it('one gets in, and hears who is there and what the room is called', async () => {
    const { door } = await open();
    const client = await join(door);
    const welcome = await client.heard('welcome');
    expect(Object.keys(welcome).toSorted()).toEqual([
      'limits',
      'participant',
      'resume',
      'resumeMs',
      'room',
      'ticket',
      'type',
    ]);
    expect((await client.heard('roster'))['participants']).toEqual([
      {
        id: welcome['participant'],
        name: 'Stranger',
        role: 'participant',
        muted: false,
        connected: true,
        tracks: [],
      },
    ]);
    expect(await client.heard('room')).toEqual({ type: 'room', title: 'Room demo', recording: false });
  });

  it('one sends a voice and a camera in H.264, and both are acknowledged', async () => {
    const { door } = await open();
    const client = await join(door, { receive: { video: false, audio: false } });
    const { codecString, width, height, framerate } = picture.config;
    client.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
    client.say({ type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 });
    client.say({ type: 'publish', track: 1, kind: 'video', source: 'camera' });
    client.say({ type: 'config', track: 1, id: 0, codec: 'h264', codecString, width, height, framerate });
    await client.heard('published', ({ track }) => track === 1);
    const id = String((await client.heard('welcome'))['participant']);
    const [sounds, pictures] = [collect(door.stream(id, 0)), collect(door.stream(id, 1))];
    const origin = 123_456_789;
    voice.packets.forEach(({ data }, index) => client.sendSound(0, origin + index * 20_000, data));
    picture.packets.forEach(({ data, keyframe }, index) => {
      client.sendPicture(1, origin + Math.round((index * 1_000_000) / 30), keyframe, data);
    });
    await vi.waitFor(() => expect([sounds.length, pictures.length]).toEqual([voice.packets.length, 10]), WAIT);
    expect(sounds.map(({ data }) => Buffer.from(data))).toEqual(voice.packets.map(({ data }) => Buffer.from(data)));
    expect(pictures.map(({ data }) => Buffer.from(data))).toEqual(picture.packets.map(({ data }) => Buffer.from(data)));
    expect(pictures.map(({ keyframe }) => keyframe)).toEqual(picture.packets.map(({ keyframe }) => keyframe));
    // Whichever came first fixed the clock; between the two the distance is the sender's.
    expect((pictures[3]?.pts ?? 0) - (sounds[5]?.pts ?? 0)).toBe(0);
    door.clock.advance(100);
    const ack = await client.heard('ack', ({ track, seq }) => track === 1 && seq === 9);
    const bytes = picture.packets.reduce((sum, { data }) => sum + data.length, 0);
    expect(ack).toMatchObject({ bytes });
    // Its key frame was acknowledged at once.
    expect(client.said.find(({ type, track }) => type === 'ack' && track === 1)).toMatchObject({ seq: 0 });
    await client.heard('ack', ({ track, seq }) => track === 0 && seq === voice.packets.length - 1);
    expect(client.said.filter(({ type }) => type === 'error')).toEqual([]);
  });

  it('one sends VP8', async () => {
    const { door } = await open();
    const client = await join(door);
    client.say({ type: 'publish', track: 2, kind: 'video', source: 'screen' });
    client.say({ type: 'config', track: 2, id: 0, codec: 'vp8', width: 320, height: 180, framerate: 30 });
    await client.heard('published');
    const pictures = collect(door.stream(String((await client.heard('welcome'))['participant']), 2));
    vp8.packets.forEach(({ data, keyframe }, index) => client.sendPicture(2, index * 33_333, keyframe, data));
    await vi.waitFor(() => expect(pictures).toHaveLength(3), WAIT);
  });

  it('one sees the program: it decodes, from the first frame, with the time of each', async () => {
    const { door, source } = await open();
    for (const packet of program.slice(0, 70)) source.video.write(packet);
    const client = await join(door);
    for (const packet of program.slice(70)) source.video.write(packet);
    // From the newest key frame, number 60, with everything since.
    await client.until(() => (ofTrack(client, 16).length === 60 ? true : undefined));
    const frames = ofTrack(client, 16);
    const config = client.saidOnPicture.find(({ type }) => type === 'config');
    expect(config).toMatchObject({ track: 16, codec: 'h264', width: 320, height: 192, framerate: 30 });
    expect(new Set(frames.map(({ configId }) => configId))).toEqual(new Set([config?.['id']]));
    expect(frames.map(({ version, kind }) => version * 16 + kind)).toEqual(frames.map(() => 0x11));
    expect(frames.map(({ flags }) => flags & 1)).toEqual(frames.map((_, index) => (index === 0 ? 1 : 0)));
    expect(frames.map(({ captureUs }) => captureUs)).toEqual(
      frames.map((_, index) => Math.round((WALL_START + ((60 + index) * 1000) / FPS) * 1000)),
    );
    const film = Buffer.concat(frames.map(({ payload }) => payload));
    const output = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-vf', 'scale=1:1', '-fps_mode', 'passthrough', '-'];
    expect(await ffmpeg(['-v', 'error', '-f', 'h264', '-i', 'pipe:0', ...output], film)).toHaveLength(60);
  });

  it('one asks for a key frame and gets the newest, with what follows it, at most twice a second', async () => {
    const { door, source } = await open();
    const client = await join(door);
    for (const packet of program.slice(0, 65)) source.video.write(packet);
    await client.until(() => (ofTrack(client, 16).length === 65 ? true : undefined));
    client.frames.length = 0;
    client.say({ type: 'keyframe', track: 16 });
    client.say({ type: 'keyframe', track: 16 });
    await client.until(() => (ofTrack(client, 16).length === 5 ? true : undefined));
    await heardOut(client, 1);
    expect(ofTrack(client, 16)).toHaveLength(5);
    expect(ofTrack(client, 16)[0]).toMatchObject({ flags: 1, seq: 60 });
  });

  it('one hears the program: Opus that decodes, on the control socket', async () => {
    const { door, source } = await open();
    const client = await join(door);
    expect(source.listening).toBe(true);
    const config: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 2 };
    programSound.packets.forEach(({ data }, index) => {
      const wall = wallTime(WALL_START + index * 20);
      source.sound.write({ data, pts: pts(index * 960), duration: 960, wallTime: wall, keyframe: true, config });
    });
    await client.until(() => (ofTrack(client, 17).length === programSound.packets.length ? true : undefined));
    expect(await client.heard('config')).toMatchObject({ track: 17, codec: 'opus', sampleRate: 48000, channels: 2 });
    const decoder = new Decoder({ channels: 2, sample_rate: 48000 });
    const loudest = ofTrack(client, 17).map(({ payload }) => {
      const bytes = decoder.decode(payload);
      return Math.max(...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
    });
    expect(loudest[10]).toBeGreaterThan(5000);
    expect(ofTrack(client, 17).map(({ durationUs }) => durationUs)).toEqual(loudest.map(() => 20_000));
  });

  it('one who acknowledges gets every frame, and one who stops doing so skips to a key frame', async () => {
    const { door, source } = await open();
    const client = await join(door);
    const write = async (from: number, to: number, expected: number): Promise<void> => {
      for (const packet of program.slice(from, to)) source.video.write(packet);
      await client.until(() => (ofTrack(client, 16).length === expected ? true : undefined));
    };
    await write(0, 1, 1);
    client.acknowledge(1);
    await heardOut(client, 1);
    await write(1, 62, 62);
    client.acknowledge(2);
    await heardOut(client, 2);
    // 100 ms between acknowledgements and 250 ms of patience, and one more.
    await write(62, 63, 63);
    for (const sent of [64, 65, 66]) {
      door.clock.advance(116);
      await write(sent - 1, sent, sent);
    }
    door.clock.advance(3);
    for (const packet of program.slice(66, 90)) source.video.write(packet);
    await heardOut(client, 3);
    expect(ofTrack(client, 16).at(-1)?.seq).toBe(65);
  });

  it('one asks for the small picture and gets it from its next key frame on, on the same track', async () => {
    const { door, source } = await open();
    const client = await join(door);
    source.video.write(program[0] as Packet<H264Config>);
    await client.until(() => ofTrack(client, 16)[0]);
    client.say({ type: 'quality', quality: 'low' });
    await heardOut(client, 1);
    expect(source.lowWanted).toBe(true);
    const small = { ...(program[0]?.config as H264Config), width: 160, height: 96 };
    for (const packet of program.slice(1, 62)) {
      source.video.write(packet);
      source.low.write({ ...packet, config: small });
    }
    const config = await client.until(() => client.saidOnPicture.find((said) => said['width'] === 160));
    const change = await client.until(() => {
      const index = ofTrack(client, 16).findIndex(({ configId }) => configId === config['id']);
      return index < 0 ? undefined : index;
    });
    const [before, after] = ofTrack(client, 16).slice(change - 1, change + 1);
    expect((after?.flags ?? 0) & 1).toBe(1);
    expect((before?.captureUs ?? 0) - (after?.captureUs ?? 0)).toBeLessThanOrEqual(500_000);
  });

  it('one says what they do with a track, and reads in the roster what others do', async () => {
    const { door } = await open();
    const [ana, ben] = [await join(door), await join(door)];
    ana.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
    ana.say({ type: 'state', track: 0, state: 'muted' });
    const id = (await ana.heard('welcome'))['participant'];
    const roster = await ben.heard('roster', ({ participants }) =>
      JSON.stringify(participants).includes('"state":"muted"'),
    );
    expect((roster['participants'] as readonly Said[]).find((entry) => entry['id'] === id)).toMatchObject({
      muted: false,
      connected: true,
      tracks: [{ track: 0, kind: 'audio', source: 'mic', state: 'muted', since: 1 }],
    });
  });

  it('one hears how the program is arranged and who speaks', async () => {
    const { door } = await open();
    const client = await join(door);
    const arranged = await client.heard('layout');
    expect(arranged).toMatchObject({ layout: { policy: 'grid' }, annotation: { clock: true } });
    expect(arranged['program']).toEqual({ width: 1280, height: 720 });
    door.room.speaking = { participants: ['p-1'], speaker: 'p-1' };
    expect(await client.heard('speaking', ({ speaker }) => speaker !== undefined)).toEqual({
      type: 'speaking',
      participants: ['p-1'],
      speaker: 'p-1',
    });
  });

  it('one comes back after a cut as the same participant, with the same tracks', async () => {
    const { door } = await open();
    const client = await join(door);
    client.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
    client.say({ type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 });
    await client.heard('published');
    const welcome = await client.heard('welcome');
    const sounds = collect(door.stream(String(welcome['participant']), 0));
    client.cut();
    const again = await join(door, { resume: welcome['resume'] });
    expect((await again.heard('welcome'))['participant']).toBe(welcome['participant']);
    again.say({ type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 });
    again.sendSound(0, 5_000_000, voice.packets[0]?.data ?? new Uint8Array(0));
    await vi.waitFor(() => expect(sounds).toHaveLength(1), WAIT);
    again.say({ type: 'bye' });
    await again.until(() => again.closed);
    expect(again.closed).toMatchObject({ code: 1000 });
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
  });

  it('one measures the room’s clock', async () => {
    const { door } = await open();
    const client = await join(door);
    client.say({ type: 'ping', sentMs: 17.5 });
    const now = door.clock.wallMs();
    expect(await client.heard('pong')).toEqual({ type: 'pong', sentMs: 17.5, receivedMs: now, repliedMs: now });
  });

  it('one is told what is wrong', async () => {
    const { door } = await open();
    const client = await join(door);
    client.say({ type: 'publish', track: 16, kind: 'video', source: 'camera' });
    expect(await client.heard('error')).toMatchObject({
      code: 'bad_message',
      message: expect.stringContaining('"track"'),
    });
    client.say({ type: 'config', track: 5, id: 0, codec: 'vp8', width: 1, height: 1, framerate: 1 });
    expect(await client.heard('error', ({ track }) => track === 5)).toMatchObject({ code: 'unknown_track' });
  });
});
