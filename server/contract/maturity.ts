/**
 * What each level of maturity asks for. A capability has a level when it meets the criteria of that level and of all below it; a level between two
 * (2.5) says that a part of the next one is met, and its note says which.
 */
export const MATURITY_LEVELS = [
  { level: 0, name: 'Not there', criteria: 'Nobody does it, or nobody knows who does.' },
  {
    level: 1,
    name: 'By single people',
    criteria: 'It is done when somebody takes it on. How well depends on who that is; little is written down.',
  },
  {
    level: 2,
    name: 'Repeated',
    criteria: 'Teams do it the same way each time. Who does what is named; what went well is done again.',
  },
  {
    level: 3,
    name: 'One way for all',
    criteria: 'One way is described and followed everywhere. People are trained in it, and somebody answers for it.',
  },
  {
    level: 4,
    name: 'Measured',
    criteria: 'Its results are measured against targets, and whoever answers for it acts when they fall short.',
  },
  {
    level: 5,
    name: 'Improved by itself',
    criteria: 'It is improved again and again from what is measured, and others learn from it.',
  },
] as const;

/** The criteria that a level from 0 to 5 meets as a whole: those of 2.5 are those of 2. */
export const criteriaOf = (level: string | number): (typeof MATURITY_LEVELS)[number] =>
  MATURITY_LEVELS[Math.min(5, Math.max(0, Math.floor(Number(level))))]!;

/** Whether a level lies between two: then only words say what of the next one is met. */
export const isBetween = (level: string): boolean => /\.\d*[1-9]/.test(level);
