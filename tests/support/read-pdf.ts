import { inflateSync } from 'node:zlib';

/** What stands in a PDF of our packs, read without any program of the machine: classic cross-references, Flate streams, Unicode of each font. */
export interface ReadPdf {
  /** Texts in the order in which they are drawn, without any white space: where words break depends on the writer. */
  readonly pages: readonly string[];
  readonly title: string;
  readonly producer: string;
  readonly created: string;
  readonly language: string | null;
  /** Bookmarks from first to last, those below indented by `> `. */
  readonly bookmarks: readonly string[];
  readonly tagged: boolean;
  /** How often each kind of element was tagged: `H1`, `TH`, `Figure`. */
  readonly tags: ReadonlyMap<string, number>;
  /** What pictures are called. */
  readonly alternatives: readonly string[];
  /** Names of all actions and embedded things that a reader would run. */
  readonly active: readonly string[];
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: Buffer | null;
}

const objectsOf = (file: Buffer): Map<number, PdfObject> => {
  const text = file.toString('latin1');
  const objects = new Map<number, PdfObject>();
  const start = /(\d+) 0 obj\b/g;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const end = text.indexOf('endobj', start.lastIndex);
    const streamAt = /stream\r?\n/g;
    streamAt.lastIndex = start.lastIndex;
    const stream = streamAt.exec(text);
    const hasStream = stream !== null && stream.index < end;
    const dictionary = text.slice(start.lastIndex, hasStream ? stream.index : end);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const bytes = hasStream ? file.subarray(streamAt.lastIndex, streamAt.lastIndex + length) : null;
    objects.set(Number(match[1]), {
      dictionary,
      stream: bytes !== null && dictionary.includes('FlateDecode') ? inflateSync(bytes) : bytes,
    });
    start.lastIndex = bytes === null ? end : streamAt.lastIndex + length;
  }
  return objects;
};

const utf16 = (hex: string): string =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));

/** What each code of a font reads. */
const readingsOf = (map: string): Map<string, string> => {
  const readings = new Map<string, string>();
  const hex = (code: number): string => code.toString(16).padStart(4, '0');
  for (const [, chars] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, to] of chars!.matchAll(/<(\w+)>\s*<(\w+)>/g)) readings.set(code!.toLowerCase(), utf16(to!));
  for (const [, ranges] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, list, first] of ranges!.matchAll(/<(\w+)>\s*<(\w+)>\s*(?:\[([^\]]*)\]|<(\w+)>)/g)) {
      const each = [...(list ?? '').matchAll(/<([\w ]*)>/g)].map(([, reads]) => reads!.replaceAll(' ', ''));
      for (let code = Number.parseInt(from!, 16), at = 0; code <= Number.parseInt(to!, 16); code++, at++)
        readings.set(hex(code), utf16(first === undefined ? (each[at] ?? '') : hex(Number.parseInt(first, 16) + at)));
    }
  return readings;
};

const unescaped = (literal: string): string => {
  const bytes = literal.replace(/\\(\d{3}|.)/gs, (_, sign: string) =>
    /^\d{3}$/.test(sign)
      ? String.fromCharCode(Number.parseInt(sign, 8))
      : ({ n: '\n', r: '\r', t: '\t' }[sign] ?? sign),
  );
  return bytes.startsWith('\xfe\xff') ? utf16(Buffer.from(bytes.slice(2), 'latin1').toString('hex')) : bytes;
};

export const readPdf = (bytes: Uint8Array): ReadPdf => {
  const file = Buffer.from(bytes);
  const objects = objectsOf(file);
  const all = [...objects.values()].map(({ dictionary }) => dictionary);
  const named = (reference: string | undefined): string => objects.get(Number(reference))?.dictionary ?? '';
  /** A text of a dictionary, which may stand in an object of its own. */
  const textOf = (dictionary: string, key: string): string => {
    const pattern = String.raw`\((?:[^\\()]|\\[\s\S])*\)|<[0-9A-Fa-f]+>`;
    const reference = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary);
    const written = reference
      ? new RegExp(pattern).exec(named(reference[1]))?.[0]
      : new RegExp(`/${key}\\s*(${pattern})`).exec(dictionary)?.[1];
    if (written === undefined) return '';
    return written.startsWith('(')
      ? unescaped(written.slice(1, -1))
      : utf16(written.slice(1, -1).replace(/^feff/i, ''));
  };

  const fonts = new Map<string, Map<string, string>>();
  const fontOf = (object: string): Map<string, string> => {
    if (!fonts.has(object)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(named(object))?.[1];
      fonts.set(object, readingsOf(objects.get(Number(map))?.stream?.toString('latin1') ?? ''));
    }
    return fonts.get(object)!;
  };
  const drawnOn = (page: string): string => {
    const resources = page + named(/\/Resources (\d+) 0 R/.exec(page)?.[1]);
    const own = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, object]) => [name!, object!]));
    const content = objects.get(Number(/\/Contents (\d+) 0 R/.exec(page)?.[1]))?.stream?.toString('latin1') ?? '';
    let font = new Map<string, string>();
    let drawn = '';
    for (const [, name, array, single] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\]\s*TJ|<(\w+)>\s*Tj/g)) {
      if (name !== undefined) font = fontOf(own.get(name) ?? '');
      else
        for (const [, codes] of (single === undefined ? array! : `<${single}>`).matchAll(/<(\w+)>/g))
          drawn += (codes!.match(/.{4}/g) ?? []).map((code) => font.get(code.toLowerCase()) ?? '').join('');
    }
    return drawn.replace(/\s/g, '');
  };

  const catalog = all.find((each) => /\/Type \/Catalog\b/.test(each))!;
  const pagesBelow = (dictionary: string): string[] =>
    /\/Type \/Pages\b/.test(dictionary)
      ? [.../\/Kids \[([^\]]*)\]/.exec(dictionary)![1]!.matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) =>
          pagesBelow(named(kid)),
        )
      : [dictionary];
  const bookmarksBelow = (dictionary: string, depth = ''): string[] => {
    const found: string[] = [];
    for (let next = /\/First (\d+) 0 R/.exec(dictionary)?.[1]; next; next = /\/Next (\d+) 0 R/.exec(named(next))?.[1])
      found.push(depth + textOf(named(next), 'Title'), ...bookmarksBelow(named(next), `${depth}> `));
    return found;
  };

  const info = named(/\/Info (\d+) 0 R/.exec(file.subarray(-2048).toString('latin1'))?.[1]);
  const tags = new Map<string, number>();
  const joined = all.join('\n');
  for (const [, tag] of joined.matchAll(/\/S \/(\w+)/g)) tags.set(tag!, (tags.get(tag!) ?? 0) + 1);
  return {
    pages: pagesBelow(named(/\/Pages (\d+) 0 R/.exec(catalog)![1])).map(drawnOn),
    title: textOf(info, 'Title'),
    producer: textOf(info, 'Producer'),
    created: textOf(info, 'CreationDate'),
    language: textOf(catalog, 'Lang') || null,
    bookmarks: bookmarksBelow(named(/\/Outlines (\d+) 0 R/.exec(catalog)?.[1])),
    tagged: /\/Marked true/.test(joined) && /\/StructTreeRoot/.test(catalog),
    tags,
    alternatives: [...joined.matchAll(/\/Alt\s*(?:\(|<)/g)].map(({ index }) =>
      textOf(joined.slice(index, index + 4000), 'Alt'),
    ),
    active: ['/JavaScript', '/JS ', '/Launch', '/URI', '/EmbeddedFile', '/OpenAction', '/AA '].filter((name) =>
      joined.includes(name),
    ),
  };
};
