/** Computed status of a benefit, best first. */
export const BENEFIT_STATUSES = ['on_track', 'at_risk', 'off_track', 'unmeasured', 'not_due'] as const;
export type BenefitStatus = (typeof BENEFIT_STATUSES)[number];
