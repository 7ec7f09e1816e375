/** What one knows of a room before one is in it, and the way in by its password. */
import { ApiClient, ApiError, problemOf } from '../api-client.ts';
import type { RoomGlimpse } from '../api-types.ts';
import { describeClose } from '../transport/close-words.ts';
import { needsPassword } from '../util/links.ts';
import { recall, remember } from '../util/page-storage.ts';
import type { Problem } from '../util/problem.ts';
import type { TabPass } from './room-tabs.ts';

/** Close codes of the socket are these and an HTTP status. */
const CLOSED = 4000;

/** What one should know of the door before one comes. */
export interface DoorNote {
  readonly mayWait: boolean;
  /** When it opens; wall clock, milliseconds. */
  readonly opensAtMs: number | undefined;
}

/** Where to, and by what. */
export interface RoomEntryOptions {
  readonly server: string;
  readonly room: string;
  /** The link's token; may be empty. */
  readonly token: string;
  /** Token of the account that has signed in here: whoever made the room, and admins, need no link. */
  readonly account?: string;
}

/** One for each look at the door. */
export class RoomEntry {
  readonly #options: RoomEntryOptions;
  #title = '';
  #known = false;
  #asksConsent = false;
  #recording = false;
  #recorded = false;
  #asksPassword = false;
  #passwordProblem: Problem | undefined;
  #door: DoorNote | undefined;
  #entered: string;
  #own = '';
  #settled: Promise<void> = Promise.resolve();
  #refusal: Problem | undefined;
  #linkHolds = true;

  constructor(options: RoomEntryOptions) {
    this.#options = options;
    this.#entered = recall('session', keyOf(options.room));
  }

  /** The server was asked, whatever it answered. */
  get known(): boolean {
    return this.#known;
  }

  /** Empty while it is not known. */
  get title(): string {
    return this.#title;
  }

  get asksConsent(): boolean {
    return this.#asksConsent;
  }

  get recording(): boolean {
    return this.#recording;
  }

  /** Whoever comes in now will be in a recording: one runs, or begins with the first person. */
  get recorded(): boolean {
    return this.#recorded;
  }

  get asksPassword(): boolean {
    return this.#asksPassword;
  }

  /** Why the last password did not do. */
  get passwordProblem(): Problem | undefined {
    return this.#passwordProblem;
  }

  get door(): DoorNote | undefined {
    return this.#door;
  }

  /** By which one gets in: that of the own account, the one that the password gave, else that of the link. */
  get token(): string {
    return this.#own || this.#entered || (this.#linkHolds ? this.#options.token : '');
  }

  /** The same, with where it is from. */
  get pass(): TabPass {
    return { token: this.token, byPassword: this.#own === '' && this.#entered !== '' };
  }

  /** Resolves when `token` is what one gets in by, as far as `look` asks for it. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Why nobody gets in by this link; undefined when they may, or by the room's password. */
  get refusal(): Problem | undefined {
    return this.#refusal;
  }

  /** Asks the server; false when there is no such room. A server that cannot be asked is said when joining fails for the same reason. */
  async look(): Promise<boolean> {
    this.#settled = this.#askForOwn();
    await this.#settled;
    try {
      this.#take(await this.#ask());
      return true;
    } catch (error) {
      return !(error instanceof ApiError && error.status === 404);
    } finally {
      this.#known = true;
    }
  }

  /** Another tab of this browser is in with `pass`: this person is known, and need not say the password again. */
  lend(pass: string | undefined): void {
    if (pass === undefined || !this.#asksPassword) return;
    this.#keep(pass);
  }

  /** Gets a token by the password; false when that was not the one, and `passwordProblem` says why. */
  async enter(password: string, name: string): Promise<boolean> {
    const { server, room } = this.#options;
    try {
      this.#keep(await new ApiClient(server).enter(room, password, name));
    } catch (error) {
      this.#passwordProblem = problemOf('', error);
      return false;
    }
    return true;
  }

  #keep(pass: string): void {
    this.#entered = pass;
    this.#passwordProblem = undefined;
    this.#asksPassword = false;
    remember('session', keyOf(this.#options.room), pass);
  }

  /** A new one for each look: with the one before, whoever was removed would stay out of their own room. */
  async #askForOwn(): Promise<void> {
    const { server, room, token, account = '' } = this.#options;
    if (token !== '' || account === '') return;
    try {
      this.#own = await new ApiClient(server, account).join(room);
    } catch {
      // It is somebody else's room, or they are signed out: they come as everybody does.
    }
  }

  async #ask(): Promise<RoomGlimpse> {
    const { server, room, token } = this.#options;
    if (this.#own !== '') return new ApiClient(server, this.#own).room(room);
    if (this.#entered !== '') {
      try {
        return await new ApiClient(server, this.#entered).room(room);
      } catch (error) {
        if (!(error instanceof ApiError && error.unauthorized)) throw error;
        // It has run out: the password is asked again.
        this.#entered = '';
        remember('session', keyOf(room), '');
      }
    }
    let refused = new ApiError('', 401, 'token_missing');
    if (token !== '') {
      try {
        return await new ApiClient(server, token).room(room);
      } catch (error) {
        if (!(error instanceof ApiError && error.unauthorized)) throw error;
        refused = error;
      }
    }
    const glimpse = await new ApiClient(server).room(room);
    // Whoever knows the password needs no link; everybody else should hear of it before they have put themselves in the picture.
    this.#linkHolds = false;
    if (!asksForPassword(glimpse)) {
      this.#refusal = describeClose(CLOSED + refused.status, { code: refused.code, message: refused.detail });
    }
    return glimpse;
  }

  #take(glimpse: RoomGlimpse): void {
    this.#title = glimpse.title;
    const { door } = glimpse;
    this.#recording = glimpse.recording === true;
    this.#recorded = this.#recording || glimpse.recordingRules?.auto === true;
    this.#asksConsent = glimpse.recordingRules?.consent === 'ask';
    if (!door) return;
    this.#asksPassword = asksForPassword(glimpse) && needsPassword(this.token);
    const opensAtMs = door.opensAt === undefined ? undefined : Date.parse(door.opensAt);
    this.#door = { mayWait: door.waitingRoom || door.locked, opensAtMs };
  }
}

function asksForPassword({ door }: RoomGlimpse): boolean {
  if (!door) return false;
  return 'passwordSet' in door ? door.passwordSet : door.password;
}

function keyOf(room: string): string {
  return `gridcast.entered.${room}`;
}
