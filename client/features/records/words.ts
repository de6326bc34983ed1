import { RECORDS, type AnyRecord, type Declaration } from '../../../server/contract/records.js';
import type { Column, ColumnKind } from '../../../server/contract/columns.js';
import { count, day } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import type { RegisterType } from '../../lib/registers';

/** How fields and their values are called on screens. */

export const declarationOf = (type: RegisterType): Declaration => RECORDS[type];

const LABELS: Record<string, string> = {
  portfolioCode: 'Portfolio',
  orgUnitCode: 'Accountable unit',
  ownerEmail: 'Owner',
  priorityCode: 'Business priority',
  startMonth: 'First month',
  endMonth: 'Last month',
  startDate: 'Start',
  plannedEndDate: 'Planned end',
  endDate: 'End',
  duplicateOfCode: 'Duplicate of',
  parentCode: 'Part of',
  aggregation: 'How months combine',
  better: 'Which direction is better',
  declaredNote: 'Note on the declared status',
  fromCode: 'From',
  toCode: 'To',
};

/** `ownerEmail` → `Owner`, `targetDate` → `Target date`. */
export const labelOf = (field: string): string =>
  LABELS[field] ?? sentenceCase(field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `non_cashable` → `non-cashable`, `off_track` → `off track`. */
export const choiceWord = (value: string): string => value.replace(/^non_/, 'non-').replaceAll('_', ' ');

/** The help of a column without its list of values, which the control shows. */
export const helpOf = ({ help, type }: Column): string =>
  type.kind === 'anyRef'
    ? help.replace(/; Type:code where .*$/, '.')
    : type.kind === 'choice' || type.kind === 'choices'
      ? help.replace(/ (?:One of|Several are separated by ";"\. Of): .*$/, '')
      : help;

/** A stored value as people read it; null where nothing is stated. */
export function valueText(kind: ColumnKind, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  switch (kind.kind) {
    case 'yesNo':
      return value === true ? 'yes' : 'no';
    case 'choice':
      return choiceWord(String(value));
    case 'choices':
      return (value as string[]).map(choiceWord).join(', ');
    case 'refs':
      return (value as string[]).join(', ');
    case 'month':
    case 'date':
      return day(String(value));
    case 'decimal':
      return localised(String(value));
    case 'percent':
      return `${localised(String(value))}\u00a0%`;
    case 'integer':
      return count(Number(value));
    default:
      return String(value);
  }
}

/** Code of a record, or the ends of a link, which has none. */
export const titleOf = (record: AnyRecord): string =>
  typeof record['code'] === 'string' ? record['code'] : `${String(record['fromCode'])} → ${String(record['toCode'])}`;

/** What stands in the address of a record: its code, or the id of a link. */
export const refOf = (record: AnyRecord): string => (typeof record['code'] === 'string' ? record['code'] : record.id);
