/** The letter behind a value of a quarter of which only some of the benefits planned are measured: as on the overview, and in every pack. */
export const PROVISIONAL = {
  sign: 'p',
  word: 'provisional',
  why: 'only some of the benefits planned are measured',
} as const;

/** For the key of a drawing. */
export const keyOfProvisional = `${PROVISIONAL.sign} ${PROVISIONAL.word}: ${PROVISIONAL.why}`;
