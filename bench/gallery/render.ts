/** Makes the pictures of the gallery with a real mixer. */
import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { arrange } from '../../src/layout/arrange.ts';
import { annotationSchema } from '../../src/layout/annotation.ts';
import { type Candidate, type Region, layoutSchema } from '../../src/layout/layout.ts';
import { type Picture, clonePicture } from '../../src/mixer/picture.ts';
import type { Participant } from '../../src/room/participant.ts';
import { CheckRoom } from '../check/check-room.ts';
import { Likeness } from '../check/likeness.ts';
import { type Size, encodeLoop } from '../check/pattern.ts';
import { toneLoop } from '../check/tones.ts';
import type { CodedLoop } from '../room/coded-loop.ts';
import { SLIDE, paintBackground, paintLogo, paintAvatar, paintSlide } from './artwork.ts';
import type { GalleryPerson, GalleryScene } from './scenes.ts';
import { paintPerson } from './portrait.ts';

const WIDE = { width: 1280, height: 720 };
/** What cameras send: less when there are many, whose tiles are small. */
const LARGE: Size = WIDE;
const SMALL: Size = { width: 640, height: 360 };
const FEW = 6;
/** Cameras and screens stand still here, so a few pictures a second are enough. */
const STILL = { frames: 5, stepMs: 200 };
const KBIT = 9000;
/** Until delays are small, marks have appeared, and somebody has been away for some seconds. */
const SETTLE_FRAMES = 100;
const PATIENCE_MS = 40_000;
const CAMERA = 0;
const SCREEN = 1;
const MIC = 2;
/** The longer side of a picture in a page. */
const PAGE_PIXELS = 640;
const QUALITY = '2';

/** Loops are made once; serves any number of pictures. */
export class Gallery {
  readonly #ffmpeg: string;
  readonly #folder: string;
  readonly #cameras = new Map<string, Promise<CodedLoop>>();
  #slide: Promise<CodedLoop> | undefined;

  /** @param folder where the pictures are written, as `NAME.jpg`; made when it is not there. */
  constructor(ffmpeg: string, folder: string) {
    this.#ffmpeg = ffmpeg;
    this.#folder = folder;
  }

  /**
   * Makes one picture, once everybody stands in their place, and returns its path.
   * @throws Error that names who does not.
   */
  async make(scene: GalleryScene): Promise<string> {
    const form = scene.upright === true ? { width: WIDE.height, height: WIDE.width } : WIDE;
    const room = new CheckRoom(this.#ffmpeg, { ...form, videoKbit: KBIT, preset: 'veryfast' });
    try {
      const likeness = await this.#furnish(room, scene);
      await room.frames(SETTLE_FRAMES);
      let picture: Picture | undefined;
      await room.watch.until(
        (shown) => {
          if (!likeness.holds(shown, regionsOf(room))) return false;
          picture = clonePicture(shown);
          return true;
        },
        PATIENCE_MS,
        () => `${scene.name}: ${likeness.complaint}`,
      );
      return await this.#write(scene.name, picture as Picture);
    } finally {
      await room.close();
    }
  }

  async #furnish(room: CheckRoom, scene: GalleryScene): Promise<Likeness> {
    const { title, layout, annotation, logo, background, people } = scene;
    const likeness = new Likeness(this.#ffmpeg);
    if (title !== undefined) room.room.title = title;
    room.room.layout = layoutSchema.parse({ transition: 'cut', ...layout });
    room.room.annotation = annotationSchema.parse(annotation ?? {});
    if (logo === true) room.room.setImage('logo', paintLogo());
    if (background === true) room.room.setImage('background', paintBackground());
    for (const [index, person] of people.entries()) {
      const participant = room.enter(`p${index}`, person.name, person.host === true ? 'host' : 'participant');
      if (person.avatar === 'picture') room.room.change(participant, { avatar: paintAvatar(index) });
      if (person.avatar === undefined) {
        const loop = await this.#camera(index, people.length <= FEW ? LARGE : SMALL);
        room.send(participant, CAMERA, { loop, source: 'camera', phaseMs: (index * 7) % 33 });
        await likeness.note(`p${index}/${CAMERA}`, loop);
      }
      if (person.screen === true) {
        this.#slide ??= this.#still(SLIDE, paintSlide());
        const loop = await this.#slide;
        room.send(participant, SCREEN, { loop, source: 'screen' });
        await likeness.note(`p${index}/${SCREEN}`, loop);
      }
      sound(room, participant, person);
    }
    if (people.some(({ speaks }) => speaks)) {
      const heard = (): boolean => room.mixer.speaking.speaker !== undefined;
      await room.watch.until(heard, PATIENCE_MS, () => `${scene.name}: nobody is heard`);
    }
    for (const [index, { state }] of people.entries()) {
      const participant = room.room.find(`p${index}`);
      const camera = participant?.tracks.get(CAMERA);
      if (!participant || !camera || state === undefined) continue;
      likeness.excuse(`p${index}/${CAMERA}`);
      // Their last picture has to be there before it can stay.
      await room.frames(SETTLE_FRAMES / 2);
      if (state === 'paused') room.room.setTrackState(participant, camera, 'paused');
      else room.room.change(participant, { detached: true });
      room.stall(camera);
    }
    return likeness;
  }

  #camera(person: number, size: Size): Promise<CodedLoop> {
    const key = `${person} ${size.width}`;
    const paint = (): Uint8Array => paintPerson(person, size.width, size.height);
    const found = this.#cameras.get(key) ?? this.#still(size, paint());
    this.#cameras.set(key, found);
    return found;
  }

  async #still(size: Size, picture: Uint8Array): Promise<CodedLoop> {
    const frames = Array.from({ length: STILL.frames }, () => picture);
    const loop = await encodeLoop(this.#ffmpeg, size, frames, { pixelFormat: 'rgba', rate: ['-crf', '14'] });
    return { ...loop, stepMs: STILL.stepMs };
  }

  /** As JPEG in half of the program's size; a file appears under its name only when it is whole. */
  async #write(name: string, { width, height, data }: Picture): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, `${name}.jpg`);
    const unfinished = join(this.#folder, `unfinished-${process.pid}-${name}.jpg`);
    const scale = PAGE_PIXELS / Math.max(width, height);
    const size = `${Math.round(width * scale)}:${Math.round(height * scale)}`;
    const colours = 'in_color_matrix=bt709:in_range=limited:out_color_matrix=bt601:out_range=full';
    const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', `${width}x${height}`, '-i', 'pipe:0'];
    const filters = ['-vf', `scale=${size}:flags=lanczos:${colours}`, '-pix_fmt', 'yuvj420p'];
    const output = ['-frames:v', '1', '-q:v', QUALITY, '-y', unfinished];
    try {
      const running = promisify(execFile)(this.#ffmpeg, [
        '-hide_banner',
        '-v',
        'error',
        ...input,
        ...filters,
        ...output,
      ]);
      running.child.stdin?.on('error', () => {});
      running.child.stdin?.end(data);
      await running;
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
    return path;
  }
}

function regionsOf({ room, program, mixer }: CheckRoom): readonly Region[] {
  const candidates = room.participants.flatMap(({ id, tracks }): readonly Candidate[] => {
    const videos = [...tracks.values()].filter(({ kind }) => kind === 'video');
    if (videos.length === 0) return [{ key: id, participant: id, source: 'none' }];
    return videos.map(({ number, source }) => {
      return { key: `${id}/${number}`, participant: id, source: source === 'screen' ? 'screen' : 'camera' };
    });
  });
  const { width, height } = program;
  return arrange(room.layout, { candidates, speaker: mixer.speaking.speaker, width, height }).regions;
}

function sound(room: CheckRoom, participant: Participant, { speaks, muted }: GalleryPerson): void {
  if (speaks !== true && muted !== true) return;
  const track = room.send(participant, MIC, { loop: toneLoop({ hz: 300 }), source: 'mic' });
  if (muted === true) room.room.setTrackState(participant, track, 'muted');
}
