import { describe, expect, it } from 'vitest';
import { Broadcaster, type ProgramSource } from '../../../src/broadcast/broadcaster.ts';
import type { OpusConfig } from '../../../src/media/codec.ts';
import type { Stream } from '../../../src/media/stream.ts';
import { decodeFrame } from '../../../src/protocol/frame.ts';
import type { ServerMessage } from '../../../src/protocol/messages.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { picture, pictureConfig, pictureStream, settle, sound, soundStream } from './program-stream.ts';

/** A mixer of two people, ana and ben. */
class FakeMixer implements ProgramSource {
  readonly video = pictureStream();
  readonly low = pictureStream();
  /** What was ordered of the small rendition, in order. */
  readonly lowOrders: boolean[] = [];
  readonly lowConfig = { ...pictureConfig(), width: 640, height: 360 };
  readonly sounds = new Map<string, Stream<OpusConfig>>([
    ['ana', soundStream()],
    ['ben', soundStream()],
  ]);
  /** `ana on`, `ana off`, in order. */
  readonly listening: string[] = [];
  readonly config = pictureConfig();
  #frame = 0;

  returnSound(id: string): Stream<OpusConfig> | undefined {
    return this.sounds.get(id);
  }

  setListening(id: string, listens: boolean): void {
    this.listening.push(`${id} ${listens ? 'on' : 'off'}`);
  }

  setLowWanted(wanted: boolean): void {
    this.lowOrders.push(wanted);
  }

  async show(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1, this.#frame += 1) {
      this.video.write(picture(this.config, this.#frame, this.#frame % 60 === 0));
      if (this.lowOrders.at(-1) === true) {
        this.low.write(picture(this.lowConfig, this.#frame, this.#frame % 60 === 0));
      }
    }
    await settle();
  }

  async play(id: string): Promise<void> {
    this.sounds.get(id)?.write(sound(0));
    await settle();
  }
}

/** A socket that remembers `track:seq` of what it was sent. */
class FakeSocket {
  readonly sent: string[] = [];
  bufferedBytes = 0;

  send(message: ServerMessage): void {
    this.sent.push(message.type);
  }

  sendFrame(message: Uint8Array): void {
    const frame = decodeFrame(message);
    if (typeof frame === 'string') throw new Error(frame);
    this.sent.push(`${frame.header.track}:${frame.header.seq}`);
  }

  acknowledged(): undefined {
    return undefined;
  }
}

describe('Broadcaster', () => {
  it('shows everybody the same pictures, newcomers from the newest key frame', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const [ana, ben] = [new FakeSocket(), new FakeSocket()];
    broadcaster.showTo('ana', ana);
    await mixer.show(62);
    broadcaster.showTo('ben', ben);
    await mixer.show(1);
    expect(ana.sent).toEqual(['config', ...Array.from({ length: 63 }, (_, seq) => `16:${seq}`)]);
    expect(ben.sent).toEqual(['config', '16:60', '16:61', '16:62']);
  });

  it('gives each listener their own sound, and has it made only while they listen', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const ana = new FakeSocket();
    broadcaster.soundTo('ana', ana);
    await mixer.play('ana');
    await mixer.play('ben');
    expect(ana.sent).toEqual(['config', '17:0']);
    broadcaster.remove('ana');
    await mixer.play('ana');
    expect(ana.sent).toHaveLength(2);
    expect(mixer.listening).toEqual(['ana on', 'ana off']);
    broadcaster.remove('ana');
    expect(mixer.listening).toHaveLength(2);
  });

  it('has nothing for somebody whom the mixer does not know', () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    broadcaster.soundTo('nobody', new FakeSocket());
    broadcaster.refresh('nobody');
    broadcaster.remove('nobody');
    expect(mixer.listening).toEqual([]);
  });

  it('goes over to a newer socket of the same person', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const [old, now] = [new FakeSocket(), new FakeSocket()];
    broadcaster.showTo('ana', old);
    broadcaster.soundTo('ana', old);
    await mixer.show(1);
    broadcaster.showTo('ana', now);
    broadcaster.soundTo('ana', now);
    await mixer.show(1);
    await mixer.play('ana');
    expect(old.sent).toEqual(['config', '16:0']);
    expect(now.sent).toEqual(['config', '16:0', '16:1', 'config', '17:0']);
    expect(mixer.listening.at(-1)).toBe('ana on');
  });

  it('sends the newest key frame and what follows it again to who asks, and to nobody else', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const [ana, ben] = [new FakeSocket(), new FakeSocket()];
    broadcaster.showTo('ana', ana);
    broadcaster.showTo('ben', ben);
    await mixer.show(2);
    broadcaster.refresh('ana');
    await mixer.show(1);
    expect(ana.sent).toEqual(['config', '16:0', '16:1', '16:0', '16:1', '16:2']);
    expect(ben.sent).toEqual(['config', '16:0', '16:1', '16:2']);
  });

  it('counts what slow lines did not get', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const ana = new FakeSocket();
    broadcaster.showTo('ana', ana);
    broadcaster.showTo('ben', new FakeSocket());
    ana.bufferedBytes = 2 ** 21;
    await mixer.show(5);
    expect(broadcaster.skipped).toBe(5);
  });

  it('has the small picture made while somebody wants it and ten seconds longer, once for all', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const [ana, ben] = [new FakeSocket(), new FakeSocket()];
    broadcaster.showTo('ana', ana);
    broadcaster.showTo('ben', ben);
    await mixer.show(30);
    broadcaster.setQuality('ana', 'low');
    broadcaster.setQuality('ben', 'low');
    broadcaster.setQuality('nobody', 'low');
    await mixer.show(60);
    expect(mixer.lowOrders).toEqual([true]);
    await mixer.show(12 * 30);
    expect(mixer.lowOrders).toEqual([true]);
    // Frame 60 is a key frame of both renditions; the small one has only come since frame 30.
    expect(ana.sent.at(-1)).toBe(`16:${2 ** 31 + 59 + 12 * 30}`);
    expect(ben.sent.at(-1)).toBe(ana.sent.at(-1));
    broadcaster.remove('ana');
    broadcaster.setQuality('ben', 'auto');
    await mixer.show(60 + 9 * 30);
    expect(mixer.lowOrders).toEqual([true]);
    await mixer.show(4 * 30);
    expect(mixer.lowOrders).toEqual([true, false]);
    expect(ben.sent.at(-1)).toMatch(/^16:\d{3}$/);
  });

  it('remembers what somebody wants to see when their socket is replaced', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const [old, now] = [new FakeSocket(), new FakeSocket()];
    broadcaster.showTo('ana', old);
    broadcaster.setQuality('ana', 'low');
    broadcaster.showTo('ana', now);
    await mixer.show(61);
    expect(now.sent.at(-1)).toBe(`16:${2 ** 31 + 60}`);
  });

  it('lets go of everybody and of the mixer when it is closed', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const [ana, ben] = [new FakeSocket(), new FakeSocket()];
    broadcaster.showTo('ana', ana);
    broadcaster.soundTo('ben', ben);
    broadcaster.setQuality('ana', 'low');
    broadcaster.close();
    await mixer.show(1);
    await mixer.play('ben');
    expect([ana.sent, ben.sent]).toEqual([[], []]);
    expect(mixer.listening).toEqual(['ben on', 'ben off']);
    expect(mixer.lowOrders).toEqual([true, false]);
  });

  it('outlives the end of the program', async () => {
    const mixer = new FakeMixer();
    const broadcaster = new Broadcaster(mixer, new FakeClock());
    const ana = new FakeSocket();
    broadcaster.showTo('ana', ana);
    await mixer.show(1);
    mixer.video.close();
    await settle();
    broadcaster.refresh('ana');
    broadcaster.showTo('ben', new FakeSocket());
    broadcaster.close();
    expect(ana.sent).toEqual(['config', '16:0']);
  });
});
