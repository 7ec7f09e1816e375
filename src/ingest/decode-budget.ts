/** Limits the cost of decoding all video of one room, and each participant's share of it. */

/** Nobody takes more than this share of a room's budget, so that there is room for a second person. */
const SHARE_OF_ONE = 0.5;

interface Claim {
  readonly owner: string;
  /** Pixels a second. */
  readonly rate: number;
}

/** One per room; what is claimed is given back with `release`. */
export class DecodeBudget {
  readonly #maxRate: number;
  readonly #claims = new Map<object, Claim>();

  /** @param maxMegapixels million pixels a second of all pictures together. */
  constructor(maxMegapixels: number) {
    this.#maxRate = maxMegapixels * 1e6;
  }

  /**
   * Claims `rate` pixels a second for a track in place of what it has; undefined when that is granted. Else a sentence
   * that says why not, and the track keeps what it had.
   */
  claim(track: object, owner: string, rate: number): string | undefined {
    const others = [...this.#claims].flatMap(([key, claim]) => (key === track ? [] : [claim]));
    const all = sum(others);
    if (all + rate > this.#maxRate) {
      return `The pictures of a room may have ${million(this.#maxRate)} pixels a second together, of which ${million(all)} are in use, and this one has ${million(rate)}; send it smaller or with fewer frames.`;
    }
    const own = sum(others.filter((claim) => claim.owner === owner));
    if (own + rate > this.#maxRate * SHARE_OF_ONE) {
      return `The pictures of one participant may have ${million(this.#maxRate * SHARE_OF_ONE)} pixels a second together, and with this one yours have ${million(own + rate)}; send fewer or smaller ones.`;
    }
    this.#claims.set(track, { owner, rate });
    return undefined;
  }

  /** Does nothing when the track has claimed nothing. */
  release(track: object): void {
    this.#claims.delete(track);
  }
}

function sum(claims: readonly Claim[]): number {
  return claims.reduce((total, { rate }) => total + rate, 0);
}

function million(rate: number): string {
  return `${(rate / 1e6).toFixed(1)} million`;
}
