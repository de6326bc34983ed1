import writeXlsxFile, { type Row, type Sheet } from 'write-excel-file/node';
import { escaped } from '../../core/review/drawings/svg.js';
import { unzipped, zipped } from './zip.js';

/** What the library does not write into a workbook: the values of formulas, how it prints, and whose and what it is. */

/** A cell that leads to a sheet. */
export interface SheetLink {
  /** Where the cell stands. */
  readonly sheet: string;
  readonly cell: string;
  readonly to: string;
}

/** What a workbook says of itself. */
export interface WorkbookProperties {
  readonly title: string;
  readonly author: string;
  /** When its content was settled; also the stamp of its files: the same sheets and instant give the same bytes. */
  readonly at: Date;
  /** Stands at the foot of each printed page. */
  readonly identity: string;
  readonly links: readonly SheetLink[];
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

/** Printed, all columns of a sheet stand on one page, its rows go on over as many as they take, and each page says which review it is of. */
const fitted = (xml: string, identity: string): string => {
  // In a footer `&` begins a code.
  const footer = escaped(`&L${identity.replaceAll('&', '&&')}&Rpage &P of &N`);
  return xml
    .replace(/<worksheet[^>]*>/, '$&<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace(
      /<pageSetup ([^>]*\/>)/,
      (_, rest: string) =>
        `<pageSetup fitToWidth="1" fitToHeight="0" ${rest}<headerFooter><oddFooter>${footer}</oddFooter></headerFooter>`,
    );
};

/** Links stand behind the cells and before how they are printed. */
const linked = (xml: string, links: readonly SheetLink[]): string => {
  const list = links.map(({ cell, to }) => `<hyperlink ref="${cell}" location="'${escaped(to)}'!A1"/>`).join('');
  return list === ''
    ? xml
    : xml.replace(/<(pageMargins|pageSetup) /, (begun) => `<hyperlinks>${list}</hyperlinks>${begun}`);
};

/** The header of a list is printed on each of its pages. */
const titlesXml = (sheets: readonly Sheet<Buffer>[]): string => {
  const names = sheets.map(({ sheet = '', stickyRowsCount = 0 }, at) =>
    stickyRowsCount === 0
      ? ''
      : `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${escaped(sheet)}'!$1:$${stickyRowsCount}</definedName>`,
  );
  return names.some(Boolean) ? `<definedNames>${names.join('')}</definedNames>` : '<definedNames/>';
};

/** A font that has no name and size is another one in each reader, and bold yet another. */
const withFont = (xml: string): string =>
  xml.replaceAll('<family val="2"/><scheme val="minor"/>', '<sz val="10"/><name val="Arial"/><family val="2"/>');

/** Height of a line in points, and the highest row that a spreadsheet takes. */
const LINE = 13;
const HIGHEST = 409;
/** Words break before the end of a line, and bold ones are wider. */
const FILLED = 0.85;

const linesIn = (cell: Row[number], width: number): number => {
  if (typeof cell !== 'object' || cell === null || !('wrap' in cell) || typeof cell.value !== 'string') return 1;
  return cell.value
    .split('\n')
    .reduce(
      (lines, text) => lines + Math.max(1, Math.ceil(text.length / (width * (text.includes(' ') ? FILLED : 1)))),
      0,
    );
};

/** Rows whose words wrap are as high as these: not every reader works that out. */
const withHeights = (sheet: Sheet<Buffer>): Sheet<Buffer> => {
  const { columns = [], data } = sheet;
  const rows = (data as Row[]).map((row): Row => {
    const lines = Math.max(1, ...row.map((cell, at) => linesIn(cell, columns[at]?.width ?? 10)));
    if (lines === 1) return row;
    const height = Math.min(HIGHEST, lines * LINE);
    return row.map((cell) =>
      typeof cell === 'object' && cell !== null && 'wrap' in cell ? { ...cell, height } : cell,
    );
  });
  return { ...sheet, orientation: 'landscape', data: rows } as Sheet<Buffer>;
};

/** A file of the package as it is to be. */
const mended = (
  name: string,
  content: Buffer,
  sheets: readonly Sheet<Buffer>[],
  { identity, links }: WorkbookProperties,
): Buffer | string => {
  const [, at] = /^xl\/worksheets\/sheet(\d+)\.xml$/.exec(name) ?? [];
  if (at !== undefined) {
    const own = links.filter(({ sheet }) => sheet === sheets[Number(at) - 1]?.sheet);
    return linked(fitted(withValues(content.toString()), identity), own);
  }
  if (name === 'xl/styles.xml') return withFont(content.toString());
  if (name === 'xl/workbook.xml') return content.toString().replace('<definedNames/>', () => titlesXml(sheets));
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
  const files = [...(await unzipped(await writeXlsxFile(sheets.map(withHeights)).toBuffer()))];
  return zipped(
    new Map<string, Buffer | string>([
      ...files.map(([name, content]) => [name, mended(name, content, sheets, properties)] as const),
      [PROPERTIES, propertiesXml(properties)],
    ]),
    properties.at,
  );
};
