/** The machine that figures come from, in a few words. */
import { cpus, loadavg, release, totalmem } from 'node:os';

/** Facts that belong to every figure. */
export interface MachineFacts {
  readonly cores: number;
  readonly model: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly ffmpeg: string;
  /** Load of the last minute before the bench began: others' work makes figures worthless. */
  readonly loadBefore: number;
}

/** Taken now. */
export function machineFacts(ffmpegVersion: string): MachineFacts {
  const processors = cpus();
  return {
    cores: processors.length,
    model: processors[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    ffmpeg: ffmpegVersion,
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

/** One line. */
export function describeMachine(facts: MachineFacts): string {
  const { cores, model, memoryGb, system, node, ffmpeg, loadBefore } = facts;
  return `${cores} cores (${model}), ${memoryGb} GB, ${system}, Node ${node}, FFmpeg ${ffmpeg}, load before ${loadBefore}`;
}
