import { type Metric, quotient, valued } from './metric.js';

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
  fold: { of: 'sum', a: 'cost', b: null },
  scopes: { portfolio: true, unit: true },
  needs: ['money'],
  compute({ money }, at) {
    const { skills, spend } = money[at]!;
    return valued(skills.amount, skills.rows, {
      detail: { share: quotient(skills.amount, spend) },
      inputs: [
        { label: 'Cost of skills', value: skills.amount, unit: 'money' },
        { label: 'Spend', value: spend, unit: 'money' },
      ],
    });
  },
};

export const skillsMetrics: readonly Metric[] = [skillsInvestment];
