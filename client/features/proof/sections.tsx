/** What the page of a benefit shows of its proof; each section reads for itself. */
export { BenefitActions } from './actions';
export { BenefitAssumptions } from './assumptions';
export { BenefitEvidence } from './evidence';
