/**
 * Connected sockets for children's output. Those that Node makes for a child are read in fresh buffers of 64 KB, and frames
 * are then copied out of them; a socket that we connect ourselves is read straight into the frame, without garbage. Node
 * cannot make a pair, but it can connect to itself. (A named pipe holds 64 KB, a socket three times as much: half the reads.)
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DirectReader, pourInto } from './direct-reader.ts';

/** Two ends of one connection. */
export interface SocketPair {
  /** To be a child's standard output, and to be destroyed here once the child has it. */
  readonly childEnd: Socket;
  /** Reads into what `readInto` names; to be destroyed by whoever took the pair. */
  readonly ownEnd: Socket;
  /** Says where the bytes go; before anything can come. */
  readInto(reader: DirectReader): void;
}

/** Pairs that are ready: enough for a full program that changes its layout. Without one a child gets a pipe of Node's. */
const SPARE = 32;
/** Nothing comes before the child has its end, and it gets that after its reader is known. */
const NOBODY: DirectReader = { space: () => new Uint8Array(1), took() {} };

/** Owned by whoever owns the children. Children do not inherit what waits here, and nothing of it has a name. */
export class SocketPairs {
  readonly #spare: SocketPair[] = [];
  #filling: Promise<void> | undefined;
  #closed = false;

  constructor() {
    this.#fill();
  }

  /** Resolves once no more pairs are being made. */
  async ready(): Promise<void> {
    await this.#filling;
  }

  /** A pair, when one is ready. */
  take(): SocketPair | undefined {
    const pair = this.#spare.pop();
    if (this.#spare.length <= SPARE / 2) this.#fill();
    return pair;
  }

  /** Pairs that were taken stay open. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#filling;
    for (const { childEnd, ownEnd } of this.#spare.splice(0)) {
      childEnd.destroy();
      ownEnd.destroy();
    }
  }

  #fill(): void {
    if (this.#filling || this.#closed) return;
    this.#filling = makePairs(SPARE - this.#spare.length)
      .then(
        (pairs) => void this.#spare.push(...pairs),
        // Out of file descriptors, or no folder to write in: children get the other kind of pipe.
        () => {},
      )
      .finally(() => {
        this.#filling = undefined;
      });
  }
}

async function makePairs(count: number): Promise<SocketPair[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-pairs-'));
  const server = createServer({ pauseOnConnect: true });
  try {
    const path = join(folder, 's');
    server.listen(path);
    await once(server, 'listening');
    const pairs: SocketPair[] = [];
    for (let index = 0; index < count; index += 1) {
      const pair = await makePair(server, path);
      // Those that were made are good, whatever keeps the next from being made.
      if (!pair) break;
      pairs.push(pair);
    }
    return pairs;
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function makePair(server: Server, path: string): Promise<SocketPair | undefined> {
  let reader: DirectReader | undefined;
  // The first read was prepared before anybody could say where it belongs.
  const first = new Uint8Array(1);
  const ownEnd = connect({
    path,
    onread: {
      buffer: () => reader?.space() ?? first,
      callback: (count, buffer) => {
        if (buffer === first) pourInto(reader ?? NOBODY, first);
        else reader?.took(count);
        return true;
      },
    },
  });
  // Nobody is at the other end any more: the same news as its end.
  ownEnd.on('error', () => {});
  const childEnd = await acceptedBy(server, ownEnd);
  if (!childEnd) return undefined;
  childEnd.on('error', () => {});
  return {
    childEnd,
    ownEnd,
    readInto: (taker) => {
      reader = taker;
    },
  };
}

/** The other end of a connection; undefined when there is none, for example out of file descriptors. */
function acceptedBy(server: Server, client: Socket): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const finish = (socket: Socket | undefined): void => {
      server.off('connection', finish);
      server.off('drop', fail);
      client.off('close', fail);
      resolve(socket);
    };
    const fail = (): void => {
      client.destroy();
      finish(undefined);
    };
    server.once('connection', finish);
    server.once('drop', fail);
    client.once('close', fail);
  });
}
