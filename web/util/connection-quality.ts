/** One word for how the connection does. */

/** From best to worst. */
export type ConnectionQuality = 'good' | 'fair' | 'poor';

/** Figures of the last second; whatever is not known counts as good. */
export interface QualityFigures {
  readonly rttMs?: number | undefined;
  readonly latencyMs?: number | undefined;
  readonly receivedFps?: number | undefined;
  readonly shownFps?: number | undefined;
}

const FAIR_RTT_MS = 150;
const POOR_RTT_MS = 400;
const FAIR_LATENCY_MS = 500;
const POOR_LATENCY_MS = 1200;
const FAIR_SHOWN = 0.75;
const POOR_SHOWN = 0.4;

/** The worst of what the figures say. */
export function connectionQuality(figures: QualityFigures): ConnectionQuality {
  const { rttMs = 0, latencyMs = 0, receivedFps = 0, shownFps = 0 } = figures;
  // Below five a second nothing can be said: the picture stands, or has just begun.
  const shown = receivedFps < 5 ? 1 : shownFps / receivedFps;
  if (rttMs > POOR_RTT_MS || latencyMs > POOR_LATENCY_MS || shown < POOR_SHOWN) return 'poor';
  return rttMs > FAIR_RTT_MS || latencyMs > FAIR_LATENCY_MS || shown < FAIR_SHOWN ? 'fair' : 'good';
}
