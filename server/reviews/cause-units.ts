import type { RecordType } from '../contract/columns.js';
import { RECORDS } from '../contract/records.js';
import { AMOUNTS } from './event-changes.js';

/** Numbers of a record beside amounts, by what their columns hold. */
const isNumber = (type: string, name: string): boolean => {
  const column = RECORDS[type as RecordType]?.columns as Record<string, { type: { kind: string } }> | undefined;
  return ['decimal', 'integer'].includes(column?.[name]?.type.kind ?? '');
};

/**
 * What a value of a field is counted in: of an amount the currency or unit of its owner, nothing (`''`) of another number; undefined of what is no number.
 * @param name null of what an import wrote without saying which field
 * @param ownUnit of the benefit or investment that it belongs to, if it has one
 */
export const unitOf = (type: string, name: string | null, ownUnit: string | undefined): string | undefined => {
  if (type === 'benefit_value' || type === 'investment_cost')
    return name === null || AMOUNTS.includes(name) ? (ownUnit ?? '') : undefined;
  return name !== null && isNumber(type, name) ? '' : undefined;
};
