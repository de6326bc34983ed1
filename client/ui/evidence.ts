/** By level: how well the least proven month of a benefit is proven. */
export const EVIDENCE_WORDS = ['none', 'self-reported', 'document', 'confirmed'] as const;

/** The same in a sentence. */
export const EVIDENCE_FULL = [
  'nothing is realised',
  'self-reported',
  'a document or a system shows it',
  'confirmed by finance',
] as const;
