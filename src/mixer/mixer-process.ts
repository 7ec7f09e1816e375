/** Entry of a room's mixer process. The server starts it with a duplex pipe as file descriptor 3, and says how its log looks. */
import { Socket } from 'node:net';
import { createSpawner } from '../ffmpeg/ffmpeg-process.ts';
import { Forker } from '../ffmpeg/forker.ts';
import { type LogFields, type Logger, createLogger, outputOfWords } from '../logger.ts';
import { systemClock } from '../util/clock.ts';
import { Link } from './link.ts';
import type { FromMixer, ToMixer } from './link-messages.ts';
import { MixerInstance } from './mixer-instance.ts';
import { warmDrawing } from './warm-drawing.ts';

const LINK_FD = 3;
const MAX_PENDING_BYTES = 64 * 1024 * 1024;

async function run(): Promise<void> {
  let instance: MixerInstance | undefined;
  const forker = new Forker();
  const log = createLogger('error', outputOfWords(process.argv.slice(2)));
  const leave = (code: number): void => {
    const closing = instance?.close() ?? Promise.resolve();
    void closing.then(() => forker.close()).finally(() => process.exit(code));
  };
  // A terminal's Ctrl-C reaches the whole group; the server decides when mixers end.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => leave(0));
  const forkerReady = forker.ready();
  // While the forker loads its code.
  warmDrawing();
  // What the server says waits in the link meanwhile; a decoder that starts without the forker is read more slowly for good.
  await forkerReady;
  const link = new Link({
    stream: new Socket({ fd: LINK_FD, readable: true, writable: true }),
    maxPendingBytes: MAX_PENDING_BYTES,
    onMessage: (message) => {
      const command = message as ToMixer;
      if (command.type !== 'start') {
        instance?.handle(command);
        return;
      }
      instance = new MixerInstance({
        program: command.program,
        spawn: createSpawner(command.program.ffmpegPath, forker),
        decodersReady: () => forker.waiting(),
        clock: systemClock,
        log: linkLogger(link, {}),
        send: (answer) => link.send(answer),
        sendMedia: (media) => link.sendMedia(media),
        onLost: () => leave(1),
      });
      link.send({ type: 'started' } satisfies FromMixer);
    },
    onMedia: (media) => instance?.feed(media),
    // The server is gone or wants us to end: in both cases nothing of this process may stay behind.
    onEnd: (reason) => {
      // It cannot travel any more.
      if (reason !== undefined) log.error('the link to the server broke', { reason });
      leave(reason === undefined ? 0 : 1);
    },
  });
}

/** Log lines travel to the server, which knows the room. */
function linkLogger(link: Link, base: LogFields): Logger {
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}): void =>
      link.send({ type: 'log', level, message, fields: { ...base, ...fields } } satisfies FromMixer);
  return {
    debug() {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => linkLogger(link, { ...base, ...fields }),
  };
}

void run();
