import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import writeXlsxFile, { type Feature, type Sheet } from 'write-excel-file/node';
import { escaped } from '../../core/review/drawings/svg.js';
import type { PackSheet } from './sheet.js';
import { fittedSheet } from './sheet-layout.js';
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

/** In inches: what stands on one page of A4 is as large as it can be, above the footer. */
const MARGINS = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>';

/** Printed, all columns of a sheet stand on one page, its rows go on over as many as they take, and each page says which review it is of. */
const fitted = (xml: string, identity: string): string => {
  // In a footer `&` begins a code.
  const footer = escaped(`&L${identity.replaceAll('&', '&&')}&Rpage &P of &N`);
  return xml
    .replace(/<pageMargins [^>]*\/>/, MARGINS)
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

/** Letters of a column, the first 0: `A`, `Z`, `AA`. */
const lettersOf = (at: number): string =>
  (at < 26 ? '' : lettersOf(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));

/** The cells of a list with its header, which filters them; null of a sheet that is none or has no rows. */
const listIn = ({ data, stickyRowsCount = 0 }: PackSheet): { from: number; to: number; last: string } | null => {
  const rows = data as unknown[][];
  return stickyRowsCount === 0 || rows.length === stickyRowsCount
    ? null
    : { from: stickyRowsCount, to: rows.length, last: lettersOf(rows[stickyRowsCount - 1]!.length - 1) };
};

/** The filter of a list stands right behind the cells. */
const filtered = (xml: string, sheet: PackSheet): string => {
  const list = listIn(sheet);
  if (list === null) return xml;
  const end = xml.lastIndexOf('</sheetData>') + '</sheetData>'.length;
  return `${xml.slice(0, end)}<autoFilter ref="A${list.from}:${list.last}${list.to}"/>${xml.slice(end)}`;
};

/** The header of a list is printed on each of its pages; what its filter is over has a name, too. */
const namesXml = (sheets: readonly PackSheet[]): string => {
  const names = sheets.flatMap((each, at) => {
    const { sheet = '', stickyRowsCount = 0 } = each;
    const list = listIn(each);
    const named = (name: string, cells: string) =>
      `<definedName name="_xlnm.${name}" localSheetId="${at}"${name.startsWith('_') ? ' hidden="1"' : ''}>'${escaped(sheet)}'!${cells}</definedName>`;
    return [
      ...(list === null ? [] : [named('_FilterDatabase', `$A$${list.from}:$${list.last}$${list.to}`)]),
      ...(stickyRowsCount === 0 ? [] : [named('Print_Titles', `$1:$${stickyRowsCount}`)]),
    ];
  });
  return names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : '<definedNames/>';
};

/** Of cells without a style of their own. */
const USUAL = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1"><alignment vertical="top"/></xf>';
/** A font that has no name and size is another one in each reader, and bold yet another; cells stand at the top of their rows. */
const styled = (xml: string): string =>
  xml
    .replaceAll('<family val="2"/><scheme val="minor"/>', '<sz val="10"/><name val="Arial"/><family val="2"/>')
    .replace(/<xf ([^>]*)>(?:<alignment ([^>]*)\/>)?<\/xf>/g, (_, of: string, alignment = '') => {
      const vertical = alignment.includes('vertical=') ? '' : ' vertical="top"';
      const applied = of.includes('applyAlignment') ? of : `${of} applyAlignment="1"`;
      return `<xf ${applied.trim()}><alignment ${`${alignment}${vertical}`.trim()}/></xf>`;
    })
    .replace('<cellXfs', (begun) => `<cellStyleXfs count="1">${USUAL}</cellStyleXfs>${begun}`)
    .replace('</cellXfs>', '$&<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>');

/** A file of the package as it is to be; sheets are as they are kept. */
const mended = (name: string, content: Buffer, sheets: readonly PackSheet[]): Buffer | string => {
  if (name === 'xl/styles.xml') return styled(content.toString());
  if (name === 'xl/workbook.xml') return content.toString().replace('<definedNames/>', () => namesXml(sheets));
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

/**
 * Keeps each sheet as it is to be and leaves the writer an empty one in its place: else it would compress them all, and we would open and
 * compress them again.
 */
const keeping = (
  kept: Map<string, string>,
  mend: (xml: string, at: number) => string,
): Feature<Buffer | Blob | Stream> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml, _, { sheetIndex, sheetId }) => {
          // The writer takes away again where a drawing would stand.
          const [from, to] = [xml.lastIndexOf('<drawing '), xml.lastIndexOf('</worksheet>')];
          const drawing = from < 0 ? '' : xml.slice(from, xml.indexOf('/>', from) + 2);
          const without = from < 0 ? xml : `${xml.slice(0, from)}${xml.slice(from + drawing.length, to)}</worksheet>`;
          kept.set(`xl/worksheets/sheet${sheetId}.xml`, mend(without, sheetIndex));
          return `<worksheet>${drawing}</worksheet>`;
        },
      },
    },
  },
});

/** A workbook of sheets that says what it is. */
export const workbookBytes = async (sheets: readonly PackSheet[], properties: WorkbookProperties): Promise<Buffer> => {
  const { identity, links } = properties;
  const kept = new Map<string, string>();
  const fit = sheets.map(fittedSheet);
  const feature = keeping(kept, (xml, at) =>
    linked(
      filtered(fitted(withValues(xml), identity), fit[at]!),
      links.filter(({ sheet }) => sheet === fit[at]!.sheet),
    ),
  );
  const written = await writeXlsxFile(
    fit.map(({ about: _, ...sheet }): Sheet<Buffer> => ({ ...sheet, orientation: 'landscape' })),
    { features: [feature] },
  ).toBuffer();
  return zipped(
    new Map<string, Buffer | string>([
      ...[...(await unzipped(written))].map(
        ([name, content]) => [name, kept.get(name) ?? mended(name, content, sheets)] as const,
      ),
      [PROPERTIES, propertiesXml(properties)],
    ]),
    properties.at,
  );
};
