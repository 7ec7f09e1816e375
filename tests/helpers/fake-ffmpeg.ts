/** Programs that misbehave as FFmpeg may, one fault each. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Shell scripts. Every one that waits does so in a child of its own, so that only a signal to the group ends it all. */
export const faults = {
  /** Neither the end of its input nor polite signals end it. Its own pid and its child's are its first lines of output. */
  ignoresSignals: `trap '' INT TERM\n(trap '' INT TERM; exec sleep 600) &\necho "$$"\necho "$!"\nwhile :; do wait; done`,
  /** Ends at SIGTERM only, with code 7. */
  endsAtTerm: `trap '' INT\ntrap 'exit 7' TERM\necho ready\nwhile :; do sleep 0.05; done`,
  /** Ends at SIGINT as FFmpeg does, with code 255. */
  endsAtInt: `trap 'exit 255' INT\necho ready\nwhile :; do sleep 0.05; done`,
  /** Reads its input to the end, then says how much that was. */
  readsInput: 'wc -c',
  /** A crash of the decoder. */
  crashes: 'echo "last words" >&2\nkill -SEGV $$',
  /** More lines than anybody wants to keep. */
  floods: 'i=0\nwhile [ $i -lt 5000 ]; do echo "line $i" >&2; i=$((i+1)); done\nexit 1',
  /** Gone, while a child still holds its pipes open. Prints the pid of the child. */
  leavesChild: '(trap "" INT TERM; exec sleep 600) &\necho "$!"\nexit 3',
  /** Writes until somebody reads, deaf to polite signals. */
  floodsOutput: `trap '' INT TERM\necho started >&2\nwhile :; do echo 0123456789012345678901234567890123456789; done`,
  /** Reports the same progress for ever. */
  makesNoProgress: `trap '' INT TERM\nwhile :; do printf 'frame=5\\nout_time_us=1000\\nprogress=continue\\n' >&3; sleep 0.02; done`,
  /** Reports one more frame each time a line comes in, and ends with its input. */
  makesProgress: `n=0\nwhile read -r line; do n=$((n+1)); printf 'frame=%d\\nout_time_us=N/A\\n' $n >&3; echo "$n"; done`,
} as const;

/** Writes an executable that does what `body` says; `FFMPEG_PATH` may point at it. */
export async function fakeFfmpeg(folder: string, body: string, name = 'ffmpeg'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}
