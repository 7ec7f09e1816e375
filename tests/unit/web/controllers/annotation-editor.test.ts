import { describe, expect, it, vi } from 'vitest';
import { type Annotation, annotationSchema } from '../../../../src/layout/annotation.ts';
import { AnnotationEditor } from '../../../../web/controllers/annotation-editor.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const PLAIN = annotationSchema.parse({});

function setUp() {
  const saved: Annotation[] = [];
  const server = { failure: '' };
  const editor = new AnnotationEditor({
    save: async (annotation) => {
      if (server.failure !== '') throw new Error(server.failure);
      saved.push(annotation);
    },
    changed: () => undefined,
  });
  editor.follow(PLAIN);
  return { editor, saved, server };
}

describe('AnnotationEditor', () => {
  it('shows a change at once and sends the whole', async () => {
    const { editor, saved } = setUp();
    editor.change({ clock: false });
    expect(editor.value.clock).toBe(false);
    await vi.waitFor(() => expect(saved).toEqual([{ ...PLAIN, clock: false }]), WAIT);
  });

  it('keeps what it sent until the server says something newer', async () => {
    const { editor, saved } = setUp();
    editor.change({ clock: false });
    await vi.waitFor(() => expect(saved).toHaveLength(1), WAIT);
    editor.follow(PLAIN);
    expect(editor.value.clock).toBe(false);
    editor.follow(annotationSchema.parse({ title: true }));
    expect([editor.value.clock, editor.value.title]).toEqual([true, true]);
  });

  it('takes a change back that failed, and says why', async () => {
    const { editor, server } = setUp();
    server.failure = 'You are no host.';
    editor.change({ names: false });
    await vi.waitFor(() => expect(editor.problem?.detail).toBe('You are no host.'), WAIT);
    expect(editor.value.names).toBe(true);
    editor.dismissProblem();
    expect(editor.problem).toBeUndefined();
  });

  it('sends nothing that does not fit', () => {
    const { editor, saved } = setUp();
    editor.change({ background: 'red' });
    expect(editor.problem?.detail).toContain('use a colour');
    expect([editor.value.background, saved]).toEqual(['#101217', []]);
  });

  it('shows and hides the lines of a lower third, and keeps them in the fields', async () => {
    const { editor, saved } = setUp();
    editor.words = { title: 'Aiko', text: 'On fish' };
    expect(editor.value.lowerThird).toBeNull();
    editor.showWords();
    await vi.waitFor(() => expect(saved.at(-1)?.lowerThird).toEqual({ title: 'Aiko', text: 'On fish' }), WAIT);
    expect(editor.wordsDiffer).toBe(false);
    editor.words = { title: 'Aiko ', text: 'On the price of fish' };
    expect(editor.wordsDiffer).toBe(true);
    editor.hideWords();
    await vi.waitFor(() => expect(saved.at(-1)?.lowerThird).toBeNull(), WAIT);
    expect(editor.words.text).toBe('On the price of fish');
  });

  it('asks for a title before it shows anything', () => {
    const { editor, saved } = setUp();
    editor.words = { title: ' ', text: 'On fish' };
    editor.showWords();
    expect(editor.problem?.detail).toContain('Write a title first');
    expect(saved).toEqual([]);
  });

  it('takes over the lines that somebody else shows, unless one has begun to write', () => {
    const { editor } = setUp();
    editor.follow(annotationSchema.parse({ lowerThird: { title: 'Björn' } }));
    expect(editor.words.title).toBe('Björn');
    editor.words = { title: 'Mine', text: '' };
    editor.follow(annotationSchema.parse({ lowerThird: { title: 'Theirs' } }));
    expect(editor.words.title).toBe('Mine');
  });
});
