/** What the set-up tells the person in front of it. */

/** One line of progress. */
export function say(line) {
  process.stdout.write(`[set-up] ${line}\n`);
}

/** The set-up cannot go on by itself; `lines` say why and which command to type. Ends the process. */
export function stop(...lines) {
  process.stderr.write(`\n${lines.map((line) => `[set-up] ${line}`).join('\n')}\n\n`);
  process.exit(1);
}

/** Runs `work` between two lines: what and why before, how long it took after. @param work true when it went well */
export function timed(what, work) {
  say(`${what} ...`);
  const started = Date.now();
  const well = work();
  say(`${well ? 'done' : 'failed'} after ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return well;
}
