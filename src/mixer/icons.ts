/** Marks and signs as vector shapes, each in a square from (0, 0) to (1, 1), so that they are clear at any size. */
import type { SKRSContext2D } from '@napi-rs/canvas';

/** Draws itself into the unit square with colours of its own. */
export type Icon = (context: SKRSContext2D) => void;

/** Colours of what is said, readable on dark plates: also those of the pages. */
export const COLORS = {
  speaking: '#40d9b2',
  muted: '#ff8f87',
  host: '#f6bf5b',
  waiting: '#f6bf5b',
  plain: '#ffffff',
} as const;

/** A host: a crown. */
export const crown: Icon = (context) => {
  context.fillStyle = COLORS.host;
  polygon(context, [
    [0.06, 0.26],
    [0.3, 0.5],
    [0.5, 0.14],
    [0.7, 0.5],
    [0.94, 0.26],
    [0.84, 0.86],
    [0.16, 0.86],
  ]);
};

/** A muted microphone: crossed out. */
export const mutedMicrophone: Icon = (context) => {
  context.fillStyle = COLORS.muted;
  context.strokeStyle = COLORS.muted;
  context.lineWidth = 0.12;
  context.lineCap = 'round';
  context.beginPath();
  context.roundRect(0.32, 0, 0.36, 0.56, 0.18);
  context.fill();
  context.beginPath();
  context.arc(0.5, 0.42, 0.3, 0, Math.PI);
  context.moveTo(0.5, 0.72);
  context.lineTo(0.5, 0.94);
  context.moveTo(0.32, 0.94);
  context.lineTo(0.68, 0.94);
  context.stroke();
  // The stroke through it has a gap on both sides, so that it does not melt into the microphone.
  context.globalCompositeOperation = 'destination-out';
  context.lineWidth = 0.26;
  line(context, 0.16, 0.02, 0.98, 0.86);
  context.globalCompositeOperation = 'source-over';
  context.lineWidth = 0.13;
  line(context, 0.08, 0.07, 0.92, 0.93);
};

/** A raised hand: four fingers, the palm, and the thumb. */
export const hand: Icon = (context) => {
  context.fillStyle = COLORS.waiting;
  context.strokeStyle = COLORS.waiting;
  const fingers = [
    [0.27, 0.16],
    [0.44, 0.02],
    [0.61, 0.08],
    [0.78, 0.24],
  ] as const;
  // Between them stays a gap: at the size of letters they would melt into one.
  for (const [left, top] of fingers) {
    context.beginPath();
    context.roundRect(left, top, 0.125, 0.62 - top, 0.06);
    context.fill();
  }
  context.beginPath();
  context.roundRect(0.27, 0.52, 0.635, 0.46, [0.04, 0.04, 0.3, 0.3]);
  context.fill();
  context.lineWidth = 0.15;
  context.lineCap = 'round';
  line(context, 0.13, 0.54, 0.36, 0.82);
};

/** Somebody speaks: the bars of a level. */
export const level: Icon = (context) => {
  context.fillStyle = COLORS.speaking;
  const bars = [
    [0.06, 0.44],
    [0.29, 0.8],
    [0.52, 0.98],
    [0.75, 0.6],
  ] as const;
  for (const [left, height] of bars) {
    context.beginPath();
    context.roundRect(left, 0.5 - height / 2, 0.17, height, 0.085);
    context.fill();
  }
};

/** Two bars. */
export const pause: Icon = (context) => {
  context.fillStyle = COLORS.plain;
  for (const left of [0.18, 0.58]) {
    context.beginPath();
    context.roundRect(left, 0.1, 0.24, 0.8, 0.08);
    context.fill();
  }
};

/** A square. */
export const stop: Icon = (context) => {
  context.fillStyle = COLORS.plain;
  context.beginPath();
  context.roundRect(0.14, 0.14, 0.72, 0.72, 0.1);
  context.fill();
};

/** A ring that is crossed out: no recording of this. */
export const withheld: Icon = (context) => {
  context.strokeStyle = COLORS.plain;
  context.lineWidth = 0.12;
  context.lineCap = 'round';
  context.beginPath();
  context.arc(0.5, 0.5, 0.38, 0, Math.PI * 2);
  context.stroke();
  line(context, 0.24, 0.24, 0.76, 0.76);
};

/** Three dots: something is on its way. */
export const dots: Icon = (context) => {
  context.fillStyle = COLORS.plain;
  for (const x of [0.14, 0.5, 0.86]) {
    context.beginPath();
    context.arc(x, 0.5, 0.12, 0, Math.PI * 2);
    context.fill();
  }
};

/** An open circle that ends in an arrow. */
export const again: Icon = (context) => {
  context.strokeStyle = COLORS.waiting;
  context.fillStyle = COLORS.waiting;
  context.lineWidth = 0.13;
  context.beginPath();
  context.arc(0.5, 0.52, 0.36, Math.PI * -0.1, Math.PI * 1.55);
  context.stroke();
  polygon(context, [
    [0.46, -0.02],
    [0.84, 0.14],
    [0.52, 0.4],
  ]);
};

function polygon(context: SKRSContext2D, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
  context.lineJoin = 'round';
  context.fill();
}

function line(context: SKRSContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}
