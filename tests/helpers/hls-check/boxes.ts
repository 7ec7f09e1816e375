/** ISO media boxes, as far as init segments and fragments need them: a reader of its own, which shares nothing with the writer. */

/** A box; `start` and `end` are those of what it holds. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** A track of an init segment. */
export interface InitTrack {
  readonly id: number;
  /** `vide`, `soun` or another. */
  readonly handler: string;
  readonly timescale: number;
  /** RFC 6381, for H.264 and AAC; else the name of the sample entry. */
  readonly codec: string;
}

/** What an init segment says. */
export interface Init {
  readonly brands: readonly string[];
  readonly tracks: readonly InitTrack[];
  /** Types of all boxes in it, those inside others too. */
  readonly types: ReadonlySet<string>;
  /** Entries in the sample tables and in the durations, which must all be zero. */
  readonly samples: number;
}

/** A sample of a fragment; times in ticks. */
export interface Sample {
  readonly duration: number;
  readonly size: number;
  readonly sync: boolean;
}

/** What one fragment has of one track. */
export interface Run {
  readonly track: number;
  /** Decode time of the first sample; undefined when the fragment does not say. */
  readonly time: number | undefined;
  readonly baseIsMoof: boolean;
  readonly samples: readonly Sample[];
}

/** A `moof` and the length of its `mdat`. */
export interface Fragment {
  readonly runs: readonly Run[];
  readonly mediaBytes: number;
}

const NESTED = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'mvex', 'moof', 'traf', 'edts', 'dinf']);
const NOT_SYNC = 0x10000;

/** @throws RangeError when a box is longer than what holds it */
export function boxesOf(bytes: Uint8Array, start = 0, end = bytes.byteLength): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = start; at < end; ) {
    const size = view.getUint32(at);
    const type = textAt(bytes, at + 4, 4);
    if (size < 8 || at + size > end) throw new RangeError(`The box ${type} of ${size} bytes does not fit`);
    boxes.push({ type, start: at + 8, end: at + size });
    at += size;
  }
  return boxes;
}

/** Every box at or below the top, with the path to it. */
function tree(bytes: Uint8Array, boxes: readonly Box[]): Box[] {
  return boxes.flatMap((box) => [
    box,
    ...(NESTED.has(box.type) ? tree(bytes, boxesOf(bytes, box.start, box.end)) : []),
  ]);
}

/** @throws RangeError when it is none */
export function readInit(bytes: Uint8Array): Init {
  const view = viewOf(bytes);
  const top = boxesOf(bytes);
  const all = tree(bytes, top);
  const brand = top.find(({ type }) => type === 'ftyp');
  const brands: string[] = [];
  for (let at = brand?.start ?? 0; at < (brand?.end ?? 0); at += 4) {
    // The second word is a version.
    if (at !== (brand?.start ?? 0) + 4) brands.push(textAt(bytes, at, 4));
  }
  const counts = all.filter(({ type }) => ['stts', 'stsc', 'stco'].includes(type));
  const sizes = all.filter(({ type }) => type === 'stsz');
  const samples = [...counts.map(({ start }) => start + 4), ...sizes.map(({ start }) => start + 8)]
    .map((at) => view.getUint32(at))
    .reduce((sum, count) => sum + count, 0);
  const tracks = all.filter(({ type }) => type === 'trak').map((box) => readTrack(bytes, box));
  return { brands, tracks, types: new Set(all.map(({ type }) => type)), samples: samples + durations(view, all) };
}

/** Durations that the film and its tracks state, added up; of version 0 boxes only, others count as one. */
function durations(view: DataView, all: readonly Box[]): number {
  return all.reduce((sum, { type, start }) => {
    const at = { mvhd: 16, mdhd: 16, tkhd: 20 }[type];
    if (at === undefined) return sum;
    return sum + (view.getUint8(start) === 0 ? view.getUint32(start + at) : 1);
  }, 0);
}

function readTrack(bytes: Uint8Array, track: Box): InitTrack {
  const view = viewOf(bytes);
  const all = tree(bytes, boxesOf(bytes, track.start, track.end));
  const named = (name: string): Box => all.find(({ type }) => type === name) ?? { type: name, start: 0, end: 0 };
  const description = named('stsd');
  const [entry] = boxesOf(bytes, description.start + 8, description.end);
  return {
    id: view.getUint32(named('tkhd').start + (view.getUint8(named('tkhd').start) === 0 ? 12 : 20)),
    handler: textAt(bytes, named('hdlr').start + 8, 4),
    timescale: view.getUint32(named('mdhd').start + (view.getUint8(named('mdhd').start) === 0 ? 12 : 20)),
    codec: entry ? codecOf(bytes, entry) : '',
  };
}

/** Codec of a sample entry: from its avcC or its esds. */
function codecOf(bytes: Uint8Array, entry: Box): string {
  const head = { avc1: 78, avc3: 78, mp4a: 28 }[entry.type];
  if (head === undefined) return entry.type;
  const [box] = boxesOf(bytes, entry.start + head, entry.end).filter(({ type }) => ['avcC', 'esds'].includes(type));
  if (!box) return entry.type;
  if (box.type === 'avcC') return `${entry.type}.${hex(bytes.subarray(box.start + 1, box.start + 4))}`;
  // The descriptor of the decoder (tag 4) begins with the object type, and its own (tag 5) with the kind of audio.
  const data = bytes.subarray(box.start + 4, box.end);
  const decoder = descriptor(data, 4);
  const specific = descriptor(data, 5);
  return `${entry.type}.${hex(decoder.subarray(0, 1))}.${(specific[0] ?? 0) >> 3}`;
}

/** What the descriptor of a tag holds. */
function descriptor(data: Uint8Array, tag: number): Uint8Array {
  for (let at = 0; at < data.byteLength; ) {
    const found = data[at];
    let size = 0;
    let next = at + 1;
    for (let more = true; more; next += 1) {
      size = (size << 7) | ((data[next] ?? 0) & 0x7f);
      more = ((data[next] ?? 0) & 0x80) !== 0;
    }
    if (found === tag) return data.subarray(next, next + size);
    // Those of the stream and of the decoder hold others behind their own fields.
    at = next + ({ 3: 3, 4: 13 }[found ?? 0] ?? size);
  }
  return new Uint8Array(0);
}

/** The fragments of a part or a segment. @throws RangeError when it is none */
export function readFragments(bytes: Uint8Array): Fragment[] {
  const fragments: Fragment[] = [];
  let runs: Run[] | undefined;
  for (const box of boxesOf(bytes)) {
    if (box.type === 'moof') {
      runs = boxesOf(bytes, box.start, box.end)
        .filter(({ type }) => type === 'traf')
        .map((traf) => readRun(bytes, traf));
    } else if (box.type === 'mdat') {
      if (!runs) throw new RangeError('There is an mdat without a moof');
      fragments.push({ runs, mediaBytes: box.end - box.start });
      runs = undefined;
    } else if (!['styp', 'prft', 'emsg', 'sidx'].includes(box.type)) {
      throw new RangeError(`There is a ${box.type} among fragments`);
    }
  }
  if (runs) throw new RangeError('There is a moof without an mdat');
  return fragments;
}

function readRun(bytes: Uint8Array, traf: Box): Run {
  const view = viewOf(bytes);
  const boxes = boxesOf(bytes, traf.start, traf.end);
  const header = boxes.find(({ type }) => type === 'tfhd');
  const decode = boxes.find(({ type }) => type === 'tfdt');
  const flags = header ? view.getUint32(header.start) & 0xffffff : 0;
  let at = (header?.start ?? 0) + 8;
  const optional = (flag: number, size = 4): number | undefined => {
    if ((flags & flag) === 0) return undefined;
    at += size;
    return view.getUint32(at - 4);
  };
  optional(0x1, 8);
  optional(0x2);
  const defaults = { duration: optional(0x8) ?? 0, size: optional(0x10) ?? 0, flags: optional(0x20) ?? 0 };
  const wide = decode && view.getUint8(decode.start) === 1;
  return {
    track: header ? view.getUint32(header.start + 4) : 0,
    time: decode && (wide ? Number(view.getBigUint64(decode.start + 4)) : view.getUint32(decode.start + 4)),
    baseIsMoof: (flags & 0x20000) !== 0,
    samples: boxes.filter(({ type }) => type === 'trun').flatMap((run) => readSamples(view, run, defaults)),
  };
}

function readSamples(
  view: DataView,
  run: Box,
  defaults: { readonly duration: number; readonly size: number; readonly flags: number },
): Sample[] {
  const flags = view.getUint32(run.start) & 0xffffff;
  const count = view.getUint32(run.start + 4);
  let at = run.start + 8 + ((flags & 0x1) === 0 ? 0 : 4);
  const first = (flags & 0x4) === 0 ? undefined : view.getUint32(at);
  if (first !== undefined) at += 4;
  const samples: Sample[] = [];
  for (let index = 0; index < count; index += 1) {
    const field = (flag: number): number | undefined => {
      if ((flags & flag) === 0) return undefined;
      at += 4;
      return view.getUint32(at - 4);
    };
    const duration = field(0x100) ?? defaults.duration;
    const size = field(0x200) ?? defaults.size;
    const own = field(0x400) ?? (index === 0 ? first : undefined) ?? defaults.flags;
    field(0x800);
    samples.push({ duration, size, sync: (own & NOT_SYNC) === 0 });
  }
  return samples;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCodePoint(...bytes.subarray(at, at + length));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
