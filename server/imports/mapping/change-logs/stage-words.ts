import { plainWord } from '../month-names.js';

export type StageKind = 'waiting' | 'active' | 'done' | 'cancelled';

/** What usual names of statuses mean; the first that fits. Others are for a person to say. */
const WORDS: readonly [RegExp, StageKind][] = [
  [
    /cancel|abandon|declin|reject|won.?t (do|fix)|duplicate|withdrawn|closed (incomplete|skipped)|not planned/,
    'cancelled',
  ],
  [
    /await|wait|pending|on hold|hold$|blocked|paused|suspend|to ?do|open|new|backlog|ready|selected|triage|draft|queue|submitted|requested/,
    'waiting',
  ],
  [/^(done|closed|closed complete|resolved|completed?|released|deployed|live|fixed|delivered|finished)$/, 'done'],
  [
    /progress|active|review|test|qa|develop|build|implement|analysis|design|assigned|doing|verif|deploying|approval/,
    'active',
  ],
];

/** Null where the name does not say it. */
export const kindOf = (status: string): StageKind | null => {
  const text = plainWord(status)
    .replace(/[\s_-]+/g, ' ')
    .trim();
  return WORDS.find(([words]) => words.test(text))?.[1] ?? null;
};

const TYPES: readonly [RegExp, string][] = [
  [/bug|defect|fault/, 'defect'],
  [/incident|problem|outage/, 'incident'],
  [/change|deployment|release/, 'change'],
  [/task|chore|support|service request|request item|requested item/, 'task'],
  [/story|feature|improvement|epic|enhancement|initiative/, 'feature'],
];

/** Our kind of work for a foreign one; null where its name does not say it. */
export const workTypeOf = (type: string): string | null => {
  const text = plainWord(type.replaceAll('_', ' '));
  return TYPES.find(([words]) => words.test(text))?.[1] ?? null;
};
