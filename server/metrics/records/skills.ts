import { skillsRows } from '../facts/money.queries.js';
import { pageOf, type RecordSource } from '../records.js';

/** Costs of kind skills in the period, each of one investment and month. */
export const skillsRecords: RecordSource = {
  columns: [
    { id: 'month', label: 'Month', unit: 'text' },
    { id: 'cost', label: 'Cost of skills', unit: 'money' },
  ],
  read: async (manager, reading, periods, page) =>
    pageOf(
      (await skillsRows(manager, reading, periods)).map(({ code, name, month, cost }) => ({
        type: 'investment',
        code,
        name,
        cells: [month, cost],
      })),
      page,
    ),
};
