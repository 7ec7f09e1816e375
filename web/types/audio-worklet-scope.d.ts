/** The global scope of audio worklets; TypeScript's DOM library describes only the window. */

declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  abstract process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

/** A processor is made with its node's options, whatever they are. */
declare function registerProcessor(name: string, processor: new (options: never) => AudioWorkletProcessor): void;

/** Index of the first sample of the quantum being rendered. */
declare const currentFrame: number;
/** The same in seconds. */
declare const currentTime: number;
/** Samples per second. */
declare const sampleRate: number;
