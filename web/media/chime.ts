/** Two soft tones, made on the spot: somebody knocks, or the door opens. */

const TONES_HZ = { knock: [587.3, 440], open: [523.3, 784] } as const;
const TONE_S = 0.22;
const LOUDNESS = 0.12;

/** Plays on this device alone; does nothing while the browser keeps the sound off. */
export function chime(context: AudioContext, kind: keyof typeof TONES_HZ): void {
  if (context.state !== 'running') return;
  TONES_HZ[kind].forEach((hertz, index) => {
    const from = context.currentTime + index * TONE_S * 0.7;
    const tone = new OscillatorNode(context, { frequency: hertz, type: 'sine' });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + TONE_S * 2);
    tone.connect(gain).connect(context.destination);
    tone.start(from);
    tone.stop(from + TONE_S * 2);
  });
}
