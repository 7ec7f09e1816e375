/** Logo and background of a room: which are set, how they look, and sending others. */
import { problemOf } from '../api-client.ts';
import type { RoomGlimpse, RoomImage } from '../api-types.ts';
import { refusePicture } from '../util/picture-words.ts';
import type { Problem } from '../util/problem.ts';

/** The part of the API it uses. */
export interface ImagesApi {
  room(id: string): Promise<RoomGlimpse>;
  roomImage(room: string, image: RoomImage): Promise<Blob>;
  setRoomImage(room: string, image: RoomImage, picture: Blob | undefined): Promise<void>;
}

/** What it needs. */
export interface RoomImagesOptions {
  readonly api: ImagesApi;
  readonly room: string;
  changed(): void;
}

/** One of the two. */
export interface ImageState {
  /** For an `<img>`; undefined while none is set. */
  readonly url: string | undefined;
  readonly busy: boolean;
  /** Why it could not be shown or changed. */
  readonly problem: Problem | undefined;
}

const NONE: ImageState = { url: undefined, busy: false, problem: undefined };

/** `close` frees the pictures. */
export class RoomImages {
  readonly #options: RoomImagesOptions;
  #images: Record<RoomImage, ImageState> = { logo: NONE, background: NONE };
  #closed = false;

  constructor(options: RoomImagesOptions) {
    this.#options = options;
  }

  get logo(): ImageState {
    return this.#images.logo;
  }

  get background(): ImageState {
    return this.#images.background;
  }

  /** Fetches what is set. Never rejects. */
  async load(): Promise<void> {
    const { api, room } = this.#options;
    try {
      const { images } = await api.room(room);
      const set = (['logo', 'background'] as const).filter((image) => images?.[image]);
      await Promise.all(set.map(async (image) => this.#show(image, await api.roomImage(room, image))));
    } catch {
      // The preview goes without; sending another says what is wrong.
    }
  }

  /** Undefined: removes it. Never rejects. */
  async set(image: RoomImage, picture: Blob | undefined): Promise<void> {
    const { api, room } = this.#options;
    const refusal = picture && refusePicture(picture);
    if (refusal !== undefined) {
      this.#put(image, { problem: refusal });
      return;
    }
    this.#put(image, { busy: true, problem: undefined });
    try {
      await api.setRoomImage(room, image, picture);
      this.#show(image, picture);
    } catch (error) {
      this.#put(image, { problem: problemOf('This was not changed', error) });
    }
    this.#put(image, { busy: false });
  }

  close(): void {
    this.#closed = true;
    for (const { url } of Object.values(this.#images)) if (url !== undefined) URL.revokeObjectURL(url);
    this.#images = { logo: NONE, background: NONE };
  }

  #show(image: RoomImage, picture: Blob | undefined): void {
    if (this.#closed) return;
    const { url } = this.#images[image];
    if (url !== undefined) URL.revokeObjectURL(url);
    this.#put(image, { url: picture && URL.createObjectURL(picture) });
  }

  #put(image: RoomImage, change: Partial<ImageState>): void {
    if (this.#closed) return;
    this.#images = { ...this.#images, [image]: { ...this.#images[image], ...change } };
    this.#options.changed();
  }
}
