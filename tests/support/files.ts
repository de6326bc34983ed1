import * as yazl from 'yazl';

/** Small files of each type that evidence takes, and some that it does not. */

const zip = async (entries: Record<string, string>): Promise<Buffer> => {
  const file = new yazl.ZipFile();
  for (const [name, content] of Object.entries(entries)) file.addBuffer(Buffer.from(content), name);
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const types = (main: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${main}"/></Types>`;

/** An Office file by the content type of its main part. */
export const office = (main: string, more: Record<string, string> = {}): Promise<Buffer> =>
  zip({ '[Content_Types].xml': types(main), 'main.xml': '<a/>', ...more });

export const XLSX = `${OFFICE}.spreadsheetml.sheet.main+xml`;
export const DOCX = `${OFFICE}.wordprocessingml.document.main+xml`;
export const PPTX = `${OFFICE}.presentationml.presentation.main+xml`;
export const XLSM = 'application/vnd.ms-excel.sheet.macroEnabled.main+xml';

export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 0xff, 0xd9]);
export const GIF = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64');
export const WEBP = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');
export const ZIP = (): Promise<Buffer> => zip({ 'a.csv': 'a,b\n' });
