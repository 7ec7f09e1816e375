/** Peers that do not read, do not finish, or whose decoder does not work. */
import { connect } from 'node:net';
import type { Offence } from './offence.ts';
import { publishShown } from './stream-offences.ts';
import type { Stage } from './stage.ts';

const FUCHSIA = [255, 0, 255] as const;

/** Resolves when it holds, looked at as the program goes on. */
async function eventually(stage: Stage, what: string, holds: () => boolean): Promise<void> {
  for (let look = 0; look < 60; look += 1) {
    if (holds()) return;
    await stage.frames(15);
  }
  throw new Error(`Never: ${what}`);
}

/** A bare connection to the server that writes this, one byte at a time. */
async function drip(stage: Stage, bytes: Uint8Array): Promise<void> {
  const { hostname, port } = new URL(stage.server.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.resume();
  try {
    for (const byte of bytes) {
      socket.write(Uint8Array.of(byte));
      await stage.frames(1);
    }
    await stage.frames(60);
  } finally {
    socket.destroy();
  }
}

/** What happens to a decoder that was sent this signal: it is replaced, and the picture comes back. */
function signalled(name: string, signal: NodeJS.Signals): Offence {
  return {
    name,
    commit: async (offender, stage) => {
      const { pid, gone } = await publishShown(offender, stage);
      process.kill(pid, signal);
      await eventually(stage, 'another decoder', gone);
      await stage.shows(offender.place(), FUCHSIA);
      if (offender.errors.length > 0) throw new Error('The sender was blamed');
    },
  };
}

export const SOCKETS: readonly Offence[] = [
  {
    name: 'reads nothing of the program',
    fits: [],
    receive: { video: true, audio: true },
    commit: async (offender, stage) => {
      const { control, video } = offender.peer;
      offender.peer.stopSending();
      for (const { socket } of [control, video]) socket.pause();
      await stage.frames(240);
      for (const { socket } of [control, video]) socket.resume();
      const before = video.frames.length;
      await video.until(() => (video.frames.length > before + 30 ? true : undefined));
    },
  },
  {
    name: 'never ends its request',
    fits: [],
    commit: (_, stage) =>
      drip(stage, Buffer.from(`GET /ws?room=${stage.room} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websoc`)),
  },
  {
    name: 'says hello byte by byte',
    fits: [],
    commit: (_, stage) => {
      const upgrade = [
        `GET /ws?room=${stage.room} HTTP/1.1`,
        'Host: localhost',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        '\r\n',
      ].join('\r\n');
      // A text message of 60,000 bytes begins, and goes on by a byte with each frame of the program.
      const message = Uint8Array.of(0x81, 0xfe, 0xea, 0x60, 0, 0, 0, 0, ...Buffer.from('{"type":"hello"'));
      return drip(stage, Buffer.concat([Buffer.from(upgrade), message]));
    },
  },
];

/** Not the sender's fault, and not told to them. */
export const PROCESSES: readonly Offence[] = [
  signalled('has a decoder that stands still', 'SIGSTOP'),
  signalled('has a decoder that is killed', 'SIGKILL'),
];
