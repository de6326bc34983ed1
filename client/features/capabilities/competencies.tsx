import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { competencyCount, type CapabilityStrength, type CompetencyCount } from '../../../server/contract/capability.js';
import { currentIn } from '../../lib/current';
import { day, inFull } from '../../../server/contract/format.js';
import { readNumber, typedNumber } from '../../lib/read-number';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Empty } from '../../ui/query-state';
import { TakeBack } from '../../ui/take-back';
import { tryKeys } from '../proof/coded';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from '../proof/proof-form';
import { today } from '../proof/words';
import { addCount, changeCount, takeBack } from './api';
import { SkillsSpend } from './skills-spend';
import '../proof/proof.css';

type Open = { of: CompetencyCount | null; isCorrection: boolean };

/** The people that the capability needs and has, by day. */
export function Competencies({ data }: { data: CapabilityStrength }) {
  const { code, mayWrite, competencies } = data;
  const [open, setOpen] = useState<Open | null>(null);
  const latest = competencies.filter(
    ({ code: own }, index) => competencies[index + 1]?.code.toLowerCase() !== own.toLowerCase(),
  );
  const earlier = competencies.filter((each) => !latest.includes(each));
  return (
    <section className="card" aria-labelledby="competencies-head">
      <h2 id="competencies-head">People it needs and has</h2>
      {competencies.length === 0 ? (
        <Empty>No competency is counted here, so nothing says whether it has the people that it needs.</Empty>
      ) : (
        <Counts counts={latest} label="Competencies, latest counts" {...{ code, mayWrite, setOpen }} isLatest />
      )}
      <SkillsSpend {...{ code }} />
      {earlier.length > 0 && (
        <details>
          <summary>Earlier counts</summary>
          <Counts
            counts={earlier}
            label="Competencies, earlier counts"
            {...{ code, mayWrite, setOpen }}
            isLatest={false}
          />
        </details>
      )}
      {mayWrite &&
        (open === null ? (
          <div className="actions">
            <Button onClick={() => setOpen({ of: null, isCorrection: false })}>Add a competency</Button>
          </div>
        ) : (
          <CountForm
            key={`${open.of?.id} ${open.isCorrection}`}
            capability={code}
            {...open}
            onClose={() => setOpen(null)}
          />
        ))}
    </section>
  );
}

interface CountsProps {
  /** Of the capability. */
  code: string;
  counts: readonly CompetencyCount[];
  label: string;
  mayWrite: boolean;
  isLatest: boolean;
  setOpen: (open: Open) => void;
}

const fte = (amount: string | null): string => (amount === null ? 'x' : inFull(amount));

function Counts({ code: capability, counts, label, mayWrite, isLatest, setOpen }: CountsProps) {
  const columns: TableColumn<CompetencyCount>[] = [
    {
      id: 'name',
      header: 'Competency',
      rowHeader: true,
      cell: ({ code, name, movedTo }) => (
        <>
          {name} <span className="unit code">{code}</span>
          {movedTo && (
            <span className="caption cap-moved">
              counted for{' '}
              <Link to="/capabilities/$ref" params={{ ref: movedTo.code }}>
                {movedTo.name}
              </Link>{' '}
              since {day(movedTo.on)}
            </span>
          )}
        </>
      ),
    },
    { id: 'asOf', header: 'Counted on', cell: ({ asOf }) => day(asOf) },
    { id: 'required', header: 'Required', unit: 'FTE', numeric: true, cell: ({ required }) => fte(required) },
    { id: 'available', header: 'Available', unit: 'FTE', numeric: true, cell: ({ available }) => fte(available) },
    ...(mayWrite
      ? [
          {
            id: 'change',
            header: 'Change',
            hideHeader: true,
            cell: (of: CompetencyCount) => (
              <span className="cap-row-actions">
                {isLatest && (
                  <Button
                    look="plain"
                    onClick={() => setOpen({ of, isCorrection: false })}
                    aria-label={`Count ${of.name} again`}
                  >
                    Count again
                  </Button>
                )}
                <Button
                  look="plain"
                  onClick={() => setOpen({ of, isCorrection: true })}
                  aria-label={`Correct the count of ${of.name} on ${day(of.asOf)}`}
                >
                  Correct
                </Button>
                <TakeBack
                  what={`the count of ${of.name} on ${day(of.asOf)}`}
                  asksReason
                  takeBack={(reason) => takeBack('competencies', capability, of, reason)}
                />
              </span>
            ),
          },
        ]
      : []),
  ];
  return (
    <DataTable caption={label} hideCaption {...{ label, columns }} rows={counts} rowKey={({ id }) => id} scrolls />
  );
}

const PEOPLE: readonly ProofField[] = [
  { name: 'required', label: 'Required, FTE', kind: 'amount', isRequired: true, help: 'Full-time equivalents.' },
  { name: 'available', label: 'Available, FTE', kind: 'amount', isRequired: true },
];
const WHEN: ProofField = { name: 'asOf', label: 'Counted on', kind: 'date', isRequired: true };
const WHAT: readonly ProofField[] = [
  { name: 'code', label: 'Code', kind: 'text', isRequired: true, help: 'For example CMP-12.' },
  { name: 'name', label: 'Name', kind: 'text', isRequired: true },
];

const problemsOf = (typed: Typed): FieldProblem[] => [
  ...PEOPLE.flatMap(({ name }) => {
    const read = readNumber(typed[name] ?? '');
    return read !== null && !read.startsWith('-')
      ? []
      : [{ name, message: `${name === 'required' ? 'Required' : 'Available'} is a number from 0 on, such as 3.5.` }];
  }),
  ...((typed['asOf'] ?? '') > today()
    ? [{ name: 'asOf', message: 'This day is still to come. Name the day of the count.' }]
    : []),
];

const currentOf = (body: unknown): CompetencyCount | null => currentIn(competencyCount, body);

interface CountFormProps extends Open {
  /** Code of the capability. */
  capability: string;
  onClose: () => void;
}

/** A new competency, a new count of one that is known, or a count that is put right. */
function CountForm({ capability, of, isCorrection, onClose }: CountFormProps) {
  const [keyOf] = useState(tryKeys);
  const fields = isCorrection ? PEOPLE : of === null ? [...WHAT, WHEN, ...PEOPLE] : [WHEN, ...PEOPLE];
  const typedOf = (stored: CompetencyCount | null): Typed => ({
    required: typedNumber(stored?.required ?? of?.required ?? ''),
    available: typedNumber(stored?.available ?? (isCorrection ? of?.available : null) ?? ''),
    ...(isCorrection ? {} : { asOf: today() }),
    ...(of === null ? { code: '', name: '' } : {}),
  });
  return (
    <ProofForm<CompetencyCount>
      label={
        isCorrection ? `Correct the count of ${of!.name}` : of === null ? 'Add a competency' : `Count ${of.name} again`
      }
      {...{ fields, typedOf, currentOf }}
      stored={isCorrection ? of : null}
      check={problemsOf}
      asksReason
      save={(typed, latest, reason) => {
        const people = { required: readNumber(typed['required']!), available: readNumber(typed['available']!) };
        if (latest) return changeCount(capability, latest, people, reason);
        const body = {
          code: of?.code ?? typed['code']!.trim(),
          name: of?.name ?? typed['name'],
          asOf: typed['asOf'],
          ...people,
        };
        return addCount(capability, body, keyOf(JSON.stringify([body, reason])), reason);
      }}
      saveWord={isCorrection ? 'Save' : 'Add count'}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}
