import { describe, expect, it } from 'vitest';
import { changedRecording, orderedRecording } from '../../../src/server/recording-rules.ts';

describe('how a room is recorded', () => {
  it('is what the room orders, and the configuration for the rest', () => {
    const configured = { auto: false, consent: 'ask' } as const;
    expect(orderedRecording(configured, {})).toEqual(configured);
    expect(orderedRecording(configured, { auto: true })).toEqual({ auto: true, consent: 'ask' });
    expect(orderedRecording(configured, { consent: 'notice' })).toEqual({ auto: false, consent: 'notice' });
  });

  it('changes by the fields that are named, and goes back to the configuration by null', () => {
    expect(changedRecording({ auto: true }, { consent: 'ask' })).toEqual({ auto: true, consent: 'ask' });
    expect(changedRecording({ auto: true }, undefined)).toEqual({ auto: true });
    expect(changedRecording({ auto: true }, null)).toEqual({});
  });
});
