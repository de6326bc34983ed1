import { counted, type Metric, money as amountOf, quotient, valued } from './metric.js';

/** What is spent on people's skills. */
const skillsInvestment: Metric = {
  id: 'capability.skills_investment',
  name: 'Skills investment',
  question: 'Do we invest in the people who build and run our capabilities?',
  why: 'Tools without skills change nothing: what is not spent on skills before a capability is needed is spent on delay afterwards.',
  unit: 'money',
  better: 'higher',
  distance: 2,
  formula: {
    text: 'Actual cost of kind skills in the period, each month at its exchange rate, added up. Beside it stands its share of all actual cost in the period.',
    expression: 'Σ actual(skills) × rate(currency, month)',
    version: '1',
  },
  accumulates: true,
  beside: { share: { label: 'Share of the spend in the period', unit: 'share' } },
  fold: { of: 'sum', a: 'cost', b: null },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const { skills, spend } = money[at]!;
    return valued(skills.amount, skills.rows, {
      detail: { share: quotient(skills.amount, spend) },
      inputs: [
        amountOf('Cost of skills', skills.amount),
        counted('Rows of cost', skills.rows),
        amountOf('Spend in the period', spend, { id: 'spend', span: 'period' }),
      ],
      isBlank: skills.rows === 0,
    });
  },
};

export const skillsMetrics: readonly Metric[] = [skillsInvestment];
