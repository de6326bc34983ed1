import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BenefitMeasures } from '../../../server/contract/benefit-page.js';
import type { TracedFigure } from '../../../server/contract/overview.js';
import { ChartFigure } from '../../charts/chart-figure';
import { MeasureLines } from '../../charts/measure-lines';
import type { TwinTable } from '../../charts/twin';
import { toGeometry } from '../../../server/contract/decimal.js';
import { day, scaled } from '../../../server/contract/format.js';
import { recordPath } from '../../lib/registers';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { RecordLink } from '../records/record-link';
import { measuresQuery } from './api';
import { cellOf, Figure, measureOf } from './figure';

const UNSCALED = { exponent: 0, suffix: '' } as const;

/** Did the measure move? In its own unit, apart from what that is worth. */
export function MeasureSection({ code, mayWrite }: { code: string; mayWrite: boolean }) {
  const page = usePageScope();
  const measures = useQuery(measuresQuery(code, page.period));
  return (
    <QueryState query={measures} what="the measures" rows={6}>
      {(data) => (
        <>
          <section className="card" aria-labelledby="measure-head">
            <h2 id="measure-head">What it is measured by</h2>
            <Conversion data={data} mayWrite={mayWrite} />
            {data.items.length + data.lacking.length === 0 && (
              <p className="gap-flag">
                <span aria-hidden="true">▲ </span>No outcome leads to this benefit, so nothing shows whether a measure
                moved.
              </p>
            )}
            {data.lacking.map((each) => (
              <Lacking key={each.code} {...each} />
            ))}
          </section>
          {data.items.map((item) => (
            <MeasureFigure key={`${item.kind} ${item.code}`} item={item} />
          ))}
        </>
      )}
    </QueryState>
  );
}

function Conversion({ data, mayWrite }: { data: BenefitMeasures; mayWrite: boolean }) {
  if (!data.isMoney && data.conversion === null)
    return <p>It counts in its own unit: nothing is converted to money.</p>;
  if (data.conversion !== null)
    return (
      <p>
        What a change of the measure is worth: <strong className="benefit-conversion">{data.conversion}</strong>
      </p>
    );
  return (
    <p>
      What a change of the measure is worth is not stated.{' '}
      {mayWrite && (
        <Link
          to="/benefits/$ref/edit"
          params={{ ref: data.code }}
          search={{ field: 'conversion', return: recordPath('benefit', data.code) }}
        >
          State it
        </Link>
      )}
    </p>
  );
}

function Lacking({ type, code, name, lacks }: BenefitMeasures['lacking'][number]) {
  const who = type === 'benefit' ? 'This benefit' : undefined;
  return (
    <p className="gap-flag">
      <span aria-hidden="true">▲ </span>
      {who ?? (
        <RecordLink type="outcome" code={code}>
          {code} {name}
        </RecordLink>
      )}{' '}
      {lacks === 'baseline'
        ? 'has no baseline: a change cannot be shown without a baseline.'
        : 'is not measured yet: nothing can be drawn.'}
    </p>
  );
}

type Item = BenefitMeasures['items'][number];

/** Of a figure that is stated. */
const amountOf = ({ value }: TracedFigure): string => value!;

function MeasureFigure({ item }: { item: Item }) {
  const page = usePageScope();
  const { code, name, unit, baseline, target, targetOn, measured, planned } = item;
  const last = measured.at(-1);
  const measure = measureOf(false, unit, []);
  const points = measured.map(({ on, value }) => ({ on, amount: toGeometry(value) }));
  return (
    <ChartFigure
      name={`measure-${code}`}
      className="benefit-measure"
      message={<Message item={item} />}
      about={`${code} ${name} · ${unit ?? 'unit not stated'} · AC${planned.length > 0 ? ' vs PL' : ''}${target === null ? '' : ' vs target'} · the axis need not start at 0`}
      twin={twinOf(item, page)}
      legend={
        <>
          <span className="legend-item">● AC measured</span>
          {planned.length > 0 && <span className="legend-item">┐ PL planned, in steps</span>}
          {target !== null && <span className="legend-item">□ target</span>}
          {baseline !== null && <span className="legend-item">┄ BL baseline</span>}
        </>
      }
    >
      <MeasureLines
        measured={points}
        planned={planned.flatMap(({ on, value }) =>
          value.value === null ? [] : [{ on, amount: toGeometry(value.value) }],
        )}
        target={target && { on: targetOn ?? last?.on ?? '', amount: toGeometry(amountOf(target)) }}
        baseline={baseline && toGeometry(amountOf(baseline))}
        axisLabel={(amount) => scaled(String(Number(amount.toPrecision(12))), UNSCALED)}
        description={describe(item)}
        lastLabel={last && <Figure figure={last} name={`${name} ${day(last.on)}`} measure={measure} />}
        targetLabel={
          target && (
            <>
              target <Figure figure={target} name={`Target of ${name}`} measure={measure} />
            </>
          )
        }
        baselineLabel={
          baseline && (
            <>
              BL <Figure figure={baseline} name={`Baseline of ${name}`} measure={measure} />
            </>
          )
        }
      />
    </ChartFigure>
  );
}

/** From where to where; what that means is said by the target. */
function Message({ item }: { item: Item }) {
  const { unit, baseline, target, targetOn, measured } = item;
  const shown = { measure: measureOf(false, unit, []), withUnit: unit !== null };
  const last = measured.at(-1);
  if (!last) return <>Planned, and not measured yet</>;
  return (
    <>
      {baseline === null ? (
        'Measured: '
      ) : (
        <>
          From <Figure figure={baseline} name="Baseline" {...shown} /> to{' '}
        </>
      )}
      <Figure figure={last} name={`Measured ${day(last.on)}`} {...shown} /> in {day(last.on.slice(0, 7))}
      {target !== null && (
        <>
          ; the target is <Figure figure={target} name="Target" {...shown} />
          {targetOn !== null && ` by ${day(targetOn)}`}
        </>
      )}
    </>
  );
}

function describe({ name, unit, measured, baseline, target, planned }: Item): string {
  const [first, last] = [measured[0], measured.at(-1)];
  const parts = [
    `Line of ${name}${unit === null ? '' : `, ${unit}`}.`,
    first && last
      ? `${measured.length} measured from ${day(first.on)} (${first.value}) to ${day(last.on)} (${last.value}).`
      : 'Nothing is measured.',
    planned.length > 0 ? `Planned to ${planned.at(-1)!.value.value ?? 'x'} in ${day(planned.at(-1)!.on)}.` : '',
    baseline === null ? '' : `Baseline ${amountOf(baseline)}.`,
    target === null ? '' : `Target ${amountOf(target)}.`,
  ];
  return parts.filter(Boolean).join(' ');
}

function twinOf({ name, unit, measured, planned, kind }: Item, page: PageScope): TwinTable {
  const times = [...new Set([...measured, ...planned].map(({ on }) => on))].sort();
  const hasPlan = planned.length > 0;
  const of = unit ?? 'unit not stated';
  return {
    columns: [kind === 'benefit' ? 'Month' : 'Measured on', `AC, ${of}`, ...(hasPlan ? [`PL, ${of}`] : ['Evidence'])],
    rows: times.map((on) => {
      const found = measured.find((each) => each.on === on);
      const plan = planned.find((each) => each.on === on)?.value;
      const cell = (figure: TracedFigure, which: string) => cellOf(figure, `${which} ${name} ${day(on)}`, of, page);
      return [
        { text: day(on) },
        found ? cell(found, 'Measured') : { text: '' },
        hasPlan ? (plan ? cell(plan, 'Planned') : { text: '' }) : { text: found?.evidence ?? '' },
      ];
    }),
  };
}
