import yauzl from 'yauzl';

/** The XML of each sheet of an XLSX file, as it stands in it. */
export const sheetsOf = (content: Buffer): Promise<string[]> => partsOf(content, /^xl\/worksheets\/.*\.xml$/);

/** All texts of an XLSX file: of its cells, in the order in which they were first written. */
export const textsOf = async (content: Buffer): Promise<string[]> => {
  const [xml = ''] = await partsOf(content, /^xl\/sharedStrings\.xml$/);
  return [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) =>
    text!
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&'),
  );
};

const partsOf = (content: Buffer, wanted: RegExp): Promise<string[]> =>
  new Promise((done, fail) => {
    yauzl.fromBuffer(content, { lazyEntries: true }, (error, zip) => {
      if (error) return fail(error);
      const sheets: string[] = [];
      zip.on('error', fail);
      zip.on('end', () => done(sheets));
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!wanted.test(entry.fileName)) return zip.readEntry();
        zip.openReadStream(entry, (refused, stream) => {
          if (refused) return fail(refused);
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('error', fail);
          stream.on('end', () => {
            sheets.push(Buffer.concat(parts).toString());
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
