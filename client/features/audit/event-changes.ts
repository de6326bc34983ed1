import type { AuditEvent } from '../../../server/contract/access.js';
import { count } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { labelOf } from '../records/words';

/** One field of one object that an event changed; null where it had or has no value. */
export interface FieldChange {
  field: string;
  from: string | null;
  to: string | null;
}

type Fields = Record<string, unknown>;

/** What every change moves, and nobody asks about. */
const SILENT = new Set(['version', 'updatedAt', 'createdAt', 'id', 'archivedAt']);

/** What an event changed, field by field; months of a grid by month. */
export function changesOf({ before, after }: Pick<AuditEvent, 'before' | 'after'>): FieldChange[] {
  if (isGrid(before) || isGrid(after)) return monthChanges(itemsOf(before), itemsOf(after));
  const { tables, changes: digest, ...rest } = after ?? {};
  if (isPlain(tables) && before === null)
    return [...fieldChanges({}, rest), ...tableChanges(tables), ...fieldChanges({}, { digestOfChanges: digest })];
  return fieldChanges(before ?? {}, after ?? {});
}

const countText = (times: unknown): string => (typeof times === 'number' ? count(times) : String(times));

/** What an import did to each table; tables that it left as they were are not named. */
function tableChanges(tables: Fields): FieldChange[] {
  return Object.entries(tables).flatMap(([table, counts]) => {
    const done = isPlain(counts)
      ? Object.entries(counts).filter(([word, times]) => word !== 'unchanged' && times !== 0)
      : [];
    const words = done.map(([word, times]) => `${countText(times)} ${word}`).join(', ');
    return words === '' ? [] : [{ field: table, from: null, to: words }];
  });
}

const isGrid = (state: Fields | null): boolean => Array.isArray(state?.['items']);
const itemsOf = (state: Fields | null): Fields[] => (isGrid(state) ? (state!['items'] as Fields[]) : []);

function fieldChanges(before: Fields, after: Fields, name = (field: string) => field): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !SILENT.has(field));
  return fields
    .map((field) => ({ field: name(field), from: text(before[field]), to: text(after[field]) }))
    .filter(({ from, to }) => from !== to);
}

/** The row of a grid: its month, with its benefit where the grid is of many, and its kind where it has one. */
const rowOf = (row: Fields): string =>
  [row['benefit'], row['month'], row['kind']].filter((part) => typeof part === 'string').join(' ');
const rowsByName = (items: readonly Fields[]): Map<string, Fields> => new Map(items.map((row) => [rowOf(row), row]));

function monthChanges(before: readonly Fields[], after: readonly Fields[]): FieldChange[] {
  const [former, present] = [rowsByName(before), rowsByName(after)];
  const rows = [...new Set([...former.keys(), ...present.keys()])].sort();
  return rows.flatMap((row) => {
    const named = new Set(['benefit', 'month', 'kind']);
    return fieldChanges(former.get(row) ?? {}, present.get(row) ?? {}, (field) => `${row} ${field}`).filter(
      ({ field }) => !named.has(field.slice(row.length + 1)),
    );
  });
}

function text(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  if (Array.isArray(value)) return value.map(text).join('; ');
  if (isPlain(value)) return grantText(value) ?? objectText(value);
  if (typeof value === 'number') return localised(String(value));
  return JSON.stringify(value);
}
const isPlain = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `portfolio manager of EX-PF-CLAIMS`; null of what is no grant of a role. */
function grantText({ role, portfolioCode, orgUnitCode }: Fields): string | null {
  if (typeof role !== 'string') return null;
  const where = [portfolioCode, orgUnitCode].filter((code) => typeof code === 'string').join(', ');
  return `${role.replaceAll('_', ' ')}${where === '' ? '' : ` of ${where}`}`;
}

const objectText = (value: Fields): string =>
  Object.entries(value)
    .filter(([, one]) => one !== null)
    .map(([name, one]) => `${labelOf(name).toLowerCase()} ${text(one) ?? 'none'}`)
    .join(', ');
