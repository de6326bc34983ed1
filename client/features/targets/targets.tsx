import { periodLabel } from '../../lib/period';
import { readNumber, typedNumber } from '../../lib/read-number';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { TakeBack } from '../../ui/take-back';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from '../proof/proof-form';
import { quarterProblem } from '../proof/quarter-problem';
import { currentTarget, removeTarget, saveTarget, type Target } from './api';
import './targets.css';

/** What the targets are of, and how its amounts are read and said. */
interface TargetsOf {
  /** Id of the metric, or code of the own indicator. */
  id: string;
  /** Behind `To reach`, where the amount has a unit of its own. */
  unit?: string | null;
  /** How the amount is written. */
  help?: string | undefined;
  /** An amount with its unit. */
  said: (amount: string) => string;
  /** What is wrong with an amount that it can never come to, as decimal text; null where it can. */
  outOfRange?: (amount: string) => string | null;
}

interface TargetsProps {
  of: TargetsOf;
  rows: readonly Target[];
  mayWrite: boolean;
  /** Id of the target that is being changed, or `new`; anything else is none of theirs. */
  editing: string | null;
  onEdit: (editing: string | null) => void;
}

/** What something is to reach, from a quarter on; each target is changed in its place. */
export function Targets({ of, rows, mayWrite, editing, onEdit }: TargetsProps) {
  const close = () => onEdit(null);
  return (
    <>
      {editing === 'new' && <TargetForm {...{ of }} stored={null} onClose={close} />}
      {rows.length === 0 && editing !== 'new' && <p className="caption">No target is set.</p>}
      <ul className="targets">
        {rows.map((row) => (
          <li key={row.id}>
            {editing === row.id ? (
              <TargetForm {...{ of }} stored={row} onClose={close} />
            ) : (
              <TargetLine {...{ of, row, mayWrite }} onChange={() => onEdit(row.id)} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const isAmount = (text: string): boolean => {
  const number = readNumber(text);
  return number !== null && (number.split('.')[1]?.length ?? 0) <= 4;
};
const problemsOf = (typed: Typed, outOfRange: TargetsOf['outOfRange']): FieldProblem[] => [
  ...quarterProblem('from', typed),
  ...['target', 'amber']
    .filter((name) => typed[name]!.trim() !== '')
    .flatMap((name) => {
      const message = isAmount(typed[name]!)
        ? outOfRange?.(readNumber(typed[name]!)!)
        : 'Write a number with at most four decimals, such as 0.8 or 45.';
      return message ? [{ name, message }] : [];
    }),
];

/** The quarter is what tells targets apart: it is set once. */
const FROM: ProofField = {
  ...{ name: 'from', label: 'From quarter', kind: 'text', isRequired: true },
  help: 'For example 2026-Q3.',
};
const AMBER: ProofField = {
  ...{ name: 'amber', label: 'Nearly reached from', kind: 'amount' },
  help: 'Between here and the target it is near.',
};

interface FormProps {
  of: TargetsOf;
  stored: Target | null;
  onClose: () => void;
}

function TargetForm({ of: { id, unit, help, outOfRange }, stored, onClose }: FormProps) {
  const { period, fiscalYearStartMonth } = usePageScope();
  const amount = (text: string) => (text.trim() === '' ? null : readNumber(text));
  return (
    <ProofForm<Target>
      label={stored ? `Change the target from ${periodLabel(stored.fromPeriod, fiscalYearStartMonth)}` : 'Set a target'}
      fields={[
        ...(stored ? [] : [FROM]),
        {
          ...{ name: 'target', label: unit ? `To reach, ${unit}` : 'To reach', kind: 'amount', isRequired: true },
          ...(help !== undefined && { help }),
        },
        AMBER,
      ]}
      stored={stored}
      typedOf={(now) => ({
        from: now?.fromPeriod ?? period,
        target: typedNumber(now?.target ?? ''),
        amber: typedNumber(now?.amber ?? ''),
      })}
      check={(typed) => problemsOf(typed, outOfRange)}
      asksReason
      save={({ from = '', target = '', amber = '' }, now, reason) => {
        const body = { target: amount(target), amber: amount(amber) };
        return saveTarget(now ? body : { metricId: id, fromPeriod: from.trim(), ...body }, now, reason);
      }}
      saveWord={stored ? 'Save target' : 'Set target'}
      currentOf={currentTarget}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

interface LineProps {
  of: TargetsOf;
  row: Target;
  mayWrite: boolean;
  onChange: () => void;
}

function TargetLine({ of: { said }, row, mayWrite, onChange }: LineProps) {
  const { fiscalYearStartMonth } = usePageScope();
  const from = periodLabel(row.fromPeriod, fiscalYearStartMonth);
  return (
    <div className="target-line">
      <span>
        From <b>{from}</b>: {row.target === null ? 'not set' : said(row.target)}
        {row.amber !== null && `, near from ${said(row.amber)}`}
      </span>
      {mayWrite && (
        <span className="target-tools">
          <Button look="plain" onClick={onChange} aria-label={`Change the target from ${from}`}>
            Change
          </Button>
          <TakeBack
            what={`the target from ${from}`}
            verb="Remove"
            asksReason
            takeBack={(reason) => removeTarget(row, reason)}
          >
            Quarters from {from} on are then judged by the target before it, if there is one. The audit keeps it.
          </TakeBack>
        </span>
      )}
    </div>
  );
}
