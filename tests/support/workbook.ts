import yauzl from 'yauzl';

/** The XML of each sheet of an XLSX file, as it stands in it. */
export const sheetsOf = (content: Buffer): Promise<string[]> =>
  new Promise((done, fail) => {
    yauzl.fromBuffer(content, { lazyEntries: true }, (error, zip) => {
      if (error) return fail(error);
      const sheets: string[] = [];
      zip.on('error', fail);
      zip.on('end', () => done(sheets));
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!/^xl\/worksheets\/.*\.xml$/.test(entry.fileName)) return zip.readEntry();
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
