import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../src/util/emitter.ts';

type Events = { count: number; done: undefined };

describe('Emitter', () => {
  it('gives a value to every listener of its name, in the order they came', () => {
    const emitter = new Emitter<Events>();
    const heard: string[] = [];
    emitter.on('count', (value) => heard.push(`a${value}`));
    emitter.on('count', (value) => heard.push(`b${value}`));
    emitter.on('done', () => heard.push('done'));
    emitter.emit('count', 1);
    expect(heard).toEqual(['a1', 'b1']);
  });

  it('stops telling a listener that was disposed of, even twice', () => {
    const emitter = new Emitter<Events>();
    const heard: number[] = [];
    const dispose = emitter.on('count', (value) => heard.push(value));
    emitter.emit('count', 1);
    dispose();
    dispose();
    emitter.emit('count', 2);
    expect(heard).toEqual([1]);
  });

  it('tells everybody else when one listener throws, and reports the failure', () => {
    const failures: unknown[] = [];
    const emitter = new Emitter<Events>((error) => failures.push(error));
    const heard: number[] = [];
    emitter.on('count', () => {
      throw new Error('broken');
    });
    emitter.on('count', (value) => heard.push(value));
    emitter.emit('count', 1);
    expect(heard).toEqual([1]);
    expect(failures).toEqual([new Error('broken')]);
  });

  it('lets a listener add and remove listeners without confusing the round', () => {
    const emitter = new Emitter<Events>();
    const heard: string[] = [];
    const dispose = emitter.on('count', () => {
      heard.push('first');
      dispose();
      emitter.on('count', () => heard.push('added'));
    });
    emitter.on('count', () => heard.push('second'));
    emitter.emit('count', 1);
    expect(heard).toEqual(['first', 'second']);
    emitter.emit('count', 2);
    expect(heard).toEqual(['first', 'second', 'second', 'added']);
  });
});
