import { describe, expect, it } from '@jest/globals';
import { csvAddress, csvOf } from './twin';

const twin = (...rows: ({ text: string } | { number: string; printed: string } | null)[][]) => ({
  columns: ['Layer', 'Amount, EUR'],
  rows,
});

describe('the CSV of a drawing', () => {
  it('holds raw numbers, and nothing where nothing is recorded', () => {
    const csv = csvOf(
      twin([{ text: 'Investment' }, { number: '-1234.50', printed: '−1,234.50' }], [{ text: 'Outcome' }, null]),
    );
    expect(csv).toBe('Layer,"Amount, EUR"\r\nInvestment,-1234.50\r\nOutcome,');
  });

  it('quotes text that a spreadsheet would run, and text that holds its separators', () => {
    expect(csvOf(twin([{ text: '=1+1' }, { text: '@x' }]))).toContain("'=1+1,'@x");
    expect(csvOf(twin([{ text: 'a "b", c' }, null]))).toContain('"a ""b"", c",');
  });

  it('is an address that starts with the mark of UTF-8', () => {
    expect(decodeURIComponent(csvAddress(twin()).split(',')[1]!).charCodeAt(0)).toBe(0xfeff);
  });
});
