import type { ImportMappingInput } from '../../server/contract/mapping.js';
import { col } from './mapping.js';

const WITHHELD = ['NA', 'Exempt under*', 'Early planning*'];
const ID = col('GMPP ID Number', 0);
const NAME = col('Project Name', 1);
const DEPARTMENT = col('Department', 2);
const CATEGORY = col('Annual Report Category', 3);
const AIMS = col('Description / Aims', 4);
export const START = col('Project - Start Date (Latest Approved Start Date)', 8);
export const END = col('Project - End Date (Latest Approved End Date)', 9);
const YEAR = col('Financial Year Forecast (£m) (including Non-Government Costs)', 12);
const WHOLE = col('TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)', 15);
const BENEFITS = col('TOTAL Baseline Benefits (£m)', 17);
const CATEGORIES = [
  { from: 'Government Transformation and Service Delivery', to: 'GTSD' },
  { from: 'ICT', to: 'ICT' },
  { from: 'Infrastructure and Construction', to: 'INFRA' },
  { from: 'Military Capability', to: 'MIL' },
];
const portfolio = { to: 'portfolio_code', column: CATEGORY, values: CATEGORIES };
const department = { to: 'org_unit_code', column: DEPARTMENT };
export const MILLION = '1000000' as const;

/** Made by hand from what the publisher says of the columns. */
export const PROJECTS: ImportMappingInput = {
  sheet: 'GMPP_AR_Data_March_2023',
  targets: [
    {
      table: 'org_units',
      once: true,
      fields: [
        { to: 'code', column: DEPARTMENT },
        { to: 'name', column: DEPARTMENT },
      ],
    },
    {
      table: 'portfolios',
      once: true,
      fields: [
        { to: 'code', column: CATEGORY, values: CATEGORIES },
        { to: 'name', column: CATEGORY },
      ],
    },
    {
      table: 'investments',
      fields: [
        { to: 'code', column: ID },
        { to: 'name', column: NAME },
        { to: 'description', column: AIMS },
        portfolio,
        department,
        { to: 'currency', constant: 'GBP' },
        { to: 'start_month', column: START, blanks: WITHHELD },
        { to: 'end_month', column: END, blanks: WITHHELD },
        { to: 'status', constant: 'active' },
      ],
    },
    {
      table: 'investment_costs',
      fields: [
        { to: 'investment_code', column: ID },
        { to: 'month', column: START },
        { to: 'kind', constant: 'capex' },
        { to: 'planned', column: WHOLE, multiplier: MILLION },
      ],
      onlyWhere: [{ column: WHOLE, values: null, blanks: WITHHELD }],
    },
    {
      table: 'investment_costs',
      fields: [
        { to: 'investment_code', column: ID },
        { to: 'month', constant: '2022-04' },
        { to: 'kind', constant: 'capex' },
        { to: 'actual', column: YEAR, multiplier: MILLION },
      ],
      onlyWhere: [{ column: YEAR, values: null, blanks: WITHHELD }],
    },
    {
      table: 'initiatives',
      fields: [
        { to: 'code', column: ID },
        { to: 'name', column: NAME },
        portfolio,
        department,
        { to: 'delivery', constant: 'project' },
        { to: 'status', constant: 'active' },
        { to: 'start_date', column: START, blanks: WITHHELD },
        { to: 'end_date', column: END, blanks: WITHHELD },
      ],
    },
    {
      table: 'benefits',
      fields: [
        { to: 'code', column: ID },
        { to: 'name', column: NAME, prefix: 'Monetised benefits of ' },
        { to: 'nature', constant: 'non_cashable' },
        portfolio,
        department,
        { to: 'currency', constant: 'GBP' },
      ],
      onlyWhere: [{ column: BENEFITS, values: null, blanks: WITHHELD }],
    },
    {
      table: 'benefit_values',
      fields: [
        { to: 'benefit_code', column: ID },
        { to: 'month', column: END },
        { to: 'planned', column: BENEFITS, multiplier: MILLION },
      ],
      onlyWhere: [
        { column: BENEFITS, values: null, blanks: WITHHELD },
        { column: END, values: null, blanks: WITHHELD },
      ],
    },
    {
      table: 'links',
      fields: [
        { to: 'from_code', column: ID, prefix: 'Investment:' },
        { to: 'to_code', column: ID, prefix: 'Initiative:' },
        { to: 'allocation', constant: '100' },
        { to: 'contribution', constant: '100' },
      ],
    },
  ],
};

const PEP = col('pep', 0);
const TITLE = col('title', 1);
const STATUS = col('status', 3);
const CREATED = col('created', 6);
const FIRST = col('first_decision_status_in_git', 9);
const FIRST_ON = col('first_decision_committed_on', 10);
const DELEGATE = col('delegate', 11);
const proposal = [
  { to: 'code', column: PEP, prefix: 'PEP-' },
  { to: 'title', column: TITLE },
  { to: 'kind', constant: 'priority' },
  { to: 'forum_code', column: DELEGATE, values: [{ from: '*', to: 'PEP-DELEGATE' }], constant: 'PEP-CORE' },
  { to: 'raised_at', column: CREATED },
];
const to = (outcome: string, ...words: string[]) => words.map((from) => ({ from, to: outcome }));

/** First decisions: those of which the day is known, and what is still open. */
export const PROPOSALS: ImportMappingInput = {
  sheet: 'peps',
  targets: [
    {
      table: 'decisions',
      fields: [
        ...proposal,
        { to: 'decided_at', column: FIRST_ON },
        {
          to: 'outcome',
          column: FIRST,
          values: [
            ...to('approved', 'Accepted', 'Final', 'Provisional', 'Active'),
            ...to('declined', 'Rejected', 'Withdrawn', 'Superseded'),
            ...to('deferred', 'Deferred'),
          ],
        },
      ],
      onlyWhere: [{ column: FIRST, values: null }],
    },
    {
      table: 'decisions',
      fields: proposal,
      onlyWhere: [
        { column: FIRST, values: [''] },
        { column: STATUS, values: ['Draft'] },
      ],
    },
  ],
};
