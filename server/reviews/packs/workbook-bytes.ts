import writeXlsxFile, { type Sheet } from 'write-excel-file/node';
import { escaped } from '../../core/review/drawings/svg.js';
import { unzipped, zipped } from './zip.js';

/** What the library does not write into a workbook: the values of formulas, and whose and what it is. */

/** What a workbook says of itself. */
export interface WorkbookProperties {
  readonly title: string;
  readonly author: string;
  /** When its content was settled; also the stamp of its files: the same sheets and instant give the same bytes. */
  readonly at: Date;
}

/** A formula comes as `formula|value`, as the writer has no place for its value: readers that do not calculate show that. */
const withValues = (xml: string): string => xml.replace(/<f>([^<|]*)\|([^<]*)<\/f>/g, '<f>$1</f><v>$2</v>');

const PROPERTIES = 'docProps/core.xml';
const OF_TYPE = 'application/vnd.openxmlformats-package.core-properties+xml';
const RELATION = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';

const propertiesXml = ({ title, author, at }: WorkbookProperties): string => {
  const day = `xsi:type="dcterms:W3CDTF">${at.toISOString().replace(/\.\d+Z$/, 'Z')}`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(author)}</dc:creator><dc:language>en</dc:language>` +
    `<dcterms:created ${day}</dcterms:created><dcterms:modified ${day}</dcterms:modified></cp:coreProperties>`
  );
};

/** A file of the package as it is to be. */
const mended = (name: string, content: Buffer): Buffer | string => {
  if (name.startsWith('xl/worksheets/sheet')) return withValues(content.toString());
  if (name === '[Content_Types].xml')
    return content
      .toString()
      .replace('</Types>', `<Override PartName="/${PROPERTIES}" ContentType="${OF_TYPE}"/></Types>`);
  if (name === '_rels/.rels')
    return content
      .toString()
      .replace(
        '</Relationships>',
        `<Relationship Id="properties" Type="${RELATION}" Target="${PROPERTIES}"/></Relationships>`,
      );
  return content;
};

/** A workbook of sheets that says what it is. */
export const workbookBytes = async (sheets: Sheet<Buffer>[], properties: WorkbookProperties): Promise<Buffer> => {
  const files = [...(await unzipped(await writeXlsxFile(sheets).toBuffer()))];
  return zipped(
    new Map<string, Buffer | string>([
      ...files.map(([name, content]) => [name, mended(name, content)] as const),
      [PROPERTIES, propertiesXml(properties)],
    ]),
    properties.at,
  );
};
