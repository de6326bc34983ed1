import { round } from '../../../server/contract/decimal.js';
import { localised } from '../../../server/contract/locale-number.js';

/** The data says yes or no, or nothing; no more is claimed. */
export const importanceOf = (strategic: boolean | null): string =>
  strategic === null ? 'Importance not stated' : strategic ? 'Strategic' : 'Supporting';

/** A level with its one decimal, so that a column of them stands on one sign. */
export const levelOf = (level: string): string => localised(round(level, 1));
