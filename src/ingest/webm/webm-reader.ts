/**
 * A live WebM or Matroska file that never ends, in chunks cut anywhere: coded frames come out as soon as their last byte is
 * in. Sizes may be unknown, as live writers leave them; sizes that are given are held to.
 */
import { MediaFormatError } from '../../media/media-format-error.ts';
import { type ElementHead, MAX_HEAD_BYTES, elementHead, elements, leadingNumber, unsigned } from './ebml.ts';
import { ElementBody } from './element-body.ts';
import { type WebmTracks, parseTracks } from './webm-tracks.ts';

/** One coded frame as it is in the file. */
export interface WebmBlock {
  readonly kind: 'video' | 'audio';
  /** From the file's own beginning, microseconds, at least 0. */
  readonly timeUs: number;
  readonly keyframe: boolean;
  readonly data: Uint8Array;
}

/** Largest coded frames, bytes. */
export interface WebmReaderLimits {
  readonly maxPictureBytes: number;
  readonly maxSoundBytes: number;
}

const ID = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  reference: 0xfb,
} as const;
/** What may follow a cluster of unknown size, and so ends it: cues, tags, seek head, attachments, chapters. */
const BESIDE_CLUSTERS: readonly number[] = [0x1c53bb6b, 0x1254c367, 0x114d9b74, 0x1941a469, 0x1043a770];
/** Heads of real files have some hundred bytes. */
const MAX_HEADER_BYTES = 64 * 1024;
/** What is passed over without a look, in one piece. */
const MAX_SKIPPED_BYTES = 1024 * 1024;
/** Most of a file that has not said yet what is in it. */
const MAX_PREFACE_BYTES = 1024 * 1024;
/** What a block has around its frame: number, time and flags, and in a group what else is said of it. */
const MAX_BLOCK_OVERHEAD = 1024;
/** In one chunk: ten seconds of both, with room. */
const MAX_BLOCKS = 2000;
/** In one chunk: what else than blocks there is in a cluster. Two bytes make one, and each takes time. */
const MAX_ELEMENTS = 4 * MAX_BLOCKS;
const DEFAULT_SCALE_NS = 1_000_000;
const MAX_SCALE_NS = 1_000_000_000;
const LACING = 0x06;
const KEY = 0x80;

type Level = 'file' | 'segment' | 'cluster';

/** Once it has thrown it is of no more use. It keeps no more than one element, and of that at most twice what has come. */
export class WebmReader {
  readonly #limits: WebmReaderLimits;
  readonly #head = new Uint8Array(MAX_HEAD_BYTES);
  #headBytes = 0;
  #position = 0;
  #level: Level = 'file';
  #begun = false;
  #segmentEnd = Number.POSITIVE_INFINITY;
  #clusterEnd = Number.POSITIVE_INFINITY;
  #skip = 0;
  #body: ElementBody | undefined;
  /** Heads of elements in the running chunk. */
  #elements = 0;
  #tracks: WebmTracks | undefined;
  #scaleNs = DEFAULT_SCALE_NS;
  #clusterTicks: number | undefined;
  #blocks: WebmBlock[] = [];

  constructor(limits: WebmReaderLimits) {
    this.#limits = limits;
  }

  /** What is in the file; undefined until it has said so. */
  get tracks(): WebmTracks | undefined {
    return this.#tracks;
  }

  /**
   * The frames that `chunk` completes, in the order of the file.
   * @throws MediaFormatError when it is no WebM file, or one beyond the limits.
   */
  push(chunk: Uint8Array): WebmBlock[] {
    this.#blocks = [];
    this.#elements = 0;
    let at = 0;
    while (at < chunk.length) {
      const rest = chunk.length - at;
      let count = 1;
      if (this.#skip > 0) {
        count = Math.min(this.#skip, rest);
        this.#skip -= count;
      } else if (this.#body) {
        count = Math.min(this.#body.missing, rest);
        this.#body.append(chunk.subarray(at, at + count));
      } else {
        this.#head[this.#headBytes] = chunk[at] as number;
        this.#headBytes += 1;
      }
      at += count;
      this.#position += count;
      this.#step();
    }
    if (!this.#tracks && this.#position > MAX_PREFACE_BYTES)
      throw new MediaFormatError('The WebM file names no tracks');
    return this.#blocks;
  }

  #step(): void {
    if (this.#skip > 0) return;
    if (this.#body) {
      if (this.#body.missing > 0) return;
      const { id, bytes } = this.#body;
      this.#body = undefined;
      this.#take(id, bytes);
    } else if (this.#headBytes > 0) {
      const head = elementHead(this.#head.subarray(0, this.#headBytes));
      if (!head) return;
      this.#headBytes = 0;
      this.#open(head);
      if (this.#skip > 0 || this.#body) return;
    }
    if (this.#level === 'cluster' && this.#position >= this.#clusterEnd) this.#level = 'segment';
    if (this.#level === 'segment' && this.#position >= this.#segmentEnd) this.#level = 'file';
  }

  #open(head: ElementHead): void {
    const { id, size } = head;
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS) throw broken('One chunk of it holds too many elements');
    // Only what stands beside clusters ends one whose size is not known.
    const beside = id === ID.cluster || id === ID.info || id === ID.tracks || BESIDE_CLUSTERS.includes(id);
    if (this.#level === 'cluster' && this.#clusterEnd === Number.POSITIVE_INFINITY && beside) this.#level = 'segment';
    const end = this.#position + size;
    const within = this.#level === 'file' ? Number.POSITIVE_INFINITY : this.#segmentEnd;
    const limit = this.#level === 'cluster' ? this.#clusterEnd : within;
    if (size !== Number.POSITIVE_INFINITY && end > limit) throw broken('An element reaches beyond the one around it');
    if (this.#level === 'file') this.#openInFile(id, size, end);
    else if (this.#level === 'segment') this.#openInSegment(id, size, Math.min(end, this.#segmentEnd));
    else this.#openInCluster(id, size);
  }

  #openInFile(id: number, size: number, end: number): void {
    if (id === ID.ebml && !this.#begun) {
      this.#collect(id, size, MAX_HEADER_BYTES);
    } else if (id === ID.segment && this.#begun && this.#segmentEnd === Number.POSITIVE_INFINITY) {
      this.#level = 'segment';
      this.#segmentEnd = end;
    } else if (this.#begun) {
      this.#pass(size);
    } else {
      throw broken('It does not begin like one');
    }
  }

  #openInSegment(id: number, size: number, end: number): void {
    if (id === ID.cluster) {
      this.#level = 'cluster';
      this.#clusterEnd = size === Number.POSITIVE_INFINITY ? size : end;
      this.#clusterTicks = undefined;
    } else if (id === ID.info || id === ID.tracks) {
      this.#collect(id, size, MAX_HEADER_BYTES);
    } else {
      this.#pass(size);
    }
  }

  #openInCluster(id: number, size: number): void {
    const { maxPictureBytes, maxSoundBytes } = this.#limits;
    if (id === ID.timestamp) this.#collect(id, size, 8);
    else if (id === ID.simpleBlock || id === ID.blockGroup) {
      this.#collect(id, size, Math.max(maxPictureBytes, maxSoundBytes) + MAX_BLOCK_OVERHEAD);
    } else this.#pass(size);
  }

  #collect(id: number, size: number, most: number): void {
    if (size > most) throw broken('An element in it is too large');
    this.#body = new ElementBody(id, size);
    if (size > 0) return;
    this.#body = undefined;
    this.#take(id, new Uint8Array(0));
  }

  #pass(size: number): void {
    if (size > MAX_SKIPPED_BYTES) throw broken('An element in it is too large');
    this.#skip = size;
  }

  #take(id: number, body: Uint8Array): void {
    switch (id) {
      case ID.ebml:
        this.#begin(body);
        break;
      case ID.info:
        this.#readInfo(body);
        break;
      case ID.tracks:
        if (this.#tracks) throw broken('It names its tracks twice');
        this.#tracks = parseTracks(body);
        break;
      case ID.timestamp:
        this.#clusterTicks = unsigned(body);
        break;
      case ID.blockGroup:
        this.#takeGroup(body);
        break;
      default:
        this.#takeBlock(body, undefined);
        break;
    }
  }

  #begin(body: Uint8Array): void {
    const docType = elements(body).find(({ id }) => id === ID.docType)?.body;
    const name = new TextDecoder('latin1').decode(docType);
    if (name !== 'webm' && name !== 'matroska') throw broken('It says that it is something else');
    this.#begun = true;
  }

  #readInfo(body: Uint8Array): void {
    const scale = elements(body).find(({ id }) => id === ID.timestampScale)?.body;
    if (!scale) return;
    this.#scaleNs = unsigned(scale);
    if (this.#scaleNs < 1 || this.#scaleNs > MAX_SCALE_NS) throw broken('Its unit of time is none');
  }

  #takeGroup(body: Uint8Array): void {
    const fields = elements(body);
    const block = fields.find(({ id }) => id === ID.block)?.body;
    if (!block) throw broken('A group in it has no block');
    this.#takeBlock(block, !fields.some(({ id }) => id === ID.reference));
  }

  /** @param keyframe of a block in a group; others say it themselves. */
  #takeBlock(body: Uint8Array, keyframe: boolean | undefined): void {
    const number = leadingNumber(body);
    const head = body.subarray(number.bytes, number.bytes + 3);
    if (head.length < 3) throw broken('A block in it ends too early');
    const [high = 0, low = 0, flags = 0] = head;
    if ((flags & LACING) !== 0) throw broken('Several frames share one block in it');
    const kind = this.#kindOf(number.value);
    const data = body.subarray(number.bytes + 3);
    const most = kind === 'video' ? this.#limits.maxPictureBytes : this.#limits.maxSoundBytes;
    if (data.length > most) throw broken('A frame in it is too large');
    if (this.#blocks.length >= MAX_BLOCKS) throw broken('One chunk of it holds too many frames');
    const timeUs = this.#timeUs(((high * 256 + low) << 16) >> 16);
    this.#blocks.push({ kind, timeUs, keyframe: keyframe ?? (flags & KEY) !== 0, data });
  }

  #kindOf(number: number): WebmBlock['kind'] {
    if (number === this.#tracks?.picture?.number) return 'video';
    if (number === this.#tracks?.sound?.number) return 'audio';
    throw broken('A block in it belongs to no track');
  }

  #timeUs(ticks: number): number {
    if (this.#clusterTicks === undefined) throw broken('A block in it has no time');
    const timeUs = Math.round(((this.#clusterTicks + ticks) * this.#scaleNs) / 1000);
    if (!Number.isSafeInteger(timeUs)) throw broken('A time in it is too large');
    return Math.max(0, timeUs);
  }
}

function broken(what: string): MediaFormatError {
  return new MediaFormatError(`What was sent is no proper WebM file. ${what}`);
}
