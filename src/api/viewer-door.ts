/** Who may watch: looks at every request of every viewer before and after the HLS origin answers it. */
import type { IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import { ForbiddenError, NotFoundError, UnauthorizedError } from '../errors.ts';
import { requireAdmitted } from './admitted.ts';
import type { ApiDeps } from './deps.ts';
import { type Grant, inviteOf, requireMember, requireSignedIn } from './grant.ts';
import { formatHolder, parseHolder } from './pass-holder.ts';
import type { HlsAnswer, WatchRules } from './ports.ts';
import { prefixedPlaylist } from './prefixed-playlist.ts';
import { unknownRoom } from './room-route.ts';

/** One request below `/hls/ROOM/`. */
export interface ViewerRequest {
  readonly room: string;
  /** With the pass, if there is one: `~PASS/…`. */
  readonly path: string;
  /** What the header Authorization grants. */
  readonly grant: Grant | undefined;
  /** Token in the query. */
  readonly token: string | undefined;
  /** Tells viewers apart who come by the same invite, as well as can be. */
  readonly visitor: () => string;
  readonly headers: IncomingHttpHeaders;
}

/** A request that was let in. */
export interface Visit {
  /** What the origin is to be asked for. */
  readonly path: string;
  /** What the viewer gets. Rejects as `enter` when they may not watch any more: answers can take seconds. */
  leave(answer: HlsAnswer): Promise<HlsAnswer>;
}

type DoorDeps = Pick<ApiDeps, 'rooms' | 'door' | 'tokens' | 'passes' | 'metrics' | 'invites' | 'revocations'>;

const INDEX = 'index.m3u8';
/** What a token opens by itself: it has an address of its own, and leads nowhere. */
const POSTER = 'poster.jpg';
const MARK = '~';

/** A token of the room opens `index.m3u8` and `poster.jpg`; the addresses in that lead through a pass, which opens all the rest. */
export class ViewerDoor {
  readonly #deps: DoorDeps;

  constructor(deps: DoorDeps) {
    this.#deps = deps;
  }

  /**
   * @throws NotFoundError `room_not_found`, UnauthorizedError for a token or pass that is missing or a token that does not
   *   hold, or `signed_out`, ForbiddenError `wrong_room`, `removed`, `not_admitted`, `pass_invalid` or `pass_expired`.
   */
  async enter(request: ViewerRequest): Promise<Visit> {
    try {
      return await this.#admit(request);
    } catch (error) {
      if (!(error instanceof NotFoundError)) this.#deps.metrics.countHls('refused');
      throw error;
    }
  }

  async #admit({ room, path, grant, token, visitor, headers }: ViewerRequest): Promise<Visit> {
    const { access, version } = this.#rules(room);
    const { pass, rest } = splitPass(path);
    if (pass !== undefined) {
      await this.#check(pass, room);
      return { path: rest, leave: async (answer) => limited(answer, await this.#check(pass, room)) };
    }
    if (access === 'public') return { path: rest, leave: async (answer) => this.#ifPublic(room, answer) };
    if (rest !== INDEX && rest !== POSTER) throw passMissing();
    const known = requireMember(grant ?? (await this.#deps.tokens.verify(token, room)), room);
    requireAdmitted(this.#deps, known, room, headers);
    // Those who are in the room were counted when they came in.
    if (known.role === 'viewer' && known.invite !== undefined && known.counted === true) {
      await this.#deps.invites.admit(known.invite, visitor());
    }
    const untilMs = known.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const session = known.user && (await this.#deps.tokens.sessionOf(requireSignedIn(known)));
    const holder = formatHolder({ ...inviteOf(known), session });
    if (known.role !== 'admin') this.#deps.revocations.noteViewer(known);
    const issued = this.#deps.passes.issue(room, version + holder, untilMs);
    if (issued === undefined) {
      throw new UnauthorizedError('This token has expired; ask a host of the room for a new link.', 'token_expired');
    }
    if (rest === INDEX) return { path: rest, leave: async (answer) => personal(answer, issued + holder) };
    const leave = async (answer: HlsAnswer): Promise<HlsAnswer> => {
      await this.#check(issued + holder, room);
      return { ...answer, cacheControl: 'private, no-store' };
    };
    return { path: rest, leave };
  }

  #rules(room: string): WatchRules {
    const rules = this.#deps.rooms.watchRules(room);
    if (rules) return { ...rules, version: rules.version + this.#deps.revocations.epochOf(room) };
    throw unknownRoom();
  }

  #ifPublic(room: string, answer: HlsAnswer): HlsAnswer {
    if (this.#rules(room).access === 'public') return answer;
    throw passMissing();
  }

  /** Seconds for which the pass holds; without end when none is needed any more. */
  async #check(pass: string, room: string): Promise<number> {
    const { access, version } = this.#rules(room);
    // Whoever has a pass plays on when their room becomes public.
    if (access === 'public') return Number.POSITIVE_INFINITY;
    const end = pass.includes('.') ? pass.indexOf('.') : pass.length;
    const suffix = pass.slice(end);
    const verdict = this.#deps.passes.verify(pass.slice(0, end), room, version + suffix);
    const holder = parseHolder(suffix);
    const held = holder && (holder.invite === undefined || this.#deps.tokens.inviteHolds(holder.invite));
    if (verdict.ok && held) {
      // Only what the server itself has signed is looked up.
      if (holder.session) await this.#deps.tokens.checkSession(holder.session);
      return verdict.seconds;
    }
    if (!verdict.ok && verdict.reason === 'expired') {
      throw new ForbiddenError('This address has expired; load index.m3u8 with a token again.', 'pass_expired');
    }
    throw new ForbiddenError('This address is not valid here; load index.m3u8 with a token again.', 'pass_invalid');
  }
}

function passMissing(): UnauthorizedError {
  return new UnauthorizedError('This room is private; start with its index.m3u8 and a token.', 'pass_missing');
}

function splitPass(path: string): { readonly pass: string | undefined; readonly rest: string } {
  if (!path.startsWith(MARK)) return { pass: undefined, rest: path };
  const end = path.indexOf('/');
  if (end < 0) return { pass: path.slice(1), rest: '' };
  return { pass: path.slice(1, end), rest: path.slice(end + 1) };
}

/** Nothing that was got with a pass stays in a cache for longer than the pass would have held. */
function limited(answer: HlsAnswer, seconds: number): HlsAnswer {
  if (seconds === Number.POSITIVE_INFINITY) return answer;
  const cacheControl = answer.cacheControl.replace(/(?<=max-?age=)\d+/g, (age) =>
    String(Math.min(Number(age), Math.floor(seconds))),
  );
  return { ...answer, cacheControl };
}

/** The index that leads through a pass is for nobody but who asked with their token. */
function personal(answer: HlsAnswer, pass: string): HlsAnswer {
  const { gzip, ...rest } = answer;
  if (answer.status !== 200) return { ...answer, cacheControl: 'private, no-store' };
  const plain = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
  const body = prefixedPlaylist(plain, `${MARK}${pass}/`);
  return { ...rest, body, cacheControl: 'private, no-store', ...(gzip && { gzip: gzipSync(body) }) };
}
