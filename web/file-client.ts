/** The files of one room over HTTP. */
import { apiPath, Transport } from '../src/client/transport.ts';
import type { FileView } from '../src/protocol/files.ts';

/** What a room and its people may still send: bytes. */
export interface FileUsage {
  readonly roomBytes: number;
  readonly roomMaxBytes: number;
  readonly ownBytes: number;
  readonly ownMaxBytes: number;
  readonly maxFileBytes: number;
}

/** All that somebody sees of a room's files. */
export interface FileListing {
  readonly items: readonly FileView[];
  readonly usage: FileUsage;
  readonly enabled: boolean;
}

/** Every method rejects with ApiError. */
export class FileClient {
  readonly #transport: Transport;
  readonly #room: string;
  readonly #identity: string;
  readonly #token: string;

  /** @param identity the secret by which the room knows this person, the same as over the WebSocket */
  constructor(server: string, token: string, room: string, identity: string) {
    this.#transport = new Transport({ url: server, token });
    this.#room = room;
    this.#token = token;
    this.#identity = identity;
  }

  /** Where uploads begin. */
  get endpoint(): string {
    return this.#transport.absolute(this.#path());
  }

  /** Headers of each request that changes something. */
  get headers(): Readonly<Record<string, string>> {
    return { Authorization: `Bearer ${this.#token}`, ...this.#who };
  }

  list(): Promise<FileListing> {
    return this.#transport.json('GET', this.#path(), { headers: this.#who });
  }

  remove(id: string): Promise<void> {
    return this.#transport.empty('DELETE', this.#path(id), {
      headers: { ...this.#who, 'Tus-Resumable': '1.0.0' },
    });
  }

  /** An address that works without a header for so many seconds. */
  async link(id: string, ttl: number): Promise<string> {
    const options = { body: { ttl }, headers: this.#who };
    const { url } = await this.#transport.json<{ url: string }>('POST', this.#path(id, 'link'), options);
    // By the way on which the page came: the server's own idea of its address may be another.
    const { pathname, search } = new URL(this.#transport.absolute(url));
    return this.#transport.absolute(pathname + search);
  }

  /** For hosts. */
  async setEnabled(enabled: boolean): Promise<void> {
    await this.#transport.empty('PATCH', apiPath('rooms', this.#room), { body: { files: { enabled } } });
  }

  get #who(): Readonly<Record<string, string>> {
    return { 'Gridcast-Identity': this.#identity };
  }

  #path(...below: readonly string[]): string {
    return apiPath('rooms', this.#room, 'files', ...below);
  }
}
