import { describe, expect, it } from '@jest/globals';
import { pastedFile } from './pasted';

describe('Pasted cells', () => {
  it('are a file with a row for each line and as many cells in each', async () => {
    const pasted = pastedFile('ID\tTitle\r\nA1\tOne\r\nA2\r\n\t\r\n');
    expect(pasted).toMatchObject({ rows: 2, columns: 2 });
    expect(pasted!.file.name).toBe('Pasted cells.csv');
    expect(await pasted!.file.text()).toBe('ID\tTitle\r\nA1\tOne\r\nA2\t');
  });

  it('keep a cell with tabs, line breaks and quotes whole', async () => {
    const pasted = pastedFile('ID\tNote\n1\t"a\tb\nc ""d"""\n');
    expect(pasted).toMatchObject({ rows: 1, columns: 2 });
    expect(await pasted!.file.text()).toBe('ID\tNote\r\n1\t"a\tb\nc ""d"""');
  });

  it.each(['', 'only a header\twith names', '\t\n\t\n'])('%j are no table', (text) => {
    expect(pastedFile(text)).toBeNull();
  });

  it('have names of their own', () => {
    expect(pastedFile('a\n1', 2)!.file.name).toBe('Pasted cells 2.csv');
  });
});
