import type { columnSuggestion, SourceColumn } from '../../../server/contract/mapping.js';
import type { z } from 'zod';
import { count } from '../../../server/contract/format.js';

type Confidence = z.output<typeof columnSuggestion>['confidence'];

const SURE: Record<Confidence, string> = { certain: 'Certain', likely: 'Likely', guess: 'A guess' };

/** `Likely: looks like months`. */
export const sureness = ({ confidence, why }: { confidence: Confidence; why: string }): string =>
  `${SURE[confidence]}: ${why}`;

const KINDS: Record<SourceColumn['kind'], string> = {
  empty: 'empty',
  text: 'text',
  choice: 'a few words',
  number: 'numbers',
  date: 'dates',
  month: 'months',
  email: 'e-mail addresses',
  currency: 'currencies',
};

/** What stands in a column: `numbers, 207 of 244 filled`. */
export const contentOf = ({ kind, filled }: SourceColumn, rows: number): string =>
  kind === 'empty' ? 'empty' : `${KINDS[kind]}${filled < rows ? `, ${count(filled)} of ${count(rows)} filled` : ''}`;

/** A column as people find it again: by its header, else by its letter. */
export const columnName = ({ header, letter }: Pick<SourceColumn, 'header' | 'letter'>): string =>
  header === '' ? `column ${letter}` : header;

export const SCALES = [
  { value: '1', label: 'as it is' },
  { value: '1000', label: 'in thousands' },
  { value: '1000000', label: 'in millions' },
  { value: '1000000000', label: 'in billions' },
  { value: '100', label: 'in hundreds' },
  { value: '0.01', label: 'in hundredths (cents)' },
] as const;
