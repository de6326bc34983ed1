import { buffer } from 'node:stream/consumers';
import * as yauzl from 'yauzl';
import { ZipFile } from 'yazl';

/** Office files are zips; their libraries stamp each entry with the clock. A pack has to be the same bytes whenever it is made. */

/** Files of a zip that we made ourselves, by name, in their order. */
export const unzipped = async (bytes: Uint8Array): Promise<Map<string, Buffer>> => {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
  });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return files;
};

/** A date whose local clock shows what the instant's clock shows in UTC: zips keep local times without a zone. */
const shownAsUtc = (at: Date): Date =>
  new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  );

/** A zip of files in their order, each stamped with the instant: same files and instant, same bytes, in any time zone. */
export const zipped = (files: ReadonlyMap<string, Buffer | string>, at: Date): Promise<Buffer> => {
  const zip = new ZipFile();
  const mtime = shownAsUtc(at);
  for (const [name, content] of files)
    zip.addBuffer(Buffer.from(content as string), name, { mtime, mode: 0o100644, forceDosTimestamp: true });
  zip.end();
  return buffer(zip.outputStream);
};
