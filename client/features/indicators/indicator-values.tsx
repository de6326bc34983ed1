import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { IndicatorTrend, IndicatorValues } from '../../../server/contract/indicator.js';
import { keepScope } from '../../lib/address';
import { counted, day } from '../../../server/contract/format.js';
import { readNumber, typedNumber } from '../../lib/read-number';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { Empty, QueryState } from '../../ui/query-state';
import { TakeBack } from '../../ui/take-back';
import { ProofForm } from '../proof/proof-form';
import { changeValues, currentMonth, dropIndicator, indicatorValuesQuery } from './api';
import { IndicatorNum } from './indicator-num';
import { IndicatorTargets } from './indicator-targets';

type Month = IndicatorValues['items'][number];
type Open = { month: Month | null };

/** The values of one indicator by month, the latest first; entered and corrected one month at a time. Many at once are imported. */
export function IndicatorMonths({ indicator, mayWrite }: { indicator: IndicatorTrend; mayWrite: boolean }) {
  const { code, name, unit } = indicator;
  const query = useQuery(indicatorValuesQuery(code));
  const [open, setOpen] = useState<Open | null>(null);
  return (
    <section className="card indicator-months" aria-labelledby="indicator-values" id="values">
      <h2 id="indicator-values" tabIndex={-1}>
        Values of {name}
      </h2>
      <QueryState query={query} what="the values" rows={6}>
        {({ items }) => (
          <>
            {mayWrite &&
              (open ? (
                <ValueForm
                  key={open.month?.month ?? ''}
                  {...{ code, unit, items }}
                  of={open.month}
                  onClose={() => setOpen(null)}
                />
              ) : (
                <p>
                  <Button onClick={() => setOpen({ month: null })}>Enter a month</Button>
                </p>
              ))}
            {items.length === 0 ? (
              <Empty>No month has a value yet.</Empty>
            ) : (
              <DataTable
                label={`Values of ${name}`}
                hideCaption
                caption={`Values of ${name} by month`}
                columns={[
                  {
                    id: 'month',
                    header: 'Month',
                    className: 'nowrap',
                    rowHeader: true,
                    cell: ({ month }: Month) => day(month),
                  },
                  {
                    id: 'value',
                    header: unit ?? 'Value',
                    numeric: true,
                    cell: ({ month, value }: Month) =>
                      value === null ? (
                        <abbr title="emptied">x</abbr>
                      ) : (
                        <IndicatorNum {...{ indicator, month, value }} />
                      ),
                  },
                  {
                    id: 'evidence',
                    header: 'Evidence',
                    className: 'wide',
                    cell: ({ evidence }: Month) => <Evidence text={evidence} />,
                  },
                  ...(mayWrite
                    ? [
                        {
                          id: 'change',
                          header: 'Change',
                          hideHeader: true,
                          cell: (month: Month) => (
                            <Button look="plain" onClick={() => setOpen({ month })}>
                              Change<span className="visually-hidden"> {day(month.month)}</span>
                            </Button>
                          ),
                        },
                      ]
                    : []),
                ]}
                rows={[...items].reverse()}
                rowKey={({ month }) => month}
              />
            )}
          </>
        )}
      </QueryState>
      <IndicatorTargets {...{ indicator, mayWrite }} />
      {mayWrite && query.data && <Drop {...{ indicator }} months={query.data.items.length} />}
    </section>
  );
}

/** What nobody measures any more, or what serves nothing. */
function Drop({ indicator, months }: { indicator: IndicatorTrend; months: number }) {
  const { name, code, targets } = indicator;
  const navigate = useNavigate();
  const drop = async (reason: string) => {
    await dropIndicator(indicator, reason);
    await navigate({ to: '/indicators', search: keepScope });
  };
  return (
    <p className="actions">
      <TakeBack what="this indicator" verb="Drop" asksReason takeBack={drop}>
        {name} ({code}) goes into the archive with {counted(months, 'month')} and {counted(targets.length, 'target')},
        and stands on no page any more. The audit keeps what was entered, and by whom.
      </TakeBack>
    </p>
  );
}

/** Where it is an address it is one to follow. */
function Evidence({ text }: { text: string | null }) {
  if (text === null) return <span className="caption">none stated</span>;
  return /^https?:\/\/\S+$/.test(text) ? (
    <a href={text} rel="noreferrer" target="_blank">
      {text}
    </a>
  ) : (
    <>{text}</>
  );
}

interface ValueFormProps {
  code: string;
  unit: string | null;
  items: readonly Month[];
  of: Month | null;
  onClose: () => void;
}

function ValueForm({ code, unit, items, of, onClose }: ValueFormProps) {
  // As they were when the form was opened: what is entered meanwhile must meet the refusal of a stale version.
  const [known] = useState(items);
  return (
    <ProofForm<Month>
      label={of === null ? 'Enter a month' : `Change ${day(of.month)}`}
      fields={[
        ...(of === null ? [{ name: 'month', label: 'Month', kind: 'month' as const, isRequired: true }] : []),
        {
          name: 'value',
          label: unit === null ? 'Value' : `Value, ${unit}`,
          kind: 'amount',
          ...(of === null ? { isRequired: true } : { help: 'Empty takes it away.' }),
        },
        { name: 'evidence', label: 'Evidence', kind: 'text', help: evidenceHelp(of) },
        ...(of?.evidence
          ? [{ name: 'stated', label: 'Evidence that is stated', kind: 'choice' as const, choices: STATED }]
          : []),
      ]}
      stored={of}
      typedOf={(stored) => ({
        month: stored?.month ?? '',
        value: stored?.value ? typedNumber(stored.value) : '',
        evidence: '',
        stated: '',
      })}
      check={({ month = '', value = '' }) => [
        ...(/^(19|2[01])\d\d-(0[1-9]|1[0-2])$/.test(of?.month ?? month)
          ? []
          : [{ name: 'month', message: 'Write the month as YYYY-MM, for example 2026-07.' }]),
        ...(value.trim() === '' || isNumber(value)
          ? []
          : [{ name: 'value', message: 'Write a number with at most four decimals.' }]),
        ...(of === null && known.some((item) => item.month === month && item.value !== null)
          ? [{ name: 'month', message: `${day(month)} has a value already: choose Change beside it.` }]
          : []),
      ]}
      asksReason
      save={({ month = '', value = '', evidence = '', stated = '' }, stored, reason) => {
        const asked = of?.month ?? month;
        const { version } = (stored?.month === asked ? stored : known.find((item) => item.month === asked)) ?? {};
        const number = value.trim() === '' ? null : readNumber(value);
        return changeValues(
          code,
          {
            items: [
              {
                month: asked,
                value: number,
                ...(evidence.trim() !== '' ? { evidence: evidence.trim() } : stated === AWAY && { evidence: null }),
                ...(version !== undefined && { version }),
              },
            ],
          },
          reason,
        );
      }}
      saveWord="Save value"
      currentOf={currentMonth}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

const AWAY = 'away';
const STATED = [
  { value: '', label: 'Stays with the value' },
  { value: AWAY, label: 'Take it away' },
];

/** What was stated proves the value that stands: the field begins blank, and only the same value keeps it. */
const evidenceHelp = (of: Month | null): string =>
  of?.evidence
    ? `Stated for the value that stands: “${of.evidence}”. It stays with that value; another value needs its own.`
    : 'What the value rests on: a sentence or a link.';

const isNumber = (text: string): boolean => {
  const number = readNumber(text);
  return number !== null && (number.split('.')[1]?.length ?? 0) <= 4;
};
