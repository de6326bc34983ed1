import type { Row } from 'write-excel-file/node';
import type { BenefitList, BenefitSums } from '../../contract/register.js';
import { type BenefitSheet, bold, number, said, word } from './benefit-cells.js';

/** What the lines of each class add up to, and how much of their plans came. */

interface ClassColumn {
  readonly header: string;
  readonly means: string;
  readonly of: (sums: BenefitSums) => string | null;
}

const REST = 'Over the money benefits of the class; empty where they have none.';
/** One scale and unit a column. */
export const classColumns = (currency: string): readonly ClassColumn[] => [
  { header: `Planned to date (${currency})`, means: `Current plans. ${REST}`, of: ({ planned }) => planned },
  { header: `Realised to date (${currency})`, means: `Reported. ${REST}`, of: ({ realised }) => realised },
  {
    header: `Realised less planned (${currency})`,
    means: `Against current plans. ${REST}`,
    of: (sums) => sums.variance,
  },
  {
    header: `Realised less baseline plan (${currency})`,
    means: `Against the plans in force at the approval. ${REST}`,
    of: (sums) => sums.baselineVariance,
  },
  { header: `Expected, full life (${currency})`, means: `As in the lines. ${REST}`, of: ({ expected }) => expected },
  {
    header: 'Rate of the current plan',
    means: 'Σ realised ÷ Σ planned, a fraction: what is not measured counts as planned and not as realised.',
    of: ({ rates }) => rates.current,
  },
  {
    header: 'Rate of the baseline plan',
    means: 'Σ realised ÷ Σ baseline planned, a fraction: re-planning hides no shortfall.',
    of: ({ rates }) => rates.baseline,
  },
  {
    header: 'Not approved',
    means: 'Benefits whose current plan stands in for a baseline plan.',
    of: ({ rates }) => String(rates.standIns),
  },
  {
    header: 'Coverage',
    means: 'Planned months with a realised value ÷ planned months, a fraction.',
    of: ({ rates }) => rates.coverage,
  },
  {
    header: 'Rate where measured',
    means: 'Σ realised ÷ Σ planned over the months that have both, a fraction.',
    of: ({ rates }) => rates.measured,
  },
  { header: 'Due', means: 'Money benefits with something planned to date.', of: ({ due }) => String(due) },
  { header: 'Measured', means: 'Those of them with a realised value.', of: ({ measured }) => String(measured) },
];

export const classes = (list: BenefitList): BenefitSheet => {
  const columns = classColumns(list.currency);
  const lines = [
    ...list.groups.map(({ class: name, benefits, sums }) => ({ name, benefits, sums })),
    ...(list.financial
      ? [{ name: 'financial: cashable and non-cashable', benefits: list.total, sums: list.financial }]
      : []),
  ];
  return {
    sheet: 'Classes',
    stickyRowsCount: 1,
    columns: [{ width: 34 }, { width: 12 }, ...columns.map(() => ({ width: 20 }))],
    data: [
      ['Class', 'Benefits', ...columns.map(({ header }) => header)].map(bold),
      ...lines.map(({ name, benefits, sums }): Row => [
        said(word(name)),
        number(String(benefits)),
        ...(sums === null
          ? [said('each in its own unit and never added: no sum and no rate')]
          : columns.map(({ of }) => number(of(sums)))),
      ]),
    ],
  };
};
