import { describe, expect, it } from '@jest/globals';
import { lastingAddress, parseSearch, readPageSearch, safeReturn, stringifySearch } from './address';
import { readPath, stepOfLink, stepQuery, writePath, writeStep } from './trace-path';

const page = { period: '2025-Q4', portfolio: 'DIG', orgUnit: undefined };

describe('the address of a page', () => {
  it('keeps codes as text, whatever they look like', () => {
    expect(parseSearch('?portfolio=007&period=2026-Q3')).toEqual({ portfolio: '007', period: '2026-Q3' });
    expect(stringifySearch({ portfolio: '007', trace: undefined })).toBe('?portfolio=007');
    expect(parseSearch(stringifySearch({ portfolio: 'R&D +1' }))).toEqual({ portfolio: 'R&D +1' });
  });

  it('leaves what it cannot read', () => {
    expect(readPageSearch({ period: 'soon', portfolio: '', trace: 'spend' })).toEqual({ trace: 'spend' });
    expect(readPageSearch({ period: '2026-Q3' })).toEqual({ period: '2026-Q3' });
  });

  it.each(['2026-Q9', 'abc', '', '0000-Q1', '9999-Q4', '2026-Q3 ', '2026-q3'])(
    'takes the period %p out of the address, and does not only pass it by',
    (period) => {
      const read = readPageSearch({ period });
      expect(Object.keys(read)).toEqual(['period']);
      expect(stringifySearch({ period, ...read })).toBe('');
    },
  );

  it('is made to mean the same on another day', () => {
    const today = 'http://host:1/benefits?portfolio=R%26D&trace=spend~budget#values';
    expect(lastingAddress(today, '2026-Q3')).toBe(
      'http://host:1/benefits?period=2026-Q3&portfolio=R%26D&trace=spend~budget#values',
    );
    expect(lastingAddress('http://host:1/?period=2025-Q1', '2025-Q1')).toBe('http://host:1/?period=2025-Q1');
  });

  it('returns after signing in only to a path of this site', () => {
    expect(safeReturn('/import?period=2026-Q3')).toBe('/import?period=2026-Q3');
    expect(safeReturn('//evil.example')).toBe('/');
    expect(safeReturn('/\\evil.example')).toBe('/');
    expect(safeReturn('https://evil.example')).toBe('/');
    expect(safeReturn('/sign-in?return=/')).toBe('/');
    expect(safeReturn(undefined)).toBe('/');
  });
});

describe('the path of a trace', () => {
  it('is written and read back, odd codes included', () => {
    const steps = [{ figure: 'spend' }, { figure: 'node.cost', type: 'investment', ref: 'A~B=C/100% D' }] as const;
    const written = writePath(steps);
    expect(written).toBe('spend~node.cost:type=investment:ref=A%7EB%3DC%2F100%25%20D');
    expect(readPath(written)).toEqual(steps);
    expect(readPath(parseSearch(stringifySearch({ trace: written }))['trace'])).toEqual(steps);
  });

  it('leaves out figures that do not exist', () => {
    expect(readPath('spend~nonsense')).toEqual([{ figure: 'spend' }]);
    expect(readPath(undefined)).toEqual([]);
  });

  it('states only what differs from the page', () => {
    const same = stepOfLink(
      '/trace/node.cost?period=2025-Q4&span=to_date&portfolio=DIG&type=investment&ref=INV-1',
      page,
    );
    expect(writeStep(same!)).toBe('node.cost:type=investment:ref=INV-1');
    const other = stepOfLink('/api/v1/trace/spend?period=2025-Q3&span=period', page)!;
    expect(other).toEqual({ figure: 'spend', span: 'period', period: '2025-Q3', portfolio: '' });
    expect(stepQuery(other, page)).toMatchObject({ period: '2025-Q3', span: 'period', portfolio: undefined });
    expect(stepOfLink('/trace/nonsense', page)).toBeNull();
    const life = stepOfLink('/trace/expected?period=2025-Q4&portfolio=DIG&until=2027-Q1&nature=cashable', page)!;
    expect(writeStep(life)).toBe('expected:until=2027-Q1:nature=cashable');
    expect(stepQuery(life, page)).toMatchObject({ until: '2027-Q1', nature: 'cashable' });
  });
});
