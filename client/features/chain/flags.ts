import type { Gap, GapKind } from '../../../server/contract/chain.js';
import { nodeId, type Node } from './graph';
import { GAPS } from './words';

/** Which gaps stand at a record, in the order of their kinds. */
export type Flags = (node: Node) => readonly GapKind[];

const LEADS_NOWHERE = [
  'investment_without_initiative',
  'initiative_without_capability',
  'capability_without_outcome',
  'outcome_without_benefit',
  undefined,
] as const;
const COMES_FROM_NOWHERE = [
  undefined,
  'initiative_without_investment',
  'capability_without_initiative',
  'outcome_without_capability',
  'benefit_without_outcome',
] as const;

/** @param asked gaps that the chain itself does not show: of baselines, plans, measurements, targets */
export function flagsOf(asked: readonly Gap[]): Flags {
  const byId = new Map<string, GapKind[]>();
  for (const { type, code, kind } of asked) {
    const id = nodeId(type, code);
    byId.set(id, [...(byId.get(id) ?? []), kind]);
  }
  return (node) => {
    const found: (GapKind | undefined)[] = [
      node.leadsOn ? undefined : LEADS_NOWHERE[node.layer],
      node.isLedTo ? undefined : COMES_FROM_NOWHERE[node.layer],
      node.record.owner === null ? 'no_owner' : undefined,
      ...(byId.get(node.id) ?? []),
    ];
    return found.filter((kind) => kind !== undefined);
  };
}

export const flagWords = (kinds: readonly GapKind[]): string => kinds.map((kind) => GAPS[kind].flag).join(', ');
