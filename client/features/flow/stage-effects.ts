import type { StagesInUse } from '../../../server/contract/flow.js';
import { counted } from '../../../server/contract/format.js';

export type Stage = StagesInUse['items'][number];
type Kind = Stage['kind'];

/** What stands in a stage of this kind counts as; `null` is a stage whose kind nobody stated. */
export const KIND_MEANS: Record<NonNullable<Kind> | 'none', string> = {
  waiting: 'Nobody works on it: its days count as waiting.',
  active: 'Somebody works on it: with its first active stage an item is in progress.',
  done: 'It is delivered when it enters, and stays so until it leaves.',
  cancelled: 'It is given up: neither in progress nor delivered.',
  none: 'Its days count, and not as waiting; it is no end.',
};

/**
 * What a change of a stage does to the figures, in sentences; none where it does nothing to them.
 * @param next what is asked for; `position` null where none is stated
 */
export const effectsOf = (stage: Stage, next: { kind: Kind; position: number | null }): string[] => {
  const told: string[] = [];
  const moves = `${counted(stage.moves, 'move')} into this stage`;
  if (next.kind !== stage.kind && stage.moves > 0) {
    const kinds = [stage.kind, next.kind];
    if (kinds.includes('done'))
      told.push(
        'What was delivered, when, and how long it took is told anew: cycle time, throughput, waiting, handoffs, rework.',
      );
    if (kinds.includes('waiting'))
      told.push(
        `The days in it ${next.kind === 'waiting' ? 'count as waiting from now on' : 'no longer count as waiting'}.`,
      );
    if (kinds.includes('active') || kinds.includes('done') || kinds.includes('cancelled'))
      told.push(
        `Work in progress is counted anew; ${counted(stage.standing, 'item')} ${stage.standing === 1 ? 'stands' : 'stand'} here now.`,
      );
  }
  if (next.position !== stage.position && stage.moves > 0)
    told.push('Rework is told anew: an item that moves to a stage of an earlier place went back.');
  return told.length === 0 ? [] : [...told, `This holds for ${moves}, in quarters that are over too.`];
};
