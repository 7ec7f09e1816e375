import { describe, expect, it } from 'vitest';
import { signalDifferences } from '../../../../web/signal/signal-differences.ts';

const NETWORK = { kind: 'network' } as const;
const SILENT = { kind: 'silence', track: 0 } as const;
const BLACK = { kind: 'black', track: 1 } as const;

describe('signalDifferences', () => {
  it('tells a server that knows nothing of everything', () => {
    expect(signalDifferences([NETWORK, SILENT], [])).toEqual([
      { signal: NETWORK, active: true },
      { signal: SILENT, active: true },
    ]);
  });

  it('takes back what was over while nobody could be told, and says nothing twice', () => {
    expect(signalDifferences([SILENT, BLACK], [NETWORK, SILENT])).toEqual([
      { signal: BLACK, active: true },
      { signal: NETWORK, active: false },
    ]);
  });

  it('tells the same kind of two tracks apart', () => {
    const other = { kind: 'black', track: 2 } as const;
    expect(signalDifferences([other], [BLACK])).toEqual([
      { signal: other, active: true },
      { signal: BLACK, active: false },
    ]);
  });
});
