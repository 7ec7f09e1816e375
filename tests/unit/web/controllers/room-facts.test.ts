import { describe, expect, it } from 'vitest';
import { annotationSchema } from '../../../../src/layout/annotation.ts';
import { layoutSchema } from '../../../../src/layout/layout.ts';
import { RoomFacts } from '../../../../web/controllers/room-facts.ts';

describe('RoomFacts', () => {
  it('knows nothing of the layout before the server has said it', () => {
    const facts = new RoomFacts();
    expect([facts.layout, facts.annotation, facts.program, facts.roster]).toEqual([
      undefined,
      undefined,
      undefined,
      [],
    ]);
    const [layout, annotation, program] = [layoutSchema.parse({}), annotationSchema.parse({}), { width: 4, height: 2 }];
    expect(facts.receive({ type: 'layout', layout, annotation, program })).toBe(true);
    expect([facts.layout, facts.annotation, facts.program]).toEqual([layout, annotation, program]);
  });

  it('keeps what the room says of itself and who speaks', () => {
    const facts = new RoomFacts();
    facts.receive({ type: 'room', title: 'Town hall', recording: true });
    facts.receive({ type: 'speaking', participants: ['p1', 'p2'], speaker: 'p2' });
    expect([facts.title, facts.recording]).toEqual(['Town hall', true]);
    expect([[...facts.speaking.participants], facts.speaking.speaker]).toEqual([['p1', 'p2'], 'p2']);
    facts.receive({ type: 'speaking', participants: [] });
    expect([facts.speaking.participants.size, facts.speaking.speaker]).toEqual([0, undefined]);
    facts.receive({ type: 'speaking', participants: ['p1'], speaker: 'p1' });
    facts.cut();
    expect([facts.speaking.participants.size, facts.speaking.speaker]).toEqual([0, undefined]);
  });

  it('takes the chat for what it is without rules where the room says nothing of it', () => {
    const facts = new RoomFacts();
    const ruled = { privateChat: false, slowSeconds: 10, chatViewers: 'write' } as const;
    const told = [{}, ruled, {}].map((more) => {
      facts.receive({ type: 'room', title: 'Hall', recording: false, ...more });
      return facts.chat;
    });
    const free = { private: true, viewers: 'read', slowSeconds: 0 };
    expect(told).toEqual([free, { private: false, viewers: 'write', slowSeconds: 10 }, free]);
  });

  it('keeps a notice until it was read', () => {
    const facts = new RoomFacts();
    facts.receive({ type: 'notice', code: 'degraded', message: 'The server is busy.' });
    expect(facts.notice?.message).toBe('The server is busy.');
    facts.dismissNotice();
    expect(facts.notice).toBeUndefined();
  });

  it('knows how old everybody’s picture is, which is no reason to draw anew', () => {
    const facts = new RoomFacts();
    const participants = [{ id: 'p1', programMs: 90 }];
    expect(facts.receive({ type: 'delay', participants })).toBe(false);
    expect(facts.delays).toEqual(participants);
  });

  it('has nothing new after messages of other kinds', () => {
    expect(new RoomFacts().receive({ type: 'attached' })).toBe(false);
  });
});
