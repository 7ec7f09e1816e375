import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import { ConfigError } from '../../../src/errors.ts';

const FILE = 'gridcast.yml';

function load(env: NodeJS.ProcessEnv, text?: string): Config {
  return loadConfig(text === undefined ? env : { ...env, GRIDCAST_CONFIG: FILE }, () => text ?? '');
}

/** The sentences of the error that stops the start. */
function faults(env: NodeJS.ProcessEnv, text?: string): readonly string[] {
  try {
    load(env, text);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message.split('\n');
  }
  throw new Error('The configuration was accepted');
}

describe('loadConfig', () => {
  it('gives every default when nothing is set', () => {
    const config = load({});
    expect(config.server).toEqual({
      port: 8080,
      host: '127.0.0.1',
      data: './data',
      allowedOrigins: [],
      trustedProxies: ['127.0.0.0/8', '::1'],
    });
    expect(config.program.framerate).toBe(30);
    expect(config.redis.url).toBeUndefined();
  });

  it('puts the file over the defaults and the environment over the file', () => {
    const text = 'server:\n  port: 9000\n  host: 0.0.0.0\nhls:\n  windowSegments: 60\n';
    const config = load(
      { GRIDCAST_PORT: '9001', REDIS_URL: 'redis://localhost:7000', FFMPEG_PATH: '/opt/ffmpeg' },
      text,
    );
    expect(config.server).toMatchObject({ port: 9001, host: '0.0.0.0', data: './data' });
    expect(config.hls).toMatchObject({ access: 'public', profile: 'standard', abr: false });
    expect(config.hls).toMatchObject({ segmentSeconds: 2, windowSegments: 60, dvrMinutes: 60 });
    expect(config.redis.url).toBe('redis://localhost:7000');
    expect(config.ffmpeg.path).toBe('/opt/ffmpeg');
  });

  it('keeps a data folder or a host of digits a text', () => {
    expect(load({ GRIDCAST_DATA: '2026', GRIDCAST_HOST: '0' }).server).toMatchObject({ data: '2026', host: '0' });
  });

  it('takes an empty variable and a key without a value as left out', () => {
    const config = load({ GRIDCAST_PORT: '', DATABASE_URL: '' }, 'server:\n  host:\nredis:\n');
    expect(config.server).toMatchObject({ port: 8080, host: '127.0.0.1' });
  });

  it('refuses an unknown key even without a value', () => {
    expect(faults({}, 'servers:\n')).toEqual(['"servers" in gridcast.yml, line 1, is unknown: did you mean "server"?']);
  });

  it('takes an empty file as all defaults', () => {
    expect(load({}, '# nothing\n')).toEqual(load({}));
  });

  it('names an unknown key with its line and what was meant', () => {
    expect(faults({}, 'log:\n  level: warn\nserver:\n  prot: 9000\n')).toEqual([
      '"server.prot" in gridcast.yml, line 4, is unknown: did you mean "server.port"?',
    ]);
  });

  it('lists what is known where nothing similar is', () => {
    expect(faults({}, 'redis:\n  cluster: yes\n')).toEqual([
      '"redis.cluster" in gridcast.yml, line 2, is unknown: known here are url.',
    ]);
  });

  it.each([
    ['server: { port: 65536 }', '"server.port" in gridcast.yml, line 1, is 65536 but must be at most 65535.'],
    ['server: { port: "80" }', '"server.port" in gridcast.yml, line 1, is "80" but must be a number.'],
    [
      'program: { framerate: 29.97 }',
      '"program.framerate" in gridcast.yml, line 1, is 29.97 but must be a whole number.',
    ],
    ['program: { width: 1281 }', '"program.width" in gridcast.yml, line 1, is 1281 but must be a multiple of 2.'],
    [
      'program: { preset: slow }',
      '"program.preset" in gridcast.yml, line 1, is "slow" but must be one of ultrafast, superfast, veryfast, faster, fast, medium.',
    ],
    ['hls: { windowSegments: 5 }', '"hls.windowSegments" in gridcast.yml, line 1, is 5 but must be at least 6.'],
    ['hls: { dvrMinutes: 0 }', '"hls.dvrMinutes" in gridcast.yml, line 1, is 0 but must be at least 1.'],
    [
      'program: { width: 178, height: 720 }',
      '"program.width" in gridcast.yml, line 1, is 178 but must be at least 180.',
    ],
    [
      'program: { width: 180, height: 1922 }',
      '"program.height" in gridcast.yml, line 1, is 1922 but must be at most 1920.',
    ],
    [
      'program: { width: 1920, height: 1090 }',
      '"program.height" in gridcast.yml, line 1, is 1090 but must be so small that width times height is at most 2088960 pixels (1920x1088).',
    ],
    ['program: { framerate: 61 }', '"program.framerate" in gridcast.yml, line 1, is 61 but must be at most 60.'],
    [
      'program: { width: 318, height: 180 }',
      '"program.height" in gridcast.yml, line 1, is 180 but must be so large that width times height is at least 57600 pixels (320x180).',
    ],
    [
      'rooms: { maxParticipants: 51 }',
      '"rooms.maxParticipants" in gridcast.yml, line 1, is 51 but must be at most 50.',
    ],
    ['log: [warn]', '"log" in gridcast.yml, line 1, must be a group of keys.'],
    [
      'server: { publicUrl: "javascript:x" }',
      '"server.publicUrl" in gridcast.yml, line 1, is "javascript:x" but must be a URL such as https://example.org.',
    ],
    [
      'server:\n  trustedProxies:\n    - 10.0.0.0/8\n    - nginx',
      '"server.trustedProxies.1" in gridcast.yml, line 4, is "nginx" but must be an IP address such as 192.0.2.7, or a range of them such as 10.0.0.0/8 or fd00::/8; names are not looked up.',
    ],
    ...[
      '*',
      'https://*.example.org',
      'https://example.org/',
      'https://example.org;script-src',
      'https://example.org:443',
      'null',
    ].map((text): [string, string] => [
      `server: { allowedOrigins: ["${text}"] }`,
      `"server.allowedOrigins.0" in gridcast.yml, line 1, is "${text}" but must be an origin such as https://www.example.org or http://localhost:8090: no path, no slash at its end, no "*".`,
    ]),
    ['just a text', 'The whole of gridcast.yml is "just a text" but must be a group of keys.'],
  ])('refuses %s with one sentence', (text, sentence) => {
    expect(faults({}, text)).toEqual([sentence]);
  });

  it('accepts origins of sites, with their ports, and of apps', () => {
    const origins = ['https://example.org', 'http://127.0.0.1:8090', 'https://[::1]:8443', 'capacitor://localhost'];
    const config = load({}, `server: { allowedOrigins: ${JSON.stringify(origins)} }`);
    expect(config.server.allowedOrigins).toEqual(origins);
  });

  it('accepts the values at the edges of their ranges', () => {
    const text =
      'server: { port: 65535 }\nhls: { windowSegments: 6, dvrMinutes: 1440 }\nrooms: { maxParticipants: 50 }\n';
    expect(load({}, text).hls.dvrMinutes).toBe(1440);
    for (const size of ['width: 1920, height: 1088', 'width: 1088, height: 1920', 'width: 180, height: 320']) {
      expect(() => load({}, `program: { ${size} }`)).not.toThrow();
    }
    expect(load({ GRIDCAST_PORT: '0' }).server.port).toBe(0);
  });

  it('names the variable when a value comes from the environment', () => {
    expect(faults({ GRIDCAST_PORT: '8o8o' })).toEqual(['GRIDCAST_PORT is "8o8o" but must be a number.']);
  });

  it('refuses an unknown variable of its own family and guesses what was meant', () => {
    expect(faults({ GRIDCAST_PROT: '1', PORT: '2' })).toEqual([
      'Unknown environment variable GRIDCAST_PROT: did you mean GRIDCAST_PORT?',
    ]);
  });

  it('says every fault at once', () => {
    expect(faults({ GRIDCAST_PORT: '-1', GRIDCAST_X: '1' }, 'log: { level: loud }\nfoo: 1\n')).toHaveLength(4);
  });

  it('never repeats a secret', () => {
    const said = faults({
      GRIDCAST_ADMIN_TOKEN: 'hunter2',
      REDIS_URL: 'http://user:hunter2@host',
      DATABASE_URL: 'mysql://user:hunter2@host/db',
    }).join('\n');
    expect(said).not.toContain('hunter2');
    expect(said.split('\n')).toHaveLength(3);
  });

  it('takes a database on a Postgres server, or a file of SQLite', () => {
    expect(faults({ DATABASE_URL: 'mysql://localhost/gridcast' })[0]).toContain(
      'a Postgres database such as postgres://',
    );
    const url = 'postgres://gridcast:secret@localhost/gridcast';
    expect(load({ DATABASE_URL: url }).database.url).toBe(url);
    expect(load({ DATABASE_URL: 'sqlite:/var/lib/gridcast.db' }).database.url).toBe('sqlite:/var/lib/gridcast.db');
    expect(load({ DATABASE_URL: 'file:./gridcast.db' }).database.url).toBe('file:./gridcast.db');
  });

  it('names the line where the notation breaks', () => {
    expect(faults({}, 'server:\n  port: [\n')[0]).toMatch(/^gridcast\.yml, line \d, is no valid YAML: .+\.$/);
    expect(faults({}, 'log: {}\nlog: {}\n')[0]).toContain('line 2');
  });

  it('says which file cannot be read', () => {
    const readFile = (): string => {
      throw new Error('ENOENT: no such file');
    };
    expect(() => loadConfig({ GRIDCAST_CONFIG: '/etc/none.yml' }, readFile)).toThrow(
      'GRIDCAST_CONFIG names /etc/none.yml, which cannot be read (ENOENT: no such file): copy config.example.yml there, or unset the variable.',
    );
  });
});
