/** What the machine has to bring, and how to tell whether it does. Each check reads a few file names and starts nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { hasCommand, isExecutable } from './commands.js';

const mac = process.platform === 'darwin';
const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
const ubuntu = /^ID=ubuntu$/m.test(release);
const debian = /^ID=debian$/m.test(release);
const browsers = ['chromium', 'chromium-browser', 'google-chrome'];

/** Servers are where only root looks for them, but they run for everybody. */
function hasProgram(name) {
  return hasCommand(name) || isExecutable(`/usr/sbin/${name}`);
}

const ffmpeg = {
  what: 'FFmpeg',
  why: 'to decode what participants send and to encode the program',
  required: true,
  'apt-get': 'ffmpeg',
  brew: 'ffmpeg',
  present: () => hasCommand('ffmpeg') && hasCommand('ffprobe'),
};

const redis = {
  what: 'redis-server',
  why: 'for the queue of archive jobs (the server starts a private one)',
  required: true,
  'apt-get': 'redis-server',
  brew: 'redis',
  present: () => hasCommand('redis-server'),
};

const chromium = {
  what: 'Chromium',
  why: 'for the tests that open the pages in a real browser',
  required: true,
  'apt-get': ubuntu ? 'chromium-browser' : 'chromium',
  brew: '--cask google-chrome',
  present: () =>
    browsers.some(hasCommand) ||
    existsSync('/Applications/Google Chrome.app') ||
    existsSync('/Applications/Chromium.app'),
};

/** Debian alone has it as a package. */
const chromiumShell = {
  what: 'The headless shell of Chromium',
  why: 'to make those tests quicker',
  required: false,
  'apt-get': 'chromium-headless-shell',
  present: () => hasCommand('chromium-headless-shell'),
};

const nginx = {
  what: 'nginx',
  why: 'for the tests that watch a room through it',
  required: true,
  'apt-get': 'nginx-light',
  brew: 'nginx',
  present: () => hasProgram('nginx'),
};

const caddy = {
  what: 'Caddy',
  why: 'for the tests that watch a room through it',
  required: true,
  'apt-get': 'caddy',
  brew: 'caddy',
  present: () => hasProgram('caddy'),
};

const haproxy = {
  what: 'HAProxy',
  why: 'for the tests that watch a room through it',
  required: true,
  'apt-get': 'haproxy',
  brew: 'haproxy',
  present: () => hasProgram('haproxy'),
};

const varnish = {
  what: 'Varnish',
  why: 'for the tests that watch a room through it',
  required: true,
  'apt-get': 'varnish',
  brew: 'varnish',
  present: () => hasProgram('varnishd'),
};

const postgres = {
  what: 'Postgres',
  why: 'for the tests that keep the lists in it',
  required: true,
  'apt-get': 'postgresql',
  brew: 'postgresql@17',
  present: () => hasCommand('initdb') || postgresVersions().some(hasInitdb),
};

/** Debian keeps the programs of each version by themselves, and those of clients there, too. */
function postgresVersions() {
  return existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
}

function hasInitdb(version) {
  return isExecutable(`/usr/lib/postgresql/${version}/bin/initdb`);
}

const fonts = [
  {
    what: 'The font Noto Sans',
    why: 'to write names and the clock into the picture',
    required: true,
    'apt-get': 'fonts-noto-core',
    files: ['truetype/noto/NotoSans-Regular.ttf', 'google-noto/NotoSans-Regular.ttf', 'noto/NotoSans-Regular.ttf'],
  },
  {
    what: 'The font Noto Sans Arabic',
    why: 'for names that are written from right to left',
    required: false,
    'apt-get': 'fonts-noto-core',
    files: [
      'truetype/noto/NotoSansArabic-Regular.ttf',
      'google-noto/NotoSansArabic-Regular.ttf',
      'noto/NotoSansArabic-Regular.ttf',
    ],
  },
  {
    what: 'The font Noto Sans Devanagari',
    why: 'for names in Hindi and its neighbours',
    required: false,
    'apt-get': 'fonts-noto-core',
    files: [
      'truetype/noto/NotoSansDevanagari-Regular.ttf',
      'google-noto/NotoSansDevanagari-Regular.ttf',
      'noto/NotoSansDevanagari-Regular.ttf',
    ],
  },
  {
    what: 'The font Noto Sans CJK',
    why: 'for Chinese, Japanese and Korean names',
    required: false,
    'apt-get': 'fonts-noto-cjk',
    files: [
      'opentype/noto/NotoSansCJK-Regular.ttc',
      'google-noto-cjk/NotoSansCJK-Regular.ttc',
      'noto-cjk/NotoSansCJK-Regular.ttc',
    ],
  },
  {
    what: 'The font Noto Color Emoji',
    why: 'for emoji in names',
    required: false,
    'apt-get': 'fonts-noto-color-emoji',
    files: ['truetype/noto/NotoColorEmoji.ttf', 'google-noto-emoji/NotoColorEmoji.ttf', 'noto/NotoColorEmoji.ttf'],
  },
].map((font) => ({ ...font, present: () => font.files.some((file) => existsSync(`/usr/share/fonts/${file}`)) }));

/** Met by the environment: the server says itself when what a variable names does not work. */
function unless(variable, need) {
  return { ...need, present: () => Boolean(process.env[variable]) || need.present() };
}

// macOS brings fonts of every script.
const systemFonts = mac ? [] : fonts;

/** What `npm start` needs. */
export const startNeeds = [unless('FFMPEG_PATH', ffmpeg), unless('REDIS_URL', redis), ...systemFonts];

/** What `npm test` needs: it starts all of it itself. */
export const testNeeds = [
  ffmpeg,
  redis,
  ...systemFonts,
  chromium,
  ...(debian ? [chromiumShell] : []),
  nginx,
  caddy,
  haproxy,
  varnish,
  postgres,
];
