import { z } from 'zod';
import * as p from './primitives.js';

/** What-if: what may be changed, and how a set of changes is written in an address. */

export const CHANGE_KINDS = ['stop', 'delay', 'funding'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
export const CHANGED_TYPES = ['investment', 'initiative'] as const;
export type ChangedType = (typeof CHANGED_TYPES)[number];

/** The two sides of a figure, and what lies between them. */
export const SIDES = ['baseline', 'scenario', 'difference'] as const;
export type Side = (typeof SIDES)[number];

export const MOST_CHANGES = 50;
export const MOST_DELAY = 120;

const changed = { type: z.enum(CHANGED_TYPES), code: p.code, from: p.month };

/** `stop`: nothing from the month on. `delay`: so many months later. `funding`: to so many percent of what is planned. */
export const scenarioChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stop'), ...changed }),
  z.strictObject({ kind: z.literal('delay'), ...changed, months: z.number().int().min(0).max(MOST_DELAY) }),
  z.strictObject({ kind: z.literal('funding'), ...changed, percent: p.decimal(2, { min: 0, max: 1000 }) }),
]);
export type ScenarioChange = z.infer<typeof scenarioChange>;

/** Two changes with the same key contradict each other, or say the same twice. */
export const changeKey = ({ kind, type, code, from }: ScenarioChange): string =>
  [kind, type, code.toLowerCase(), from].join(':');

export const scenarioChanges = z
  .array(scenarioChange)
  .max(MOST_CHANGES, `At most ${MOST_CHANGES} changes.`)
  .refine(
    (changes) => new Set(changes.map(changeKey)).size === changes.length,
    'The same is changed twice from the same month. Leave one of them out.',
  );

/** `stop:investment:INV-1:2027-01::delay:initiative:INI-2:2027-01:6`: no code holds a colon, and no part is empty. */
export const writeChanges = (changes: readonly ScenarioChange[]): string => changes.map(writeChange).join('::');

const writeChange = (change: ScenarioChange): string => {
  const { kind, type, code, from } = change;
  const amount = kind === 'delay' ? [String(change.months)] : kind === 'funding' ? [change.percent] : [];
  return [kind, type, code, from, ...amount].join(':');
};

const readChange = (text: string): ScenarioChange | null => {
  const [kind, type, code, from, amount, ...rest] = text.split(':');
  if (rest.length > 0 || (kind === 'stop' && amount !== undefined)) return null;
  const more =
    kind === 'delay' && /^\d{1,3}$/.test(amount ?? '')
      ? { months: Number(amount) }
      : kind === 'funding'
        ? { percent: amount }
        : {};
  const read = scenarioChange.safeParse({ kind, type, code, from, ...more });
  return read.success ? read.data : null;
};

/** What can be read of it, each change once; the first of those that contradict each other. */
export const readableChanges = (text: string): ScenarioChange[] => {
  const found = new Map<string, ScenarioChange>();
  for (const part of text === '' ? [] : text.split('::')) {
    const change = readChange(part);
    if (change && !found.has(changeKey(change))) found.set(changeKey(change), change);
  }
  return [...found.values()].slice(0, MOST_CHANGES);
};

/** Changes in an address: all of it must be readable. */
export const changesText = z
  .string()
  .max(8000)
  .refine(
    (text) => readableChanges(text).length === (text === '' ? 0 : text.split('::').length),
    'Write each change as stop:investment:CODE:2027-01, delay:initiative:CODE:2027-01:6 or funding:investment:CODE:2027-01:50, parted by two colons.',
  );
