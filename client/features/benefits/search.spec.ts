import { describe, expect, test } from '@jest/globals';
import { columnsText, readBenefitSearch, shownColumns, viewText } from './search';

describe('The address of the register of benefits', () => {
  test('keeps what it knows and leaves out the rest', () => {
    const found = readBenefitSearch({
      q: 'cost',
      class: 'cashable',
      status: 'zzz',
      sort: '-planned',
      columns: 'zzz',
      gap: 'no_owner',
      period: '2026-Q3',
      due: '~',
    });
    expect(found).toEqual({ q: 'cost', class: 'cashable', sort: '-planned', gap: 'no_owner' });
  });

  test('names columns only where they are not the usual ones, and shows gaps where it is filtered by them', () => {
    const usual = shownColumns({});
    expect(columnsText([...usual].reverse())).toBeUndefined();
    expect(columnsText(['status', 'class'])).toBe('class,status');
    expect(shownColumns({ columns: 'status,class' })).toEqual(['class', 'status']);
    expect(shownColumns({ columns: 'status', gap: 'no_owner' })).toEqual(['status', 'gaps']);
  });

  test('becomes a view: the page’s own parameters, in one order', () => {
    expect(viewText({ sort: 'due', status: 'off_track' })).toBe('status=off_track&sort=due');
    expect(viewText({ status: 'zzz' } as never)).toBe('');
    expect(viewText({ q: 'a b&c' })).toBe('q=a%20b%26c');
  });
});
