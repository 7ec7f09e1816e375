/** The people of the demonstration, as FFmpeg source graphs. Every text here is ours; none comes from a user. */

/** One of them. */
export interface DemoMember {
  readonly name: string;
  /** A lavfi source with moving pictures, 640x360 at 30 frames a second. */
  readonly picture: string;
  readonly voice: string;
  readonly line: string;
  /** Seconds of silence before the line comes again, so that they do not all talk at once. */
  readonly pause: number;
  /** Where speech cannot be made. */
  readonly humHz: number;
}

/** Four, with names in three scripts. */
export const DEMO_CAST: readonly DemoMember[] = [
  {
    name: 'Amélie',
    picture: 'gradients=s=640x360:r=30:c0=0x1b5e8c:c1=0x7a2a8f:c2=0xd9822b:nb_colors=3:speed=0.02:seed=7',
    voice: 'slt',
    line: 'Hello everybody. This is one picture for all of us, with the time burned in.',
    pause: 9,
    humHz: 220,
  },
  {
    name: 'Борис',
    picture: 'mandelbrot=s=640x360:r=30:maxiter=220:start_scale=2.2:end_scale=0.02:end_pts=900',
    voice: 'rms',
    line: 'I hear all of you, but never myself. That is called a mix minus.',
    pause: 13,
    humHz: 165,
  },
  {
    name: '小林 Kaoru',
    picture:
      'life=s=320x180:r=30:ratio=0.12:mold=24:seed=3:death_color=#2a6f4e:mold_color=#0b1f16:life_color=#b7f0c0,scale=640:360:flags=neighbor',
    voice: 'kal16',
    line: 'Join and leave whenever you like. The program never stops for anybody.',
    pause: 11,
    humHz: 196,
  },
  {
    name: 'Dana',
    picture: 'testsrc2=s=640x360:r=30',
    voice: 'awb',
    line: 'Press record on the admin page, and download the film a moment later.',
    pause: 16,
    humHz: 247,
  },
];

/** Samples that one loop of a spoken line may take: thirty seconds at 48 kHz. */
const LOOP_SAMPLES = 30 * 48000;

/** A lavfi graph with a picture and a sound. */
export function demoGraph(member: DemoMember, speaks: boolean): string {
  const { picture, voice, line, pause, humHz } = member;
  const words = line.replaceAll(/[^A-Za-z .]/g, '');
  const speech = `flite=text='${words}':voice=${voice},aresample=48000,apad=pad_dur=${pause},aloop=loop=-1:size=${LOOP_SAMPLES}`;
  const hum = `sine=frequency=${humHz}:sample_rate=48000,volume=0.08`;
  return `${picture},format=yuv420p[out0];${speaks ? speech : hum}[out1]`;
}
