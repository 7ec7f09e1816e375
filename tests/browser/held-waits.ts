/** Waits of a page's media engine that a test ends. */
import type { Page } from 'playwright-core';

/** Runs where the engine does: a wait ends when it is told to. */
const WAITS = `
  const waits = new Map();
  const [begin, end] = [self.setTimeout, self.clearTimeout];
  self.setTimeout = (fn, ms, ...rest) => {
    const ended = () => {
      waits.delete(timer);
      fn(...rest);
    };
    const timer = begin(ended, ms);
    waits.set(timer, { ms, ended });
    return timer;
  };
  self.clearTimeout = (timer) => {
    waits.delete(timer);
    end(timer);
  };
  new BroadcastChannel('waits').onmessage = ({ data: ms }) => {
    for (const [timer, wait] of [...waits]) {
      if (wait.ms !== ms) continue;
      end(timer);
      wait.ended();
    }
  };
`;

/** From the next load on, `endWait` ends what the engine's worker waits for. That it ends by itself is proved with a clock of tests. */
export function holdWaits(page: Page): Promise<void> {
  return runInEngine(page, WAITS);
}

/** From the next load on, `script` is run in the engine's worker, before the engine begins. */
export async function runInEngine(page: Page, script: string): Promise<void> {
  await page.addInitScript(`{
    const Real = Worker;
    window.Worker = class extends Real {
      constructor(url, options) {
        const script = 'import ' + JSON.stringify(String(url)) + ';' + ${JSON.stringify(script)};
        super(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), options);
      }
    };
  }`);
}

/** The same for an engine on the page's own thread. */
export async function holdPageWaits(page: Page): Promise<void> {
  await page.addInitScript(`{${WAITS}}`);
}

/** Ends the waits of so many milliseconds that have begun. */
export async function endWait(page: Page, ms: number): Promise<void> {
  await page.evaluate(`new BroadcastChannel('waits').postMessage(${ms})`);
}
