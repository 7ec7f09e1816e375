/** What the bench of the mixer prints. */
import { type MachineFacts, describeMachine } from './measure/machine.ts';
import type { CpuTime, Kind } from './measure/processes.ts';
import { median } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import type { Quality, RowName } from './rows/row.ts';
import { type TurnCost, ratiosToFloor } from './rows/turns.ts';

/** One row in one round. */
export interface Sample extends TurnCost {
  /** Its cost by what a process is there for. */
  readonly kinds: Partial<Record<Kind, CpuTime>>;
  readonly quality: Quality;
}

interface Report {
  readonly machine: MachineFacts;
  readonly options: { readonly tiles: readonly number[]; readonly rounds: number; readonly seconds: number };
  readonly samples: readonly Sample[];
  readonly noGstreamer: string | undefined;
}

const KINDS: readonly Kind[] = ['x264', 'decoders', 'mixer', 'AAC', 'feeder', 'FFmpeg', 'GStreamer', 'ended', 'other'];
/** Less is what the kernel's clock cannot tell. */
const WORTH_A_COLUMN = 0.0005;

/** To standard output, as Markdown. */
export function printReport({ machine, options, samples, noGstreamer }: Report): void {
  const tiles = options.tiles.filter((count) => samples.some((sample) => sample.tiles === count));
  if (samples.length === 0) return;
  const rows = [...new Set(samples.map(({ row }) => row))];
  const of = (row: RowName, count: number): readonly Sample[] =>
    samples.filter((sample) => sample.row === row && sample.tiles === count);
  const heading = (count: number): string => `${count} ${count === 1 ? 'tile' : 'tiles'}`;

  const seconds = rows.map((row) => [
    row,
    ...tiles.map((count) => {
      const costs = of(row, count).map(({ perSecond }) => perSecond);
      const cost = median(costs);
      if (Number.isNaN(cost)) return 'failed';
      if (row === 'floor')
        return `${cost.toFixed(3)} (${Math.min(...costs).toFixed(3)} to ${Math.max(...costs).toFixed(3)})`;
      const ratio = median(ratiosToFloor(samples, row, count));
      return Number.isNaN(ratio) ? cost.toFixed(3) : `${cost.toFixed(3)} (${ratio.toFixed(2)})`;
    }),
  ]);
  if (noGstreamer !== undefined) seconds.push(['gst', ...tiles.map(() => 'not installed')]);
  print(`\n${describeMachine(machine)}\n`);
  print(
    `Processor seconds per second of program, median of ${options.rounds} x ${options.seconds} s (ratio to the floors before and behind it; for the floor: least and most)\n`,
  );
  print(table([['', ...tiles.map(heading)], ...seconds]));

  print('\nIn it: user + system by process, milliseconds per second of program\n');
  const parts = tiles.flatMap((count) =>
    rows.map((row) => [`${row}, ${heading(count)}`, ...KINDS.map((kind) => part(of(row, count), kind))]),
  );
  const used = KINDS.map((_, column) => parts.some((line) => line[column + 1] !== ''));
  print(
    table(
      [['', ...KINDS], ...parts].map((line) => line.filter((_, column) => column === 0 || used[column - 1] === true)),
    ),
  );

  print('\nThe program meanwhile (worst round)\n');
  const quality = tiles.flatMap((count) =>
    rows.map((row) => [`${row}, ${heading(count)}`, ...qualityCells(of(row, count).map((sample) => sample.quality))]),
  );
  print(
    table([
      ['', 'speed', 'late', 'skipped', 'missing', 'missing sound', 'step', 'delivery p50', 'delivery p99'],
      ...quality,
    ]),
  );
}

function part(samples: readonly Sample[], kind: Kind): string {
  const user = median(samples.map(({ kinds }) => kinds[kind]?.user ?? 0));
  const system = median(samples.map(({ kinds }) => kinds[kind]?.system ?? 0));
  if (!(user + system > WORTH_A_COLUMN)) return '';
  return `${(user * 1000).toFixed(0)} + ${(system * 1000).toFixed(0)}`;
}

function qualityCells(all: readonly Quality[]): readonly string[] {
  const worst = (key: keyof Quality, of: (...values: number[]) => number, digits = 0): string => {
    const values = all.map((one) => one[key]).filter((value) => value !== undefined);
    return values.length === 0 ? '' : of(...values).toFixed(digits);
  };
  const ms = (key: keyof Quality): string => {
    const text = worst(key, Math.max, 1);
    return text === '' ? '' : `${text} ms`;
  };
  return [
    worst('speed', Math.min, 2),
    ...(['lateFrames', 'skippedFrames', 'missingFrames', 'missingSound', 'step'] as const).map((key) =>
      worst(key, Math.max),
    ),
    ms('deliveryP50Ms'),
    ms('deliveryP99Ms'),
  ];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
