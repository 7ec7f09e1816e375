/** A process that has a program started by a forker, says when that has begun, and stays. Argument: the program. */
import { createSpawner } from '../../src/ffmpeg/ffmpeg-process.ts';
import { Forker } from '../../src/ffmpeg/forker.ts';
import { nullLogger } from '../../src/logger.ts';
import { systemClock } from '../../src/util/clock.ts';

const forker = new Forker();
await forker.ready();
const readInto = { space: () => new Uint8Array(100), took: () => process.stdout.write('begun\n') };
const options = { label: 'program', log: nullLogger, clock: systemClock, readInto };
createSpawner(process.argv[2] ?? '', forker)([], options);
