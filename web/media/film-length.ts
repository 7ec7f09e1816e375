/** How long a file is that does not tell it, as recordings of browsers do not. */

/** Beyond every end. */
const FAR_S = Number.MAX_SAFE_INTEGER;
/** A file that has not been read to its end by then stays without a length. */
const PATIENCE_MS = 15_000;

/**
 * Looks for the end of an element's file, and goes back to its beginning; the element is paused and knows what is in the file. Its `duration`
 * is finite afterwards, unless the browser does not find it. Never rejects.
 */
export async function findLength(element: HTMLMediaElement): Promise<void> {
  if (Number.isFinite(element.duration)) return;
  // Once it stands somewhere, nothing more will be found.
  const there = settled(element, (event) => event === 'seeked' || Number.isFinite(element.duration));
  element.currentTime = FAR_S;
  await there;
  const back = settled(element, () => !element.seeking);
  element.currentTime = 0;
  await back;
}

/** Resolves with an event that is `enough`, when the element fails, or when it takes too long. */
function settled(element: HTMLMediaElement, enough: (event: string) => boolean): Promise<void> {
  const events = ['durationchange', 'seeked', 'error'];
  return new Promise((resolve) => {
    const end = (): void => {
      window.clearTimeout(timer);
      for (const event of events) element.removeEventListener(event, look);
      resolve();
    };
    const look = ({ type }: Event): void => {
      if (element.error || enough(type)) end();
    };
    const timer = window.setTimeout(end, PATIENCE_MS);
    for (const event of events) element.addEventListener(event, look);
  });
}
