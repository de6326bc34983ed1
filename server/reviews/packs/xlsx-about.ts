import type { Row } from 'write-excel-file/node';
import type { ReviewDocument } from '../../contract/review.js';
import { PURPOSE_WORDS } from '../../contract/review-cover.js';
import { printed } from '../../core/review/narrative.js';
import { classificationOf, frozenOf, type PackInput } from './pack.js';
import {
  bold,
  exact,
  fieldName,
  header,
  listSheet,
  numberOrWords,
  type PackSheet,
  said,
  titled,
  unitName,
} from './sheet.js';

/** What the workbook is, and how its figures are worked out. */

/** One line a formula, with the figures that it gives. */
export const definitionsSheet = ({ figures, product }: ReviewDocument, name: string): PackSheet => {
  const byFormula = new Map<string, { row: ReviewDocument['figures'][string]; titles: Set<string> }>();
  for (const figure of Object.values(figures)) {
    const { text, expression, version } = figure.formula;
    const line = [text, expression, version, figure.unit].join('\n');
    const known = byFormula.get(line) ?? { row: figure, titles: new Set() };
    known.titles.add(figure.title);
    byFormula.set(line, known);
  }
  return listSheet(
    { sheet: name, about: 'What each figure is, and how it is worked out.' },
    ['Figure', 'What it is', 'Expression', 'Unit', 'Version'].map((header) => ({ header })),
    [
      ...[...byFormula.values()].map(({ row, titles }): Row => [
        said([...titles].join('; ')),
        said(row.formula.text),
        said(row.formula.expression),
        said(unitName(row.unit)),
        said(row.formula.version),
      ]),
      ...Object.entries(product.definitions).map(([metric, version]): Row => [
        said(metric),
        said('Definition of the metric.'),
        null,
        null,
        said(version),
      ]),
      ...NOTATION.map(([code, means]): Row => [said(code), said(means)]),
    ],
  );
};

const NOTATION = [
  ['AC', 'Realised, as reported.'],
  ['FC', 'Forecast.'],
  ['PL', 'Planned.'],
  ['ΔPL', 'Realised or forecast less planned.'],
  ['%', 'A cell shown in % holds the share: of 18.42 % the number 0.1842.'],
  ['As printed', 'What every page of the review shows, rounded to three digits.'],
] as const;

/** Of more records than stand as examples, how many more there are. */
const more = (count: string, { length }: readonly string[]): string[] => {
  const rest = length > 0 && /^\d+$/.test(count) ? Number(count) - length : 0;
  return rest > 0 ? [`and ${rest} more`] : [];
};

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Identity, settings and rates. */
export const aboutSheet = ({ document, sha256, records }: PackInput, title: string, name: string): PackSheet => {
  const { review, frozen, product, settings, cover } = document;
  const lines: [string, string | null][] = [
    ['Review', review.code],
    ['Version', `v${review.revision}`],
    ['Corrects', review.supersedes],
    ['State', frozenOf(document)],
    ['Frozen by', frozen?.by ?? null],
    ['Frozen although something was open', frozen?.reason ?? null],
    ['SHA-256 of the document', frozen === null ? null : sha256],
    ['Classification', classificationOf(document)],
    ['Purpose', PURPOSE_WORDS[cover.purpose]],
    ['Organisation', review.organisation],
    ['Scope', review.scope],
    ['Period', review.periodName],
    ['Reporting currency', settings.currency],
    ['Time zone', settings.timeZone],
    ['Fiscal year begins in', MONTHS[settings.fiscalYearStart - 1] ?? String(settings.fiscalYearStart)],
    ['Version of the product', product.version],
    ['Version of the formulas', product.formulas],
    ...(frozen === null ? [['Records', 'Come with the review when it is frozen.'] as [string, string]] : []),
    ...(records.size > 0 ? [['Records', 'As they were when the review was frozen.'] as [string, string]] : []),
  ];
  const said2 = ([what, value]: readonly [string, string]): Row => [said(what), said(value)];
  return {
    sheet: name,
    about: 'Identity, what was looked at before freezing, thresholds and exchange rates.',
    data: [
      [titled(title)],
      ...lines.flatMap(([what, value]) => (value === null || value === '' ? [] : [said2([what, value])])),
      [],
      [bold('Looked at before freezing')],
      ...document.checklist.map(({ title: what, text, examples }): Row => [
        said(what),
        said([text, ...examples.map((each) => printed(each, document.figures)), ...more(text, examples)].join('; ')),
      ]),
      [],
      [bold('Thresholds (share of the plan, 1 is 100 %)')],
      ...Object.entries(settings.thresholds).map(([what, value]): Row => [said(fieldName(what)), numberOrWords(value)]),
      [],
      [bold('Exchange rates')],
      ['Currency', 'Month', `Rate (${settings.currency} for one unit)`].map((text, at) => header(text, at === 2)),
      ...settings.rates.map(({ currency, month, rate }): Row => [said(currency), said(month), exact(rate, null)]),
    ],
  };
};
