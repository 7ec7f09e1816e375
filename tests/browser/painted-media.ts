/** A camera, a microphone and a screen that a test paints and tunes, put into a page before anything else runs there. */
import type { Page } from 'playwright-core';
import { soon } from './room-steps.ts';

/** Pixels of what is painted: red on the left, blue on the right, black below, and a white bar that moves along the bottom. */
const PAINTED = { width: 640, height: 360 } as const;

const SCRIPT = `(() => {
  if (!navigator.mediaDevices) return;
  const paint = (canvas, step) => {
    const context = canvas.getContext('2d', { alpha: false });
    const { width, height } = canvas;
    context.fillStyle = '#f00'; context.fillRect(0, 0, width / 2, height / 2);
    context.fillStyle = '#00f'; context.fillRect(width / 2, 0, width / 2, height / 2);
    context.fillStyle = '#000'; context.fillRect(0, height / 2, width, height / 2);
    context.fillStyle = '#fff'; context.fillRect((step * 7) % width, height - 64, 32, 64);
  };
  const canvasOf = () => Object.assign(document.createElement('canvas'), ${JSON.stringify(PAINTED)});
  const moving = () => {
    const canvas = canvasOf();
    let step = 0;
    const turn = () => {
      requestAnimationFrame(turn);
      if (!painted.stopped) paint(canvas, (step += 1));
    };
    turn();
    return canvas.captureStream(30).getVideoTracks()[0];
  };
  // Each picture lies on its side, and says so.
  const turned = () => {
    const upright = canvasOf();
    const lying = Object.assign(document.createElement('canvas'), { width: upright.height, height: upright.width });
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const writer = generator.writable.getWriter();
    let step = 0;
    const turn = () => {
      requestAnimationFrame(turn);
      paint(upright, (step += 1));
      const context = lying.getContext('2d', { alpha: false });
      context.setTransform(0, -1, 1, 0, 0, lying.height);
      context.drawImage(upright, 0, 0);
      const frame = new VideoFrame(lying, { timestamp: Math.round(performance.now() * 1000), rotation: 90 });
      writer.write(frame).catch(() => frame.close());
    };
    turn();
    return generator;
  };
  const tone = (audio, hz) => {
    const oscillator = new OscillatorNode(audio, { frequency: hz });
    const target = new MediaStreamAudioDestinationNode(audio);
    oscillator.connect(new GainNode(audio, { gain: 0.3 })).connect(target);
    oscillator.start();
    return target.stream.getAudioTracks()[0];
  };
  const painted = (window.painted = { hz: 1000, turned: false, stopped: false, cameras: 0, analysers: [], show: () => {} });
  navigator.mediaDevices.getUserMedia = async ({ video }) => {
    if (!video) return new MediaStream([tone(new AudioContext(), painted.hz)]);
    painted.cameras += 1;
    return new MediaStream([painted.turned ? turned() : moving()]);
  };
  navigator.mediaDevices.getDisplayMedia = async () => {
    const still = canvasOf();
    const stream = still.captureStream();
    painted.show = () => paint(still, 1);
    return stream;
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      const analyser = new AnalyserNode(this.context, { fftSize: 4096 });
      connect.call(this, analyser);
      painted.analysers.push(analyser);
    }
    return connect.call(this, target, ...rest);
  };
})()`;

// The loudest tone that reaches a speaker, 0 in silence.
const LOUDEST = `(() => {
  let best = { hz: 0, level: -60 };
  for (const analyser of painted.analysers) {
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    bins.forEach((level, bin) => {
      if (level > best.level) best = { hz: (bin * analyser.context.sampleRate) / analyser.fftSize, level };
    });
  }
  return best.hz;
})()`;

/** From the next load on, camera and microphone are painted and tuned; a screen shows one picture at each `painted.show()`. */
export async function paintMedia(page: Page, options: { readonly turned?: boolean } = {}): Promise<void> {
  await page.addInitScript(SCRIPT);
  if (options.turned === true) await page.addInitScript('if (window.painted) painted.turned = true');
}

/** Resolves when what one hears is a tone of about `hz`; 0: silence. */
export function hear(page: Page, hz: number): Promise<void> {
  return soon(async () => {
    const heard = await page.evaluate<number>(LOUDEST);
    if (Math.abs(heard - hz) > 25) throw new Error(`What is heard has ${heard} Hz.`);
  });
}
