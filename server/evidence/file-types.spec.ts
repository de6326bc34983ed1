import { describe, expect, test } from '@jest/globals';
import { DOCX, GIF, JPEG, office, PDF, PNG, PPTX, WEBP, XLSM, XLSX, ZIP } from '../../tests/support/files.js';
import { ALLOWED, judgeFile } from './file-types.js';

const judged = async (name: string, content: Buffer | string) => judgeFile(name, Buffer.from(content));
const refused = async (name: string, content: Buffer | string): Promise<string> => {
  const answer = await judged(name, content);
  if ('mediaType' in answer) throw new Error(`${name} was taken as ${answer.mediaType}`);
  return answer.message;
};

describe('What a file is', () => {
  test.each([
    ['report.pdf', PDF, 'application/pdf'],
    ['Report.PDF', PDF, 'application/pdf'],
    ['a.png', PNG, 'image/png'],
    ['a.jpg', JPEG, 'image/jpeg'],
    ['a.jpeg', JPEG, 'image/jpeg'],
    ['a.gif', GIF, 'image/gif'],
    ['a.webp', WEBP, 'image/webp'],
    ['a.csv', 'month,value\n2026-07,12\n', 'text/csv; charset=utf-8'],
    ['a.txt', '\ufeffGrüße, 3 < 4', 'text/plain; charset=utf-8'],
  ])('%s is taken for what it holds', async (name, content, mediaType) => {
    expect(await judged(name, content)).toEqual({ mediaType });
  });

  test.each([
    ['a.xlsx', XLSX, /spreadsheetml\.sheet$/],
    ['a.docx', DOCX, /wordprocessingml\.document$/],
    ['a.pptx', PPTX, /presentationml\.presentation$/],
  ])('%s is known by its main part', async (name, main, mediaType) => {
    expect(await judged(name, await office(main))).toEqual({ mediaType: expect.stringMatching(mediaType) });
  });

  test.each(['a.html', 'a.svg', 'a.exe', 'a.zip', 'a.xlsm', 'a.js', 'a.eml', 'a.pdf.html', 'noending', 'a.'])(
    '%s is refused by its ending, and what is taken is said',
    async (name) => {
      expect(await refused(name, PDF)).toContain(ALLOWED);
    },
  );

  test('a wrong ending is found out', async () => {
    for (const name of ['a.pdf', 'a.png', 'a.jpg', 'a.gif', 'a.webp', 'a.xlsx', 'a.docx', 'a.pptx'])
      expect(await refused(name, '<!doctype html><script>alert(1)</script>')).toContain('whatever its name says');
    expect(await refused('a.png', PDF)).toContain('PNG');
    expect(await refused('a.xlsx', await ZIP())).toContain('XLSX');
    expect(await refused('a.xlsx', await office(DOCX))).toContain('XLSX');
  });

  test('text is UTF-8 without NUL, and no markup', async () => {
    expect(await refused('a.csv', Buffer.from([0x61, 0xff, 0xfe]))).toContain('UTF-8');
    expect(await refused('a.txt', Buffer.from('a\0b'))).toContain('NUL');
    for (const text of ['<svg onload=alert(1)>', ' \n<?xml version="1.0"?>', '<html>', '<!-- x -->'])
      expect(await refused('a.txt', text)).toContain('not plain text');
  });

  test('Office files with macros, damaged ones and lying ones are refused', async () => {
    expect(await refused('a.xlsx', await office(XLSM))).toContain('XLSX');
    expect(await refused('a.xlsx', await office(XLSX, { 'xl/vbaProject.bin': 'x' }))).toContain('macros');
    const whole = await office(XLSX);
    expect(await refused('a.xlsx', whole.subarray(0, whole.length - 30))).toContain('damaged');
    expect(await refused('a.xlsx', Buffer.concat([Buffer.from('<html>'), whole]))).toContain('XLSX');
  });
});
