import { describe, expect, it } from 'vitest';
import { describeScreenError } from '../../../../web/media/screen-words.ts';

describe('describeScreenError', () => {
  it('has no words for somebody who chose nothing', () => {
    expect(describeScreenError('NotAllowedError', 'Permission denied')).toBeUndefined();
  });

  it('sends somebody to the system’s settings when it was the system', () => {
    expect(describeScreenError('NotAllowedError', 'Permission denied by system')?.detail).toContain('privacy settings');
  });

  it.each(['InvalidStateError', 'NotFoundError', 'NotReadableError', 'NotSupportedError', 'Unheard', ''])(
    'has a title and a remedy for "%s"',
    (name) => {
      const problem = describeScreenError(name, '');
      expect(problem?.title).not.toBe('');
      expect(problem?.detail).toMatch(/again|computer/);
    },
  );
});
