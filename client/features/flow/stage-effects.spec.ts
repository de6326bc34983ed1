import { describe, expect, test } from '@jest/globals';
import { effectsOf, type Stage } from './stage-effects';

const stage: Stage = {
  ...{ id: '1', version: 1, code: 'REVIEW', name: 'Review', kind: 'waiting', position: 3, standing: 1, moves: 1200 },
};

describe('What a change of a stage does to the figures', () => {
  test('is nothing where neither kind nor place changes, or nothing ever moved into it', () => {
    expect(effectsOf(stage, { kind: 'waiting', position: 3 })).toEqual([]);
    expect(effectsOf({ ...stage, moves: 0, standing: 0 }, { kind: 'done', position: 9 })).toEqual([]);
  });

  test('is told by kind: waiting, in progress, delivered', () => {
    expect(effectsOf(stage, { kind: 'active', position: 3 })).toEqual([
      'The days in it no longer count as waiting.',
      'Work in progress is counted anew; 1 item stands here now.',
      'This holds for 1,200 moves into this stage, in quarters that are over too.',
    ]);
    expect(effectsOf({ ...stage, kind: null, standing: 2 }, { kind: 'done', position: 3 })).toEqual([
      'What was delivered, when, and how long it took is told anew: cycle time, throughput, waiting, handoffs, rework.',
      'Work in progress is counted anew; 2 items stand here now.',
      'This holds for 1,200 moves into this stage, in quarters that are over too.',
    ]);
    expect(effectsOf({ ...stage, kind: 'active' }, { kind: 'waiting', position: 3 })[0]).toBe(
      'The days in it count as waiting from now on.',
    );
  });

  test('is told by place: what went back', () => {
    expect(effectsOf(stage, { kind: 'waiting', position: null })).toEqual([
      'Rework is told anew: an item that moves to a stage of an earlier place went back.',
      'This holds for 1,200 moves into this stage, in quarters that are over too.',
    ]);
  });
});
