import { afterAll, describe, expect, it } from '@jest/globals';
import { readAll, refusalOf, removeUploads, upload } from './test-uploads.js';
import { detectEncoding, utf8Chunks, type Chunks } from './text.js';

afterAll(removeUploads);

async function* pieces(content: Buffer, size: number): Chunks {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function nameIn(content: Buffer): Promise<unknown> {
  const [table] = await readAll([await upload('units.csv', content)]);
  return table?.rows[0]?.cells[1];
}

describe('text encodings', () => {
  it('reads UTF-8 without a byte order mark', async () => {
    expect(await nameIn(Buffer.from('code,name\nA,Zoë €\n'))).toBe('Zoë €');
  });

  it('reads UTF-8 with a byte order mark, which is not part of the first header', async () => {
    const [table] = await readAll([await upload('units.csv', Buffer.from('\ufeffcode,name\nA,Zoë\n'))]);
    expect(table?.columns).toEqual(['code', 'name']);
    expect(table?.rows[0]?.cells).toEqual(['A', 'Zoë']);
  });

  it('reads Windows-1252 where the bytes are no UTF-8', async () => {
    const bytes = Buffer.from([...Buffer.from('code,name\nA,'), 0x80, 0x20, 0x8a, 0xe9, 0x96, 0x9f, 0xff, 0x0a]);
    expect(await nameIn(bytes)).toBe('€ Šé–Ÿÿ');
  });

  it.each([0x81, 0x8d, 0x8f, 0x90, 0x9d])('refuses byte %i, which Windows-1252 does not define', async (byte) => {
    const bytes = Buffer.from([...Buffer.from('code,name\nA,x\nB,'), byte, 0x0a]);
    const refusal = await refusalOf([await upload('units.csv', bytes)]);
    expect(refusal).toMatchObject({ status: 422, code: 'encoding' });
    expect(refusal.detail).toContain('line 3');
    expect(refusal.detail).toContain('CSV UTF-8');
  });

  it('refuses UTF-8 with a damaged character rather than turning every accent into two wrong characters', async () => {
    const bytes = Buffer.concat([
      Buffer.from('code,name\nA,Zoë Müller\nB,'),
      Buffer.from([0xe9]),
      Buffer.from('cole\n'),
    ]);
    const refusal = await refusalOf([await upload('units.csv', bytes)]);
    expect(refusal).toMatchObject({ status: 422, code: 'encoding' });
    expect(refusal.detail).toContain('damaged characters (line 3)');
  });

  it('refuses invalid bytes after a UTF-8 byte order mark', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeffcode,name\nA,'), Buffer.from([0xe9, 0x0a])]);
    expect(await refusalOf([await upload('units.csv', bytes)])).toMatchObject({ status: 422, code: 'encoding' });
  });

  it.each([
    ['UTF-16 with a mark', Buffer.from('\ufeffcode,name\nA,x\n', 'utf16le')],
    ['UTF-16 with the other mark', Buffer.from([0xfe, 0xff, 0x00, 0x63, 0x00, 0x6f])],
    ['UTF-16 without a mark', Buffer.from('code,name\nA,x\n', 'utf16le')],
    ['a NUL character', Buffer.from('code,name\nA,x\0y\n')],
  ])('refuses %s', async (_, content) => {
    expect(await refusalOf([await upload('units.csv', content)])).toMatchObject({ status: 422, code: 'encoding' });
  });

  it.each([
    ['overlong', [0xc0, 0xaf], 'windows-1252'],
    ['a surrogate', [0xed, 0xa0, 0xb0], 'windows-1252'],
    ['beyond the last character', [0xf4, 0xb0, 0xa0, 0xb0], 'windows-1252'],
    ['cut off at the end', [0xe2, 0x82], 'windows-1252'],
    ['the euro sign', [0xe2, 0x82, 0xac], 'utf-8'],
    ['an emoji', [0xf0, 0x9f, 0x98, 0x80], 'utf-8'],
  ])('%s is seen for what it is, wherever the chunks are cut', async (_, bytes, name) => {
    const content = Buffer.from([...Buffer.from('a,b\n'), ...bytes]);
    const undefinedIn1252 = bytes.some((byte) => [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte));
    expect(undefinedIn1252 && name !== 'utf-8').toBe(false);
    for (const size of [1, 2, 3, 100]) expect((await detectEncoding(pieces(content, size), 'a.csv')).name).toBe(name);
  });

  it('agrees with the platform decoder on every single and double byte', async () => {
    const platform = new TextDecoder('utf-8', { fatal: true });
    const disagreements: number[][] = [];
    for (let first = 0x80; first < 0x100; first += 1) {
      for (const second of [0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2]) {
        const bytes = Buffer.from([first, second]);
        let valid = true;
        try {
          platform.decode(bytes);
        } catch {
          valid = false;
        }
        const found = await detectEncoding(pieces(bytes, 1), 'a').then(
          (encoding) => encoding.name === 'utf-8',
          () => false,
        );
        if (found !== valid) disagreements.push([first, second]);
      }
    }
    expect(disagreements).toEqual([]);
  });

  it('drops the byte order mark also where it is cut by a chunk', async () => {
    const content = Buffer.from('\ufeffcode');
    const encoding = await detectEncoding(pieces(content, 2), 'a.csv');
    let text = '';
    for await (const chunk of utf8Chunks(pieces(content, 2), encoding)) text += chunk.toString();
    expect(text).toBe('code');
  });
});
