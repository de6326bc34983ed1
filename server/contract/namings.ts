/**
 * What names a link, a path, or a view of the chain; what an investment case is varied by; of a benefit one month in the place of the period,
 * the investment that a part of its value is credited to, and the version of its plan (of a month: which verdict); what a what-if changes; the filters of the register; a corrective action; the day of a measurement; a decision; an own indicator; and a question of the survey.
 */
export const NAMINGS = [
  'from',
  'to',
  'path',
  'min',
  'expand',
  'layer',
  'rate',
  'month',
  'driver',
  'version',
  'changes',
  'among',
  'action',
  'on',
  'decision',
  'indicator',
  'question',
] as const;
export type Naming = (typeof NAMINGS)[number];
