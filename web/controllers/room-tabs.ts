/** The tabs of one browser that are in the same room. They tell one another; no server is needed. */
import { personOf } from '../util/links.ts';

/** By what a tab is in. */
export interface TabPass {
  readonly token: string;
  /** It was given for the password of the room. */
  readonly byPassword: boolean;
}

/** What tabs say. */
type Word =
  /** Whoever comes before the door asks. */
  | { readonly type: 'who'; readonly place: string }
  | { readonly type: 'in'; readonly place: string; readonly tab: string; readonly pass: TabPass }
  | { readonly type: 'out'; readonly place: string; readonly tab: string };

/** As much of a BroadcastChannel as this needs. */
export interface TabLine {
  postMessage(word: unknown): void;
  close(): void;
  onmessage: ((event: never) => void) | null;
}

const NAME = 'gridcast.rooms';

/** Runs from `look` until `close`, and may begin again. */
export class RoomTabs {
  readonly #open: () => TabLine;
  readonly #changed: () => void;
  // Not by randomUUID: pages that are not secure have none.
  readonly #tab = crypto.getRandomValues(new Uint32Array(4)).join('-');
  /** By what other tabs are in. */
  readonly #others = new Map<string, TabPass>();
  #line: TabLine | undefined;
  #place = '';
  #own: TabPass | undefined;

  /** @param changed another tab came in or left. */
  constructor(changed: () => void, open: () => TabLine = () => new BroadcastChannel(NAME)) {
    this.#changed = changed;
    this.#open = open;
  }

  /** Whether another tab is in as the person that `token` is for: the server would end that there. */
  has(token: string): boolean {
    const person = personOf(token);
    return [...this.#others.values()].some((pass) => personOf(pass.token) === person);
  }

  /**
   * By what this tab may come in as the same person, instead of being asked for the password.
   * @param link token of the link that this tab came by; empty: it has none. Whoever uses the link of somebody else means to be them.
   */
  passFor(link: string): string | undefined {
    return [...this.#others.values()].find(({ byPassword }) => byPassword || link === '')?.token;
  }

  /** Asks who is in. @param server origin */
  look(server: string, room: string): void {
    this.#place = `${server} ${room}`;
    this.#own = undefined;
    this.#others.clear();
    this.#line ??= this.#begin();
    this.#say({ type: 'who', place: this.#place });
  }

  /** This tab is in. */
  enter(pass: TabPass): void {
    this.#own = pass;
    this.#say({ type: 'in', place: this.#place, tab: this.#tab, pass });
  }

  /** It is in no longer; does nothing when it was not. */
  leave(): void {
    if (this.#own) this.#say({ type: 'out', place: this.#place, tab: this.#tab });
    this.#own = undefined;
  }

  close(): void {
    this.leave();
    this.#line?.close();
    this.#line = undefined;
  }

  /** Undefined where the browser forbids it, as in some embedded pages: then nobody is told before they join. */
  #begin(): TabLine | undefined {
    try {
      const line = this.#open();
      line.onmessage = ({ data }: { readonly data: Word }) => this.#hear(data);
      return line;
    } catch {
      return undefined;
    }
  }

  #say(word: Word): void {
    this.#line?.postMessage(word);
  }

  #hear(word: Word): void {
    if (word.place !== this.#place) return;
    if (word.type === 'who') {
      if (this.#own) this.enter(this.#own);
      return;
    }
    if (word.type === 'in') this.#others.set(word.tab, word.pass);
    else this.#others.delete(word.tab);
    this.#changed();
  }
}
