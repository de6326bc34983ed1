import writeXlsxFile, { type Row } from 'write-excel-file/node';
import type { BenefitFilter, BenefitLine, BenefitList } from '../../contract/register.js';
import { type BenefitSheet, bold, type Cell, number, said, word, wrapped } from './benefit-cells.js';
import { classColumns, classes } from './benefit-classes.js';

/** The register of benefits as a workbook: numbers as numbers, one unit a column, and what each column means. */

interface Column {
  readonly header: string;
  readonly width: number;
  readonly means: string;
  readonly cell: (line: BenefitLine) => Cell;
}

const EVIDENCE = ['0 none', '1 self-reported', '2 document or system', '3 confirmed'] as const;

/** Amounts of money in one column, those in units of their own in another. */
const amounts = (
  header: string,
  currency: string,
  means: string,
  of: (line: BenefitLine) => string | null,
): readonly Column[] => [
  {
    header: `${header} (${currency})`,
    width: 18,
    means: `${means} Money benefits, in ${currency}.`,
    cell: (line) => (line.money ? number(of(line)) : null),
  },
  {
    header: `${header} (own unit)`,
    width: 18,
    means: `${means} Benefits that are not money, in the unit of the line.`,
    cell: (line) => (line.money ? null : number(of(line))),
  },
];

const columnsOf = ({ currency }: BenefitList): Column[] => [
  { header: 'ID', width: 14, means: 'Code of the benefit.', cell: ({ code }) => said(code) },
  { header: 'Benefit', width: 36, means: 'What the business gets.', cell: ({ name }) => said(name) },
  {
    header: 'Class',
    width: 16,
    means:
      'Whether it becomes money: cashable, non-cashable, non-financial, or not classified. Classes are never added to each other.',
    cell: (line) => said(word(line.class)),
  },
  { header: 'Type', width: 12, means: 'Revenue, cost, risk or experience.', cell: ({ type }) => said(type) },
  {
    header: 'Dis-benefit',
    width: 12,
    means: 'Yes where the whole life lies below zero.',
    cell: ({ isDisbenefit }) => said(isDisbenefit ? 'yes' : 'no'),
  },
  { header: 'Owner', width: 30, means: 'Who answers for it.', cell: ({ owner }) => said(owner) },
  { header: 'Portfolio', width: 16, means: 'Code of its portfolio.', cell: ({ portfolio }) => said(portfolio) },
  {
    header: 'Outcomes',
    width: 30,
    means: 'Outcomes that lead to it, by code and name.',
    cell: ({ outcomes }) => said(outcomes.map(({ code, name }) => `${code} ${name}`).join('; ')),
  },
  {
    header: 'Unit',
    width: 12,
    means: 'Of the amounts of this line.',
    cell: ({ unit }) => said(unit),
  },
  {
    header: 'Baseline (baseline unit)',
    width: 16,
    means: 'The measure before the change, as entered.',
    cell: ({ baseline }) => number(baseline),
  },
  {
    header: 'Baseline unit',
    width: 14,
    means: 'Currency or unit of the baseline.',
    cell: ({ baselineUnit }) => said(baselineUnit),
  },
  ...amounts('Planned to date', currency, 'Plan of the months up to the end of the period.', ({ planned }) => planned),
  ...amounts('Realised to date', currency, 'Reported for these months.', ({ realised }) => realised),
  ...amounts(
    'Realised less planned',
    currency,
    'Empty where nothing is planned or nothing is measured.',
    ({ variance }) => variance,
  ),
  {
    header: 'Realised less planned (share of plan)',
    width: 18,
    means: 'A fraction: −0.18 is 18 % below plan.',
    cell: ({ varianceShare }) => number(varianceShare),
  },
  ...amounts(
    'Realised less baseline plan',
    currency,
    'Against the plan in force at the approval, which re-planning does not change; of a benefit that is not approved against its current plan.',
    ({ baselineVariance }) => baselineVariance,
  ),
  {
    header: 'Baseline plan',
    width: 14,
    means: 'Whether the plan to date is the one that was approved: same plan, re-planned, or not approved.',
    cell: ({ isPlanFixed, isReplanned }) =>
      said(isReplanned ? 're-planned' : isPlanFixed ? 'same plan' : 'not approved'),
  },
  ...amounts(
    'Expected, full life',
    currency,
    'Realised to date and the forecast of later months, in a month without one the plan.',
    ({ expected }) => expected,
  ),
  {
    header: `Expected, full life, calibrated (${currency})`,
    width: 22,
    means:
      'The same with the forecast times what became of earlier forecasts of the same type and portfolio; empty where fewer than 8 months tell.',
    cell: ({ calibrated }) => number(calibrated),
  },
  {
    header: 'Status',
    width: 14,
    means: 'Follows from planned and realised to date.',
    cell: ({ status }) => said(word(status)),
  },
  {
    header: 'Declared status',
    width: 14,
    means: 'What the owner says.',
    cell: ({ declaredStatus }) => said(word(declaredStatus)),
  },
  {
    header: 'Declared note',
    width: 40,
    means: 'The owner’s sentence.',
    cell: ({ declaredNote }) => said(declaredNote),
  },
  {
    header: 'Evidence (level 0 to 3)',
    width: 12,
    means: `Of the least proven month: ${EVIDENCE.join(', ')}.`,
    cell: ({ evidenceLevel }) => number(String(evidenceLevel)),
  },
  {
    header: 'Next due (month)',
    width: 14,
    means: 'First month that is planned or forecast and has no realised value.',
    cell: ({ due }) => said(due && due.month),
  },
  {
    header: 'Due by (day)',
    width: 14,
    means: 'The last day on which the value of that month is in time.',
    cell: ({ due }) => said(due && due.on),
  },
  {
    header: 'Overdue',
    width: 10,
    means: 'Yes where that day has passed.',
    cell: ({ due }) => said(due && (due.isOverdue ? 'yes' : 'no')),
  },
  {
    header: 'Gaps',
    width: 30,
    means: 'Where the chain breaks at this benefit; empty for readers of own units.',
    cell: ({ gaps }) => said((gaps ?? []).map(word).join(', ')),
  },
];

/** What the reader asked for, beside the list itself. */
export interface Cover {
  readonly filter: BenefitFilter;
  readonly scope: string;
  readonly isExample: boolean;
  readonly by: string;
  readonly at: string;
}

const FILTERS: Record<keyof BenefitFilter, string> = {
  class: 'Class',
  effect: 'Effect',
  type: 'Type',
  owner: 'Owner',
  status: 'Status',
  declared: 'Declared',
  evidence: 'Evidence level',
  due: 'Next value',
  gap: 'Gap',
  q: 'Words in code or name',
  on: 'Judged on',
};

const cover = (list: BenefitList, { filter, scope, isExample, by, at }: Cover): BenefitSheet => {
  const filters = Object.entries(filter).filter((entry): entry is [keyof BenefitFilter, string] => !!entry[1]);
  const rows: Row[] = [
    [bold('Benefits')],
    ...(isExample ? [[wrapped('Example data: a made-up enterprise.')]] : []),
    [said('Period, to date'), said(list.period)],
    [said('Scope'), said(scope)],
    [said('Reporting currency'), said(list.currency)],
    [said('What is due is judged on'), said(list.on)],
    [said('Lines'), number(String(list.total)), said(`of ${list.facts.benefits}`)],
    [said('Taken by'), said(by)],
    [said('Taken at'), said(at)],
    [],
    [bold('Filters')],
    ...(filters.length === 0 ? [[said('none')]] : filters.map(([name, value]) => [said(FILTERS[name]), said(value)])),
  ];
  return { sheet: 'About', columns: [{ width: 28 }, { width: 40 }, { width: 12 }], data: rows };
};

/** Cover, lines, what each class adds up to, and what the columns mean. */
export const benefitWorkbook = (list: BenefitList, about: Cover): Promise<Buffer> => {
  const columns = columnsOf(list);
  const sheets: BenefitSheet[] = [
    cover(list, about),
    {
      sheet: 'Benefits',
      stickyRowsCount: 1,
      stickyColumnsCount: 2,
      columns: columns.map(({ width }) => ({ width })),
      data: [
        columns.map(({ header }) => bold(header)),
        ...list.items.map((line): Row => columns.map(({ cell }) => cell(line))),
      ],
    },
    classes(list),
    {
      sheet: 'Definitions',
      stickyRowsCount: 1,
      columns: [{ width: 36 }, { width: 90 }],
      data: [
        ['Column', 'What it says'].map(bold),
        ...[...columns, ...classColumns(list.currency)].map(({ header, means }): Row => [bold(header), wrapped(means)]),
      ],
    },
  ];
  return writeXlsxFile(sheets).toBuffer();
};
