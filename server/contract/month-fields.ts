/** Which of our fields a column of a wide table fills: told by the measure that its header names. */

export const MEASURES = ['planned', 'forecast', 'realised'] as const;
export type Measure = (typeof MEASURES)[number];

type MonthFields = Readonly<Record<Measure | 'unnamed', string | null>>;

const ONLY = (field: string): MonthFields => ({ planned: null, forecast: null, realised: field, unnamed: field });

/** By table. A rate is a rate, also one that was planned with; costs have no forecast, which is neither their plan nor their actual. */
const MONTH_FIELDS: Readonly<Record<string, MonthFields>> = {
  benefit_values: { planned: 'planned', forecast: 'forecast', realised: 'realised', unnamed: 'realised' },
  investment_costs: { planned: 'planned', forecast: null, realised: 'actual', unnamed: 'actual' },
  indicator_values: ONLY('value'),
  exchange_rates: { planned: 'rate', forecast: 'rate', realised: 'rate', unnamed: 'rate' },
};

/** Whether columns of the table that are months are recognised by themselves. */
export const hasMonthFields = (table: string): boolean => MONTH_FIELDS[table] !== undefined;

/** @param measure null where nothing names one. @returns null where the table has no such figure: then a person says what the column holds */
export const monthFieldOf = (table: string, measure: Measure | null): string | null =>
  MONTH_FIELDS[table]?.[measure ?? 'unnamed'] ?? null;

/** The measure of a field that holds one: `actual` is what is realised. */
export const measureOfField = (field: string): Measure | null =>
  field === 'actual' ? 'realised' : (MEASURES.find((measure) => measure === field) ?? null);
