import type { Sign, SignState, SignTest, SignTestId } from '../../../server/contract/sign.js';
import { counted } from '../../lib/format';

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
const MISSING: Record<SignTestId, string> = {
  priority_stability: 'rankings of priorities for this quarter and the one before',
  strategic_spend_share: 'capabilities marked as strategic, and costs with links that lead to them',
  strategic_spend_worsening: 'spend on strategic capabilities in six quarters',
  unowned_share: 'records of the chain',
  shared_capabilities: 'initiatives with an org unit and a link to a capability',
  reopened_share: 'decisions made in this quarter',
  time_to_decide: 'priority decisions made in this quarter',
  at_intended_level: 'decisions with the intended and the actual level',
  overdue_open: 'decisions with the day on which they are needed',
  waiting_share: 'work items that were delivered, with their stages',
  handoffs: 'work items that were delivered, with the teams that had them',
  cycle_time_worsening: 'work items delivered in six quarters',
  maturity_gap: 'assessments and targets of strategic capabilities',
  widest_gap_spend: 'assessments of strategic capabilities, and costs that reach them',
  competency_coverage: 'competencies with the people required and available',
  satisfaction: 'five answers or more to a survey of this quarter',
  strategic_involvement: 'strategic decisions that say when IT was involved',
  unexplained_priorities: 'rankings of priorities for this quarter and the one before',
  unserving_indicators: 'own indicators',
  traced_spend: 'costs of this quarter',
  unmeasured_benefits: 'benefits with a plan to date',
  escalations: 'decisions made in this quarter',
  above_level_share: 'decisions with the intended and the actual level',
  forum_overlaps: 'forums with the kinds that they decide',
};

export const missingOf = ({ id }: SignTest): string => MISSING[id];
