import { z } from 'zod';
import * as p from './primitives.js';

/**
 * A column of a record type, declared once. From it follow the field of the API, the column of the import table, its help in the
 * template workbook, the form field and the database column.
 */
export type ColumnKind =
  | { kind: 'code' }
  | { kind: 'text'; max: number }
  | { kind: 'email' }
  | { kind: 'currency' }
  | { kind: 'month' }
  | { kind: 'period' }
  | { kind: 'date' }
  | { kind: 'instant' }
  | { kind: 'decimal'; scale: number; min?: number; max?: number; money?: true }
  | { kind: 'percent' }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'yesNo' }
  | { kind: 'choices'; values: readonly string[] }
  | { kind: 'ref'; to: RecordType }
  | { kind: 'anyRef'; to: readonly RecordType[] }
  | { kind: 'refs'; to: RecordType };

export type RecordType =
  | 'org_unit'
  | 'portfolio'
  | 'priority'
  | 'priority_ranking'
  | 'forum'
  | 'exchange_rate'
  | 'investment'
  | 'investment_cost'
  | 'initiative'
  | 'capability'
  | 'maturity_assessment'
  | 'competency'
  | 'outcome'
  | 'outcome_measurement'
  | 'benefit'
  | 'benefit_value'
  | 'link'
  | 'corrective_action'
  | 'assumption'
  | 'decision'
  | 'decision_escalation'
  | 'decision_option'
  | 'decision_reopening'
  | 'stage'
  | 'work_item'
  | 'work_item_transition'
  | 'service'
  | 'service_month'
  | 'survey'
  | 'survey_response'
  | 'indicator'
  | 'indicator_value'
  | 'metric_target';

export interface Column<Schema extends z.ZodType = z.ZodType> {
  /** What the field accepts over HTTP when it is not null. */
  schema: Schema;
  type: ColumnKind;
  /** Key columns and names must be stated; everything else may be blank. */
  required: boolean;
  help: string;
  example: string;
}

const column = <S extends z.ZodType>(schema: S, type: ColumnKind, help: string, example: string): Column<S> => ({
  schema,
  type,
  required: false,
  help,
  example,
});

export const codeColumn = (help: string, example: string) => column(p.code, { kind: 'code' }, help, example);
export const textColumn = (help: string, example = '', max = 4000) =>
  column(p.text(max), { kind: 'text', max }, help, example);
export const emailColumn = (help: string, example = 'ada@example.org') =>
  column(p.email, { kind: 'email' }, help, example);
export const currencyColumn = (help: string) => column(p.currency, { kind: 'currency' }, help, 'EUR');
export const monthColumn = (help: string, example = '2026-07') => column(p.month, { kind: 'month' }, help, example);
export const periodColumn = (help: string, example = '2026-Q3') => column(p.period, { kind: 'period' }, help, example);
export const dateColumn = (help: string, example = '2026-07-31') => column(p.date, { kind: 'date' }, help, example);
export const instantColumn = (help: string, example = '2026-07-31T12:00:00Z') =>
  column(p.instant, { kind: 'instant' }, help, example);
export const moneyColumn = (help: string, example = '1234.50') =>
  column(p.money, { kind: 'decimal', scale: 4, money: true }, help, example);
export const decimalColumn = (help: string, example: string, scale = 4, options: { min?: number; max?: number } = {}) =>
  column(p.decimal(scale, options), { kind: 'decimal', scale, ...options }, help, example);
export const percentColumn = (help: string, example = '25') =>
  column(p.decimal(2, { min: 0, max: 100 }), { kind: 'percent' }, help, example);
export const integerColumn = (help: string, example: string, min = 0, max = 9_007_199_254_740_991) =>
  column(z.number().int().min(min).max(max), { kind: 'integer', min, max }, help, example);
export const choiceColumn = <const V extends readonly [string, ...string[]]>(values: V, help: string) =>
  column(z.enum(values), { kind: 'choice', values }, `${help} One of: ${values.join(', ')}.`, values[0]);
export const yesNoColumn = (help: string) => column(z.boolean(), { kind: 'yesNo' }, help, 'yes');
export const choicesColumn = <const V extends readonly [string, ...string[]]>(values: V, help: string) =>
  column(
    z.array(z.enum(values)).max(values.length),
    { kind: 'choices', values },
    `${help} Several are separated by ";". Of: ${values.join(', ')}.`,
    values.slice(0, 2).join(';'),
  );
export const refColumn = (to: RecordType, help: string, example: string) =>
  column(p.code, { kind: 'ref', to }, help, example);
/** A code of one of several types; `Type:code` where the code alone is in two. */
export const anyRefColumn = (to: readonly RecordType[], help: string, example: string) =>
  column(z.string().trim().min(1).max(90), { kind: 'anyRef', to }, help, example);
export const refsColumn = (to: RecordType, help: string, example: string) =>
  column(z.array(p.code).max(500), { kind: 'refs', to }, `${help} Several are separated by ";".`, example);

export const required = <C extends Column>(declared: C): C & { required: true } => ({ ...declared, required: true });

export type Columns = Record<string, Column>;
export type FieldOf<C extends Column> = C extends { required: true }
  ? z.output<C['schema']>
  : z.output<C['schema']> | null;
export type FieldsOf<C extends Columns> = { [K in keyof C]: FieldOf<C[K]> };
