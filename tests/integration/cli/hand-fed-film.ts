/** A film whose publisher a test drives by hand, and servers that do whatever a test wants. */
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import type { PublishedTrack } from '../../../src/cli/publish/announced-tracks.ts';
import { PublisherClient } from '../../../src/cli/publish/publisher-client.ts';
import type { H264Config } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { Stream } from '../../../src/media/stream.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import { type Door, collect } from '../ingest/door.ts';

/** Patience with a busy machine. */
export const WAIT = { timeout: 9000 };

/** A packet of Opus, as far as the server looks at it. */
export const SOUND = Buffer.from([0xf8, 1, 2, 3]);

/** What a server says first. */
export const WELCOME = JSON.stringify({
  type: 'welcome',
  participant: 'p',
  room: { id: 'demo', title: 'Demo' },
  resume: 'r',
  resumeMs: 1000,
  ticket: 't',
  limits: { maxFrameBytes: 1000, maxMessageBytes: 1000, maxTracks: 6 },
});

/** Sound as track 3, and four frames of picture as track 4. */
export class HandFedFilm {
  readonly picture: Sample<H264Config>;
  readonly #samples: MediaSamples;

  private constructor(samples: MediaSamples, picture: Sample<H264Config>) {
    this.#samples = samples;
    this.picture = picture;
  }

  static async make(): Promise<HandFedFilm> {
    const samples = new MediaSamples();
    return new HandFedFilm(samples, await samples.h264({ frames: 4, gopFrames: 2 }));
  }

  /** A client of `url` with a clock of its own, and how its run ended. */
  publisher(url: string, options: { token?: string; room?: string } = {}) {
    const clock = new FakeClock();
    const notices: string[] = [];
    const client = new PublisherClient({
      url,
      room: options.room ?? 'demo',
      token: options.token ?? 'participant',
      name: 'Film',
      tracks: tracksOf(this.picture),
      clock,
      onNotice: (text) => notices.push(text),
    });
    const run = client.run();
    run.catch(() => {});
    onTestFinished(async () => {
      client.close();
      await run.catch(() => {});
    });
    let time = 0;
    return {
      client,
      clock,
      notices,
      run,
      /** The next frame: even ones are key frames. */
      show: (index: number): void => {
        time += 33_333;
        const packet = this.picture.packets[index % 4];
        if (!packet) throw new Error('no sample');
        client.send({ track: 4, captureUs: time, durationUs: 33_333, keyframe: packet.keyframe, data: packet.data });
      },
      speak(): void {
        time += 20_000;
        client.send({ track: 3, captureUs: time, durationUs: 20_000, keyframe: true, data: SOUND });
      },
      /** Waits for the announcement of another try, and lets its time come. */
      async retry(count: number): Promise<void> {
        await vi.waitFor(() => {
          const tries = notices.filter((text) => text.includes('Trying again')).length;
          if (tries !== count) throw new Error(`${tries} tries were announced, not ${count}`);
        }, WAIT);
        clock.advance(8000);
      },
    };
  }

  /** A publisher in a room, and everything that arrives there. */
  inRoom(door: Door) {
    const ids: string[] = [];
    const pictures: Packet[] = [];
    const sounds: Packet[] = [];
    door.room.events.on('joined', ({ id }) => ids.push(id));
    door.room.events.on('trackAdded', ({ track }) => {
      collect(track.stream as Stream, track.number === 4 ? pictures : sounds);
    });
    /** Resolves when both tracks are published and both sockets are up. */
    const published = () =>
      vi.waitFor(() => {
        const count = door.room.participants[0]?.tracks.size ?? 0;
        if (count !== 2 || door.connections < 2) throw new Error(`${count} tracks, ${door.connections} sockets`);
      }, WAIT);
    return { ...this.publisher(door.url), ids, pictures, sounds, published };
  }

  close(): Promise<void> {
    return this.#samples.close();
  }
}

function tracksOf(picture: Sample<H264Config>): PublishedTrack[] {
  const { codecString, width, height, framerate } = picture.config;
  const sound = { track: 3, id: 0, codec: 'opus', sampleRate: 48000, channels: 2 } as const;
  const video = { track: 4, id: 0, codec: 'h264', codecString, width, height, framerate } as const;
  return [
    { publish: { type: 'publish', track: 3, kind: 'audio', source: 'file' }, config: { type: 'config', ...sound } },
    { publish: { type: 'publish', track: 4, kind: 'video', source: 'file' }, config: { type: 'config', ...video } },
  ];
}

/** Which packets are key frames: `KdKd`. */
export function keys(packets: readonly Packet[]): string {
  return packets.map(({ keyframe }) => (keyframe ? 'K' : 'd')).join('');
}

/** A port whose connections do whatever a test wants. */
export async function port(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
