import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { mayLink, whomToAsk, writableAmong, type LinkEnd } from '../access/rights.js';
import type { GapKind, Layer } from '../contract/chain.js';
import type { Gap } from './gaps.js';

/** Kinds that a link repairs, with the end of it at which the record stands. All others are repaired on the record itself. */
const LINKED_AT: Partial<Record<GapKind, LinkEnd>> = {
  investment_without_initiative: 'from',
  initiative_without_capability: 'from',
  capability_without_outcome: 'from',
  outcome_without_benefit: 'from',
  benefit_without_outcome: 'to',
  outcome_without_capability: 'to',
  capability_without_initiative: 'to',
  initiative_without_investment: 'to',
};

/** Whether the reader may repair a gap, and whom else to ask. */
export interface Repair {
  mayWrite: boolean;
  ask: string | null;
}

/** For each gap of a page, in its order; two queries a layer. */
export const repairsOf = async (manager: EntityManager, who: Principal, gaps: readonly Gap[]): Promise<Repair[]> => {
  const writable = new Set<string>();
  const owners = new Map<string, string>();
  for (const type of new Set(gaps.map(({ row }) => row.type))) {
    const ids = idsOf(gaps, type);
    for (const id of await writableAmong(manager, who, type, ids)) writable.add(id);
    for (const [id, owner] of await whomToAsk(manager, type, ids)) owners.set(id, owner);
  }
  return gaps.map(({ kind, row }) => {
    const own = writable.has(row.id);
    const end = LINKED_AT[kind];
    return {
      mayWrite: end === undefined ? own : mayLink(who, row.type, end, own),
      ask: owners.get(row.id) ?? null,
    };
  });
};

const idsOf = (gaps: readonly Gap[], type: Layer): string[] => [
  ...new Set(gaps.filter(({ row }) => row.type === type).map(({ row }) => row.id)),
];
