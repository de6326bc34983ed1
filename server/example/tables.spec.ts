import { describe, expect, test } from '@jest/globals';
import { DECLARATIONS, snake } from '../contract/records.js';
import { shiftTable, storyTables, type StoryTable } from './tables.js';

const column = ({ lines: [header = [], ...rows] }: StoryTable, name: string): string[] => {
  const at = header.indexOf(name);
  return rows.map((row) => row[at]!);
};

const keysOf = (table: StoryTable): string[] => {
  const { key } = DECLARATIONS.find((declaration) => declaration.table === table.name)!;
  const parts = key.map((field) => column(table, snake(field)));
  return parts[0]!.map((_part, row) => parts.map((part) => part[row]!.toLowerCase()).join('|'));
};

/** Any month may become any other, through a leap year too; any start of the fiscal year can bring that about. */
const SHIFTS = Array.from({ length: 24 }, (_one, index) => ({ months: index - 3, fiscalYearStartMonth: 1 }));

describe('The tables of the story', () => {
  test('are tables of the import format, with rows', async () => {
    const tables = await storyTables();
    const known = DECLARATIONS.map(({ table }) => table);
    expect(tables.filter(({ name, lines }) => !known.includes(name) || lines.length < 2)).toEqual([]);
    expect(tables.length).toBeGreaterThan(10);
  });

  test('keep every row apart wherever they are moved', async () => {
    const doubled: string[] = [];
    for (const table of await storyTables())
      for (const shift of SHIFTS) {
        const keys = keysOf(shiftTable(table, shift));
        if (new Set(keys).size < keys.length) doubled.push(`${table.name} by ${shift.months}`);
      }
    expect(doubled).toEqual([]);
  });

  test('keep what is decided after what is raised wherever they are moved', async () => {
    const decisions = (await storyTables()).find(({ name }) => name === 'decisions')!;
    const turned = SHIFTS.filter((shift) => {
      const moved = shiftTable(decisions, shift);
      const raised = column(moved, 'raised_at');
      return column(moved, 'decided_at').some((decided, row) => decided !== '' && decided < raised[row]!);
    });
    expect(turned).toEqual([]);
  });
});
