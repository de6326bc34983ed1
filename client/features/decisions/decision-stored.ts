import type { DecisionPage } from '../../../server/contract/decision.js';
import { type ProofField, saidOf, type Typed } from '../proof/proof-form';
import { currentDecision } from './api';

/** What a form holds of a decision: as it was when the form was opened, or as somebody else saved it meanwhile. */
export interface Stored {
  code: string;
  version: number;
  /** What the fields of the form show. */
  typed: Typed;
  /** The record, whatever the form shows of it. */
  told: Typed;
}

export const text = (value: string | number | null): string => (value === null ? '' : String(value));

/** Fields as a page tells the decision or the register stores it. */
const CHANGEABLE = [
  ...['title', 'kind', 'forumCode', 'intendedLevel', 'neededBy', 'itInvolved', 'aboutCode'],
  ...['decidedBy', 'revisitOn', 'tradeOff', 'givenUp', 'rationale'],
] as const;

const storedOf = (record: Readonly<Record<string, unknown>> & { version: number }): Stored => {
  const said = (name: string): string => text((record[name] ?? null) as string | number | null);
  const typed: Typed = {
    ...Object.fromEntries(CHANGEABLE.map((name) => [name, said(name)])),
    // A page calls a decision without a question by its code.
    title: said('title') || said('code'),
    aboutCode: said('aboutCode') === '' ? '' : `${said('aboutType')}:${said('aboutCode')}`,
  };
  return {
    code: said('code'),
    version: record.version,
    typed,
    told: { ...typed, outcome: said('outcome'), decidedLevel: said('decidedLevel') },
  };
};

/** As the page tells it. */
export const storedOfPage = ({ about, forum, ...rest }: DecisionPage['decision']): Stored =>
  storedOf({
    ...rest,
    forumCode: forum?.code ?? null,
    aboutType: about?.type ?? null,
    aboutCode: about?.code ?? null,
  });

/** As a refusal (412) says that it is stored now. */
export const readCurrent = (body: unknown): Stored | null => {
  const current = currentDecision(body);
  return current && storedOf(current);
};

/** What a closing form begins with itself, whatever is stored of an open decision. */
const OWN = ['decidedBy', 'outcome', 'decidedLevel'];

/** Of the record, what the form shows, too. */
export const sharedOf = (told: Typed, typed: Typed): Typed =>
  Object.fromEntries(Object.entries(told).filter(([name]) => name in typed && !OWN.includes(name)));

/**
 * What somebody else changed that the form does not show beside what was typed. Saving fields is one version: what came beyond that is no field.
 * @param fields all that is told of the record
 * @param shown names of those that the form shows
 */
export const besidesOf =
  (fields: readonly ProofField[], shown: readonly string[]) =>
  (opened: Stored, theirs: Stored): string[] => {
    const changed = fields.filter(({ name }) => opened.told[name] !== theirs.told[name]);
    const hidden = changed.filter(({ name }) => !shown.includes(name));
    const isMore = theirs.version - opened.version > Math.min(1, changed.length);
    return [
      ...hidden.map((field) => `${field.label}: now ${saidOf(field, theirs.told[field.name])}`),
      ...(isMore
        ? [`Its options or its history ${changed.length === 0 ? '' : 'may have '}changed: cancel to look at them.`]
        : []),
    ];
  };
