import { describe, expect, it } from 'vitest';
import { type Layout, layoutSchema } from '../../../../src/layout/layout.ts';
import { LayoutEditor } from '../../../../web/controllers/layout-editor.ts';

const GRID = layoutSchema.parse({});

function setUp() {
  const saved: Layout[] = [];
  const server = { failure: '' };
  let changes = 0;
  const editor = new LayoutEditor({
    save: async (layout) => {
      if (server.failure !== '') throw new Error(server.failure);
      saved.push(layout);
    },
    changed: () => {
      changes += 1;
    },
  });
  editor.follow(GRID);
  return { editor, saved, server, changes: () => changes };
}

describe('LayoutEditor', () => {
  it('keeps changes to itself until they are applied', async () => {
    const { editor, saved } = setUp();
    editor.change({ policy: 'speaker' });
    editor.change({ fit: 'cover' });
    expect([editor.dirty, editor.draft.policy, editor.preview.fit, saved]).toEqual([true, 'speaker', 'cover', []]);
    await editor.apply();
    expect(saved).toEqual([{ ...GRID, policy: 'speaker', fit: 'cover' }]);
    expect([editor.dirty, editor.draft.policy]).toEqual([false, 'speaker']);
  });

  it('is clean again when a change is taken back by hand, or discarded', () => {
    const { editor } = setUp();
    editor.change({ policy: 'speaker' });
    editor.change({ policy: 'grid' });
    expect(editor.dirty).toBe(false);
    editor.change({ maxTiles: 4 });
    editor.discard();
    expect([editor.dirty, editor.draft]).toEqual([false, GRID]);
  });

  it('takes the last apply back, once', async () => {
    const { editor, saved } = setUp();
    expect(editor.mayUndo).toBe(false);
    editor.change({ policy: 'speaker' });
    await editor.apply();
    expect(editor.mayUndo).toBe(true);
    await editor.undo();
    expect(saved.at(-1)).toEqual(GRID);
    expect([editor.mayUndo, editor.draft.policy]).toEqual([false, 'grid']);
  });

  it('does not fall back to what the server said before the last apply', async () => {
    const { editor } = setUp();
    const told = layoutSchema.parse({ policy: 'single' });
    editor.follow(told);
    editor.change({ policy: 'speaker' });
    await editor.apply();
    editor.follow(told);
    expect(editor.draft.policy).toBe('speaker');
    editor.follow(layoutSchema.parse({ policy: 'speaker' }));
    expect(editor.mayUndo).toBe(true);
  });

  it('does not undo what somebody else did since', async () => {
    const { editor, saved } = setUp();
    editor.change({ policy: 'speaker' });
    await editor.apply();
    editor.follow(layoutSchema.parse({ policy: 'single' }));
    expect(editor.mayUndo).toBe(false);
    await editor.undo();
    expect(saved).toHaveLength(1);
  });

  it('keeps a draft while somebody else changes the layout, and says so', () => {
    const { editor } = setUp();
    editor.change({ policy: 'speaker' });
    editor.follow(layoutSchema.parse({ policy: 'single' }));
    expect([editor.draft.policy, editor.elsewhere]).toEqual(['speaker', true]);
    editor.discard();
    expect([editor.draft.policy, editor.elsewhere]).toEqual(['single', false]);
  });

  it('has nothing left to apply when somebody else did the same', () => {
    const { editor } = setUp();
    editor.change({ policy: 'speaker' });
    editor.follow(layoutSchema.parse({ policy: 'speaker' }));
    expect([editor.dirty, editor.elsewhere]).toEqual([false, false]);
  });

  it('says where a draft does not fit, keeps the last good one for the preview, and does not send it', async () => {
    const { editor, saved } = setUp();
    editor.change({ policy: 'custom', regions: [{ x: 0, y: 0, width: 1, height: 1, z: 0 }] });
    editor.change({ regions: [{ x: 0.5, y: 0, width: 0.6, height: 1, z: 0 }] });
    expect([...editor.faults.keys()]).toEqual(['regions.0.width']);
    expect(editor.preview.regions[0]?.width).toBe(1);
    await editor.apply();
    expect(saved).toEqual([]);
  });

  it('previews what is in force while the first change does not fit', () => {
    const { editor } = setUp();
    editor.follow(layoutSchema.parse({ policy: 'single' }));
    editor.change({ maxTiles: 0 });
    expect([editor.preview.policy, editor.preview.maxTiles]).toEqual(['single', 25]);
  });

  it('keeps the draft and says why when applying fails', async () => {
    const { editor, server } = setUp();
    server.failure = 'The server does not answer.';
    editor.change({ policy: 'speaker' });
    await editor.apply();
    expect(editor.problem?.detail).toBe('The server does not answer.');
    expect([editor.dirty, editor.busy]).toEqual([true, false]);
    editor.dismissProblem();
    expect(editor.problem).toBeUndefined();
  });
});
