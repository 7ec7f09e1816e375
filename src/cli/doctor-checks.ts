/** What a machine needs for Gridcast: one function for each need. None of them changes anything that stays. */
import { access, mkdtemp, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import { postgresName } from '../config/database-url.ts';
import type { Config } from '../config/schema.ts';
import { ConfigError, messageOf } from '../errors.ts';
import { estimateDisk, hoursIn } from './disk-estimate.ts';
import { missingCapabilities } from '../ffmpeg/capabilities.ts';
import { EncoderChooser } from '../ffmpeg/hardware-encoders.ts';
import { locateFfmpeg } from '../ffmpeg/locate.ts';
import { FFMPEG_ENCODERS, type HardwareEncoderName } from '../ffmpeg/video-encoders.ts';
import { nullLogger } from '../logger.ts';
import { DataLock } from '../server/data-lock.ts';
import { checkDatabaseFile, checkNothingForgotten, databasePlace } from '../server/database-place.ts';
import type { Clock } from '../util/clock.ts';

/** `ok`: nothing to do; `warn`: works, but less well than it could; `FAIL`: the server cannot do its work. */
export type Verdict = 'ok' | 'warn' | 'FAIL';

/** The result of one check; `remedy` says what to do, unless all is well or `text` says it. */
export interface Finding {
  readonly verdict: Verdict;
  readonly subject: string;
  readonly text: string;
  readonly remedy?: string;
}

const OLDEST_NODE: readonly [number, number] = [22, 16];
const HOURS_ENOUGH = 10;
const GIB = 2 ** 30;

/** @param version without a leading v */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok('Node', version);
  return fail('Node', `${version} is too old`, `install Node 24, or start with "npm start", which brings it`);
}

/** Found, runs, and was built with all that is used. */
export async function checkFfmpeg(config: Config, clock: Clock): Promise<Finding> {
  const { path } = config.ffmpeg;
  try {
    const found = await locateFfmpeg({ clock, ...(path === undefined ? {} : { configured: path }) });
    const missing = await missingCapabilities(found.path, clock);
    const names = Object.entries(missing).flatMap(([kind, list]) => list.map((name: string) => `${name} (${kind})`));
    const text = `${found.version} at ${found.path}`;
    if (names.length > 0) {
      return fail(
        'FFmpeg',
        `${text} lacks ${names.join(', ')}`,
        "install your system's full build and set FFMPEG_PATH to it",
      );
    }
    if (found.origin === 'ffmpeg-static') {
      return warn(
        'FFmpeg',
        `${text}, from the package ffmpeg-static, which gets no security fixes`,
        'set FFMPEG_PATH to your system’s',
      );
    }
    return ok('FFmpeg', `${text}, with libx264, AAC and Opus`);
  } catch (error) {
    return { verdict: 'FAIL', subject: 'FFmpeg', text: messageOf(error) };
  }
}

/** Which encoder programs of the configured size get, and why not the others; each is tried out. */
export async function checkEncoder(config: Config, clock: Clock): Promise<Finding> {
  const { path } = config.ffmpeg;
  const { width, height, framerate, videoKbit: kbit, encoder: wish } = config.program;
  const located = await locateFfmpeg({ clock, ...(path === undefined ? {} : { configured: path }) }).catch(
    () => undefined,
  );
  if (!located) return warn('Encoder', 'none can be tried out', 'make FFmpeg run first, see above');
  const chooser = new EncoderChooser({ ffmpegPath: located.path, clock, log: nullLogger });
  const format = { width, height, framerate, kbit };
  const { encoder, rejected } = await chooser.choose(wish, format);
  const usable: HardwareEncoderName[] = [];
  const reasons: string[] = [];
  for (const candidate of new Set([...rejected.map((one) => one.encoder), ...chooser.candidates()])) {
    const reason = await chooser.test(candidate, format);
    if (reason !== undefined) reasons.push(`${candidate}: ${reason}`);
    else if (candidate !== encoder) usable.push(candidate);
  }
  const others = [...(usable.length > 0 ? [`${usable.join(', ')} would work too`] : []), ...reasons].join('; ');
  const text = `${FFMPEG_ENCODERS[encoder]} for ${width}x${height} at ${framerate} (${others})`;
  if (wish === 'auto' || wish === encoder) return ok('Encoder', text);
  return warn(
    'Encoder',
    `${text}, although ${wish} is configured`,
    'mend its driver, or set program.encoder to x264 or auto',
  );
}

/** Everything that has to last can be written. */
export async function checkData(config: Config): Promise<Finding> {
  const folder = resolve(config.server.data);
  const existing = await nearestExisting(folder);
  try {
    // Access rights alone do not tell of read-only mounts and quotas.
    await rm(await mkdtemp(join(existing, '.gridcast-doctor-')), { recursive: true });
    return ok('Data folder', existing === folder ? folder : `${folder}, to be made`);
  } catch (error) {
    const remedy = 'make it writable for this user, or name another folder in GRIDCAST_DATA';
    return fail('Data folder', `${folder} cannot be written: ${messageOf(error)}`, remedy);
  }
}

/** Where the lists lie, when that is not the data folder. */
export async function checkDatabase(config: Config): Promise<readonly Finding[]> {
  const place = databasePlace(config);
  if ('postgres' in place) return [await checkPostgres(place.postgres, config)];
  const { path } = place;
  const folder = dirname(path);
  if (folder === resolve(config.server.data)) return [];
  try {
    checkDatabaseFile(config, path);
    await rm(await mkdtemp(join(await nearestExisting(folder), '.gridcast-doctor-')), { recursive: true });
    return [ok('Database', path)];
  } catch (error) {
    if (error instanceof ConfigError) return [{ verdict: 'FAIL', subject: 'Database', text: error.message }];
    const remedy = 'make the folder writable for this user, or name another file in DATABASE_URL';
    return [fail('Database', `${path} cannot be written: ${messageOf(error)}`, remedy)];
  }
}

/** Beside a server that runs: nothing is locked. */
async function checkPostgres(url: string, config: Config): Promise<Finding> {
  const { lookAtPostgres } = await import('../database/postgres.ts');
  try {
    const { version, used } = await lookAtPostgres(url);
    if (!used) checkNothingForgotten(config);
    return ok('Database', `${postgresName(url)}, Postgres ${version}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { verdict: 'FAIL', subject: 'Database', text: error.message };
  }
}

/** Room for recordings. */
export async function checkDisk(config: Config): Promise<Finding> {
  const { bavail, bsize, blocks } = await statfs(await nearestExisting(resolve(config.server.data)));
  return judgeDisk(config, { free: bavail * bsize, size: blocks * bsize });
}

/** @param disk bytes of the disk of the data folder */
export function judgeDisk(config: Config, { free, size }: { readonly free: number; readonly size: number }): Finding {
  const estimate = estimateDisk(config);
  const floor = (size * config.recordings.diskFloorPercent) / 100;
  const hours = hoursIn(free - floor - estimate.live, estimate);
  const kept = `${(floor / GIB).toFixed(1)} GiB stay free and ${(estimate.live / GIB).toFixed(1)} are for going back live`;
  const text = `${(free / GIB).toFixed(1)} GiB free, of which ${kept}: about ${hours.toFixed(0)} hours of recordings of one room (${estimate.counted})`;
  if (hours >= HOURS_ENOUGH) return ok('Disk', text);
  const remedy = 'delete old recordings, or name a folder on a larger disk in GRIDCAST_DATA';
  return hours >= 1 ? warn('Disk', text, remedy) : fail('Disk', text, remedy);
}

/** The port can be had, or the server that has it is the one that this machine is checked for. */
export async function checkPort(config: Config): Promise<Finding> {
  const { host, port } = config.server;
  const server = createServer();
  try {
    await new Promise<void>((resolvePromise, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolvePromise);
    });
    return ok('Port', port === 0 ? `any free one on ${host}` : `${port} on ${host} is free`);
  } catch (error) {
    const holder = isTaken(error) ? await DataLock.holder(config.server.data) : undefined;
    if (holder !== undefined) return ok('Port', `${port} on ${host}: Gridcast runs already (process ${holder})`);
    const remedy =
      'stop the program that has it (perhaps Gridcast, on another data folder), or choose another in GRIDCAST_PORT or GRIDCAST_HOST';
    return fail('Port', messageOf(error), remedy);
  } finally {
    await new Promise<void>((resolvePromise) => {
      server.close(() => resolvePromise());
    });
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** What browsers ask of an address before they hand over a camera. */
export function checkAddress(config: Config): Finding {
  const { host, publicUrl } = config.server;
  const loopback = /^(127\.|::1$|localhost$)/.test(host);
  if (publicUrl?.startsWith('https:')) return ok('Address', publicUrl);
  if (publicUrl === undefined && config.tls.cert !== undefined) {
    return ok('Address', `${host}, with HTTPS by the server itself`);
  }
  if (loopback && publicUrl === undefined)
    return ok('Address', `${host}: for this machine, or behind a proxy with HTTPS`);
  return warn(
    'Address',
    `${publicUrl ?? host} is reached without HTTPS, where browsers give no camera and no microphone`,
    'give the server a certificate ("gridcast doctor --make-cert"), or put a proxy with HTTPS in front and set server.publicUrl to its https:// address',
  );
}

/** @param families installed font families; those of the machine by default */
export function checkFonts(families: readonly string[] = GlobalFonts.families.map(({ family }) => family)): Finding {
  const install = 'install them (apt-get install fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji)';
  if (families.length === 0) return fail('Fonts', 'there are none, so names and the clock stay blank', install);
  const wanted = {
    Arabic: /Arabic|Geeza|DejaVu Sans/,
    Devanagari: /Devanagari|Lohit/,
    'Chinese/Japanese/Korean': /CJK|PingFang|Hiragino|WenQuanYi/,
    emoji: /Emoji/,
  };
  const lacking = Object.entries(wanted).filter(([, pattern]) => !families.some((family) => pattern.test(family)));
  const text = `${families.length} families`;
  if (lacking.length === 0) return ok('Fonts', text);
  return warn(
    'Fonts',
    `${text}, but none for ${new Intl.ListFormat('en').format(lacking.map(([name]) => name))}`,
    install,
  );
}

/** @param folder of the built pages */
export async function checkPages(folder: string): Promise<Finding> {
  const built = await access(join(folder, 'index.html')).then(
    () => true,
    () => false,
  );
  return built
    ? ok('Web pages', 'built')
    : fail('Web pages', `${folder} has none`, 'build them with "npm run build:web"');
}

async function nearestExisting(folder: string): Promise<string> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  return exists || folder === dirname(folder) ? folder : nearestExisting(dirname(folder));
}

/** A finding of this verdict. */
export function ok(subject: string, text: string): Finding {
  return { verdict: 'ok', subject, text };
}

/** A finding of this verdict. */
export function warn(subject: string, text: string, remedy: string): Finding {
  return { verdict: 'warn', subject, text, remedy };
}

/** A finding of this verdict. */
export function fail(subject: string, text: string, remedy: string): Finding {
  return { verdict: 'FAIL', subject, text, remedy };
}
