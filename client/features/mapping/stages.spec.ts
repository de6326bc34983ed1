import { describe, expect, test } from '@jest/globals';
import type { FieldSource, ImportMapping } from '../../../server/contract/mapping.js';
import { beginsIn, putBegin, putStage, statusRows, withoutKnown } from './stages';

const column = { index: 3, header: 'To' };
const field = (to: string, more: Partial<FieldSource> = {}): FieldSource => ({
  ...{ to, column, constant: null, format: {}, multiplier: '1', values: [], blanks: [], prefix: '' },
  ...more,
});
const about = { column: { index: 1, header: 'Field' }, values: ['status'], blanks: [] };
const mapping: ImportMapping = {
  sheet: 'log',
  headerRow: 1,
  targets: [
    {
      table: 'work_items',
      layout: 'long',
      once: true,
      fields: [],
      wide: null,
      firstOf: null,
      lastOf: null,
      onlyWhere: [about],
    },
    {
      ...{
        table: 'work_item_transitions',
        layout: 'long',
        once: false,
        wide: null,
        firstOf: null,
        lastOf: null,
        onlyWhere: [about],
      },
      fields: [field('stage_code', { values: [{ from: 'Old', to: 'OLD' }] })],
    },
  ],
};
const log = {
  ...{ layout: 'jira_changes' as const, name: '', says: '', items: 1, initiatives: '' },
  statuses: [
    { value: 'To Do', count: 2 },
    { value: 'Done', count: 1 },
  ],
};
const READY = { code: 'READY', name: 'Ready', kind: 'waiting' as const, position: '1' };

describe('Stages of a work log', () => {
  test('are open until somebody says them, and statuses of earlier files are kept', () => {
    expect(statusRows(mapping, log).map(({ code }) => code)).toEqual([null, null]);
    const said = putStage(mapping, 'to do', 'TODO');
    expect(statusRows(said, log)[0]).toEqual({ status: 'To Do', rows: 2, code: 'TODO', added: null });
    expect(said.targets[1]!.fields[0]!.values).toEqual([
      { from: 'Old', to: 'OLD' },
      { from: 'to do', to: 'TODO' },
    ]);
    expect(said.targets).toHaveLength(2);
  });

  test('that are new are added by a target of their own for the rows that are about stages', () => {
    const said = putStage(mapping, 'To Do', READY);
    expect(statusRows(said, log)[0]).toEqual({ status: 'To Do', rows: 2, code: 'READY', added: READY });
    expect(said.targets.map(({ table }) => table)).toEqual(['stages', 'work_items', 'work_item_transitions']);
    expect(said.targets[0]!.onlyWhere).toEqual([about, { column, values: ['To Do'], blanks: [] }]);
    expect(putStage(said, 'To Do', 'TODO').targets.map(({ table }) => table)).not.toContain('stages');
  });

  test('may be one new stage for several statuses, and what is said of it holds for all of them', () => {
    const both = putStage(putStage(mapping, 'To Do', READY), 'Done', READY);
    const changed = putStage(both, 'Done', { ...READY, kind: 'active', position: '' });
    expect(statusRows(changed, log).map(({ added }) => added)).toEqual([
      { ...READY, kind: 'active', position: '' },
      { ...READY, kind: 'active', position: '' },
    ]);
  });

  test('that are there by now are not added again', () => {
    const said = putStage(putStage(mapping, 'To Do', READY), 'Done', { ...READY, code: 'END', kind: 'done' });
    const settled = withoutKnown(said, [{ code: 'ready' }]);
    expect(statusRows(settled, log).map(({ code, added }) => [code, added?.code])).toEqual([
      ['READY', undefined],
      ['END', 'END'],
    ]);
    expect(withoutKnown(settled, [{ code: 'READY' }])).toBe(settled);
  });

  test('begin where a person says, if the file does not', () => {
    expect(beginsIn(mapping)).toBeUndefined();
    const snapshot = {
      ...mapping,
      targets: [...mapping.targets, { ...mapping.targets[1]!, fields: [field('stage_code', { column: null })] }],
    };
    expect(beginsIn(snapshot)).toBeNull();
    expect(beginsIn(putBegin(snapshot, 'READY'))).toBe('READY');
    expect(putBegin(snapshot, 'READY').targets[1]).toBe(snapshot.targets[1]);
  });
});
