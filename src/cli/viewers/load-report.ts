/** What a run of the load tool found, for people and for programs. Pure. */
import { deliveries, type Measured } from './measures.ts';
import { type Quantiles, quantiles } from './statistics.ts';
import type { LoadPlan, LoadResult } from './viewer-threads.ts';

/** The whole of it; times are milliseconds. */
export interface LoadReport {
  readonly url: string;
  readonly viewers: number;
  readonly http: 'HTTP/1.1' | 'HTTP/2';
  readonly seconds: number;
  /** Viewers that had a picture. */
  readonly played: number;
  /** Absent where nothing was measured. */
  readonly deliveryMs: Quantiles | undefined;
  readonly latencyMs: Quantiles | undefined;
  readonly glassToGlassMs: Quantiles | undefined;
  readonly startMs: Quantiles | undefined;
  readonly stalls: number;
  readonly stalledViewers: number;
  readonly stalledMs: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly errorCount: number;
  readonly requestsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Share of all playlists that came as an update: 0 to 1. */
  readonly updateShare: number;
  /** By how much the tool's own timers were late in 99 of 100 cases. */
  readonly toolDelayP99Ms: number;
}

/** Sums up what the threads measured. */
export function summarize(plan: LoadPlan, { measured, seconds, loopDelayP99Ms }: LoadResult): LoadReport {
  const sum = (of: (one: Measured) => number): number => measured.reduce((total, one) => total + of(one), 0);
  const errors: Record<string, number> = {};
  for (const [kind, count] of measured.flatMap((one) => Object.entries(one.errors))) {
    errors[kind] = (errors[kind] ?? 0) + count;
  }
  const rate = (total: number): number => (seconds > 0 ? total / seconds : 0);
  const playlists = sum((one) => one.playlists);
  return {
    url: plan.url,
    viewers: plan.viewers,
    http: plan.h2 ? 'HTTP/2' : 'HTTP/1.1',
    seconds,
    played: sum(({ playedViewers }) => playedViewers),
    deliveryMs: quantiles(deliveries(measured)),
    latencyMs: quantiles(measured.flatMap(({ latencyMs }) => latencyMs)),
    glassToGlassMs: quantiles(measured.flatMap(({ glassToGlassMs }) => glassToGlassMs)),
    startMs: quantiles(measured.flatMap(({ startMs }) => startMs)),
    stalls: sum(({ stalls }) => stalls),
    stalledViewers: sum(({ stalledViewers }) => stalledViewers),
    stalledMs: sum(({ stalledMs }) => stalledMs),
    errors,
    errorCount: Object.values(errors).reduce((total, count) => total + count, 0),
    requestsPerSecond: rate(sum(({ requests }) => requests)),
    bytesPerSecond: rate(sum(({ bytes }) => bytes)),
    updateShare: playlists === 0 ? 0 : sum(({ updates }) => updates) / playlists,
    toolDelayP99Ms: loopDelayP99Ms,
  };
}

/** A table and some lines, for a terminal. */
export function formatReport(report: LoadReport): string {
  const { viewers, http, seconds, played, stalls, stalledViewers, stalledMs, errors } = report;
  const rows: readonly (readonly [string, Quantiles | undefined])[] = [
    ['a part, listed to complete', report.deliveryMs],
    ['a part, its end to complete', report.latencyMs],
    ['glass to glass, simulated', report.glassToGlassMs],
    ['first request to first picture', report.startMs],
  ];
  const head = ['milliseconds', 'p50', 'p95', 'p99', 'max', 'samples'];
  const lines = [head, ...rows.map(([name, of]) => [name, ...figures(of)])].map(
    ([name = '', ...cells]) => `${name.padEnd(32)}${cells.map((cell) => cell.padStart(9)).join('')}`,
  );
  const kinds = Object.entries(errors).toSorted(([, left], [, right]) => right - left);
  return [
    `${viewers} viewers over ${http} for ${seconds.toFixed(1)} s, ${played} had a picture`,
    '',
    ...lines,
    '',
    `stalls          ${stalls} of ${stalledViewers} viewers, ${(stalledMs / 1000).toFixed(1)} s together`,
    `requests        ${report.requestsPerSecond.toFixed(0)} a second, ${mbits(report.bytesPerSecond)} Mbit/s`,
    `playlists       ${(report.updateShare * 100).toFixed(0)} % asked for as updates`,
    `this tool       late by ${report.toolDelayP99Ms.toFixed(0)} ms (p99)${report.toolDelayP99Ms > 50 ? ': try more --workers' : ''}`,
    `errors          ${report.errorCount}`,
    ...kinds.map(([kind, count]) => `  ${String(count).padStart(6)}  ${kind}`),
    '',
  ].join('\n');
}

function figures(of: Quantiles | undefined): string[] {
  if (!of) return ['-', '-', '-', '-', '0'];
  return [...[of.p50, of.p95, of.p99, of.max].map((ms) => ms.toFixed(0)), String(of.count)];
}

function mbits(bytes: number): string {
  return ((bytes * 8) / 1e6).toFixed(1);
}
