import { recordChange } from '../audit/write.js';
import { addMonths } from '../core/period.js';
import type { LongConnection } from '../imports/connection.js';
import { shiftCell, type Shift } from './shift.js';
import type { StoryTable } from './tables.js';

/**
 * What was forecast of months of the story that are over by now, one quarter ahead: some were right, the revenue of growth was claimed too
 * high round after round. The tables hold the forecasts of today only, as imports do; these stand before them in the history of each value.
 */
interface Outlook {
  readonly benefit: string;
  readonly by: string;
  /** By the first month of a quarter: in percent of what is planned now, or the amounts of its three months. */
  readonly quarters: Readonly<Record<string, bigint | readonly [string, string, string]>>;
}

const TOM = 'tom.keller@meridian.example';
const SOFIA = 'sofia.lindqvist@meridian.example';
const MAREK = 'marek.novak@meridian.example';

/** Percent of the plan by quarter, from the first of four quarters on. */
const ofPlan = (...percents: readonly bigint[]): Outlook['quarters'] =>
  Object.fromEntries(percents.map((percent, at) => [addMonths('2026-07', 3 * (at + 1 - percents.length)), percent]));

const OUTLOOKS: readonly Outlook[] = [
  { benefit: 'EX-BEN-01', by: TOM, quarters: ofPlan(85n, 105n, 108n, 104n) },
  { benefit: 'EX-BEN-02', by: TOM, quarters: ofPlan(95n, 104n, 112n, 108n) },
  { benefit: 'EX-BEN-08', by: TOM, quarters: ofPlan(80n, 100n, 104n, 98n) },
  { benefit: 'EX-BEN-15', by: TOM, quarters: ofPlan(100n, 100n, 100n, 90n) },
  { benefit: 'EX-BEN-03', by: TOM, quarters: ofPlan(100n, 100n, 108n, 104n) },
  { benefit: 'EX-BEN-04', by: SOFIA, quarters: ofPlan(110n, 115n, 105n, 110n) },
  { benefit: 'EX-BEN-05', by: SOFIA, quarters: ofPlan(110n, 118n, 112n, 112n) },
  { benefit: 'EX-BEN-07', by: SOFIA, quarters: ofPlan(110n, 115n, 112n, 108n) },
  { benefit: 'EX-BEN-09', by: SOFIA, quarters: ofPlan(120n, 118n, 115n) },
  // Onboarding began to forecast two quarters ago: too little to hold its forecasts against.
  { benefit: 'EX-BEN-06', by: SOFIA, quarters: ofPlan(100n, 100n) },
  { benefit: 'EX-BEN-10', by: MAREK, quarters: ofPlan(60n, 95n, 100n, 100n) },
  { benefit: 'EX-BEN-11', by: MAREK, quarters: ofPlan(100n, 100n, 102n, 100n) },
  {
    benefit: 'EX-BEN-14',
    by: MAREK,
    quarters: {
      '2025-10': ['-40000', '-35000', '-30000'],
      '2026-01': ['-30000', '-25000', '-20000'],
      '2026-04': ['-20000', '-20000', '-15000'],
      '2026-07': ['-15000', '-10000', '-10000'],
    },
  },
  { benefit: 'EX-BEN-12', by: MAREK, quarters: ofPlan(100n, 100n, 104n, 104n) },
  { benefit: 'EX-BEN-13', by: MAREK, quarters: ofPlan(100n, 96n, 100n, 102n) },
];

const REASON = 'Outlook of the quarter ahead.';
/** Forecasts are written in steps of this. */
const STEP = 500n;

/** The nearest step; half a step away from 0. */
const rounded = (amount: bigint): bigint => {
  const size = amount < 0n ? -amount : amount;
  const steps = (size + STEP / 2n) / STEP;
  return (amount < 0n ? -steps : steps) * STEP;
};

/** One month as it was forecast, in the time of the story. */
interface Told {
  readonly month: string;
  readonly forecast: string;
  /** The day of the round: in the first month of the quarter before. */
  readonly madeOn: string;
}

const toldOf = ({ quarters }: Outlook, planned: ReadonlyMap<string, string>): Told[] =>
  Object.entries(quarters).flatMap(([first, said]) =>
    [0, 1, 2].flatMap((at): Told[] => {
      const month = addMonths(first, at);
      const plan = planned.get(month);
      const madeOn = `${addMonths(first, -3)}-20`;
      if (typeof said !== 'bigint') return [{ month, forecast: said[at]!, madeOn }];
      if (plan === undefined || plan === '') return [];
      return [{ month, forecast: String(rounded((BigInt(plan) * said) / 100n)), madeOn }];
    }),
  );

/** Plans of one benefit by month, as the tables tell them. */
const plansOf = (tables: readonly StoryTable[], benefit: string): Map<string, string> => {
  const [header = [], ...rows] = tables.find(({ name }) => name === 'benefit_values')!.lines;
  const at = (name: string): number => header.indexOf(name);
  const own = rows.filter((row) => row[at('benefit_code')] === benefit);
  return new Map(own.map((row) => [row[at('month')]!, row[at('planned')]!]));
};

/**
 * Puts the forecasts of then before what the import brought, each at its day: as version 0, which says nothing of plan or value. Nobody entered
 * them here, so no value changes; each benefit has its audit event.
 */
export const addOutlooks = async (
  connection: LongConnection,
  tables: readonly StoryTable[],
  shift: Shift,
  by: { actor: string; at: string },
): Promise<void> => {
  for (const outlook of OUTLOOKS) {
    const told = toldOf(outlook, plansOf(tables, outlook.benefit));
    const rows = await connection.query<{ id: string; month: string; forecast: string; madeOn: string }>(
      `with kept as (
         insert into benefit_value_revisions (benefit_value_id, version, forecast, archived, changed_by, changed_at, reason)
         select v.id, 0, n.forecast, false, $2, n.made_on::timestamp at time zone 'UTC' + interval '9 hours', $3
         from unnest($4::date[], $5::numeric[], $6::date[]) as n (month, forecast, made_on)
           join benefits b on b.code = $1 join benefit_values v on v.benefit_id = b.id and v.month = n.month
         returning benefit_value_id, forecast, changed_at)
       select v.benefit_id as id, to_char(v.month, 'YYYY-MM') as month, k.forecast, to_char(k.changed_at, 'YYYY-MM-DD') as "madeOn"
       from kept k join benefit_values v on v.id = k.benefit_value_id order by v.month`,
      [
        outlook.benefit,
        outlook.by,
        REASON,
        told.map(({ month }) => `${shiftCell('month', month, shift)}-01`),
        told.map(({ forecast }) => forecast),
        told.map(({ madeOn }) => shiftCell('date', madeOn, shift)),
      ],
    );
    if (rows.length !== told.length || rows.length === 0)
      throw new Error(`The months that ${outlook.benefit} forecast in the example are not as the story tells them.`);
    const items = rows.map(({ month, forecast, madeOn }) => ({ month, forecast, madeOn }));
    await recordChange(connection.manager, {
      ...by,
      action: 'changed',
      objectType: 'benefit_value',
      objectId: rows[0]!.id,
      objectCode: outlook.benefit,
      before: null,
      after: { items, by: outlook.by, reason: REASON },
    });
  }
};
