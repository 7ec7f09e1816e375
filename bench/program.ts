/** The program that every row makes. */
export const PROGRAM = {
  width: 1280,
  height: 720,
  framerate: 30,
  kbit: 2500,
  audioKbit: 128,
  preset: 'veryfast',
  gopFrames: 60,
} as const;
