import type { Gap, GapKind } from '../../../server/contract/chain.js';
import type { RegisterType } from '../../lib/registers';

/** Gaps of a record, as its own page and its row say them, and where each is mended. */

const SHORT: Record<GapKind, string> = {
  investment_without_initiative: 'no initiative',
  initiative_without_capability: 'no capability',
  capability_without_outcome: 'no outcome',
  outcome_without_benefit: 'no benefit',
  benefit_without_outcome: 'no outcome',
  outcome_without_capability: 'no capability',
  capability_without_initiative: 'no initiative',
  initiative_without_investment: 'no investment',
  no_owner: 'no owner',
  benefit_without_baseline: 'no baseline',
  benefit_without_plan: 'no plan',
  benefit_without_measurement: 'not measured',
  outcome_without_target: 'no target',
  value_not_defined_upfront: 'planned late',
};

const SENTENCES: Record<GapKind, string> = {
  investment_without_initiative: 'It leads to no initiative: its money ends here.',
  initiative_without_capability: 'It leads to no capability: its money ends here.',
  capability_without_outcome: 'It leads to no outcome: its money ends here.',
  outcome_without_benefit: 'It leads to no benefit: its money ends here.',
  benefit_without_outcome: 'No outcome leads to it: its value has no cause.',
  outcome_without_capability: 'No capability leads to it.',
  capability_without_initiative: 'No initiative leads to it.',
  initiative_without_investment: 'No investment pays for it.',
  no_owner: 'Nobody answers for it.',
  benefit_without_baseline: 'It has no baseline: a change cannot be shown without one.',
  benefit_without_plan: 'No value is planned in any month.',
  benefit_without_measurement: 'Value is planned to date, and none is measured.',
  outcome_without_target: 'It has no target to reach.',
  value_not_defined_upfront:
    'Its value was planned only after the work for it began. This stays as it is: it is part of its history.',
};

/** What mends a gap: a field to fill in, a link to add at one end, or months to enter; nothing mends what is past. */
export type Mend =
  { field: string; label: string } | { link: 'from' | 'to'; label: string } | { values: true; label: string } | null;

const MENDS: Record<GapKind, Mend> = {
  investment_without_initiative: { link: 'from', label: 'Add a link to an initiative' },
  initiative_without_capability: { link: 'from', label: 'Add a link to a capability' },
  capability_without_outcome: { link: 'from', label: 'Add a link to an outcome' },
  outcome_without_benefit: { link: 'from', label: 'Add a link to a benefit' },
  benefit_without_outcome: { link: 'to', label: 'Add a link from an outcome' },
  outcome_without_capability: { link: 'to', label: 'Add a link from a capability' },
  capability_without_initiative: { link: 'to', label: 'Add a link from an initiative' },
  initiative_without_investment: { link: 'to', label: 'Add a link from an investment' },
  no_owner: { field: 'ownerEmail', label: 'Name an owner' },
  benefit_without_baseline: { field: 'baseline', label: 'State the baseline' },
  benefit_without_plan: { values: true, label: 'Plan values by month' },
  benefit_without_measurement: { values: true, label: 'Enter what was realised' },
  outcome_without_target: { field: 'target', label: 'State the target' },
  value_not_defined_upfront: null,
};

export const gapWord = (kind: GapKind): string => SHORT[kind];
export const gapSentence = (kind: GapKind): string => SENTENCES[kind];
export const mendOf = (kind: GapKind): Mend => MENDS[kind];

/** The kinds that a record of a register can have. */
export const gapKindsOf = (type: RegisterType): GapKind[] =>
  (Object.keys(SHORT) as GapKind[]).filter(
    (kind) =>
      type !== 'link' &&
      (kind === 'no_owner' ||
        kind.startsWith(`${type}_`) ||
        (type === 'benefit' && kind === 'value_not_defined_upfront')),
  );

/** Gaps by code of the record. */
export const gapsByCode = (gaps: readonly Gap[], type: string): ReadonlyMap<string, GapKind[]> => {
  const found = new Map<string, GapKind[]>();
  for (const gap of gaps) if (gap.type === type) found.set(gap.code, [...(found.get(gap.code) ?? []), gap.kind]);
  return found;
};
