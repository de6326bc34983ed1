import { type MeasuredOutcome, measuredOutcomes, ownBaseline } from '../../benefits/measured.queries.js';
import { LAYERS } from '../../contract/chain.js';
import { fractionOf } from '../../core/benefit-status.js';
import { invalidField, notFound } from '../../http/problem.js';
import { indexOfRef } from '../../chain/chain.service.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition, Listed } from '../figure.js';
import { askedBenefit } from './losses.js';
import { ownUnit } from './verdicts.js';

/** What an outcome is measured by, in its own unit: from where, to where, and what was measured on a day. */

/** Whether the reader may see an outcome: a stakeholder only those of own units, also where others feed an own benefit. */
export const isInSight =
  ({ isStakeholder, reading }: TraceContext) =>
  ({ unitId }: Pick<MeasuredOutcome, 'unitId'>): boolean =>
    !isStakeholder || (unitId !== null && (reading.scope.unitIds ?? []).includes(unitId));

const askedOutcome = async (context: TraceContext): Promise<MeasuredOutcome> => {
  const { type, ref } = context.query;
  if (type !== 'outcome' || !ref)
    throw invalidField('type', 'field.invalid', 'This figure is of one outcome. Name it by type=outcome and ref.');
  const facts = await context.chain();
  const { id } = facts.rows[indexOfRef(facts, LAYERS[3], ref)]!;
  const [found] = await measuredOutcomes(context.manager, [id], context.reading.end);
  if (!found || !isInSight(context)(found)) throw notFound();
  return found;
};

const listed = (of: Pick<Listed, 'type' | 'code' | 'name'>, unit: string, text: string | null, at: string | null) =>
  text === null ? [] : [{ ...of, at, note: null, entered: text, enteredUnit: unit, amount: fractionOf(text) }];

/** Question: from where, or to where, is the measure to move? In its own unit, as stated with the record. */
const stated = (what: 'baseline' | 'target'): FigureDefinition => {
  const asked = async (context: TraceContext) => {
    // A benefit that is measured by its own values has a baseline, too.
    if (what === 'baseline' && context.query.type === 'benefit') {
      const { id, code, name } = await askedBenefit(context);
      const { unit, baseline } = await ownBaseline(context.manager, id);
      return { type: 'benefit', code, name, unit: ownUnit(unit), text: baseline, on: null };
    }
    const { code, name, unit, targetOn, ...outcome } = await askedOutcome(context);
    const on = what === 'target' ? targetOn : null;
    return { type: 'outcome', code, name, unit: ownUnit(unit), text: outcome[what], on };
  };
  const word = what === 'baseline' ? 'Baseline' : 'Target';
  return {
    id: `measure.${what}`,
    formula: {
      text:
        what === 'baseline'
          ? 'The value of the measure before the change, as stated with the record.'
          : 'The value of the measure that is to be reached, as stated with the record.',
      expression: what,
    },
    forStakeholders: true,
    history: ['outcome', 'import'],
    async work(context) {
      const { code, name, unit, text, on } = await asked(context);
      return {
        title: `${word} of ${code} ${name}`,
        unit,
        value: text === null ? null : fractionOf(text),
        nullReason: 'nothing_stated',
        inputs: [],
        quality: on === null ? [] : [`To be reached by ${on}.`],
      };
    },
    async records(context) {
      const { type, code, name, unit, text, on } = await asked(context);
      const items = listed({ type, code, name }, unit.name, text, on);
      return { of: 'list', title: `${word} of ${code} ${name}`, unit, items };
    },
  };
};

/** Question: what was measured on this day? In the outcome's own unit. */
const measured: FigureDefinition = {
  id: 'measure.value',
  formula: { text: 'What was measured on the day, in the unit of the outcome.', expression: 'measured(day)' },
  forStakeholders: true,
  history: ['outcome_measurement', 'import'],
  async work(context) {
    const { title, unit, found } = await measuredOn(context);
    return {
      title,
      unit,
      value: fractionOf(found.value),
      inputs: [],
      quality: [found.evidence ? `Evidence: ${found.evidence}` : 'No evidence is stated.'],
    };
  },
  async records(context) {
    const { title, unit, found, code, name } = await measuredOn(context);
    const items = listed({ type: 'outcome', code, name }, unit.name, found.value, found.on);
    return { of: 'list', title, unit, items };
  },
};

const measuredOn = async (context: TraceContext) => {
  const { on } = context.query;
  if (on === undefined) throw invalidField('on', 'field.required', 'Name the day, for example on=2026-03-31.');
  const { code, name, unit, measured: all } = await askedOutcome(context);
  const found = all.find((each) => each.on === on);
  if (!found) throw notFound();
  return { code, name, found, unit: ownUnit(unit), title: `${code} ${name}, measured on ${on}` };
};

export const measureFigures: readonly FigureDefinition[] = [stated('baseline'), stated('target'), measured];
