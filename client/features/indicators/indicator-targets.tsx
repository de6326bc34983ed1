import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { periodLabel } from '../../lib/period';
import { localised } from '../../lib/locale-number';
import { readNumber, typedNumber } from '../../lib/read-number';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { ProofForm, type FieldProblem, type Typed } from '../proof/proof-form';
import { type IndicatorTarget, removeTarget, saveTarget, currentTarget } from './api';

interface TargetsProps {
  indicator: IndicatorTrend;
  mayWrite: boolean;
}

/** What an own indicator is to reach, from a period on. */
export function IndicatorTargets({ indicator, mayWrite }: TargetsProps) {
  const { targets } = indicator;
  const [editing, setEditing] = useState<string | null>(null);
  const close = () => setEditing(null);
  return (
    <section aria-labelledby="indicator-targets" className="proof">
      <div className="section-head">
        <h3 id="indicator-targets">Targets</h3>
        {mayWrite && editing === null && <Button onClick={() => setEditing('new')}>Set a target</Button>}
      </div>
      {indicator.better === 'none' && (
        <p className="caption">
          Neither way is better for this indicator: a target says where it is to be, and not whether it is met.
        </p>
      )}
      {editing === 'new' && <TargetForm {...{ indicator }} stored={null} onClose={close} />}
      {targets.length === 0 && editing !== 'new' && <p className="caption">No target is set.</p>}
      <ul className="indicator-targets">
        {targets.map((row) => (
          <li key={row.id}>
            {editing === row.id ? (
              <TargetForm {...{ indicator }} stored={row} onClose={close} />
            ) : (
              <TargetLine {...{ indicator, mayWrite, row }} onChange={() => setEditing(row.id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const isAmount = (text: string): boolean => {
  const number = readNumber(text);
  return number !== null && (number.split('.')[1]?.length ?? 0) <= 4;
};
const problemsOf = (typed: Typed): FieldProblem[] => [
  ...(/^\d{4}-Q[1-4]$/.test(typed['from']!.trim()) ? [] : [{ name: 'from', message: 'Write the quarter as 2026-Q3.' }]),
  ...['target', 'amber']
    .filter((name) => typed[name]!.trim() !== '' && !isAmount(typed[name]!))
    .map((name) => ({ name, message: 'Write a number with at most four decimals.' })),
];

interface FormProps {
  indicator: IndicatorTrend;
  stored: IndicatorTarget | null;
  onClose: () => void;
}

function TargetForm({ indicator: { code, unit }, stored, onClose }: FormProps) {
  const { period, fiscalYearStartMonth } = usePageScope();
  const amount = (text: string) => (text.trim() === '' ? null : readNumber(text));
  const beside = unit === null ? '' : `, ${unit}`;
  return (
    <ProofForm<IndicatorTarget>
      label={stored ? `Change the target from ${periodLabel(stored.fromPeriod, fiscalYearStartMonth)}` : 'Set a target'}
      fields={[
        // The quarter is what tells targets apart: it is set once.
        ...(stored
          ? []
          : [
              {
                ...{ name: 'from', label: 'From quarter', kind: 'text' as const, isRequired: true },
                help: 'For example 2026-Q3.',
              },
            ]),
        { name: 'target', label: `To reach${beside}`, kind: 'amount', isRequired: true },
        {
          name: 'amber',
          label: 'Nearly reached from',
          kind: 'amount',
          help: 'Between here and the target it is near.',
        },
      ]}
      stored={stored}
      typedOf={(now) => ({
        from: now?.fromPeriod ?? period,
        target: typedNumber(now?.target ?? ''),
        amber: typedNumber(now?.amber ?? ''),
      })}
      check={problemsOf}
      save={({ from = '', target = '', amber = '' }, now) => {
        const body = { target: amount(target), amber: amount(amber) };
        return saveTarget(now ? body : { metricId: code, fromPeriod: from.trim(), ...body }, now);
      }}
      saveWord={stored ? 'Save target' : 'Set target'}
      currentOf={currentTarget}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

interface LineProps extends TargetsProps {
  row: IndicatorTarget;
  onChange: () => void;
}

function TargetLine({ indicator, mayWrite, row, onChange }: LineProps) {
  const { fiscalYearStartMonth } = usePageScope();
  const queryClient = useQueryClient();
  const removing = useMutation({
    mutationFn: () => removeTarget(row),
    onSettled: () => queryClient.invalidateQueries(),
  });
  const said = (value: string | null) =>
    value === null ? 'not set' : `${localised(value)}${indicator.unit === null ? '' : ` ${indicator.unit}`}`;
  const from = periodLabel(row.fromPeriod, fiscalYearStartMonth);
  return (
    <div className="indicator-target">
      <span>
        From <b>{from}</b>: {said(row.target)}
        {row.amber !== null && `, near from ${said(row.amber)}`}
      </span>
      {mayWrite && (
        <span>
          <Button look="plain" onClick={onChange} aria-label={`Change the target from ${from}`}>
            Change
          </Button>{' '}
          <Button
            look="plain"
            busy={removing.isPending}
            onClick={() => removing.mutate()}
            aria-label={`Remove the target from ${from}`}
          >
            Remove
          </Button>
        </span>
      )}
      {removing.error && (
        <p className="field-error" role="alert">
          <span aria-hidden="true">▲ </span>
          {removing.error.message}
        </p>
      )}
    </div>
  );
}
