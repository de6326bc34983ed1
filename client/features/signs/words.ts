import type { Sign, SignState, SignTest, SignTestId } from '../../../server/contract/sign.js';
import { counted } from '../../../server/contract/format.js';

export const STATE_WORDS: Record<SignState, string> = {
  present: 'Present',
  watch: 'Watch',
  clear: 'Not seen',
  unknown: 'Cannot tell',
};

/** `2 of 8 signs are present, 1 to watch; 3 cannot be told.` */
export function messageOf(signs: readonly Sign[]): string {
  const of = (state: SignState) => signs.filter((sign) => sign.state === state).length;
  const [present, watch, unknown] = [of('present'), of('watch'), of('unknown')];
  if (unknown === signs.length) return 'None of the eight signs can be told yet: data is missing for each of them.';
  const first =
    present === 0
      ? `None of the ${signs.length} signs is present`
      : `${present} of ${signs.length} signs ${present === 1 ? 'is' : 'are'} present`;
  const second = watch === 0 ? '' : `, ${watch} to watch`;
  const third = unknown === 0 ? '' : `; ${unknown} cannot be told`;
  return `${first}${second}${third}.`;
}

/** `2 of 3 tests hold`. */
export const heldOf = ({ tests }: Sign): string => {
  const holding = tests.filter(({ state }) => state === 'holds').length;
  return `${holding} of ${counted(tests.length, 'test')} ${holding === 1 ? 'holds' : 'hold'}`;
};

/** What would have to be recorded for a test that cannot be told, and where that is done. */
const MISSING = {
  priority_stability: { words: 'rankings of priorities for this quarter and the one before', to: '/priorities' },
  strategic_spend_share: {
    words: 'capabilities marked as strategic, and costs with links that lead to them',
    to: '/capabilities',
  },
  strategic_spend_worsening: { words: 'spend on strategic capabilities in six quarters', to: '/import' },
  unowned_share: { words: 'records of the chain', to: '/chain' },
  shared_capabilities: { words: 'initiatives with an org unit and a link to a capability', to: '/initiatives' },
  reopened_share: { words: 'decisions made in this quarter', to: '/decisions' },
  time_to_decide: { words: 'priority decisions made in this quarter', to: '/decisions' },
  at_intended_level: { words: 'decisions with the intended and the actual level', to: '/decisions' },
  overdue_open: { words: 'decisions with the day on which they are needed', to: '/decisions' },
  waiting_share: { words: 'work items that were delivered, with their stages', to: '/import' },
  handoffs: { words: 'work items that were delivered, with the teams that had them', to: '/import' },
  cycle_time_worsening: { words: 'work items delivered in six quarters', to: '/import' },
  maturity_gap: { words: 'assessments and targets of strategic capabilities', to: '/capabilities' },
  widest_gap_spend: { words: 'assessments of strategic capabilities, and costs that reach them', to: '/capabilities' },
  competency_coverage: { words: 'competencies with the people required and available', to: '/capabilities' },
  satisfaction: {
    words: 'five answers or more to a survey of this quarter, here and in the areas beside',
    to: '/stakeholders',
  },
  strategic_involvement: { words: 'strategic decisions that say when IT was involved', to: '/decisions' },
  unexplained_priorities: { words: 'rankings of priorities for this quarter and the one before', to: '/priorities' },
  unserving_indicators: { words: 'own indicators', to: '/indicators' },
  traced_spend: { words: 'costs of this quarter', to: '/import' },
  unmeasured_benefits: { words: 'benefits with a plan to date', to: '/benefits' },
  escalations: { words: 'decisions made in this quarter', to: '/decisions' },
  above_level_share: { words: 'decisions with the intended and the actual level', to: '/decisions' },
  forum_overlaps: { words: 'forums with the kinds that they decide', to: '/decisions/rights' },
} as const satisfies Record<SignTestId, { words: string; to: string }>;

export const missingOf = ({ id }: SignTest): (typeof MISSING)[SignTestId] => MISSING[id];
