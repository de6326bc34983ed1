/** The data says yes or no, or nothing; no more is claimed. */
export const importanceOf = (strategic: boolean | null): string =>
  strategic === null ? 'Importance not stated' : strategic ? 'Strategic' : 'Supporting';
