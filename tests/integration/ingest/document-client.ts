/**
 * A publisher and receiver written from docs/protocol.md alone: it imports nothing of the project, so what it can do is
 * what a stranger can do with that page.
 */
import { WebSocket } from 'ws';

/** A JSON message. */
export type Said = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A media frame by section 4. */
export interface MediaFrame {
  readonly version: number;
  readonly kind: number;
  readonly flags: number;
  readonly track: number;
  readonly seq: number;
  readonly captureUs: number;
  readonly durationUs: number;
  readonly configId: number;
  readonly payload: Uint8Array;
}

const PICTURE = 1;
const SOUND = 2;
const KEY_FRAME = 1;

/** One participant: section 1 from top to bottom. */
export class DocumentClient {
  readonly said: Said[] = [];
  readonly saidOnPicture: Said[] = [];
  readonly frames: MediaFrame[] = [];
  readonly #url: string;
  readonly #token: string;
  readonly #control: WebSocket;
  readonly #seqs = new Map<number, number>();
  readonly #received = new Map<number, { seq: number; bytes: number; fresh: boolean }>();
  readonly #waiters = new Set<() => void>();
  #picture: WebSocket | undefined;
  closed: { readonly code: number; readonly reason: string } | undefined;

  private constructor(url: string, token: string) {
    this.#url = `${url.replace('http', 'ws')}/ws?room=demo`;
    this.#token = token;
    this.#control = new WebSocket(this.#url);
    this.#control.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#wake();
    });
    this.#listen(this.#control, this.said);
  }

  /** Both sockets are ready when it resolves. `resume` comes from an earlier welcome. */
  static async join(
    url: string,
    token: string,
    hello: Readonly<Record<string, unknown>> = {},
  ): Promise<DocumentClient> {
    const client = new DocumentClient(url, token);
    await opened(client.#control);
    client.say({ type: 'hello', version: 1, token: client.#token, name: 'Stranger', ...hello });
    const welcome = await client.heard('welcome');
    const picture = new WebSocket(client.#url);
    client.#picture = picture;
    client.#listen(picture, client.saidOnPicture);
    await opened(picture);
    picture.send(JSON.stringify({ type: 'attach', version: 1, ticket: welcome['ticket'] }));
    await client.until(() => client.saidOnPicture.find(({ type }) => type === 'attached'));
    return client;
  }

  say(message: Said): void {
    this.#control.send(JSON.stringify(message));
  }

  /** The first message of a type on the control socket, now or later. */
  heard(type: string, test: (message: Said) => boolean = () => true): Promise<Said> {
    return this.until(() => this.said.find((message) => message.type === type && test(message)));
  }

  /** The first defined answer of `look`, asked again whenever something arrives. */
  async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#waiters.add(resolve);
      });
    }
  }

  /** Sound on the control socket, pictures on the other. */
  sendSound(track: number, captureUs: number, payload: Uint8Array): void {
    this.#control.send(this.#frame(SOUND, 0, track, captureUs, 20_000, payload));
  }

  sendPicture(track: number, captureUs: number, keyFrame: boolean, payload: Uint8Array): void {
    this.#picture?.send(this.#frame(PICTURE, keyFrame ? KEY_FRAME : 0, track, captureUs, 33_333, payload));
  }

  /** Every 100 ms while frames come; here whenever the test says so. */
  acknowledge(receivedMs: number): void {
    for (const [track, received] of this.#received) {
      if (!received.fresh) continue;
      received.fresh = false;
      this.say({ type: 'ack', track, seq: received.seq, bytes: received.bytes, receivedMs });
    }
  }

  /** As a network does. */
  cut(): void {
    this.#control.terminate();
    this.#picture?.terminate();
  }

  #frame(
    kind: number,
    flags: number,
    track: number,
    captureUs: number,
    durationUs: number,
    payload: Uint8Array,
  ): Buffer {
    const seq = this.#seqs.get(track) ?? 0;
    this.#seqs.set(track, (seq + 1) % 2 ** 32);
    const message = Buffer.alloc(24 + payload.length);
    message.writeUInt8(1 * 16 + kind, 0);
    message.writeUInt8(flags, 1);
    message.writeUInt16LE(track, 2);
    message.writeUInt32LE(seq, 4);
    message.writeBigUInt64LE(BigInt(captureUs), 8);
    message.writeUInt32LE(durationUs, 16);
    message.writeUInt16LE(0, 20);
    message.set(payload, 24);
    return message;
  }

  #listen(socket: WebSocket, said: Said[]): void {
    socket.on('error', () => {});
    socket.on('message', (data: Buffer, binary) => {
      if (binary) this.#onFrame(data);
      else said.push(JSON.parse(data.toString()) as Said);
      this.#wake();
    });
  }

  #onFrame(data: Buffer): void {
    const frame = {
      version: data.readUInt8(0) >> 4,
      kind: data.readUInt8(0) & 15,
      flags: data.readUInt8(1),
      track: data.readUInt16LE(2),
      seq: data.readUInt32LE(4),
      captureUs: Number(data.readBigUInt64LE(8)),
      durationUs: data.readUInt32LE(16),
      configId: data.readUInt16LE(20),
      payload: data.subarray(24),
    };
    this.frames.push(frame);
    const bytes = (this.#received.get(frame.track)?.bytes ?? 0) + frame.payload.length;
    this.#received.set(frame.track, { seq: frame.seq, bytes, fresh: true });
  }

  #wake(): void {
    for (const waiter of this.#waiters) waiter();
    this.#waiters.clear();
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
}
