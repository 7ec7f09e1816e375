/** A room on a real server with three people in it who must never notice anything, and places for those who misbehave. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Colour, colourOf, decodePictures } from '../../helpers/decoded-program.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';
import { TestParticipant, toneAndBeep } from '../../helpers/test-participant.ts';
import { type RunningProcess, descendantsOf } from '../../integration/mixer/processes.ts';

/** A server that somebody else opens and closes. */
export interface StageServer {
  readonly url: string;
  /** The admin's. */
  readonly token: string;
  /** Its mixers are below this process. */
  readonly pid: number;
  /** What has been missing of the program, or of the residents' sound, since the last call. */
  takeGaps(): readonly string[];
}

/** How a picture stands in its place. */
export type Fit = 'contain' | 'cover';

/** A place in the program, pixels of 1280x720. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
  /** The one who stands there: a participant's id, or one of their tracks. */
  readonly show: string;
}

/** What had come by a certain moment; see `undisturbed`. */
export interface Mark {
  readonly since: readonly { readonly pictures: number; readonly sounds: number; readonly messages: number }[];
}

const ROOM = 'hostile';
const PROGRAM = { width: 1280, height: 720 };
const RESIDENTS = [
  { name: 'Ana', colour: 'red', rgb: [255, 0, 0], hz: 400 },
  { name: 'Bo', colour: 'lime', rgb: [0, 255, 0], hz: 600 },
  { name: 'Cy', colour: 'blue', rgb: [0, 0, 255], hz: 800 },
] as const;
const HALF = { width: 640, height: 360 };
const CORNERS = [
  { x: 0, y: 0 },
  { x: 640, y: 0 },
  { x: 0, y: 360 },
] as const;
/** The lower right quarter has places of which no two are of one size, so that a decoder can be told by its size. */
const COLUMNS = [100, 102, 104, 106, 108] as const;
const ROWS = [40, 42, 44, 46, 48] as const;
const CORNER = { x: 1264, y: 712, width: 8, height: 8 };
/** With the residents as many as a layout may have. */
const MAX_GUESTS = 22;
const STEP = { across: 124, down: 70 };
const NEAR = 40;
const PATIENCE_LOOKS = 25;

/** Opened and closed by one test file or bench. */
export class Stage {
  readonly server: StageServer;
  readonly samples = new MediaSamples();
  readonly room = ROOM;
  readonly residents: TestParticipant[] = [];
  #places: readonly Place[] = [];
  readonly #ffmpeg: string;
  readonly #folder: string;
  #looks = 0;

  private constructor(server: StageServer, ffmpeg: string, folder: string) {
    this.server = server;
    this.#ffmpeg = ffmpeg;
    this.#folder = folder;
  }

  static async open(server: StageServer, ffmpeg: string): Promise<Stage> {
    const stage = new Stage(server, ffmpeg, await mkdtemp(join(tmpdir(), 'gridcast-hostile-')));
    await stage.api('POST', '/api/rooms', { id: ROOM });
    for (const { name, colour, hz } of RESIDENTS) {
      const picture = await stage.samples.h264({ colour, ...HALF, frames: 60, gopFrames: 60 });
      const options = { ...stage.address, name, receive: { video: true, audio: true } };
      stage.residents.push(await TestParticipant.join(options, { picture, sound: toneAndBeep(hz, 2000) }));
    }
    await stage.arrange();
    await stage.residentsShown();
    return stage;
  }

  /** For joining. */
  get address(): { readonly url: string; readonly room: string; readonly token: string } {
    const { url, token } = this.server;
    return { url, token, room: ROOM };
  }

  async api(method: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }

  /** Residents keep their corners whoever comes and goes. */
  async arrange(): Promise<void> {
    const corners = this.residents.map(({ id }, index) => ({ ...HALF, ...(CORNERS[index] ?? CORNERS[0]), show: id }));
    const regions = [...corners, ...this.#places].map(({ x, y, width, height, ...rest }) => ({
      x: x / PROGRAM.width,
      y: y / PROGRAM.height,
      width: width / PROGRAM.width,
      height: height / PROGRAM.height,
      ...rest,
    }));
    await this.layout({ policy: 'custom', transition: 'cut', more: false, regions });
  }

  async layout(layout: object): Promise<void> {
    await this.api('PUT', `/api/rooms/${ROOM}/layout`, layout);
  }

  /** Gives everybody who is named a place of a size that no other tile has, and nobody else. */
  async seat(guests: readonly { readonly show: string; readonly fit: Fit }[]): Promise<void> {
    const all = ROWS.flatMap((height, row) =>
      COLUMNS.map((width, column) => ({ x: 644 + column * STEP.across, y: 364 + row * STEP.down, width, height })),
    );
    if (guests.length > MAX_GUESTS) throw new Error(`There are places for ${MAX_GUESTS} guests`);
    this.#places = guests.map((guest, index) => ({ ...(all[index] ?? CORNER), ...guest }));
    await this.arrange();
  }

  /** The place of a track. */
  placeOf(show: string): Place {
    const place = this.#places.find((one) => one.show === show);
    if (!place) throw new Error(`${show} has no place`);
    return place;
  }

  /** Resolves when so many more frames of the program have come. */
  async frames(count: number): Promise<void> {
    const { video } = this.first;
    const goal = video.frames.length + count;
    await video.until(() => (video.frames.length >= goal ? true : undefined));
  }

  /** From now on. */
  mark(): Mark {
    this.server.takeGaps();
    return {
      since: this.residents.map(({ control, video }) => ({
        pictures: video.frames.length,
        sounds: control.frames.length,
        messages: control.messages.length,
      })),
    };
  }

  /** What anybody noticed since: gaps in the program or in their sound, and what they were told. Empty is good. */
  disturbances({ since }: Mark): string[] {
    const told = this.residents.flatMap(({ control }, index) =>
      control.messages.slice(since[index]?.messages).flatMap((message) => {
        const { name } = RESIDENTS[index] ?? RESIDENTS[0];
        return message.type === 'error' ? [`${name} was told ${message.code}: ${message.message}`] : [];
      }),
    );
    return [...this.server.takeGaps(), ...told];
  }

  /** Frames and sound packets that residents did not get since: the line to them, or they themselves, were too slow. */
  skipped({ since }: Mark): number {
    return this.residents.reduce((sum, { control, video }, index) => {
      const { pictures = 0, sounds = 0 } = since[index] ?? {};
      return sum + missing(video.frames.slice(pictures)) + missing(control.frames.slice(sounds));
    }, 0);
  }

  /** Resolves when everybody stands in their corner; else rejects with what is seen there. */
  async residentsShown(): Promise<void> {
    await this.#shown(RESIDENTS.map(({ rgb }, index) => ({ cell: inner({ ...HALF, ...CORNERS[index] }), rgb })));
  }

  /** Resolves when the middle of a place has this colour. */
  async shows(place: Place, rgb: Colour): Promise<void> {
    const middle = { x: place.x + place.width / 2 - 4, y: place.y + place.height / 2 - 8, width: 8, height: 8 };
    await this.#shown([{ cell: middle, rgb }]);
  }

  /** The room's mixer process. */
  get mixer(): RunningProcess {
    const found = descendantsOf(this.server.pid).find(({ command }) => command.includes('mixer-process'));
    if (!found) throw new Error('There is no mixer process');
    return found;
  }

  /** The decoders of a place. */
  decodersOf({ width, height }: Place): RunningProcess[] {
    return this.decoders.filter(({ command }) => command.includes(`pad=${width}:${height}:`));
  }

  /** Resolves when only the residents' decoders are left. */
  async settled(): Promise<void> {
    for (let look = 0; look < PATIENCE_LOOKS && this.decoders.length > RESIDENTS.length; look += 1)
      await this.frames(15);
    const { decoders } = this;
    if (decoders.length !== RESIDENTS.length) throw new Error(`${decoders.length} decoders are left`);
  }

  get decoders(): RunningProcess[] {
    return descendantsOf(this.mixer.pid).filter(({ command }) => command.includes('-c:v rawvideo'));
  }

  async close(): Promise<void> {
    await Promise.all(this.residents.map((resident) => resident.leave()));
    await this.samples.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get first(): TestParticipant {
    const [first] = this.residents;
    if (!first) throw new Error('Nobody is here');
    return first;
  }

  async #shown(cells: readonly { readonly cell: Cell; readonly rgb: Colour }[]): Promise<void> {
    for (let look = 1; ; look += 1) {
      await this.frames(8);
      const seen = await this.#look(cells.map(({ cell }) => cell));
      const wrong = seen.filter((colour, index) => !isNear(colour, cells[index]?.rgb ?? [0, 0, 0]));
      if (wrong.length === 0) return;
      if (look === PATIENCE_LOOKS) throw new Error(`The program shows ${seen.map(text).join(' ')}`);
    }
  }

  /** Colours of these cells in the newest picture. */
  async #look(cells: readonly Cell[]): Promise<Colour[]> {
    const { frames } = this.first.video;
    const from = frames.findLastIndex(({ header }) => header.keyframe);
    if (from === -1) return cells.map(() => [0, 0, 0]);
    const path = join(this.#folder, `${(this.#looks += 1)}.h264`);
    await writeFile(path, Buffer.concat(frames.slice(from).map(({ payload }) => payload)));
    const pictures = await decodePictures(this.#ffmpeg, path, 30);
    await rm(path);
    return cells.map((cell) => colourOf(pictures, pictures.frames.length - 1, cell));
  }
}

type Cell = Pick<Place, 'x' | 'y' | 'width' | 'height'>;

/** Without names, clocks and edges. */
function inner({ width, height, x = 0, y = 0 }: { width: number; height: number; x?: number; y?: number }): Cell {
  return { x: x + width / 4, y: y + height / 4, width: width / 2, height: height / 2 };
}

function missing(frames: readonly { readonly header: { readonly seq: number } }[]): number {
  const [first, last] = [frames[0], frames.at(-1)];
  return first && last ? last.header.seq - first.header.seq + 1 - frames.length : 0;
}

function isNear(one: Colour, other: Colour): boolean {
  return one.every((value, channel) => Math.abs(value - (other[channel] ?? 0)) <= NEAR);
}

function text(colour: Colour): string {
  return `(${colour.map((value) => Math.round(value)).join()})`;
}
