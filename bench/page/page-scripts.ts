/** What the bench puts into a page before anything else runs there: a camera with a stamp, eyes for stamps, and an ear. */
import { STAMP_NUMBERS, STAMP_ROW, STAMPED } from './stamp.ts';

/** So many rows of a canvas's pixels are looked at as one. */
const LINE = 4;

/** A stamp that was seen: which tile, which number, when (milliseconds since 1970). */
export type Sighting = readonly [tile: number, cells: string, atMs: number];

/** What the page heard: samples at 48 kHz from a moment on, milliseconds since 1970. */
export interface Heard {
  readonly startMs: number;
  readonly samples: string;
}

/** The ear's audio thread: half a second at a time. */
const EAR_WORKLET = `
registerProcessor('bench-ear', class extends AudioWorkletProcessor {
  constructor() { super(); this.chunk = new Float32Array(24000); this.filled = 0; this.frame = 0; }
  process([input]) {
    const samples = input?.[0];
    if (this.filled === 0) this.frame = currentFrame;
    if (samples) this.chunk.set(samples, this.filled); else this.chunk.fill(0, this.filled, this.filled + 128);
    this.filled += 128;
    if (this.filled + 128 > this.chunk.length) {
      this.port.postMessage({ frame: this.frame, samples: this.chunk.slice(0, this.filled) });
      this.filled = 0;
    }
    return true;
  }
});`;

/** Samples of the newest second heard, base64 of little-endian floats; empty while there is less. */
export const LISTEN = `(() => {
  const newest = new Float32Array(48000);
  let filled = 0;
  for (const { samples } of [...bench.chunks].reverse()) {
    const part = samples.subarray(Math.max(0, samples.length - (newest.length - filled)));
    filled += part.length;
    newest.set(part, newest.length - filled);
    if (filled === newest.length) break;
  }
  if (filled < newest.length) return '';
  let text = '';
  for (const byte of new Uint8Array(newest.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
})()`;

/**
 * Cameras become canvases whose picture says when it was painted: milliseconds since 1970, modulo the stamps there are.
 * A microphone is a tone, or what the browser has when `toneHz` is undefined. Whatever goes to the speaker goes to the ear as well, whose script the page's policy has to let pass.
 */
export function preparePage(toneHz?: number): string {
  return `(() => {
  const toneHz = ${toneHz ?? 0};
  const now = () => performance.timeOrigin + performance.now();
  const camera = () => {
    const canvas = document.createElement('canvas');
    canvas.width = ${STAMPED.width}; canvas.height = ${STAMPED.height};
    const context = canvas.getContext('2d', { alpha: false });
    const paint = () => {
      const number = Math.floor(now()) % ${STAMP_NUMBERS};
      context.fillStyle = '#286478'; context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#f0f0f0'; context.fillRect((number / 4) % canvas.width, 0, 40, 120);
      const bits = [...number.toString(2).padStart(14, '0')].map(Number);
      const check = bits.reduce((sum, bit) => sum + bit, 0) % 4;
      [1, 0, ...bits, check >> 1, check & 1].forEach((light, index) => {
        context.fillStyle = light ? '#f0f0f0' : '#101010';
        context.fillRect(${STAMP_ROW.x} + index * ${STAMP_ROW.cell}, ${STAMP_ROW.y}, ${STAMP_ROW.cell}, ${STAMP_ROW.cell});
      });
    };
    const stream = canvas.captureStream(30);
    let last = 0;
    const turn = (at) => { requestAnimationFrame(turn); if (at - last >= 30) { last = at; paint(); } };
    requestAnimationFrame(turn);
    return stream.getVideoTracks()[0];
  };
  const microphone = () => {
    const context = new AudioContext({ sampleRate: 48000 });
    const target = context.createMediaStreamDestination();
    const gain = new GainNode(context, { gain: 0.1 });
    const tone = new OscillatorNode(context, { frequency: toneHz });
    tone.connect(gain).connect(target);
    tone.start();
    return target.stream.getAudioTracks()[0];
  };
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = wanted.audio && toneHz === 0 ? await original({ audio: wanted.audio }) : new MediaStream();
    if (wanted.audio && toneHz > 0) stream.addTrack(microphone());
    if (wanted.video) stream.addTrack(camera());
    return stream;
  };
  const connect = AudioNode.prototype.connect;
  const ears = new WeakMap();
  const earUrl = URL.createObjectURL(new Blob([${JSON.stringify(EAR_WORKLET)}], { type: 'text/javascript' }));
  const bench = (window.bench = { chunks: [], clock: [], sightings: [], stop: () => {} });
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      const context = this.context;
      if (!ears.has(context)) ears.set(context, context.audioWorklet.addModule(earUrl).then(() => {
        const ear = new AudioWorkletNode(context, 'bench-ear', { numberOfOutputs: 1 });
        ear.port.onmessage = ({ data }) => {
          bench.chunks.push(data);
          const { contextTime, performanceTime } = context.getOutputTimestamp();
          if (contextTime > 0) bench.clock.push(performance.timeOrigin + performanceTime - contextTime * 1000);
        };
        connect.call(ear, context.destination);
        return ear;
      }));
      void ears.get(context).then((ear) => connect.call(this, ear, ...rest));
    }
    return connect.call(this, target, ...rest);
  };
})()`;
}

/**
 * Looks at each tile's row of cells once a picture, until `bench.stop()`. `find` gives the canvas of the program. Each look is one copy
 * of the canvas, which costs megabytes: one for each tile kept the page's thread busy, and its pictures waited.
 */
export function watchStamps(find: string, corners: readonly (readonly [x: number, y: number])[]): string {
  const { x, y, cell, cells } = STAMP_ROW;
  // One column of what is kept for each cell, and a line for each fourth.
  const first = corners.map(([left, top]) => [(left + x) / cell, Math.floor((top + y + cell / 2) / LINE)]);
  return `(() => {
    const canvas = ${find};
    const small = new OffscreenCanvas(canvas.width / ${cell}, canvas.height / ${LINE});
    const context = small.getContext('2d', { willReadFrequently: true });
    context.imageSmoothingEnabled = false;
    const seen = [];
    let running = true;
    bench.sightings.length = 0;
    bench.chunks.length = 0;
    bench.clock.length = 0;
    bench.stop = () => { running = false; };
    const look = () => {
      if (!running) return;
      requestAnimationFrame(look);
      const at = performance.timeOrigin + performance.now();
      context.drawImage(canvas, 0, 0, small.width, small.height);
      const { data } = context.getImageData(0, 0, small.width, small.height);
      ${JSON.stringify(first)}.forEach(([column, line], tile) => {
        let text = '';
        for (let index = 0; index < ${cells}; index += 1) text += data[(line * small.width + column + index) * 4 + 1] > 127 ? '1' : '0';
        if (seen[tile] === text) return;
        seen[tile] = text;
        bench.sightings.push([tile, text, at]);
      });
    };
    requestAnimationFrame(look);
  })()`;
}

/** Ends the watch; everything heard in one piece, base64 of little-endian floats. */
export const COLLECT = `(() => {
  bench.stop();
  const offsets = [...bench.clock].sort((a, b) => a - b);
  const first = bench.chunks[0]?.frame ?? 0;
  const last = bench.chunks.at(-1);
  const all = new Float32Array(last ? last.frame - first + last.samples.length : 0);
  for (const { frame, samples } of bench.chunks) all.set(samples, frame - first);
  const bytes = new Uint8Array(all.buffer);
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return {
    sightings: bench.sightings,
    heard: { startMs: (offsets[offsets.length >> 1] ?? 0) + (first / 48000) * 1000, samples: btoa(text) },
  };
})()`;
